import { remembered } from '../../../core/text/remembered.ts'
import { isVerbStem } from '../synonyms/synonyms.ts'
import { wordStem } from '../synonyms/word-stem.ts'
import { copulaAt, isCleft } from './copula.ts'
import { gapOf, isBe, isVerb, opensNounPhrase, wordOf } from './function-words.ts'
import { type Part, partsOf } from './parts.ts'
import { isParticiple, rolesIn } from './roles.ts'
import { type Sense, sensesOf } from './senses.ts'

/** A sense with its place in the sentence. */
export interface PlacedSense extends Sense {
  readonly index: number
  /** The word that opened the clause it stands in: "if", "until"; empty for the main clause. */
  readonly clause: string
  /** `subject`, `object`, `verb`, `adverb`, `mark` for function words, or the preposition before it. */
  readonly role: string
  /** Stands in an elaboration that may be missing. */
  readonly isDetail: boolean
  /** Number of the clause. */
  readonly part: number
  /** Members of a list stand in neighbouring stretches between commas and "and". */
  readonly stretch: number
  /** Words of one phrase follow each other with no function word between: "staging API port". */
  readonly phrase: number
}

/** A text as it is laid over another one. */
export interface Reading {
  readonly senses: readonly PlacedSense[]
  /** The main clause gives an order: "Run the tests first". */
  readonly isOrder: boolean
  /** Tells what comes first and what then: the order of a list counts. */
  readonly isSequence: boolean
  /** `turned`: "A is the B of C", "B of C: A", "X is what ..."; `expletive`: "it takes ...". */
  readonly build: 'plain' | 'passive' | 'turned' | 'expletive'
  /** Every key by which another text can match this one. */
  readonly keys: ReadonlySet<string>
}

const TEXTS_REMEMBERED = 1_000

/** A text with the place of every sense: in which clause, in which role. A hint, not a parse. */
export const readingOf: (text: string) => Reading = remembered(TEXTS_REMEMBERED, read)

/** What two neighbours would be as one word: "trade mark", "trademark". */
export function joinedStem(one: Sense | undefined, two: Sense): string {
  return wordStem([...(one?.words ?? []), ...two.words].map(({ norm }) => norm).join(''))
}

function read(text: string): Reading {
  const parts = partsOf(sensesOf(text))
  const senses = placedSenses(parts)
  return {
    senses,
    isOrder: isOrder(parts),
    isSequence: senses.some((sense) => SEQUENCE.test(wordOf(sense))),
    build: buildOf(senses, parts),
    keys: keysOf(senses),
  }
}

const SEQUENCE = /^(?:then|first|firstly|finally|next|afterwards|later|respectively)$/

function placedSenses(parts: readonly Part[]): readonly PlacedSense[] {
  const placed: PlacedSense[] = []
  let stretch = 0
  let phrase = 0
  let isOpen = false
  for (const [part, { senses, clause, isDetail, ...rest }] of parts.entries()) {
    const roles = rolesIn({ senses, clause, isDetail, ...rest }, parts[part - 1])
    isOpen = false
    for (const [n, sense] of senses.entries()) {
      const role = roles[n] ?? 'object'
      if (/[,;:.()]/.test(gapOf(sense)) || AND.test(wordOf(sense))) stretch += 1
      if (endsPhrase(sense, role)) isOpen = false
      // Only what says something counts, so that "of the" opens one phrase and not two.
      if (!isOpen && !sense.isEmpty && role !== 'mark') {
        phrase += 1
        isOpen = true
      }
      const index = placed.length
      placed.push({ ...sense, index, clause, role, isDetail, part, stretch, phrase })
      if (role === 'verb') isOpen = false
    }
  }
  return placed
}

const AND = /^(?:and|or)$/

/** A preposition, a verb, an article or a comma ends the phrase before it. */
function endsPhrase(sense: Sense, role: string): boolean {
  const isEnd = role === 'mark' || role === 'verb' || gapOf(sense).includes(',')
  return isEnd || opensNounPhrase(sense) || wordOf(sense) === 'within'
}

function keysOf(placed: readonly PlacedSense[]): ReadonlySet<string> {
  const senses = placed.flatMap((sense): readonly Sense[] => [sense, ...sense.parts])
  return new Set([
    ...senses.flatMap(({ keys }) => [...keys]),
    ...placed.slice(1).map((sense, n) => joinedStem(placed[n], sense)),
  ])
}

function buildOf(placed: readonly PlacedSense[], parts: readonly Part[]): Reading['build'] {
  const main = parts.filter(({ clause, isDetail }) => clause === '' && !isDetail)
  if (/^(?:it|there)$/.test(wordOf(placed[0]))) return 'expletive'
  const isTurned =
    wordOf(placed[0]) === 'what' ||
    main.some(
      ({ senses, isKey }) => isKey || copulaAt(senses) >= 0 || isCleft(senses) || needsDeed(senses),
    )
  if (isTurned) return 'turned'
  return main.some(({ senses }) => hasPassive(senses)) ? 'passive' : 'plain'
}

/** "Access needs approval from Mara": Mara is the one who does something, as in "Mara approves". */
function needsDeed(senses: readonly Sense[]): boolean {
  const verb = senses.findIndex((sense) => isVerb(sense) && NEED.test(wordOf(sense)))
  if (verb < 0) return false
  const doer = senses.findIndex((sense, at) => at > verb && /^(?:of|from|by)$/.test(wordOf(sense)))
  const deed = senses[doer - 1]
  return doer > verb + 1 && deed?.pos === 'NOUN' && isVerbStem(wordStem(wordOf(deed)))
}

const NEED = /^(?:needs?|requires?|required)$/

function hasPassive(senses: readonly Sense[]): boolean {
  return senses.some((sense, at) => isVerb(sense) && !isBe(sense) && isParticiple(senses, at))
}

/** "Run the tests", "always ask", "do not commit". */
function isOrder(parts: readonly Part[]): boolean {
  const main = parts.find(({ clause, isDetail }) => clause === '' && !isDetail)
  const first = main?.senses.find(
    (sense) => !/^(?:always|never|not|do|please)$/.test(wordOf(sense)),
  )
  if (first?.pos !== 'VERB' || first.kind !== 'word') return false
  return !/(?:ing|ed|[^s]s)$/.test(wordOf(first))
}
