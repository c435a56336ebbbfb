import type { Change, Disposition } from '../change.ts'
import { resolveLink } from '../text/memory-link.ts'
import { collapsed } from '../text/unit-text.ts'
import type { Unit } from '../unit.ts'
import type { DreamFacts, Violation } from './dream-facts.ts'
import { editedUnits, storeAfter, unitsBefore } from './fact-views.ts'

/**
 * 2. ∀ input unit u: exactly one disposition, and where a copy of u's text left the store, a
 * change or ledger draft names u.
 */
export function conservation(facts: DreamFacts): readonly Violation[] {
  return [...dispositionViolations(facts), ...unexplainedLosses(facts)]
}

function dispositionViolations({
  before,
  changes,
  dispositions,
}: DreamFacts): readonly Violation[] {
  const changeById = new Map(changes.map((change) => [change.id, change]))
  const byUnit = Map.groupBy(dispositions, ({ unitId }) => unitId)
  const units = [...before.memories.values()].flatMap((memory) => memory.units)
  const counted = units.flatMap(({ id }) => {
    const count = byUnit.get(id)?.length ?? 0
    return count === 1 ? [] : [violation(id, `The unit has ${count} dispositions instead of one.`)]
  })
  const known = new Set(units.map(({ id }) => id))
  const dangling = dispositions.flatMap((disposition) => {
    const problem = known.has(disposition.unitId)
      ? dispositionProblem(disposition, changeById)
      : 'A disposition names a unit that was no input.'
    return problem === null ? [] : [violation(disposition.unitId, problem)]
  })
  return [...counted, ...dangling]
}

function dispositionProblem(
  { unitId, kind, changeId }: Disposition,
  changeById: ReadonlyMap<string, Change>,
): string | null {
  if (changeId === null) return kind === 'keep' ? null : `It is ${kind} without a change.`
  if (kind === 'keep') return 'A kept unit names a change.'
  const change = changeById.get(changeId)
  if (change === undefined) return 'Its disposition names a change that does not exist.'
  return change.kind === kind && change.units.includes(unitId)
    ? null
    : 'Its disposition and its change do not name each other.'
}

function unexplainedLosses(facts: DreamFacts): readonly Violation[] {
  const left = countOf([...storeAfter(facts).values()].flat().map(({ text }) => collapsed(text)))
  const named = new Set<string>(
    facts.changes.flatMap((change) => [
      ...editedUnits(change),
      ...change.units,
      ...change.ledger.flatMap(({ unitId }) => (unitId === null ? [] : [unitId])),
    ]),
  )
  // Copies that stay are counted for the unnamed units first: those owe nobody a reason.
  return unitsBefore(facts)
    .filter(({ id }) => !named.has(id))
    .filter(({ text }) => {
      const copies = left.get(collapsed(text)) ?? 0
      left.set(collapsed(text), copies - 1)
      return copies <= 0
    })
    .filter((unit) => !wentWithItsMemory(facts, unit))
    .map(({ id }) => violation(id, 'The unit left the store and no change names it.'))
}

/** An index line may go without a change of its own when the memory it links to goes. */
function wentWithItsMemory({ delta }: DreamFacts, { kind, path, linkTarget }: Unit): boolean {
  if (kind !== 'index-line' || linkTarget === null) return false
  return delta.get(resolveLink(path, linkTarget) ?? '') === null
}

function countOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

function violation(subject: string, message: string): Violation {
  return { invariant: 2, subject, message }
}
