/** Two-sided 95 %. */
const Z = 1.959964

/** Wilson score interval of a share (E. B. Wilson 1927): holds for small n and for 0 or all hits. */
export function wilsonInterval(
  hits: number,
  n: number,
): { readonly low: number; readonly high: number } {
  if (n <= 0 || hits < 0 || hits > n) throw new RangeError(`${hits} of ${n} is no share.`)
  const share = hits / n
  const scale = 1 + Z ** 2 / n
  const centre = (share + Z ** 2 / (2 * n)) / scale
  const half = (Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2))) / scale
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}
