/** Words as the trivial methods see them: lower case, letters and digits. */
export function overlapWords(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[a-z0-9]+/g) ?? [])
}

/** Shared words as a share of all words of both (P. Jaccard 1901); 0 for two empty texts. */
export function wordJaccard(a: string, b: string): number {
  const [left, right] = [overlapWords(a), overlapWords(b)]
  const both = left.intersection(right).size
  const either = left.size + right.size - both
  return either === 0 ? 0 : both / either
}

/** Cosine of the counts of three characters in a row, words in between single blanks. */
export function trigramCosine(a: string, b: string): number {
  const [left, right] = [trigramCounts(a), trigramCounts(b)]
  let product = 0
  for (const [gram, count] of left) product += count * (right.get(gram) ?? 0)
  const length = norm(left) * norm(right)
  return length === 0 ? 0 : product / length
}

function trigramCounts(text: string): ReadonlyMap<string, number> {
  const words = ` ${(text.toLowerCase().match(/[a-z0-9]+/g) ?? []).join(' ')} `
  const counts = new Map<string, number>()
  for (let at = 0; at + 3 <= words.length; at += 1) {
    const gram = words.slice(at, at + 3)
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

function norm(counts: ReadonlyMap<string, number>): number {
  return Math.sqrt([...counts.values()].reduce((sum, count) => sum + count ** 2, 0))
}
