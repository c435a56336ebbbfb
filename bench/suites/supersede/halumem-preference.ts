import type { DreamCases } from '../../harness/dream-cases.ts'
import { holdsWords } from '../../harness/holds-words.ts'
import { bulletFile, isTold, leftWithEvidence, nearestTo } from './entry-checks.ts'
import type { ScoredEntry } from './halumem-rows.ts'

/** What a person likes or dislikes, an event that changed it, and what holds afterwards. */
export interface PreferenceItem {
  readonly id: string
  readonly kind: 'preference'
  readonly operation: string
  readonly old: readonly Preference[]
  readonly new: readonly Preference[]
  readonly kept: readonly Preference[]
  /** The event, told in a few sentences. */
  readonly evidence: string
}

interface Preference {
  /** `like`, `dislike`, ... */
  readonly type: string
  readonly type_description: string
  readonly specific_item: string
  readonly reason: string
}

const SAID_AT = '2026-03-01T09:00:00Z'

export async function scorePreference(
  item: PreferenceItem,
  cases: DreamCases,
): Promise<readonly ScoredEntry[]> {
  const added = item.new.map(noteOf)
  // What stands before and after in the same words has not changed.
  const old = item.old.filter((preference) => !added.includes(noteOf(preference)))
  const before = item.old.map(noteOf)
  const next = item.new.filter((preference) => !before.includes(noteOf(preference)))
  const notes = [...item.old, ...item.kept].map(noteOf)
  const dreamt = await cases.dream({
    memory: { 'preferences.md': bulletFile(notes) },
    transcripts: [[{ role: 'user', content: item.evidence, at: SAID_AT }]],
  })
  const nearest = nearestTo(item.evidence, notes)
  const isRightNearest = old.some((preference) => noteOf(preference) === nearest)
  const isCurrent = (note: string): boolean => dreamt.current.some(({ text }) => text === note)
  const isSaid = ({ specific_item }: Preference): boolean =>
    dreamt.current.some((entry) => isTold(entry) && holdsWords(entry.text, specific_item))
  const scored = (
    part: ScoredEntry['part'],
    isSo: boolean,
    isSoByNearest: boolean,
  ): ScoredEntry => ({
    part,
    isSo,
    isSoByNearest,
    kind: `preference ${item.operation}`,
  })
  return [
    ...next.map((one) => scored('new', isSaid(one), isRightNearest)),
    ...old
      .map(noteOf)
      .flatMap((note) => [
        scored('old', isCurrent(note), note !== nearest),
        ...(isCurrent(note) ? [] : [scored('gone', leftWithEvidence(note, dreamt.ledger), false)]),
      ]),
    ...item.kept.map(noteOf).map((note) => scored('kept', isCurrent(note), note !== nearest)),
    ...flipsIn(old, next).map(([was, is]) =>
      scored('flip', isCurrent(noteOf(was)) && isSaid(is), noteOf(was) !== nearest),
    ),
  ]
}

/** The same thing under another attitude. */
function flipsIn(
  old: readonly Preference[],
  next: readonly Preference[],
): readonly (readonly [Preference, Preference])[] {
  return old.flatMap((was) =>
    next
      .filter((is) => is.specific_item === was.specific_item && is.type !== was.type)
      .map((is) => [was, is] as const),
  )
}

function noteOf({ type_description, specific_item, reason }: Preference): string {
  const note = `${type_description}: ${specific_item}`
  const why = reason.trim().replace(/\s+/g, ' ')
  return why === '' ? note : `${note} (${why})`
}
