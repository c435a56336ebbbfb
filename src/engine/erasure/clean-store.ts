import { applyChanges } from '../../core/apply-changes.ts'
import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import type { Change, Edit } from '../../core/change.ts'
import { isReverieError } from '../../core/errors.ts'
import type { ChangeId, ChangeSetId } from '../../core/ids.ts'
import { parseMemory } from '../../core/markdown.ts'
import { isIndexPath } from '../../core/memory-path.ts'
import type { StoreContent, StoredMemory } from '../../core/store-content.ts'
import { relativeLink, resolveLink } from '../../core/text/memory-link.ts'
import type { Unit } from '../../core/unit.ts'
import { fateOf, type Judge, pathWithout } from './unit-fate.ts'

/** One memory as it shall be; `content` null = it goes. */
export interface CleanMemory {
  readonly path: string
  readonly newPath: string
  readonly content: string | null
}

/** What becomes of one unit of a store. */
export interface UnitFate {
  readonly unit: Unit
  readonly left: string | null
}

/** A store without what is gone, as the memories that differ, and the units that it befell. */
export function cleanStore(
  content: StoreContent,
  judge: Judge,
): { readonly memories: readonly CleanMemory[]; readonly fates: readonly UnitFate[] } {
  const units = [...content.memories.values()].flatMap((memory) => memory.units)
  const fates = units.flatMap((unit) => {
    const left = fateOf(unit, judge)
    return left === undefined ? [] : [{ unit, left }]
  })
  const edits = fates.flatMap(({ unit, left }) => editOf(unit, left))
  const delta = edits.length === 0 ? new Map<string, string | null>() : written(content, edits)
  const memories = [...content.memories.values()].map(({ path, content: before }) => {
    const after = delta.get(path)
    const text = after === undefined ? before : after
    const isClean = text === null || !judge.words.holds(text)
    const newPath = text === null ? path : pathWithout(path, judge.words)
    return { path, newPath, content: isClean ? text : cleanRest(path, text, judge) }
  })
  const moved = memories.filter(({ path, newPath }) => path !== newPath)
  const linked = memories.map((memory) => relinked(memory, moved))
  return { memories: linked.filter((memory) => differs(memory, content)), fates }
}

function editOf({ id, text }: Unit, left: string | null): readonly Edit[] {
  if (left === text) return []
  return [left === null ? { op: 'delete', unitId: id } : { op: 'replace', unitId: id, text: left }]
}

function differs({ path, newPath, content }: CleanMemory, before: StoreContent): boolean {
  return path !== newPath || content !== before.memories.get(path)?.content
}

/** As a dream would write it; where markdown stands in the way, the bytes of the units go alone. */
function written(
  content: StoreContent,
  edits: readonly Edit[],
): ReadonlyMap<string, string | null> {
  try {
    return applyChanges(content, [changeOf(edits)])
  } catch (error) {
    if (!isReverieError(error, 'conflict_error')) throw error
    return new Map(
      [...content.memories.values()].map((memory) => [memory.path, spliced(memory, edits)]),
    )
  }
}

function spliced({ content, units }: StoredMemory, edits: readonly Edit[]): string {
  let bytes = Buffer.from(content, 'utf8')
  for (const unit of units.toReversed()) {
    const edit = edits.find((one) => one.op !== 'append' && one.unitId === unit.id)
    if (edit === undefined) continue
    const { start, end } = edit.op === 'replace' ? unit.bytes : unit.outerBytes
    const text = edit.op === 'replace' ? edit.text : ''
    bytes = Buffer.concat([bytes.subarray(0, start), Buffer.from(text), bytes.subarray(end)])
  }
  return bytes.toString('utf8')
}

/** Headings, front matter and code that hold the words still; lines of units stay as judged. */
function cleanRest(path: string, content: string, { words, isQuote }: Judge): string {
  if (isQuote) return words.cut(content)
  const { units } = parseMemory(content, { isIndex: isIndexPath(path) })
  const kept = units.map(({ outerBytes }) => outerBytes)
  let at = 0
  return content
    .split('\n')
    .map((line) => {
      const start = at
      at += Buffer.byteLength(line, 'utf8') + 1
      const isUnit = kept.some((range) => start < range.end && at > range.start)
      return isUnit || !words.holds(line) ? line : words.cut(line)
    })
    .join('\n')
}

/** Links of an index lead to where the memory is now. */
function relinked(memory: CleanMemory, moved: readonly CleanMemory[]): CleanMemory {
  if (memory.content === null || moved.length === 0) return memory
  const content = memory.content.replace(/\]\(([^()\s]+)\)/g, (link, target: string) => {
    const path = resolveLink(memory.path, target)
    const to = moved.find((one) => one.path === path)
    if (to === undefined) return link
    return `](${relativeLink(memory.newPath, to.newPath)})`
  })
  return { ...memory, content }
}

/** The edits as one change, in the form that is applied; nobody keeps it. */
function changeOf(edits: readonly Edit[]): Change {
  return {
    id: 'chg_erasure' as ChangeId,
    kind: 'remove',
    changeSet: 'cset_erasure' as ChangeSetId,
    reason: '',
    before: [],
    after: [],
    edits,
    units: [],
    evidence: [],
    trust: 'user',
    audience: LOCAL_AUDIENCE,
    status: 'accepted',
    heldReason: null,
    ledger: [],
    pattern: null,
    isWordedByModel: false,
  }
}
