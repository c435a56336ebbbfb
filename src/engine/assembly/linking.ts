import { compareText } from '../../core/text/compare-text.ts'
/** A judged pair of items, by key. */
export interface Link {
  readonly a: string
  readonly b: string
  readonly similarity: number
}

export interface LinkingRules {
  /** True when the two may never stand in one cluster, whatever else links them. */
  readonly isVetoed: (a: string, b: string) => boolean
  readonly isEquivalent: (a: string, b: string) => boolean
  readonly sizeMax: number
}

/**
 * Constrained linking (algorithms, section 3.1): pairs in falling similarity; two clusters join
 * only when no cross pair is vetoed and at least half of the cross pairs are equivalent.
 * Connected components would chain unrelated items. Clusters of one are left out.
 */
export function linkClusters(
  links: readonly Link[],
  rules: LinkingRules,
): readonly (readonly string[])[] {
  const clusters = new Map<string, readonly string[]>()
  const clusterOf = (key: string): readonly string[] => clusters.get(key) ?? [key]
  for (const link of [...links].sort(bySimilarity)) {
    const left = clusterOf(link.a)
    const right = clusterOf(link.b)
    if (left === right || left.length + right.length > rules.sizeMax) continue
    if (!mayJoin(left, right, rules)) continue
    const joined = [...left, ...right].sort()
    for (const key of joined) clusters.set(key, joined)
  }
  return [...new Set(clusters.values())].sort((x, y) => compareText(x[0] ?? '', y[0] ?? ''))
}

function mayJoin(left: readonly string[], right: readonly string[], rules: LinkingRules): boolean {
  let equivalent = 0
  for (const a of left) {
    for (const b of right) {
      if (rules.isVetoed(a, b)) return false
      if (rules.isEquivalent(a, b)) equivalent += 1
    }
  }
  return equivalent * 2 >= left.length * right.length
}

/** Ties by name, whichever side of the pair it stands on. */
function bySimilarity(x: Link, y: Link): number {
  return y.similarity - x.similarity || compareText(nameOf(x), nameOf(y))
}

function nameOf({ a, b }: Link): string {
  return JSON.stringify(a < b ? [a, b] : [b, a])
}
