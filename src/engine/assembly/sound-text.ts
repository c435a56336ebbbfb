const LINK = '(?:\\s+(?:at|in|on|of|for|to|from|as|with|by|and|the|a|an))*'
const END = '(?![\\p{L}\\p{N}])'
const START = '(?<![\\p{L}\\p{N}])'
const WORD = '[\\p{L}\\p{N}]+'
/** "the the", and "guest speaker at guest speaker at": a word, or several with little between. */
const DOUBLED = [
  new RegExp(`${START}(${WORD})\\s+\\1${END}`, 'giu'),
  new RegExp(`${START}(${WORD}(?:\\s+${WORD}){1,5})${LINK}\\s+\\1${END}`, 'giu'),
]

/**
 * False for a text that says a word or a phrase twice in a row where the one before it did not:
 * the mark of a value cut in the wrong place.
 */
export function isSound(text: string, before: string): boolean {
  const known = doubledIn(before)
  return [...doubledIn(text)].every((phrase) => known.has(phrase))
}

function doubledIn(text: string): ReadonlySet<string> {
  const found = DOUBLED.flatMap((pattern) => [...text.matchAll(pattern)])
  return new Set(found.map((match) => (match[1] ?? '').toLowerCase()))
}
