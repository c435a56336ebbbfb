/** Share of common words of two texts, 0..1 (Dice over multisets; case does not count). */
export function wordSimilarity(a: string, b: string): number {
  const left = words(a)
  const right = words(b)
  if (left.length + right.length === 0) return 0
  const waiting = new Map<string, number>()
  for (const word of left) waiting.set(word, (waiting.get(word) ?? 0) + 1)
  let common = 0
  for (const word of right) {
    const count = waiting.get(word) ?? 0
    if (count > 0) common += 1
    waiting.set(word, count - 1)
  }
  return (2 * common) / (left.length + right.length)
}

function words(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
