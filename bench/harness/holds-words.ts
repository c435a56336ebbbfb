/** Whether a text holds the words as they stand, in any case. */
export function holdsWords(text: string, words: string): boolean {
  return plain(text).includes(plain(words))
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim()
}
