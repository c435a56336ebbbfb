/** What a paraphrase cannot change: numbers, dates, flags, paths, identifiers, quotes and names. */
const KEY_WORD = new RegExp(
  [
    '`[^`]+`',
    '"[^"]+"',
    String.raw`(?<![\w-])--?[a-z][\w-]*`,
    String.raw`\b[a-z]+:\/\/[^\s,;)]+[^\s,;).]`,
    // With a mark or a figure inside: a path, a date, an option name, "SHA-256", "12GB", "1,500".
    String.raw`\b[A-Za-z]+-\d[\w.-]*`,
    String.raw`[\w@~$/]*(?:\d|[\w@~]\/\w|\w_\w|\w\.\w)[\w@~$./:%+-]*[\w%+]|\b\d\b`,
    String.raw`\b[A-Z]{2,}\b|\b[A-Za-z]+[a-z][A-Z]\w*`,
    // A capital that does not begin the text.
    String.raw`(?<=[a-z0-9,:)] )[A-Z][a-z]\w+`,
  ].join('|'),
  'gu',
)

/** The key words of a text in lower case, each once. */
export function keyWords(text: string): readonly string[] {
  const found = text.match(KEY_WORD) ?? []
  return [...new Set(found.map((word) => word.replace(/^[`"]|[`"]$/g, '').toLowerCase()))]
}

/** The longer words of a text, which say what it is about. */
export function topicWords(text: string): readonly string[] {
  return [...new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? [])].filter(
    (word) => !FILLERS.has(word),
  )
}

const FILLERS = new Set(
  'about actual actually after also been before from have into just more note only other over chat discussion does that their them then there these they this unrelated used using uses were what when which will with without your'.split(
    ' ',
  ),
)

/** Whether a text holds the word, not as a part of a longer one. */
export function holdsKeyWord(text: string, word: string): boolean {
  const plain = text.toLowerCase()
  for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1)) {
    const around = `${plain.charAt(at - 1)} ${plain.charAt(at + word.length)}`
    if (!/[\p{L}\p{N}]/u.test(around)) return true
  }
  return false
}

/** Share of the words that the text holds; 0 for none. */
export function shareHeld(text: string, words: readonly string[]): number {
  if (words.length === 0) return 0
  return words.filter((word) => holdsKeyWord(text, word)).length / words.length
}

/**
 * Whether an entry is about what a gold sentence says: by its key words, or where it has none by
 * what it is about. Generous, as gold is a paraphrase.
 */
export function isAbout(text: string, gold: string): boolean {
  const keys = keyWords(gold)
  if (keys.length > 0) return shareHeld(text, keys) >= SHARE_MIN
  return shareHeld(text, topicWords(gold)) >= SHARE_MIN
}

const SHARE_MIN = 0.5
