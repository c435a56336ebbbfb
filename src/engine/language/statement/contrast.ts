/** "..., while Tom is a painter": a clause about somebody else, who stands against the subject. */
const CONTRAST = /,\s+(?:while|whereas)\s+(?<other>\p{Lu}.+)$/u

/** The clause that tells of somebody else in contrast; null without one. */
export function contrastOf(sentence: string): string | null {
  return CONTRAST.exec(sentence)?.groups?.other ?? null
}

/** The sentence without such a clause, which sets no condition. */
export function withoutContrast(sentence: string): string {
  return sentence.replace(CONTRAST, '')
}
