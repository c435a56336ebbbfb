import type { Claim } from '../../core/claim.ts'
import { trustRank } from '../../core/trust.ts'
import { DisjointSets } from '../disjoint-sets.ts'
import type { Decision } from '../entry.ts'
import { areOfSameWords } from '../reading/checks/same-words.ts'

/** The same statement said once or more; `current` gives the text. */
export interface ClaimGroup {
  readonly current: Claim
  /**
   * All, newest first; `current` is the most complete of the newest, in the user's own words where a
   * model read the same ones.
   */
  readonly claims: readonly Claim[]
  /** What was said of the same thing and holds no longer, newest first: history. */
  readonly former: readonly Claim[]
}

/**
 * Claims that say the same become one group; one that a later claim of at least its trust
 * replaces is history of that claim's group.
 */
export function groupClaims(
  claims: readonly Claim[],
  decisions: readonly Decision[],
): readonly ClaimGroup[] {
  const byId = new Map<string, Claim>(claims.map((claim) => [claim.id, claim]))
  const replacedBy = new Map<string, readonly string[]>()
  const replace = (older: string, newer: string): void => {
    replacedBy.set(older, [...(replacedBy.get(older) ?? []), newer])
  }
  const same = new DisjointSets()
  for (const { a, b, relation } of decisions) {
    if (!byId.has(a.key) || !byId.has(b.key)) continue
    if (relation === 'a_replaces_b') replace(b.key, a.key)
    if (relation === 'b_replaces_a') replace(a.key, b.key)
    if (relation === 'same' || relation === 'a_contains_b' || relation === 'b_contains_a') {
      same.join(a.key, b.key)
    }
  }
  const standing = claims.filter(({ id }) => !replacedBy.has(id))
  const groups = Map.groupBy(standing, ({ id }) => same.rootOf(id))
  const heirs = heirsOf(replacedBy)
  const formerOf = new Map<string, Claim[]>()
  for (const claim of claims) {
    for (const root of new Set(heirs(claim.id).map((heir) => same.rootOf(heir)))) {
      const former = formerOf.get(root)
      if (former === undefined) formerOf.set(root, [claim])
      else former.push(claim)
    }
  }
  return [...groups]
    .map(([root, members]) => toGroup(members, formerOf.get(root) ?? []))
    .sort((x, y) => byRecency(x.current, y.current))
}

/** The claims that stand in the end, over any number of replacements; none for one that stands. */
function heirsOf(
  replacedBy: ReadonlyMap<string, readonly string[]>,
): (id: string) => readonly string[] {
  return (id) => {
    const seen = new Set([id])
    const open = [...(replacedBy.get(id) ?? [])]
    const heirs: string[] = []
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      const newer = replacedBy.get(next)
      if (newer === undefined) heirs.push(next)
      else open.push(...newer)
    }
    return heirs
  }
}

/**
 * Whether a statement is worth a memory of its own: said to be kept, or said of a matter that an
 * earlier session spoke of otherwise, so that it matters from one session to the next.
 */
export function isWorthKeeping({ claims, former }: ClaimGroup): boolean {
  if ([...claims, ...former].some(({ isLasting }) => isLasting)) return true
  const sessions = new Set([...claims, ...former].flatMap(sessionsOf))
  return former.length > 0 && sessions.size > 1
}

function sessionsOf({ evidence }: Claim): readonly string[] {
  return evidence.flatMap((item) => (item.kind === 'event' ? [item.sessionId] : []))
}

/** Higher authority first, then newer, then id: who speaks for a value. */
export function byAuthority(a: Claim, b: Claim): number {
  return trustRank(a.trust) - trustRank(b.trust) || byRecency(a, b)
}

function toGroup(claims: readonly Claim[], former: readonly Claim[]): ClaimGroup {
  const sorted = [...claims].sort(byRecency)
  const [newest] = sorted
  if (newest === undefined) throw new Error('A claim group is never empty.')
  const latest = sorted.filter(({ times }) => times.statedAt === newest.times.statedAt)
  const current = latest
    .filter((claim) => !latest.some((own) => isRewording(claim, own)))
    .reduce((best, claim) => (claim.text.length > best.text.length ? claim : best))
  return { current, claims: sorted, former: [...former].sort(byRecency) }
}

/** What a model adds to a statement that stands by itself need not stand in its words. */
function isRewording(claim: Claim, own: Claim): boolean {
  const isOwn = own.wording === 'verbatim' && own.isLasting
  return isOwn && claim.wording === 'model' && areOfSameWords(claim, own)
}

function byRecency(a: Claim, b: Claim): number {
  const left = a.times.statedAt ?? ''
  const right = b.times.statedAt ?? ''
  if (left !== right) return left < right ? 1 : -1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
