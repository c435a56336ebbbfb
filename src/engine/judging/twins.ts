import type { Decision, Entry } from '../entry.ts'
import { areOfSameWords } from '../reading/checks/same-words.ts'
import type { ModelReading } from '../reading/model-reading.ts'

/** A note with what takes its place. */
interface Replaced {
  readonly change: Entry
  readonly unitId: string
}

/**
 * Where a change takes the place of a note, what else was read from the same words is told by it:
 * the statement that is its twin, and what would replace or dispute the note once more.
 */
export function withTwins(
  {
    entries,
    decisions,
  }: { readonly entries: ReadonlyMap<string, Entry>; readonly decisions: readonly Decision[] },
  { hints, twins }: Pick<ModelReading, 'hints' | 'twins'>,
): readonly Decision[] {
  const changes = new Set<string>(hints.flatMap((hint) => (hint.exchange ? hint.claimId : [])))
  const replaced = decisions.flatMap(replacedBy).filter(({ change }) => changes.has(change.key))
  const named = twins.flatMap(({ statement, change }) => {
    const [one, two] = [entries.get(statement), entries.get(change)]
    const isReplacing = replaced.some((it) => it.change.key === change)
    return one === undefined || two === undefined || !isReplacing ? [] : [[one, two] as const]
  })
  const repeating = decisions.flatMap((decision) => {
    const change = changeRepeatedBy(decision, replaced)
    return change === null ? [] : [{ decision, change }]
  })
  const pairs = [
    ...named,
    ...repeating.map(({ decision, change }) => [claimOf(decision), change] as const),
  ]
  const same = new Map(
    pairs.map(([a, b]) => [
      pairKey(a, b),
      { a, b, relation: 'same' as const, reasons: ['told in the same words'], similarity: 1 },
    ]),
  )
  const dropped = new Set(repeating.map(({ decision }) => decision))
  const others = decisions.filter(
    (decision) =>
      !dropped.has(decision) &&
      !same.has(pairKey(decision.a, decision.b)) &&
      !same.has(pairKey(decision.b, decision.a)),
  )
  return [...others, ...same.values()]
}

function replacedBy({ a, b, relation }: Decision): readonly Replaced[] {
  const [newer, older] = relation === 'b_replaces_a' ? [b, a] : [a, b]
  const isReplacing = relation === 'a_replaces_b' || relation === 'b_replaces_a'
  if (!isReplacing || newer.source.kind !== 'claim' || older.source.kind !== 'unit') return []
  return [{ change: newer, unitId: older.source.unit.id }]
}

const OPPOSED: ReadonlySet<Decision['relation']> = new Set([
  'conflict',
  'a_replaces_b',
  'b_replaces_a',
])

/** The change that tells already what a claim says against a note, from the same words. */
function changeRepeatedBy(
  { a, b, relation }: Decision,
  replaced: readonly Replaced[],
): Entry | null {
  const [claim, note] = a.source.kind === 'claim' ? [a, b] : [b, a]
  if (!OPPOSED.has(relation) || claim.source.kind !== 'claim' || note.source.kind !== 'unit') {
    return null
  }
  const said = claim.source.claim
  const unitId = note.source.unit.id
  const found = replaced.find(
    ({ change, unitId: other }) =>
      other === unitId &&
      change.key !== claim.key &&
      change.source.kind === 'claim' &&
      areOfSameWords(change.source.claim, said),
  )
  return found?.change ?? null
}

function claimOf({ a, b }: Decision): Entry {
  return a.source.kind === 'claim' ? a : b
}

function pairKey(a: Entry, b: Entry): string {
  return `${a.key} ${b.key}`
}
