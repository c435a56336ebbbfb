import type { Claim } from '../../core/claim.ts'
import type { Unit } from '../../core/unit.ts'
import { isWholeUnit } from '../entries.ts'
import type { Decision, Entry, Relation } from '../entry.ts'
import { byAuthority, type ClaimGroup, groupClaims } from './claim-groups.ts'
import type { Finding, MergeFinding, SupersedeFinding } from './findings.ts'
import { linkClusters } from './linking.ts'
import { replacementText } from './replacement.ts'
import { memoryText } from './wording.ts'

export interface StatementInputs {
  readonly claims: readonly Claim[]
  readonly decisions: readonly Decision[]
  /** Judges a pair that candidate search did not propose; for the cross pairs of a cluster. */
  readonly judge: (a: Entry, b: Entry) => Decision
  readonly entries: ReadonlyMap<string, Entry>
  /** Units that no finding may touch: pinned, kept by instruction, carrying a secret. */
  readonly isFrozen: (unit: Unit) => boolean
  readonly clusterSizeMax: number
}

/** Similarity from which a memory counts as speaking of the same thing as a new claim. */
const NEAR_SIMILARITY = 0.2

/**
 * Which units say the same, which are outdated and by what, what is new, what cannot both hold.
 * Code picks the current value: authority, then time (design, section 3).
 */
export function weighStatements(inputs: StatementInputs): readonly Finding[] {
  const outcomes = groupClaims(inputs.claims, inputs.decisions).map((group) =>
    outcomeOf(group, inputs),
  )
  const superseded = new Set<string>()
  const fromClaims = settleTargets(outcomes, superseded)
  const fromUnits = outdatedByUnits(inputs, superseded)
  const merges = mergeUnits(inputs, superseded)
  return [...fromClaims, ...fromUnits, ...merges, ...unitConflicts(inputs, superseded)]
}

interface Outcome {
  readonly group: ClaimGroup
  readonly outdated: readonly Decision[]
  readonly known: Unit | null
  readonly disputed: Decision | null
  readonly nearPath: string | null
}

/** What the store says to one statement. */
function outcomeOf(group: ClaimGroup, inputs: StatementInputs): Outcome {
  const ids = new Set<string>(group.claims.map((claim) => claim.id))
  const about = inputs.decisions
    .filter((decision) => ids.has(decision.a.key) !== ids.has(decision.b.key))
    .map((decision) => (ids.has(decision.a.key) ? decision : mirrored(decision)))
    .filter(({ b }) => b.source.kind === 'unit')
    .sort((x, y) => y.similarity - x.similarity || (x.b.key < y.b.key ? -1 : 1))
  const known = about.find(({ relation }) => relation === 'same' || relation === 'b_contains_a')
  const nearest = about[0]
  return {
    group,
    outdated: about.filter(
      ({ relation, b }) => relation === 'a_replaces_b' && !isFrozenEntry(b, inputs),
    ),
    known: known === undefined ? null : unitOf(known.b),
    disputed:
      about.find(
        ({ relation, b }) =>
          relation === 'conflict' || (relation === 'a_replaces_b' && isFrozenEntry(b, inputs)),
      ) ?? null,
    nearPath:
      nearest !== undefined && nearest.similarity >= NEAR_SIMILARITY
        ? unitOf(nearest.b).path
        : null,
  }
}

/** Gives each outdated unit to the statement with the best claim on it. */
function settleTargets(outcomes: readonly Outcome[], superseded: Set<string>): readonly Finding[] {
  const findings: Finding[] = []
  const byClaim = [...outcomes].sort((x, y) => byAuthority(x.group.current, y.group.current))
  for (const outcome of byClaim) {
    const targets = outcome.outdated.filter(({ b }) => !superseded.has(unitOf(b).id))
    const finding = findingFor(outcome, targets)
    if (finding === null) continue
    if (finding.kind === 'supersede') for (const unit of finding.outdated) superseded.add(unit.id)
    findings.push(finding)
  }
  return findings
}

function findingFor(outcome: Outcome, targets: readonly Decision[]): Finding | null {
  const { group, known, disputed, nearPath } = outcome
  const [first] = targets
  if (first !== undefined) {
    const outdated = unique(targets.map(({ b }) => unitOf(b)))
    const current = known !== null && !outdated.some(({ id }) => id === known.id) ? known : null
    return {
      kind: 'supersede',
      outdated,
      by: { claims: group.claims },
      text: current === null ? replacementText(unitOf(first.b), first.b, group.current) : null,
      current,
      reasons: first.reasons,
    }
  }
  if (known !== null) return null
  const text = memoryText(group.current)
  if (disputed !== null) {
    const nearBy = unitOf(disputed.b).path
    return {
      kind: 'conflict',
      sides: [disputed.a, disputed.b],
      newText: { claim: group.current, text, nearPath: nearBy },
      reasons: disputed.reasons,
    }
  }
  // A statement that lost its target to a better one is the older value: nothing to add.
  if (outcome.outdated.length > 0) return null
  return { kind: 'add', claims: group.claims, text, nearPath, isUntrustedInstruction: false }
}

/** Dated notes of which a later one states the new value. */
function outdatedByUnits(
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
function mergeUnits(
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
  return clusters.flatMap((keys) =>
    mergeFinding(
      keys.map((key) => unitOf(entryOf(key))),
      relation,
    ),
  )
}

function mergeFinding(
  members: readonly Unit[],
  relation: (a: string, b: string) => Decision,
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
  const others = members.filter((unit) => unit !== survivor && unit.origin !== 'person')
  const [other] = others
  if (other === undefined) return []
  const { reasons } = relation(survivor.id, other.id)
  return [{ kind: 'merge', survivor, others, reasons }]
}

function unitConflicts(
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
    .map(({ a, b, reasons }) => ({ kind: 'conflict', sides: [a, b], newText: null, reasons }))
}

function isEquivalence(relation: Relation): boolean {
  return relation === 'same' || relation === 'a_contains_b' || relation === 'b_contains_a'
}

/** A person's words first, then the longer text, then the place that comes first. */
function byCompleteness(a: Unit, b: Unit): number {
  const person = Number(b.origin === 'person') - Number(a.origin === 'person')
  return person || b.text.length - a.text.length || (a.id < b.id ? -1 : 1)
}

function isFrozenEntry(entry: Entry, inputs: StatementInputs): boolean {
  return inputs.isFrozen(unitOf(entry))
}

function unitOf(entry: Entry): Unit {
  if (entry.source.kind !== 'unit') throw new Error(`${entry.key} is not a unit.`)
  return entry.source.unit
}

function unique(units: readonly Unit[]): readonly Unit[] {
  return [...new Map(units.map((unit) => [unit.id, unit])).values()]
}

function mirrored(decision: Decision): Decision {
  return { ...decision, a: decision.b, b: decision.a, relation: MIRROR[decision.relation] }
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
