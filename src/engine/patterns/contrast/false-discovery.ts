/**
 * Which hypotheses can be tested at all (Tarone 1990, Gilbert 2005): with the smallest K of which
 * at most K hypotheses could reach q / K, those that could. Their margins decide, never their
 * labels, so leaving the others out costs no error.
 */
export function testable(leastPs: readonly number[], q: number): readonly boolean[] {
  const sorted = leastPs.toSorted((a, b) => a - b)
  let reach = 0
  for (let k = 1; k <= sorted.length; k += 1) {
    reach = q / k
    if ((sorted[k] ?? 1) > reach) break
  }
  return leastPs.map((least) => least <= reach)
}

/**
 * Benjamini and Hochberg 1995: the hypotheses of which at most the share `q` is false on average.
 * None unless the strongest stands alone against all (Bonferroni at `chance`): where nothing is
 * true, any discovery is false, and `q` would let one dream in ten tell one.
 */
export function discovered(ps: readonly number[], q: number, chance: number): readonly boolean[] {
  const sorted = ps.toSorted((a, b) => a - b)
  if ((sorted[0] ?? 1) * sorted.length > chance) return ps.map(() => false)
  let bound = -1
  for (const [at, p] of sorted.entries()) {
    if (p <= (q * (at + 1)) / sorted.length) bound = p
  }
  return ps.map((p) => p <= bound)
}
