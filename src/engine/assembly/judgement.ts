import type { Unit } from '../../core/unit.ts'
import type { Decision, Entry, Relation } from '../entry.ts'

/** The unit behind an entry; throws for a claim. */
export function unitOf(entry: Entry): Unit {
  if (entry.source.kind !== 'unit') throw new Error(`${entry.key} is not a unit.`)
  return entry.source.unit
}

/** The same judgement, seen from the other side. */
export function mirrored(decision: Decision): Decision {
  return {
    ...decision,
    a: decision.b,
    b: decision.a,
    relation: mirroredRelation(decision.relation),
  }
}

export function mirroredRelation(relation: Relation): Relation {
  return MIRROR[relation]
}

const MIRROR: Readonly<Record<Relation, Relation>> = {
  same: 'same',
  a_contains_b: 'b_contains_a',
  b_contains_a: 'a_contains_b',
  a_replaces_b: 'b_replaces_a',
  b_replaces_a: 'a_replaces_b',
  conflict: 'conflict',
  related: 'related',
  none: 'none',
}

/** One says all that the other says. */
export function isEquivalence(relation: Relation): boolean {
  return relation === 'same' || relation === 'a_contains_b' || relation === 'b_contains_a'
}

/** By path, then position: an order that is the same on every machine. */
export function byPlace(a: Unit, b: Unit): number {
  return a.path === b.path ? a.ordinal - b.ordinal : a.path < b.path ? -1 : 1
}
