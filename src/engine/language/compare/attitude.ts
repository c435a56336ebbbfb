import { remembered } from '../../../core/text/remembered.ts'
import { withoutOpener } from '../cues.ts'
import { contentStems } from '../tokens.ts'

/** What a person says of their taste for one thing. */
export interface Attitude {
  readonly isLiked: boolean
  /** Stems of what is liked or not. */
  readonly things: ReadonlySet<string>
}

const SELF = '(?:i|we|the user|user)'
const ADVERB = String.raw`(?:\s(?:really|just|actually|now|also|still|so|absolutely|completely|simply))*`
const THING = String.raw`\s(?:the taste of\s|eating\s|drinking\s|watching\s|playing\s|going to\s)?(?<thing>[^,;.(]+)`

const LIKED = new RegExp(
  `^${SELF}${ADVERB}\\s(?:likes?|loves?|enjoys?|adores?|came to like|started to like|got to like|am into|is into|have come to (?:like|love|enjoy))${THING}`,
  'i',
)
const DISLIKED = new RegExp(
  `^${SELF}${ADVERB}\\s(?:dislikes?|hates?|detests?|avoids?|can(?:'t|not) stand|can no longer stand|(?:do not|does not|don't|doesn't|no longer)${ADVERB}\\s(?:likes?|loves?|enjoys?|eats?|drinks?|care for|cares for)|(?:have )?(?:gave|given|give) up(?: on)?|(?:have )?stopped (?:liking|enjoying|eating|drinking)|went off|(?:am|is|are|got|have grown|grew) (?:tired|sick) of|lost (?:my |all )?(?:interest in|taste for))${THING}`,
  'i',
)
/** "Food I like: Ramen (it warms me up)". */
const KEYED = /^(?<key>[^:]{1,60}):\s+(?<thing>[^(;]+)/
const TAIL =
  /\s(?:any ?more|any longer|at all|a lot|very much|now|these days|because|since|for|when|as|but)\b.*$/i
const TEXTS_REMEMBERED = 15_000

/** Null for a sentence that tells of no taste. */
export const attitudeOf: (sentence: string) => Attitude | null = remembered(
  TEXTS_REMEMBERED,
  readAttitude,
)

function readAttitude(sentence: string): Attitude | null {
  const text = withoutOpener(sentence).trim()
  const disliked = DISLIKED.exec(text)?.groups?.thing
  if (disliked !== undefined) return attitude(false, disliked)
  const liked = LIKED.exec(text)?.groups?.thing
  if (liked !== undefined) return attitude(true, liked)
  const { key = '', thing = '' } = KEYED.exec(text)?.groups ?? {}
  if (/\b(?:dislikes?|hates?|avoids?|don't like|do not like)\b/i.test(key))
    return attitude(false, thing)
  return /\b(?:likes?|loves?|enjoys?|favou?rites?)\b/i.test(key) ? attitude(true, thing) : null
}

/** True where the thing that one sentence speaks of is liked in it and not in the other. */
export function flipsAttitude(newer: string, older: string): boolean {
  const [one, two] = [attitudeOf(newer), attitudeOf(older)]
  if (one === null || two === null || one.isLiked === two.isLiked) return false
  return isSameOrWider(one.things, two.things)
}

/** "Ramen" of "Tonkotsu ramen", but "coffee stains" are no coffee, nor is cold coffee all coffee. */
function isSameOrWider(newer: ReadonlySet<string>, older: ReadonlySet<string>): boolean {
  if (!newer.isSubsetOf(older)) return false
  return newer.size === older.size || [...newer].at(-1) === [...older].at(-1)
}

function attitude(isLiked: boolean, thing: string): Attitude | null {
  const things = contentStems(thing.replace(TAIL, ''))
  return things.size === 0 ? null : { isLiked, things }
}
