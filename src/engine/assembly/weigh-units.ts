import type { Claim } from '../../core/claim.ts'
import type { Unit } from '../../core/unit.ts'
import { isWholeUnit } from '../entries.ts'
import type { Decision, Entry } from '../entry.ts'
import type { Hint } from '../reading/model-reading.ts'
import type { Rules } from '../rules.ts'
import type { Finding, MergeFinding, SupersedeFinding } from './findings.ts'
import { byPlace, isEquivalence, mirrored, unitOf } from './judgement.ts'

export interface StatementInputs {
  readonly claims: readonly Claim[]
  readonly decisions: readonly Decision[]
  /** Judges a pair that candidate search did not propose; for the cross pairs of a cluster. */
  readonly judge: (a: Entry, b: Entry) => Decision
  readonly entries: ReadonlyMap<string, Entry>
  /** Units that no finding may touch: pinned, kept by instruction, carrying a secret. */
  readonly isFrozen: (unit: Unit) => boolean
  readonly clusterSizeMax: number
  readonly link: Rules['link']
  /** How well a text fits the memory that a unit stands in: more is better. */
  readonly affinity: (text: string, unit: Unit) => number
  /** What models say would change in a note. */
  readonly hints: readonly Hint[]
}

/** Dated notes of which a later one states the new value. */
export function outdatedByUnits(
  inputs: StatementInputs,
  superseded: Set<string>,
): readonly SupersedeFinding[] {
  const findings: SupersedeFinding[] = []
  const disputed = new Set(
    inputs.decisions
      .filter(({ a, b, relation }) => relation === 'conflict' && isWholeUnit(a) && isWholeUnit(b))
      .flatMap(({ a, b }) => [unitOf(a).id, unitOf(b).id]),
  )
  for (const decision of inputs.decisions) {
    if (!isWholeUnit(decision.a) || !isWholeUnit(decision.b)) continue
    const oriented = decision.relation === 'b_replaces_a' ? mirrored(decision) : decision
    if (oriented.relation !== 'a_replaces_b') continue
    const current = unitOf(oriented.a)
    const old = unitOf(oriented.b)
    if (inputs.isFrozen(old) || superseded.has(old.id) || superseded.has(current.id)) continue
    // What is itself disputed settles nothing.
    if (disputed.has(current.id)) continue
    superseded.add(old.id)
    findings.push({
      kind: 'supersede',
      outdated: [old],
      by: { unit: current },
      text: null,
      current,
      former: [],
      isWordedByModel: false,
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
  const equivalent = inputs.decisions.filter(
    ({ a, b, relation }) => isEquivalence(relation) && mergeable(a) && mergeable(b),
  )
  const links = withoutParallels(equivalent)
  const entryOf = (key: string): Entry => {
    const entry = inputs.entries.get(key)
    if (entry === undefined) throw new Error(`No entry with the key ${key}.`)
    return entry
  }
  const relation = (a: string, b: string): Decision => inputs.judge(entryOf(a), entryOf(b))
  const clusters = inputs.link(
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

/**
 * Two memories with several lines in common are two of a kind (two customers with the same terms)
 * or copies; two list items under different heads are about these. In doubt, all stay: a line
 * that stands in such a pair is merged nowhere.
 */
export function withoutParallels(equivalent: readonly Decision[]): readonly Decision[] {
  const apart = equivalent.filter(({ a, b }) => unitOf(a).path !== unitOf(b).path)
  const byPaths = Map.groupBy(apart, ({ a, b }) =>
    [unitOf(a).path, unitOf(b).path].sort().join('\n'),
  )
  const parallel = new Set(
    [...byPaths.values()]
      .filter((shared) => linesIn(shared) > SHARED_LINES_MAX)
      .flatMap((shared) => shared.flatMap(({ a, b }) => [a.text, b.text])),
  )
  return equivalent.filter(({ a, b }) => {
    const [left, right] = [unitOf(a), unitOf(b)]
    if (parallel.has(a.text) || parallel.has(b.text)) return false
    return left.path !== right.path || left.context.join('\n') === right.context.join('\n')
  })
}

/** How many different things two memories both say. */
function linesIn(shared: readonly Decision[]): number {
  const sides = [shared.map(({ a }) => a.text), shared.map(({ b }) => b.text)]
  return Math.min(...sides.map((texts) => new Set(texts).size))
}

const SHARED_LINES_MAX = 1

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

/**
 * Notes that contradict each other, none of them known to be later. A note that a dream wrote
 * because sessions contradict each other is told once, against its rival, not against all else.
 */
export function unitConflicts(
  inputs: StatementInputs,
  superseded: ReadonlySet<string>,
): readonly Finding[] {
  const disputes = inputs.decisions.filter(
    ({ a, b, relation }) =>
      relation === 'conflict' &&
      isWholeUnit(a) &&
      isWholeUnit(b) &&
      !superseded.has(unitOf(a).id) &&
      !superseded.has(unitOf(b).id),
  )
  const told = new Set<string>()
  return disputes.toSorted(ownRivalsFirst).flatMap(({ a, b }): readonly Finding[] => {
    const own = [unitOf(a), unitOf(b)].filter(({ origin }) => origin === 'dream')
    if (own.some(({ id }) => told.has(id))) return []
    for (const { id } of own) told.add(id)
    const sides: [Entry, Entry] = byPlace(unitOf(a), unitOf(b)) <= 0 ? [a, b] : [b, a]
    // Judged again in this order, so that the reason names the values as they are shown.
    const { reasons } = inputs.judge(...sides)
    return [{ kind: 'conflict', sides, rewritten: [], unwritten: [], reasons }]
  })
}

function ownRivalsFirst(x: Decision, y: Decision): number {
  const own = ({ a, b }: Decision): number =>
    [unitOf(a), unitOf(b)].filter(({ origin }) => origin === 'dream').length
  return own(y) - own(x) || byPlace(unitOf(x.a), unitOf(y.a)) || byPlace(unitOf(x.b), unitOf(y.b))
}

/** A person's words first, then the longer text, then the place that comes first. */
export function byCompleteness(a: Unit, b: Unit): number {
  const person = Number(b.origin === 'person') - Number(a.origin === 'person')
  return person || b.text.length - a.text.length || byPlace(a, b)
}
