import type { Placed } from '../../core/change.ts'
import type { Claim } from '../../core/claim.ts'
import { isOperatorText } from '../../core/memory-path.ts'
import type { Unit } from '../../core/unit.ts'
import { isWholeUnit } from '../entries.ts'
import type { Decision } from '../entry.ts'
import { profileFieldOf } from '../language/profile/profile-claim.ts'
import { byAuthority, type ClaimGroup, groupClaims, isWorthKeeping } from './claim-groups.ts'
import type { Finding, UnwrittenSide } from './findings.ts'
import { hintedText } from './hinted-text.ts'
import { byPlace, isEquivalence, unitOf } from './judgement.ts'
import { unwordedMerges } from './merging/unworded-merges.ts'
import { type Outcome, outcomesOf } from './outcome.ts'
import { profileLines } from './profile-lines.ts'
import { replacementText, withSentence } from './replacement.ts'
import { tellsAnew } from './rival-note.ts'
import { isSound } from './sound-text.ts'
import { tasteLines } from './taste-lines.ts'
import { mergeUnits, outdatedByUnits, type StatementInputs, unitConflicts } from './weigh-units.ts'
import { currentText, memoryText } from './wording.ts'

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

/** A note that the statement may not replace: both stay, the statement beside it. */
function disputeWith(disputed: Decision, outcome: Outcome, more: readonly string[] = []): Finding {
  const unit = unitOf(disputed.b)
  if (isOperatorText(unit.path)) return patchFor(disputed, outcome)
  return {
    kind: 'conflict',
    sides: [disputed.a, disputed.b],
    rewritten: [],
    unwritten: [{ ...unwrittenSide(outcome), nearPath: unit.path }],
    reasons: [...disputed.reasons, ...more],
  }
}

/** Operator text is never written: its new wording is suggested, and nothing is put beside it. */
function patchFor(disputed: Decision, { group }: Outcome): Finding {
  const unit = unitOf(disputed.b)
  const text = replacementText(unit, disputed.b, group.current) ?? currentText(group.current)
  const reason = `a dream never writes ${unit.path}, it suggests a patch`
  return {
    kind: 'conflict',
    sides: [disputed.a, disputed.b],
    rewritten: [{ path: unit.path, text }],
    unwritten: [],
    reasons: [...disputed.reasons.slice(0, 1), reason],
  }
}

/** Where a statement settles the notes, the operator's text still says the old value. */
function operatorPatches(
  outcomes: readonly Outcome[],
  settled: ReadonlyMap<Outcome, Finding>,
): readonly Finding[] {
  return outcomes.flatMap((outcome) => {
    const isSettled = settled.get(outcome)?.kind === 'supersede' || outcome.known !== null
    return outcome.operator !== null && isSettled ? [patchFor(outcome.operator, outcome)] : []
  })
}

