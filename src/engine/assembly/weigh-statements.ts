import type { Placed } from '../../core/change.ts'
import { isOperatorText } from '../../core/memory-path.ts'
import type { Unit } from '../../core/unit.ts'
import type { Decision, Entry } from '../entry.ts'
import { byAuthority, type ClaimGroup, groupClaims } from './claim-groups.ts'
import type { Finding, UnwrittenSide } from './findings.ts'
import { mirrored, unitOf } from './judgement.ts'
import { replacementText } from './replacement.ts'
import { mergeUnits, outdatedByUnits, type StatementInputs, unitConflicts } from './weigh-units.ts'
import { memoryText } from './wording.ts'

/** Similarity from which a memory counts as speaking of the same thing as a new claim. */
const NEAR_SIMILARITY = 0.4

/**
 * Which units say the same, which are outdated and by what, what is new, what cannot both hold.
 * Code picks the current value: authority, then time (design, section 3).
 */
export function weighStatements(inputs: StatementInputs): readonly Finding[] {
  const outcomes = groupClaims(inputs.claims, inputs.decisions).map((group) =>
    outcomeOf(group, inputs),
  )
  const superseded = new Set<string>()
  const settled = settleTargets(outcomes, superseded)
  const disputes = disputedClaims(outcomes, settled, inputs.decisions)
  const fromClaims = outcomes.flatMap((outcome) =>
    disputes.replaced.has(outcome) ? [] : (settled.get(outcome) ?? []),
  )
  const fromUnits = outdatedByUnits(inputs, superseded)
  const merges = mergeUnits(inputs, superseded)
  return [
    ...fromClaims,
    ...disputes.findings,
    ...fromUnits,
    ...merges,
    ...unitConflicts(inputs, superseded),
  ]
}

interface Outcome {
  readonly group: ClaimGroup
  readonly outdated: readonly Decision[]
  readonly known: Unit | null
  /** A note that was stated later says otherwise. */
  readonly isStale: boolean
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
    isStale: about.some(({ relation }) => relation === 'b_replaces_a'),
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

/**
 * A note that the statement may not replace. Operator text is never written: its new wording is
 * only suggested, and nothing is put beside it.
 */
function disputeWith(disputed: Decision, outcome: Outcome): Finding {
  const unit = unitOf(disputed.b)
  const { current } = outcome.group
  const isOperator = isOperatorText(unit.path)
  const suggested = { path: unit.path, text: replacementText(unit, disputed.b, current) }
  return {
    kind: 'conflict',
    sides: [disputed.a, disputed.b],
    rewritten: isOperator ? [suggested] : [],
    unwritten: isOperator ? [] : [{ ...unwrittenSide(outcome), nearPath: unit.path }],
    reasons: isOperator
      ? [...disputed.reasons.slice(0, 1), `a dream never writes ${unit.path}, it suggests a patch`]
      : disputed.reasons,
  }
}

/** Gives each outdated unit to the statement with the best claim on it. */
function settleTargets(
  outcomes: readonly Outcome[],
  superseded: Set<string>,
): ReadonlyMap<Outcome, Finding> {
  const findings = new Map<Outcome, Finding>()
  const byClaim = [...outcomes].sort((x, y) => byAuthority(x.group.current, y.group.current))
  for (const outcome of byClaim) {
    const targets = outcome.outdated.filter(({ b }) => !superseded.has(unitOf(b).id))
    const finding = findingFor(outcome, targets)
    if (finding === null) continue
    if (finding.kind === 'supersede') for (const unit of finding.outdated) superseded.add(unit.id)
    findings.set(outcome, finding)
  }
  return findings
}

/**
 * Statements of sessions that contradict each other: one conflict cites both, and what of them
 * is in no unit is written, so that neither wins by being looked at first.
 */
function disputedClaims(
  outcomes: readonly Outcome[],
  settled: ReadonlyMap<Outcome, Finding>,
  decisions: readonly Decision[],
): { readonly findings: readonly Finding[]; readonly replaced: ReadonlySet<Outcome> } {
  const outcomeOfClaim = new Map(
    outcomes.flatMap((outcome) => outcome.group.claims.map(({ id }) => [id as string, outcome])),
  )
  const findings: Finding[] = []
  const done = new Set<Outcome>()
  const replaced = new Set<Outcome>()
  for (const { a, b, relation, reasons } of decisions) {
    const [left, right] = [outcomeOfClaim.get(a.key), outcomeOfClaim.get(b.key)]
    if (relation !== 'conflict' || left === undefined || right === undefined) continue
    const open = [left, right].filter(
      (outcome) =>
        !done.has(outcome) &&
        outcome.known === null &&
        !outcome.isStale &&
        isUnwritten(settled.get(outcome)),
    )
    if (open.length === 0) continue
    for (const outcome of open) {
      done.add(outcome)
      replaced.add(outcome)
    }
    const rewritten = [left, right]
      .filter((outcome) => !open.includes(outcome))
      .flatMap((outcome) => rewrittenAs(outcome, settled.get(outcome)))
    const unwritten = open.map(unwrittenSide)
    findings.push({ kind: 'conflict', sides: [a, b], rewritten, unwritten, reasons })
  }
  return { findings, replaced }
}

/** Where a statement stands that is known already or takes the place of an outdated note. */
function rewrittenAs({ known }: Outcome, finding: Finding | undefined): readonly Placed[] {
  if (finding?.kind === 'supersede' && finding.text !== null) {
    return finding.outdated.slice(0, 1).map(({ path }) => ({ path, text: finding.text ?? '' }))
  }
  return known === null ? [] : [{ path: known.path, text: known.text }]
}

function isUnwritten(finding: Finding | undefined): boolean {
  return finding === undefined || finding.kind === 'add'
}

function unwrittenSide({ group, nearPath }: Outcome): UnwrittenSide {
  return { claim: group.current, text: memoryText(group.current), nearPath }
}

function findingFor(outcome: Outcome, targets: readonly Decision[]): Finding | null {
  const { group, known, disputed, nearPath } = outcome
  if (outcome.isStale) return null
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
  if (disputed !== null) return disputeWith(disputed, outcome)
  // A statement that lost its target to a better one is the older value: nothing to add.
  if (outcome.outdated.length > 0) return null
  const text = memoryText(group.current)
  return { kind: 'add', claims: group.claims, text, nearPath, isUntrustedInstruction: false }
}

function isFrozenEntry(entry: Entry, inputs: StatementInputs): boolean {
  return inputs.isFrozen(unitOf(entry))
}

function unique(units: readonly Unit[]): readonly Unit[] {
  return [...new Map(units.map((unit) => [unit.id, unit])).values()]
}
