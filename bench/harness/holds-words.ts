/** Whether a text holds the words as they stand, in any case. */
export function holdsWords(text: string, words: string): boolean {
  return plain(text).includes(plain(words))
}

/** Whether a text holds the token by itself: `35` is not in `135`. */
export function holdsToken(text: string, token: string): boolean {
  const [whole, part] = [plain(text), plain(token)]
  if (part === '') return true
  const isWordAt = (at: number): boolean => /[\p{L}\p{N}]/u.test(whole.charAt(at))
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) {
    if (!isWordAt(at - 1) && !isWordAt(at + part.length)) return true
  }
  return false
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim()
}