/** Gives each outdated unit to the statement with the best claim on it. */
function settleTargets(
  outcomes: readonly Outcome[],
  superseded: Set<string>,
  inputs: StatementInputs,
): ReadonlyMap<Outcome, Finding> {
  const findings = new Map<Outcome, Finding>()
  const contested = contestedOutcomes(outcomes, inputs.decisions)
  const byClaim = [...outcomes].sort((x, y) => byAuthority(x.group.current, y.group.current))
  for (const outcome of byClaim) {
    if (contested.has(outcome)) continue
    const targets = outcome.outdated.filter(({ b }) => !superseded.has(unitOf(b).id))
    const finding = findingFor(outcome, targets, inputs)
    if (finding === null) continue
    if (finding.kind === 'supersede') for (const unit of finding.outdated) superseded.add(unit.id)
    findings.set(outcome, finding)
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
  settled: ReadonlyMap<Outcome, Finding>,
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

function findingFor(
  outcome: Outcome,
  targets: readonly Decision[],
  inputs: StatementInputs,
): Finding | null {
  const { known, disputed, nearPath, group } = outcome
  if (outcome.overtakenBy !== null) return historyOf(outcome.group, outcome.overtakenBy)
  if (targets.length > 0) return replacementOf(outcome, targets, inputs)
  if (known !== null) return null
  if (disputed !== null) return disputeWith(disputed, outcome)
  // A statement that lost its target to a better one is the older value: nothing to add.
  if (outcome.outdated.length > 0) return null
  if (!isWorthKeeping(group) || isMereIntent(group.current)) return null
  const text = memoryText(group.current)
  const { claims, former } = group
  return { kind: 'add', claims, former, text, nearPath, isUntrustedInstruction: false }
}

/** What a model read as a plan, a guess, a question or another's words is no fact to write down. */
function isMereIntent({ wording, modality }: Claim): boolean {
  return wording === 'model' && !['is', 'must', 'may'].includes(modality)
}

/** Said of an earlier time than the note that stands: nothing to write, something to remember. */
function historyOf(group: ClaimGroup, overtakenBy: Decision): Finding | null {
  if (!isWorthKeeping(group)) return null
  return {
    kind: 'supersede',
    outdated: [],
    by: { unit: unitOf(overtakenBy.b) },
    text: null,
    isWordedByModel: false,
    current: unitOf(overtakenBy.b),
    former: [...group.claims, ...group.former],
    reasons: overtakenBy.reasons,
  }
}

/** The targets must be one statement; the most complete of them gives way to the new text. */
function replacementOf(
  outcome: Outcome,
  targets: readonly Decision[],
  { judge, hints }: StatementInputs,
): Finding | null {
  const { group, known } = outcome
  const [first, ...rest] = [...targets].sort(
    (x, y) => y.b.text.length - x.b.text.length || byPlace(unitOf(x.b), unitOf(y.b)),
  )
  if (first === undefined) return null
  const isOneStatement = rest.every(
    ({ b }) => unitOf(b) === unitOf(first.b) || isEquivalence(judge(first.b, b).relation),
  )
  if (!isOneStatement) return ambiguous(first, targets)
  const outdated = unique([first, ...rest].map(({ b }) => unitOf(b)))
  // Of a note that says other things too, only the sentence goes.
  const isPart = first.asked !== undefined && !isWholeUnit(first.b)
  const isHeld = known !== null && !isPart && !outdated.some(({ id }) => id === known.id)
  const current = isHeld ? known : null
  const hinted = hintedText(first, outcome, hints)
  const replaced = hinted ?? newText(first, outcome)
  const text = current === null ? replaced : null
  // A note goes for another one only if rules see that it says no more, or it could be rewritten.
  if (replaced === null && (current === null || first.asked !== undefined)) {
    return disputeWith(first, outcome, ['the note says more than this takes back'])
  }
  const by = { claims: group.claims }
  const { former } = group
  const isWordedByModel = text !== null && text === hinted
  const { reasons } = first
  return { kind: 'supersede', outdated, by, text, isWordedByModel, current, former, reasons }
}

function newText({ a, b }: Decision, { group, isRetold }: Outcome): string | null {
  const unit = unitOf(b)
  const exchanged = isRetold ? null : replacementText(unit, b, group.current)
  if (exchanged !== null || !(isRetold || tellsAnew(a, b))) return exchanged
  const text = withSentence(unit, b, currentText(group.current))
  return isSound(text, `${unit.text} ${group.current.text}`) ? text : null
}

/** "The owner is Ben now", with three owners on record: told, not guessed. */
function ambiguous(first: Decision, targets: readonly Decision[]): Finding {
  const count = unique(targets.map(({ b }) => unitOf(b))).length
  return {
    kind: 'conflict',
    sides: [first.a, first.b],
    rewritten: [],
    unwritten: [],
    reasons: [`the statement could mean any of ${count} notes`],
  }
}

function unique(units: readonly Unit[]): readonly Unit[] {
  return [...new Map(units.map((unit) => [unit.id, unit])).values()]
}
