import type { Claim } from '../../core/claim.ts'
import type { Unit } from '../../core/unit.ts'
import { isWholeUnit } from '../entries.ts'
import type { Decision, Entry, Relation } from '../entry.ts'
import type { Finding, MergeFinding, SupersedeFinding } from './findings.ts'
import { byPlace, mirrored, unitOf } from './judgement.ts'
import { linkClusters } from './linking.ts'

export interface StatementInputs {
  readonly claims: readonly Claim[]
  readonly decisions: readonly Decision[]
  /** Judges a pair that candidate search did not propose; for the cross pairs of a cluster. */
  readonly judge: (a: Entry, b: Entry) => Decision
  readonly entries: ReadonlyMap<string, Entry>
  /** Units that no finding may touch: pinned, kept by instruction, carrying a secret. */
  readonly isFrozen: (unit: Unit) => boolean
  readonly clusterSizeMax: number
  /** How well a text fits the memory that a unit stands in: more is better. */
  readonly affinity: (text: string, unit: Unit) => number
}

/** Dated notes of which a later one states the new value. */
export function outdatedByUnits(
  inputs: StatementInputs,
  superseded: Set<string>,
): readonly SupersedeFinding[] {
  const findings: SupersedeFinding[] = []
  for (const decision of inputs.decisions) {
    if (!isWholeUnit(decision.a) || !isWholeUnit(decision.b)) continue
    const oriented = decision.relation === 'b_replaces_a' ? mirrored(decision) : decision
    if (oriented.relation !== 'a_replaces_b') continue
    const current = unitOf(oriented.a)
    const old = unitOf(oriented.b)
    if (inputs.isFrozen(old) || superseded.has(old.id) || superseded.has(current.id)) continue
    superseded.add(old.id)
    findings.push({
      kind: 'supersede',
      outdated: [old],
      by: { unit: current },
      text: null,
      current,
      reasons: oriented.reasons,
    })
  }
  return findings
}

/** Units that say the same, by constrained linking; the most complete one stays as it is. */
export function mergeUnits(
  inputs: StatementInputs,
  superseded: ReadonlySet<string>,
): readonly MergeFinding[] {
  const mergeable = (entry: Entry): boolean =>
    isWholeUnit(entry) && !superseded.has(unitOf(entry).id) && !inputs.isFrozen(unitOf(entry))
  const links = inputs.decisions.filter(
    ({ a, b, relation }) => isEquivalence(relation) && mergeable(a) && mergeable(b),
  )
  const entryOf = (key: string): Entry => {
    const entry = inputs.entries.get(key)
    if (entry === undefined) throw new Error(`No entry with the key ${key}.`)
    return entry
  }
  const relation = (a: string, b: string): Decision => inputs.judge(entryOf(a), entryOf(b))
  const clusters = linkClusters(
    links.map(({ a, b, similarity }) => ({ a: a.key, b: b.key, similarity })),
    {
      sizeMax: inputs.clusterSizeMax,
      isEquivalent: (a, b) => isEquivalence(relation(a, b).relation),
      isVetoed: (a, b) => {
        const judged = relation(a, b)
        return !isEquivalence(judged.relation) && judged.reasons.length > 0
      },
    },
  )
  return clusters.flatMap((keys) => {
    const members = keys.map((key) => unitOf(entryOf(key)))
    return mergeFinding(members, relation, inputs.affinity)
  })
}

function mergeFinding(
  members: readonly Unit[],
  relation: (a: string, b: string) => Decision,
  affinity: StatementInputs['affinity'],
): readonly MergeFinding[] {
  const saysAllOf = (unit: Unit, other: Unit): boolean => {
    const judged = relation(unit.id, other.id).relation
    return judged === 'same' || judged === 'a_contains_b'
  }
  // The survivor must say everything: no text is composed from two without a model.
  const candidates = members.filter((unit) =>
    members.every((other) => other === unit || saysAllOf(unit, other)),
  )
  const [survivor] = [...candidates].sort(byCompleteness)
  if (survivor === undefined) return []
  const others = members
    .filter((unit) => unit !== survivor && unit.origin !== 'person')
    .sort(byPlace)
  const [other] = others
  if (other === undefined) return []
  const { reasons } = relation(survivor.id, other.id)
  return [{ kind: 'merge', survivor, place: placeFor(survivor, others, affinity), others, reasons }]
}

/** Where the text fits best; a person's words never move, nor does anything into their place. */
function placeFor(
  survivor: Unit,
  others: readonly Unit[],
  affinity: StatementInputs['affinity'],
): Unit {
  if (survivor.origin === 'person') return survivor
  const affinityOf = (unit: Unit): number => affinity(survivor.text, unit)
  return others.reduce(
    (best, unit) => (affinityOf(unit) > affinityOf(best) ? unit : best),
    survivor,
  )
}

/** Notes that contradict each other, none of them known to be later. */
export function unitConflicts(
  inputs: StatementInputs,
  superseded: ReadonlySet<string>,
): readonly Finding[] {
  return inputs.decisions
    .filter(
      ({ a, b, relation }) =>
        relation === 'conflict' &&
        isWholeUnit(a) &&
        isWholeUnit(b) &&
        !superseded.has(unitOf(a).id) &&
        !superseded.has(unitOf(b).id),
    )
    .map(({ a, b }) => {
      const sides: [Entry, Entry] = byPlace(unitOf(a), unitOf(b)) <= 0 ? [a, b] : [b, a]
      // Judged again in this order, so that the reason names the values as they are shown.
      const { reasons } = inputs.judge(...sides)
      return { kind: 'conflict', sides, rewritten: [], unwritten: [], reasons }
    })
}

function isEquivalence(relation: Relation): boolean {
  return relation === 'same' || relation === 'a_contains_b' || relation === 'b_contains_a'
}

/** A person's words first, then the longer text, then the place that comes first. */
function byCompleteness(a: Unit, b: Unit): number {
  const person = Number(b.origin === 'person') - Number(a.origin === 'person')
  return person || b.text.length - a.text.length || byPlace(a, b)
}
