import type { Claim } from '../../core/claim.ts'
import { trustRank } from '../../core/trust.ts'
import { DisjointSets } from '../disjoint-sets.ts'
import type { Decision } from '../entry.ts'

/** The same statement said once or more; `current` gives the text. */
export interface ClaimGroup {
  readonly current: Claim
  /** All, newest first; `current` is the most complete of the newest. */
  readonly claims: readonly Claim[]
}

/**
 * Claims that say the same become one group; a claim that a later one of at least its trust
 * replaces is left out (its words stay in the ledger of what it had replaced).
 */
export function groupClaims(
  claims: readonly Claim[],
  decisions: readonly Decision[],
): readonly ClaimGroup[] {
  const byId = new Map<string, Claim>(claims.map((claim) => [claim.id, claim]))
  const replaced = new Set<string>()
  const same = new DisjointSets()
  for (const { a, b, relation } of decisions) {
    if (!byId.has(a.key) || !byId.has(b.key)) continue
    if (relation === 'a_replaces_b') replaced.add(b.key)
    if (relation === 'b_replaces_a') replaced.add(a.key)
    if (relation === 'same' || relation === 'a_contains_b' || relation === 'b_contains_a') {
      same.join(a.key, b.key)
    }
  }
  const groups = new Map<string, Claim[]>()
  for (const claim of claims) {
    if (replaced.has(claim.id)) continue
    const root = same.rootOf(claim.id)
    groups.set(root, [...(groups.get(root) ?? []), claim])
  }
  return [...groups.values()].map(toGroup).sort((x, y) => byRecency(x.current, y.current))
}

/** Higher authority first, then newer, then id: who speaks for a value. */
export function byAuthority(a: Claim, b: Claim): number {
  return trustRank(a.trust) - trustRank(b.trust) || byRecency(a, b)
}

function toGroup(claims: readonly Claim[]): ClaimGroup {
  const sorted = [...claims].sort(byRecency)
  const [newest] = sorted
  if (newest === undefined) throw new Error('A claim group is never empty.')
  const current = sorted.reduce((best, claim) =>
    claim.times.statedAt === newest.times.statedAt && claim.text.length > best.text.length
      ? claim
      : best,
  )
  return { current, claims: sorted }
}

function byRecency(a: Claim, b: Claim): number {
  const left = a.times.statedAt ?? ''
  const right = b.times.statedAt ?? ''
  if (left !== right) return left < right ? 1 : -1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
