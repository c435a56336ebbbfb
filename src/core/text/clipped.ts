/** The beginning of a text, at most so many UTF-16 units and never half of a character. */
export function clipped(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text
  const isPairCut = /[\uD800-\uDBFF]/.test(text.charAt(charsMax - 1))
  return text.slice(0, isPairCut ? charsMax - 1 : charsMax)
}
