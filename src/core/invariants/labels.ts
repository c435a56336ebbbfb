import type { Audience } from '../audience.ts'
import { mayFlow } from '../audience.ts'
import type { Change } from '../change.ts'
import { highestTrust, isAtLeast } from '../trust.ts'
import type { Unit } from '../unit.ts'
import type { DreamFacts, Violation } from './dream-facts.ts'
import { editedUnits, unitsBefore } from './fact-views.ts'

/**
 * 5. ∀ change c: trust(c) is not better than its best evidence, and c, its evidence, its units
 * and the memories it writes have one audience.
 */
export function labels(facts: DreamFacts): readonly Violation[] {
  const units = unitsBefore(facts)
  const places: Places = {
    byId: new Map(units.map((unit) => [unit.id, unit.audience])),
    byPath: Map.groupBy(units, ({ path }) => path),
  }
  return facts.changes.flatMap((change) => [
    ...trustViolations(change),
    ...audienceViolations(facts, places, change),
  ])
}

interface Places {
  readonly byId: ReadonlyMap<string, Audience>
  readonly byPath: ReadonlyMap<string, readonly Unit[]>
}

function trustViolations({ id, trust, evidence }: Change): readonly Violation[] {
  if (evidence.length === 0) return []
  const best = highestTrust(evidence.map((item) => item.trust))
  if (isAtLeast(best, trust)) return []
  return [violation(id, `The change has trust "${trust}", its best evidence only "${best}".`)]
}

function audienceViolations(
  facts: DreamFacts,
  { byId, byPath }: Places,
  change: Change,
): readonly Violation[] {
  const reads = change.evidence.map(facts.audienceOf)
  const touched = [...change.units, ...editedUnits(change)]
  const paths = change.edits.flatMap((edit) => (edit.op === 'append' ? [edit.path] : []))
  const places = [
    ...touched.flatMap((id) => byId.get(id) ?? []),
    ...paths.flatMap((path) => (byPath.get(path) ?? []).map(({ audience }) => audience)),
  ]
  const isApart = (other: Audience): boolean => !mayFlow(other, change.audience)
  return [...new Set([...reads, ...places])]
    .filter(isApart)
    .map((other) =>
      violation(change.id, `The change is for "${change.audience}" and touches "${other}".`),
    )
}

function violation(subject: string, message: string): Violation {
  return { invariant: 5, subject, message }
}
