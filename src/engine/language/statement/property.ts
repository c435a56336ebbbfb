import { words } from '../lexicon.ts'
import { readNounPhrase } from '../noun-phrase.ts'
import { taggedTokens } from '../tagged-tokens.ts'
import { contentTokens } from '../tokens.ts'
import { isTypedValue } from '../values.ts'

/** A definite property of one thing: "the buyer at Stonebridge", "my daughter's favourite colour". */
export interface Property {
  /** Sorted stems. */
  readonly subject: readonly string[]
  /** Stem of the noun. */
  readonly attribute: string
  /** Belongs to somebody or to something by name: "my ...", "Ada's ...", "the ... of ...". */
  readonly isOwned: boolean
  /** A matter of taste: its values are words like any other. */
  readonly isFavourite: boolean
}

const DEFINITE =
  /^(?:the|my|our|user's|the user's|\p{Lu}[\p{L}-]*(?:'s|s') |(?:my|our|the) [\p{L}-]+(?:'s|s') )/iu
const OWNED = /^(?:my|our|user's|the user's)\b|(?:'s|s')\s|\s(?:of|for|at|in|on|with)\s/i

/** One has several of them. */
const SEVERAL = words(`
  hobby friend member language skill allergy interest pet dog cat child kid son daughter brother sister
  colleague feature dependency tool library customer client competitor book film movie song game food dish
  drink value example option note fan wish habit strength weakness neighbour neighbor
`)
/** They speak of the talk or of the screen: tomorrow they are something else. */
const OF_THE_TALK = words(`
  problem issue question idea thing point reason goal plan rule answer solution result error bug step
  difference trick key catch fix cause way case fact truth part topic task focus message output input line
  file function method class variable test build page button screen response request log item sum count
  number type kind sort aim purpose advantage downside concern worry trouble challenge hope dream one rest
  bottom top end start beginning most code text word sentence picture image title side idea matter next last id ids identifier confirmation reservation booking total balance reference
`)

/** Null where the words name no single property of a definite thing. */
export function readProperty(about: string): Property | null {
  const text = about.trim().replaceAll('\u2019', "'")
  if (!DEFINITE.test(`${text} `)) return null
  const head = text.split(/\s(?:of|for|at|in|on|with|to|from|per|between|inside)\s/i)[0] ?? text
  const noun = taggedTokens(head).at(-1)
  if (noun === undefined || noun.role !== 'content' || noun.kind !== 'word') return null
  if (/[^s]s$/.test(noun.norm) || OF_THE_TALK.has(noun.norm)) return null
  const isFavourite = /\b(?:favou?rite|preferred)\b/i.test(head)
  if (SEVERAL.has(noun.norm) && !isFavourite) return null
  const phrase = readNounPhrase(text)
  if (phrase === null) return null
  const attribute = noun.stem.toLowerCase()
  return {
    subject: phrase.subject.filter((stem) => stem !== noun.stem),
    attribute,
    isOwned: OWNED.test(text),
    isFavourite,
  }
}

/** A number, a date, a name: something that another one takes the place of. */
export function namesValue(value: string, { isOwned, isFavourite }: Property): boolean {
  if (isTypedValue(value) || /^[`"'“]/.test(value)) return true
  if (/^(?:not|no|so|very|too|quite|more|less|really)\b/i.test(value)) return false
  const tokens = taggedTokens(value)
  const [first] = contentTokens(value)
  if (first === undefined) return false
  if (/^\p{Lu}/u.test(first.text) || first.kind !== 'word') return true
  const last = tokens.at(-1)
  if (isFavourite) return true
  return isOwned && tokens.length <= 6 && (last?.pos === 'NOUN' || last?.pos === 'PROPN')
}
