const USER =
  /^(?:the |our )?user\s+(?=(?:\p{Ll}+s|cannot|can't|does|has|is|likes|doesn't|isn't)\b)/iu
const PLACE = '(?:this|the|our) (?:repo|repository|project|codebase|code base|workspace)'
const HERE_FIRST = new RegExp(`^(?:in|for|within) ${PLACE},?\\s+(?=\\p{L})`, 'iu')
const HERE = new RegExp(
  `\\s(?:of|in|for|within) ${PLACE}(?=[.,;!]|$|\\s(?:is|are|must|should|uses?|has)\\b)`,
  'iu',
)

const SPEAKS_OF_USER = /\busers?\b/i
const SPEAKS_OF_PLACE = /\b(?:repo|repository|project|codebase|code base|workspace)\b/i

/** A label before the note that says only that it is one; "to do" or "idea" would say more. */
const LABEL =
  /^(?:(?:nb|n\.b\.|fyi|reminder|important|note|note to self|remark|info|heads[- ]up|good to know)\s*[:!–—-]\s*|[→➜»›>•·]\s*)+(?=\S)/iu
const ORDINALS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '1st': 'first',
    '2nd': 'second',
    '3rd': 'third',
    '4th': 'fourth',
    '5th': 'fifth',
    '6th': 'sixth',
    '7th': 'seventh',
    '8th': 'eighth',
    '9th': 'ninth',
    '10th': 'tenth',
  }),
)

/**
 * A note without a label before it, ordinals in words; and without what a memory leaves to its
 * reader, where the other note says nothing of it: that it is of its user, and of the one project
 * that it belongs to. "The user prefers tabs" and "Prefers tabs" are one note.
 */
export function withoutUnderstood(text: string, other: string): string {
  const plain = text
    .replace(LABEL, '')
    .replace(/\b(?:10|\d)(?:st|nd|rd|th)\b/g, (word) => ORDINALS.get(word) ?? word)
  const impersonal = SPEAKS_OF_USER.test(other) ? plain : plain.replace(USER, '')
  if (SPEAKS_OF_PLACE.test(other)) return impersonal
  return impersonal.replace(HERE_FIRST, '').replace(HERE, '')
}
