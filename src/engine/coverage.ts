import { type Change, isEffective } from '../core/change.ts'
import type { Claim } from '../core/claim.ts'
import type { Coverage } from '../core/dream.ts'
import { citedId, type Evidence } from '../core/evidence.ts'
import type { ChangeId } from '../core/ids.ts'
import type { Finding } from './assembly/findings.ts'
import type { Decision } from './entry.ts'
import type { ModelReading } from './reading/model-reading.ts'

/** What a dream read, what it made of it, and what was left of that. */
export interface CoverageInputs {
  readonly reading: Pick<ModelReading, 'claims' | 'hints' | 'discarded'>
  readonly decisions: readonly Decision[]
  readonly findings: readonly Finding[]
  /** As rendered, before any check. */
  readonly drafted: readonly Change[]
  /** Rendered or checked, but left for the next dream. */
  readonly waiting: readonly Change[]
  /** As the plan has them. */
  readonly changes: readonly Change[]
}

/**
 * What became of every statement that a model read, those that code did not let through included:
 * `claims` = `covered` + all of `left`.
 */
export function coverageOf(inputs: CoverageInputs): Coverage {
  const { claims, hints, discarded } = inputs.reading
  const hinted = new Set(hints.map(({ claimId }) => claimId))
  const read = claims.filter(({ id, wording }) => wording === 'model' || hinted.has(id))
  const fateOf = fates(inputs)
  const left = new Map<string, number>()
  const leave = (reason: string, count: number): void => {
    if (count > 0) left.set(reason, (left.get(reason) ?? 0) + count)
  }
  for (const claim of read) {
    const reason = fateOf(claim)
    if (reason !== null) leave(reason, 1)
  }
  const leftOfRead = [...left.values()].reduce((sum, count) => sum + count, 0)
  for (const { reason, count } of discarded) leave(`not taken: ${reason}`, count)
  const all = [...left.values()].reduce((sum, count) => sum + count, 0)
  return {
    claims: read.length + all - leftOfRead,
    covered: read.length - leftOfRead,
    left: [...left]
      .map(([reason, count]) => ({ reason, count }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
  }
}

/** Why a statement is not in the store as it will be; null = it is. The first that holds. */
function fates(inputs: CoverageInputs): (claim: Claim) => string | null {
  const { decisions, findings, drafted, waiting, changes } = inputs
  const known = new Set<string>(decisions.flatMap(knownClaim))
  const isNewer = new Set<string>(decisions.flatMap(overtakenClaim))
  const siblings = siblingsIn(findings)
  const final = citing(changes)
  const [late, all] = [citing(waiting), citing(drafted)]
  const kept = new Set(changes.map(({ id }) => id))
  const history = new Set(changes.filter(isEffective).flatMap(historyKeys))
  return (claim) => {
    const words = [claim, ...(siblings.get(claim.id) ?? [])].flatMap(({ evidence }) => evidence)
    const found = final(words)
    if (found.some(isWriting) || known.has(claim.id)) return null
    if (found.some((change) => isEffective(change) && change.kind === 'conflict'))
      return 'in conflict: a person decides'
    if (found.some(({ status }) => status === 'held')) return 'held: a person decides'
    if (found.length > 0 || claim.evidence.some((item) => history.has(keyOf(item))))
      return 'kept as history'
    if (late(words).length > 0) return 'left for the next dream'
    if (isDropped(all(words), kept)) return 'dropped by a check'
    if (isNewer.has(claim.id)) return 'a note says something later'
    if (siblings.has(claim.id)) return 'settled before, or told by a lesson'
    if (claim.modality !== 'is' && claim.modality !== 'must' && claim.modality !== 'may')
      return `not a plain statement: ${claim.modality}`
    return claim.isLasting ? 'nothing to change' : 'not worth a note'
  }
}

function isWriting(change: Change): boolean {
  return isEffective(change) && change.kind !== 'conflict' && change.edits.length > 0
}

function isDropped(drafted: readonly Change[], kept: ReadonlySet<ChangeId>): boolean {
  return drafted.some(({ id }) => !kept.has(id))
}

/** The changes that cite one of some words. */
function citing(changes: readonly Change[]): (words: readonly Evidence[]) => readonly Change[] {
  const byQuote = new Map<string, Change[]>()
  for (const change of changes) {
    for (const key of new Set(change.evidence.map(keyOf))) {
      byQuote.set(key, [...(byQuote.get(key) ?? []), change])
    }
  }
  return (words) => words.flatMap((item) => byQuote.get(keyOf(item)) ?? [])
}

/** What the ledger keeps of words that no text holds. */
function historyKeys({ ledger }: Change): readonly string[] {
  return ledger.flatMap(({ evidence }) => evidence.map(keyOf))
}

function keyOf(item: Evidence): string {
  return JSON.stringify([citedId(item), item.quote])
}

/** By claim, those that a finding takes for the same statement: a change cites only some of them. */
function siblingsIn(findings: readonly Finding[]): ReadonlyMap<string, readonly Claim[]> {
  const groups = findings.flatMap((finding): readonly (readonly Claim[])[] => {
    if (finding.kind === 'add') return [finding.claims]
    if (finding.kind === 'conflict')
      return finding.sides.map(({ source }) => (source.kind === 'claim' ? [source.claim] : []))
    return finding.kind === 'supersede' && 'claims' in finding.by ? [finding.by.claims] : []
  })
  return new Map(groups.flatMap((group) => group.map((claim) => [claim.id, group] as const)))
}

/** The claim that a unit says already. */
function knownClaim({ a, b, relation }: Decision): readonly string[] {
  if (a.source.kind === b.source.kind) return []
  const says = relation === 'same' || relation === (isClaim(a) ? 'b_contains_a' : 'a_contains_b')
  return says ? [isClaim(a) ? a.key : b.key] : []
}

function overtakenClaim({ a, b, relation }: Decision): readonly string[] {
  if (a.source.kind === b.source.kind) return []
  const isLate = relation === (isClaim(a) ? 'b_replaces_a' : 'a_replaces_b')
  return isLate ? [isClaim(a) ? a.key : b.key] : []
}

function isClaim({ source }: Decision['a']): boolean {
  return source.kind === 'claim'
}
