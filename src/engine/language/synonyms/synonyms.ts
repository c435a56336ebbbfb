import { FAMILIES } from './families.ts'
import { FORCE_GROUPS } from './forces.ts'
import { EVERYDAY_NOUN_GROUPS } from './nouns-of-all-days.ts'
import { BUSINESS_NOUN_GROUPS } from './nouns-of-business.ts'
import { LIFE_NOUN_GROUPS } from './nouns-of-life.ts'
import { WORK_NOUN_GROUPS } from './nouns-of-work.ts'
import { QUALITY_GROUPS } from './qualities.ts'
import { EVERYDAY_QUALITY_GROUPS } from './qualities-of-all-days.ts'
import { PHRASE_GROUPS } from './turns-of-phrase.ts'
import { VERB_GROUPS } from './verbs.ts'
import { EVERYDAY_VERB_GROUPS } from './verbs-of-all-days.ts'
import { CODE_VERB_GROUPS } from './verbs-of-code.ts'
import { WORK_VERB_GROUPS } from './verbs-of-work.ts'
import { wordStem } from './word-stem.ts'

/** The classes a group belongs to; a family holds whatever the class. */
type WordClass = 'verb' | 'noun' | 'quality' | 'family'

/** Several words that stand for one: "in charge of". */
export interface Phrase {
  readonly stems: readonly string[]
  readonly group: string
}

/**
 * The groups of a word, given by its stem. Of a name only those of nouns: "Mark" marks nothing.
 * Word classes decide no more than that, for the tagger mistakes "book" and "order" too often.
 */
export function groupsOf(stem: string, isName: boolean): readonly string[] {
  const senses = WORDS.get(stem) ?? []
  const fitting = isName ? senses.filter(({ wordClass }) => wordClass === 'noun') : senses
  return fitting.map(({ group }) => group)
}

/** True for a group of adjectives and adverbs. */
export function isQualityGroup(group: string): boolean {
  return QUALITIES.has(group)
}

/** True for a stem that can be a verb. */
export function isVerbStem(stem: string): boolean {
  return WORDS.get(stem)?.some(({ wordClass }) => wordClass === 'verb') === true
}

/**
 * The longest phrase that begins with a stem. `stemsAt` gives the stems of the word so many places
 * on, null behind the end of the clause.
 */
export function phraseAt(
  first: readonly string[],
  stemsAt: (place: number) => readonly string[] | null,
): { readonly length: number; readonly groups: readonly string[] } | null {
  const fitting = first
    .flatMap((stem) => PHRASES.get(stem) ?? [])
    .filter(({ stems }) => stems.every((stem, place) => stemsAt(place)?.includes(stem) === true))
    .sort((a, b) => b.stems.length - a.stems.length)
  const [longest] = fitting
  if (longest === undefined) return null
  const { length } = longest.stems
  const groups = fitting.filter(({ stems }) => stems.length === length).map(({ group }) => group)
  return { length, groups }
}

const SOURCES: readonly (readonly [WordClass, string])[] = [
  ['verb', VERB_GROUPS],
  ['verb', CODE_VERB_GROUPS],
  ['verb', WORK_VERB_GROUPS],
  ['noun', WORK_NOUN_GROUPS],
  ['noun', BUSINESS_NOUN_GROUPS],
  ['noun', LIFE_NOUN_GROUPS],
  ['quality', QUALITY_GROUPS],
  ['verb', EVERYDAY_VERB_GROUPS],
  ['noun', EVERYDAY_NOUN_GROUPS],
  ['quality', EVERYDAY_QUALITY_GROUPS],
  ['family', PHRASE_GROUPS],
  ['family', FAMILIES],
  ['family', FORCE_GROUPS],
]

const QUALITIES: ReadonlySet<string> = new Set(
  `${QUALITY_GROUPS}\n${EVERYDAY_QUALITY_GROUPS}`.split('\n').map((line) => line.trim()),
)

interface Sense {
  readonly wordClass: WordClass
  readonly group: string
}

const WORDS = new Map<string, Sense[]>()
const PHRASES = new Map<string, Phrase[]>()

for (const [wordClass, list] of SOURCES) readGroups(wordClass, list)

function readGroups(wordClass: WordClass, list: string): void {
  for (const line of list.split('\n')) {
    const members = line.split(',').map((member) => member.trim())
    if (members.length < 2) continue
    const group = line.trim()
    for (const member of members) readMember(member, wordClass, group)
  }
}

function readMember(member: string, wordClass: WordClass, group: string): void {
  // "be in charge of" is found wherever "in charge of" is.
  const stems = member
    .replace(/^be /, '')
    .split(/[\s-]+/)
    .map((word) => wordStem(word.toLowerCase()))
  const [first] = stems
  if (first === undefined) return
  if (stems.length === 1) push(WORDS, first, { wordClass, group })
  else push(PHRASES, first, { stems, group })
}

function push<T>(table: Map<string, T[]>, key: string, value: T): void {
  const list = table.get(key)
  if (list === undefined) table.set(key, [value])
  else list.push(value)
}
