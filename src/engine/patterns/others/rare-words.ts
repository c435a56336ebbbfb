const WORD = /[\p{L}\p{N}_]+/gu

/** The words of a text in lower case, each once: runs of letters, digits and low lines. */
export function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.normalize('NFKC').toLowerCase().match(WORD) ?? [])
}

/**
 * The words of a text that fewer than `usersMin` users brought and that are none of ours either:
 * what one of them would give away. Each item of `materials` is all words of one user.
 */
export function rareWords(
  text: string,
  ours: ReadonlySet<string>,
  materials: readonly ReadonlySet<string>[],
  usersMin: number,
): readonly string[] {
  return [...wordsIn(text)].filter(
    (word) => !ours.has(word) && materials.filter((words) => words.has(word)).length < usersMin,
  )
}
