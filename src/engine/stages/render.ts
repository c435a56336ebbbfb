import { indexLineOf } from '../../core/apply-changes.ts'
import type { Change, ChangeKind, Placed } from '../../core/change.ts'
import type { Evidence } from '../../core/evidence.ts'
import type { ChangeId, SessionEventId } from '../../core/ids.ts'
import { isIndexPath } from '../../core/memory-path.ts'
import { compareText } from '../../core/text/compare-text.ts'
import { resolveLink } from '../../core/text/memory-link.ts'
import type { Finding, SupersedeFinding } from '../assembly/findings.ts'
import type { Limits } from '../dream-limits.ts'
import { steeringOf } from '../instructions.ts'
import { contentStems } from '../language/tokens.ts'
import { type ChangeDraft, changeOf } from '../rendering/change-draft.ts'
import { assignChangeSets, touchedUnits } from '../rendering/change-sets.ts'
import { draftChange } from '../rendering/draft-change.ts'
import { draftLesson } from '../rendering/draft-lesson.ts'
import { Placement } from '../rendering/placement.ts'
import { planEffect } from '../rendering/plan-effect.ts'
import { type Limited, withinLimit } from '../rendering/within-limit.ts'
import type { Lesson } from './patterns.ts'
import type { DreamInputs } from './snapshot.ts'

/** What a person reads first. */
const ORDER: readonly ChangeKind[] = [
  'supersede',
  'conflict',
  'merge',
  'insight',
  'add',
  'annotate',
  'remove',
  'redact',
]

/**
 * Stage `render`: findings become changes with places, bytes, evidence and change-sets. What a
 * person rejected, or what waits as held from an earlier dream, is not proposed again; what a plan
 * has no room for is left for the next dream.
 */
export function render(
  inputs: DreamInputs,
  findings: readonly Finding[],
  lessons: readonly Lesson[],
  { changesMax }: Pick<Limits, 'changesMax'>,
): Limited {
  const placement = new Placement(inputs.content, inputs.headers, closedIn(inputs))
  const settled = new Set(inputs.snapshot.settledChanges)
  const idOf = new Map<Finding, ChangeId>()
  const drafts: ChangeDraft[] = []
  for (const finding of findings.filter((item) => !isToldBy(item, lessons))) {
    const draft = draftChange(finding, placement)
    idOf.set(finding, changeOf(draft).id)
    drafts.push(draft)
  }
  const disposed = new Set(drafts.flatMap(({ units = [] }) => units))
  for (const lesson of lessons) {
    // What another change disposes of is its to take out.
    const outdated = lesson.outdated.filter(({ id }) => !disposed.has(id))
    drafts.push(draftLesson({ ...lesson, outdated }, placement))
  }

  const remarks = remarkLinks(findings, idOf)
  const orphaned = new Set(remarks.filter(([, cause]) => settled.has(cause)).map(([id]) => id))
  const own = unique(drafts.map(changeOf)).filter(({ id }) => !settled.has(id) && !orphaned.has(id))
  const { removals, links } = emptiedIndexLines(inputs, own, placement)
  const all = onceDisposed([...own, ...removals].sort(byOrder))
  const inSets = (changes: readonly Change[]): readonly Change[] =>
    assignChangeSets(withIndexLines(changes), [...remarks, ...links])
  const limited = withinLimit(inSets(all), changesMax)
  if (limited.waiting.length === 0) return limited
  const taken = new Set(limited.changes.map(({ id }) => id))
  return { ...limited, changes: inSets(all.filter(({ id }) => taken.has(id))) }
}

/** The first change that needs a new memory also shows the index line that comes with it. */
function withIndexLines(changes: readonly Change[]): readonly Change[] {
  const begun = new Set<string>()
  return changes.map((change) => {
    const lines = change.edits.flatMap((edit): readonly Placed[] => {
      const indexPath = edit.op === 'append' ? edit.create?.indexPath : null
      if (
        edit.op !== 'append' ||
        edit.create === null ||
        indexPath === null ||
        indexPath === undefined
      )
        return []
      if (change.status === 'held' || begun.has(edit.path)) return []
      begun.add(edit.path)
      return [{ path: indexPath, text: indexLineOf(edit.path, indexPath, edit.create) }]
    })
    return lines.length === 0 ? change : { ...change, after: [...change.after, ...lines] }
  })
}

