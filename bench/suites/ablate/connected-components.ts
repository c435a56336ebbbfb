import type { Rules } from '../../../src/engine/rules.ts'

/** Every chain of pairs is one cluster, whatever speaks against its ends. */
export const connectedComponents: Rules['link'] = (links, { sizeMax }) => {
  const clusters = new Map<string, readonly string[]>()
  for (const { a, b } of links) {
    const [left, right] = [clusters.get(a) ?? [a], clusters.get(b) ?? [b]]
    if (left === right || left.length + right.length > sizeMax) continue
    const joined = [...left, ...right].sort()
    for (const key of joined) clusters.set(key, joined)
  }
  return [...new Set(clusters.values())]
}
