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

/**
 * A note without what a memory leaves to its reader, where the other note says nothing of it: that
 * it is of its user, and of the one project that it belongs to. "The user prefers tabs" and
 * "Prefers tabs" are one note.
 */
export function withoutUnderstood(text: string, other: string): string {
  const impersonal = SPEAKS_OF_USER.test(other) ? text : text.replace(USER, '')
  if (SPEAKS_OF_PLACE.test(other)) return impersonal
  return impersonal.replace(HERE_FIRST, '').replace(HERE, '')
}