/** Memories that a person keeps as they are: by instruction, or with every unit pinned. */
function closedIn({ content, snapshot }: DreamInputs): (path: string) => boolean {
  const steering = steeringOf(snapshot.instructions)
  return (path) => {
    const units = content.memories.get(path)?.units ?? []
    return steering.keeps(path, '') || (units.length > 0 && units.every((unit) => unit.isPinned))
  }
}

/** Share of an addition's words that a lesson must have to be telling it. */
const TOLD_SHARE = 0.6

/** What a user said again and again is one lesson, not an addition beside it. */
function isToldBy(finding: Finding, lessons: readonly Lesson[]): boolean {
  if (finding.kind !== 'add' || finding.isUntrustedInstruction) return false
  const stems = [...contentStems(finding.text)]
  const events = finding.claims.flatMap(({ evidence }) => evidence.flatMap(eventOf))
  return lessons.some(({ eventIds, text }) => {
    const told = contentStems(text)
    const isSameEvent = events.some((id) => eventIds.includes(id))
    return isSameEvent && stems.filter((stem) => told.has(stem)).length >= TOLD_SHARE * stems.length
  })
}

function eventOf(item: Evidence): readonly SessionEventId[] {
  return item.kind === 'event' ? [item.eventId] : []
}

/** A remark stands and falls with the replacement that made it necessary. */
function remarkLinks(
  findings: readonly Finding[],
  idOf: ReadonlyMap<Finding, ChangeId>,
): readonly (readonly [ChangeId, ChangeId])[] {
  return findings.flatMap((finding) => {
    if (finding.kind !== 'annotate' || finding.because === null) return []
    const cause: SupersedeFinding = finding.because
    const [id, causeId] = [idOf.get(finding), idOf.get(cause)]
    return id === undefined || causeId === undefined ? [] : [[id, causeId] as const]
  })
}

/** A memory that loses its last unit goes, and with it the index lines that lead to it. */
function emptiedIndexLines(
  inputs: DreamInputs,
  changes: readonly Change[],
  placement: Placement,
): {
  readonly removals: readonly Change[]
  readonly links: readonly (readonly [string, string])[]
} {
  const removals: Change[] = []
  const links: (readonly [string, string])[] = []
  for (const [path, after] of planEffect(inputs.content, changes).delta) {
    if (after !== null) continue
    const ids = new Set<string>(inputs.content.memories.get(path)?.units.map(({ id }) => id))
    const causes = changes.filter((change) => [...touchedUnits(change)].some((id) => ids.has(id)))
    const [cause] = causes
    if (cause === undefined) continue
    for (const other of causes) links.push([cause.id, other.id])
    for (const line of indexLinesTo(inputs, path)) {
      const draft = draftChange(
        {
          kind: 'remove',
          unit: line,
          reasons: [`${path} has no notes left`],
          keptText: null,
        },
        placement,
      )
      // Applying removes the line together with the memory; a second delete would be one too many.
      const removal = changeOf({ ...draft, edits: [] })
      removals.push(removal)
      links.push([cause.id, removal.id])
    }
  }
  return { removals, links }
}

function indexLinesTo(inputs: DreamInputs, path: string): DreamInputs['units'] {
  return inputs.units.filter(
    (unit) =>
      unit.kind === 'index-line' &&
      isIndexPath(unit.path) &&
      unit.linkTarget !== null &&
      resolveLink(unit.path, unit.linkTarget) === path,
  )
}

/** Each unit is the disposition of one change only: the first in order. */
function onceDisposed(changes: readonly Change[]): readonly Change[] {
  const taken = new Set<string>()
  return changes.map((change) => {
    const units = change.units.filter((id) => !taken.has(id))
    for (const id of units) taken.add(id)
    return { ...change, units }
  })
}

function unique(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.map((change) => [change.id, change])).values()]
}

/** Held last, then by kind; lessons as ranked, all else by place. */
function byOrder(a: Change, b: Change): number {
  const held = Number(a.status === 'held') - Number(b.status === 'held')
  const kind = held || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)
  return (
    kind ||
    (a.kind === 'insight' ? 0 : compareText(placeOf(a), placeOf(b)) || compareText(a.id, b.id))
  )
}

function placeOf({ before, after }: Change): string {
  return (before[0] ?? after[0])?.path ?? ''
}
