import type { Placed } from '../../core/change.ts'
import type { Claim } from '../../core/claim.ts'
import type { Decision } from '../entry.ts'
import { profileFieldOf } from '../language/profile/profile-claim.ts'
import { byAuthority, type ClaimGroup, groupClaims, isWorthKeeping } from './claim-groups.ts'
import type { Finding } from './findings.ts'
import { unitOf } from './judgement.ts'
import { unwordedMerges } from './merging/unworded-merges.ts'
import { type Outcome, outcomesOf } from './outcome.ts'
import { profileLines } from './profile-lines.ts'
import { disputeWith, patchFor, unwrittenSide } from './replacing/dispute.ts'
import { replacingNotes } from './replacing/replacing-notes.ts'
import { tasteLines } from './taste-lines.ts'
import { mergeUnits, outdatedByUnits, type StatementInputs, unitConflicts } from './weigh-units.ts'
import { memoryText } from './wording.ts'

/**
 * Which units say the same, which are outdated and by what, what is new, what cannot both hold.
 * Code picks the current value: authority, then time (design, section 3).
 */
export function weighStatements(inputs: StatementInputs): readonly Finding[] {
  const ownLines = [...profileLines(inputs), ...tasteLines(inputs)]
  const superseded = new Set(ownLines.flatMap(leaving))
  const claims = inputs.claims.filter((claim) => !isToldIn(ownLines, claim))
  const outcomes = outcomesOf(groupClaims(claims, inputs.decisions), inputs)
  const settled = settleTargets(outcomes, superseded, inputs)
  const disputes = disputedClaims(outcomes, settled, inputs.decisions)
  const fromClaims = outcomes.flatMap((outcome) =>
    disputes.replaced.has(outcome) ? [] : (settled.get(outcome) ?? []),
  )
  const fromUnits = outdatedByUnits(inputs, superseded)
  const merges = mergeUnits(inputs, superseded)
  const merged = merges.flatMap(({ survivor, others }) => [survivor, ...others].map(({ id }) => id))
  return [
    ...ownLines,
    ...fromClaims,
    ...disputes.findings,
    ...operatorPatches(outcomes, settled),
    ...fromUnits,
    ...merges,
    ...unwordedMerges(inputs, new Set([...superseded, ...merged])),
    ...unitConflicts(inputs, superseded),
  ]
}

function leaving(finding: Finding): readonly string[] {
  return finding.kind === 'supersede' ? finding.outdated.map(({ id }) => id) : []
}

/** Said already by a line of the user's own, or good for nothing else. */
function isToldIn(ownLines: readonly Finding[], claim: Claim): boolean {
  if (profileFieldOf(claim) !== null) return true
  return ownLines.some((line) => 'text' in line && line.text === memoryText(claim))
}

/** Where a statement settles the notes, the operator's text still says the old value. */
function operatorPatches(outcomes: readonly Outcome[], settled: Settled): readonly Finding[] {
  return outcomes.flatMap((outcome) => {
    const isSettled =
      settled.get(outcome)?.some(({ kind }) => kind === 'supersede') === true ||
      outcome.known !== null
    return outcome.operator !== null && isSettled ? [patchFor(outcome.operator, outcome)] : []
  })
}

/** What was found of each statement; a note of several sentences is a finding of its own. */
type Settled = ReadonlyMap<Outcome, readonly Finding[]>

/** Gives each outdated unit to the statement with the best claim on it. */
function settleTargets(
  outcomes: readonly Outcome[],
  superseded: Set<string>,
  inputs: StatementInputs,
): Settled {
  const findings = new Map<Outcome, readonly Finding[]>()
  const contested = contestedOutcomes(outcomes, inputs.decisions)
  const byClaim = [...outcomes].sort((x, y) => byAuthority(x.group.current, y.group.current))
  for (const outcome of byClaim) {
    if (contested.has(outcome)) continue
    const targets = outcome.outdated.filter(({ b }) => !superseded.has(unitOf(b).id))
    const found = findingsFor(outcome, targets, inputs)
    for (const unit of found.flatMap(leaving)) superseded.add(unit)
    if (found.length > 0) findings.set(outcome, found)
  }
  return findings
}

