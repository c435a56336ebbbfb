import { remembered } from '../../../core/text/remembered.ts'

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
  const note = noteOf(text)
  const { isOfUser, isOfPlace } = noteOf(other)
  if (isOfUser) return isOfPlace ? note.plain : withoutPlace(note.plain)
  return isOfPlace ? note.impersonal : withoutPlace(note.impersonal)
}

interface Note {
  /** Without a label, ordinals in words. */
  readonly plain: string
  /** And without its user as the subject. */
  readonly impersonal: string
  readonly isOfUser: boolean
  readonly isOfPlace: boolean
}

const NOTES_REMEMBERED = 5_000

/** Every text is compared with many others. */
const noteOf: (text: string) => Note = remembered(NOTES_REMEMBERED, (text) => {
  const plain = text
    .replace(LABEL, '')
    .replace(/\b(?:10|\d)(?:st|nd|rd|th)\b/g, (word) => ORDINALS.get(word) ?? word)
  return {
    plain,
    impersonal: plain.replace(USER, ''),
    isOfUser: SPEAKS_OF_USER.test(text),
    isOfPlace: SPEAKS_OF_PLACE.test(text),
  }
})

function withoutPlace(text: string): string {
  return SPEAKS_OF_PLACE.test(text) ? text.replace(HERE_FIRST, '').replace(HERE, '') : text
}