/** Statements that contradict each other over one note: none of them may replace it. */
function contestedOutcomes(
  outcomes: readonly Outcome[],
  decisions: readonly Decision[],
): ReadonlySet<Outcome> {
  const outcomeOfClaim = byClaimId(outcomes)
  const targetsOf = ({ outdated }: Outcome): readonly string[] =>
    outdated.map(({ b }) => unitOf(b).id)
  return new Set(
    decisions.flatMap(({ a, b, relation }) => {
      const [left, right] = [outcomeOfClaim.get(a.key), outcomeOfClaim.get(b.key)]
      if (relation !== 'conflict' || left === undefined || right === undefined) return []
      const shared = targetsOf(left).some((id) => targetsOf(right).includes(id))
      return shared ? [left, right] : []
    }),
  )
}

function byClaimId(outcomes: readonly Outcome[]): ReadonlyMap<string, Outcome> {
  return new Map(
    outcomes.flatMap((outcome) => outcome.group.claims.map(({ id }) => [id, outcome] as const)),
  )
}

/**
 * Statements of sessions that contradict each other: one conflict cites both, and what of them
 * is in no unit is written, so that neither wins by being looked at first.
 */
function disputedClaims(
  outcomes: readonly Outcome[],
  settled: Settled,
  decisions: readonly Decision[],
): { readonly findings: readonly Finding[]; readonly replaced: ReadonlySet<Outcome> } {
  const outcomeOfClaim = byClaimId(outcomes)
  const findings: Finding[] = []
  const done = new Set<Outcome>()
  const replaced = new Set<Outcome>()
  for (const { a, b, relation, reasons } of decisions) {
    const [left, right] = [outcomeOfClaim.get(a.key), outcomeOfClaim.get(b.key)]
    if (relation !== 'conflict' || left === undefined || right === undefined) continue
    if (!isWorthTelling(left.group, right.group)) continue
    const open = [left, right].filter(
      (outcome) =>
        !done.has(outcome) &&
        outcome.known === null &&
        outcome.overtakenBy === null &&
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

/** Two passing remarks dispute nothing, unless one denies what the other says. */
function isWorthTelling(one: ClaimGroup, two: ClaimGroup): boolean {
  const isKept = isWorthKeeping(one) || isWorthKeeping(two)
  return isKept || one.current.polarity !== two.current.polarity
}

/** Where a statement stands that is known already or takes the place of an outdated note. */
function rewrittenAs({ known }: Outcome, findings: readonly Finding[] = []): readonly Placed[] {
  const written = findings.find((finding) => finding.kind === 'supersede' && finding.text !== null)
  if (written?.kind === 'supersede') {
    return written.outdated.slice(0, 1).map(({ path }) => ({ path, text: written.text ?? '' }))
  }
  return known === null ? [] : [{ path: known.path, text: known.text }]
}

function isUnwritten(findings: readonly Finding[] = []): boolean {
  return findings.every(({ kind }) => kind === 'add')
}

function findingsFor(
  outcome: Outcome,
  targets: readonly Decision[],
  inputs: StatementInputs,
): readonly Finding[] {
  const { known, disputed, nearPath, group } = outcome
  if (outcome.overtakenBy !== null) return historyOf(outcome.group, outcome.overtakenBy)
  if (targets.length > 0) return replacingNotes(outcome, targets, inputs)
  if (known !== null) return []
  if (disputed !== null) return [disputeWith(disputed, outcome)]
  // A statement that lost its target to a better one is the older value: nothing to add.
  if (outcome.outdated.length > 0) return []
  if (!isWorthKeeping(group) || isMereIntent(group.current)) return []
  const text = memoryText(group.current)
  const { claims, former } = group
  return [{ kind: 'add', claims, former, text, nearPath, isUntrustedInstruction: false }]
}

/** What a model read as a plan, a guess, a question or another's words is no fact to write down. */
function isMereIntent({ wording, modality }: Claim): boolean {
  return wording === 'model' && !['is', 'must', 'may'].includes(modality)
}

/** Said of an earlier time than the note that stands: nothing to write, something to remember. */
function historyOf(group: ClaimGroup, overtakenBy: Decision): readonly Finding[] {
  if (!isWorthKeeping(group)) return []
  return [
    {
      kind: 'supersede',
      outdated: [],
      by: { unit: unitOf(overtakenBy.b) },
      text: null,
      isWordedByModel: false,
      current: unitOf(overtakenBy.b),
      former: [...group.claims, ...group.former],
      reasons: overtakenBy.reasons,
    },
  ]
}
