import { remembered } from '../../../core/text/remembered.ts'
import { words } from '../lexicon.ts'
import { wordStem } from '../synonyms/word-stem.ts'
import { type Sense, sensesOf } from './meaning.ts'
import { CLAUSE_OPENERS, gapOf, isVerb, type Part, partsOf } from './parts.ts'

/** A sense with its place in the sentence. */
export interface PlacedSense extends Sense {
  readonly index: number
  /** The word that opened the clause it stands in: "if", "until"; empty for the main clause. */
  readonly clause: string
  /** `subject`, `object`, `verb`, `adverb`, `mark` for function words, or the preposition before it. */
  readonly role: string
  readonly isDetail: boolean
  /** Number of the clause. */
  readonly part: number
  /** Members of a list stand in neighbouring stretches between commas and "and". */
  readonly stretch: number
  /** Words of one phrase follow each other with no function word between: "staging API port". */
  readonly phrase: number
}

export interface Reading {
  readonly senses: readonly PlacedSense[]
  /** The main clause gives an order: "Run the tests first". */
  readonly isOrder: boolean
  /** Built otherwise than subject, verb, object: passive, "A is the B of C", "B of C: A", "it takes". */
  /** Tells what comes first and what then: the order of a list counts. */
  readonly isSequence: boolean
  /** Every key by which another text can match this one. */
  readonly keys: ReadonlySet<string>
  readonly build: 'plain' | 'passive' | 'turned'
}

type Draft = { -readonly [Key in keyof PlacedSense]: PlacedSense[Key] }

const TEXTS_REMEMBERED = 5_000

/** A text with the place of every sense: in which clause, in which role. A hint, not a parse. */
export const readingOf: (text: string) => Reading = remembered(TEXTS_REMEMBERED, read)

function read(text: string): Reading {
  const senses = sensesOf(text)
  const parts = partsOf(senses)
  const placed: Draft[] = []
  let stretch = 0
  let phrase = 0
  const stretches = new Map(
    senses.map((sense) => {
      if (/[,;:.()]/.test(gapOf(sense)) || isAnd(sense)) stretch += 1
      return [sense, stretch]
    }),
  )
  for (const [n, part] of parts.entries()) {
    const roles = part.isKey ? keyRoles(part) : rolesIn(part, parts[n - 1])
    phrase += 1
    for (const [k, sense] of part.senses.entries()) {
      if (opensPhrase(sense, roles[k], gapOf(sense))) phrase += 1
      placed.push({
        ...sense,
        index: placed.length,
        clause: part.clause,
        role: roles[k] ?? 'object',
        isDetail: part.isDetail,
        part: n,
        stretch: stretches.get(sense) ?? 0,
        phrase,
      })
    }
  }
  numberPhrases(placed)
  return {
    senses: placed,
    isOrder: isOrder(parts),
    build: buildOf(placed, parts),
    keys: keysOf(placed),
    isSequence: placed.some((sense) => SEQUENCE.test(wordOf(sense))),
  }
}

/** A preposition, a verb, an article or a comma ends the phrase before it. */
function opensPhrase(sense: Sense, role: string | undefined, gap: string): boolean {
  if (role === 'mark' || role === 'verb' || gap.includes(',')) return true
  return DETERMINERS.has(wordOf(sense)) || PRONOUNS.has(wordOf(sense))
}

const PREPOSITIONS: ReadonlyMap<string, string> = new Map(
  `of:of in:in on:on at:at to:to from:from by:by with:with for:for into:to onto:to about:about
  regarding:about concerning:about via:with through:with using:with inside:in within:within as:as per:per
  across:in against:against under:under over:over above:over below:under behind:behind between:between
  among:between toward:to towards:to like:like until:until till:until before:before after:after
  during:while since:since except:except excluding:except without:without instead:instead following:after`
    .split(/\s+/)
    .map((entry): [string, string] => {
      const [word = '', role = ''] = entry.split(':')
      return [word, role]
    }),
)
/** "only after that": the word that points says nothing, the one before it does. */
const POINTING = /^(?:that|this|it|them|then)$/
const ORDERING = /^(?:before|after|until|since|without|except)$/
/** Before an amount they say how much: "about ten", "under 20". */
const MEASURING = words('about around over above under below within')
const PRONOUNS = words(
  'i we you he she it they this that these those there everyone nobody everybody',
)
const DETERMINERS = words('the a an our my your his her its their all every each no any some')
const BE = words('is are was were be been being am')
const PASSIVE_GET = words('get gets got getting')

/** Said from the other end: "it belongs to Mara", "Mara owns it". */
const CONVERSE: ReadonlySet<string> = new Set(['belong to', 'lie with', 'rest with'])

interface Walk {
  role: string
  hasVerb: boolean
  /** Where the passive verb stands; -1 = there is none. */
  passiveAt: number
  /** Something has been named since the part began with a preposition. */
  isFronted: boolean
}

function rolesIn(part: Part, before: Part | undefined): readonly string[] {
  const walk: Walk = { role: 'subject', hasVerb: false, passiveAt: -1, isFronted: false }
  const roles = part.senses
    .map((_, at) => step(walk, part, at))
    // What a passive says of its subject is done to it.
    .map((role, at) => (role === 'subject' && at < walk.passiveAt ? 'object' : role))
  markSubject(part.senses, roles)
  const copula = before?.isKey === true ? -1 : copulaAt(part.senses)
  return copula < 0 ? roles : turned(part.senses, roles, copula)
}

/** "In the new team Mara reports to Ben": the name before the verb is its subject. */
function markSubject(senses: readonly Sense[], roles: string[]): void {
  const verb = roles.indexOf('verb')
  if (verb < 3 || roles[0] !== 'mark' || roles.slice(0, verb).includes('subject')) return
  let at = verb - 1
  while (at > 1 && senses[at]?.kind === 'name') at -= 1
  if (at === verb - 1 || roles[at] === 'mark') return
  roles.fill('subject', at + 1, verb)
}

function step(walk: Walk, part: Part, at: number): string {
  const { senses } = part
  const sense = senses[at]
  if (sense === undefined) return 'mark'
  const word = wordOf(sense)
  const preposition = sense.words.length === 1 ? PREPOSITIONS.get(word) : undefined
  if (at === 0 && CLAUSE_OPENERS.has(word) && part.clause !== '') return 'mark'
  const isBeforeAmount = senses[at + 1]?.kind === 'amount' || senses[at + 1]?.kind === 'time'
  if (preposition !== undefined && !(isBeforeAmount && MEASURING.has(word))) {
    const isInfinitive = word === 'to' && senses[at + 1]?.pos === 'VERB'
    if (POINTING.test(wordOf(senses[at + 1])) && ORDERING.test(preposition)) return 'adverb'
    if (isInfinitive) return 'mark'
    walk.isFronted = at === 0
    walk.role =
      preposition === 'by' && walk.passiveAt >= 0 && isDoer(senses[at + 1])
        ? 'subject'
        : preposition
    return 'mark'
  }
  const isNewPhrase = PRONOUNS.has(word) || DETERMINERS.has(word) || gapOf(sense).includes(',')
  if (walk.isFronted && isNewPhrase && at > 1 && !DETERMINERS.has(wordOf(senses[at - 1]))) {
    if (PREPOSITIONS.get(wordOf(senses[at - 1])) === undefined) {
      walk.isFronted = false
      walk.role = 'subject'
    }
  }
  if (BE.has(word) || PASSIVE_GET.has(word)) {
    if (!walk.hasVerb) walk.role = 'object'
    walk.hasVerb = true
    return 'verb'
  }
  if (isVerb(sense) && !DETERMINERS.has(wordOf(senses[at - 1]))) {
    const isConverse = CONVERSE.has(sense.words.map(({ lemma }) => lemma).join(' '))
    if (isConverse || isParticiple(senses, at)) walk.passiveAt = at
    walk.hasVerb = true
    walk.isFronted = false
    walk.role = isConverse ? 'subject' : (PREPOSITIONS.get(lastWordOf(sense)) ?? 'object')
    return 'verb'
  }
  return sense.pos === 'ADV' && sense.kind === 'word' ? 'adverb' : walk.role
}

/** "is owned", "gets reviewed", "handled by". */
function isParticiple(senses: readonly Sense[], at: number): boolean {
  const word = wordOf(senses[at])
  if (/ing$/.test(word)) return false
  if (wordOf(senses[at + 1]) === 'by') return true
  const before = senses
    .slice(Math.max(0, at - 3), at)
    .findLast(({ pos, words: [cell] }) => pos !== 'ADV' && cell?.norm !== 'not')
  return BE.has(wordOf(before)) || PASSIVE_GET.has(wordOf(before))
}

/** "by Friday" and "by email" name no doer. */
function isDoer(next: Sense | undefined): boolean {
  if (next === undefined || next.kind === 'time' || next.kind === 'amount') return false
  return !/^(?:hand|email|mail|default|phone|post|law|accident)$|ing$/.test(wordOf(next))
}

/** "Owner of billing: Mara" names what Mara is to billing. */
function keyRoles(part: Part): readonly string[] {
  return rolesIn(part, undefined).map((role) =>
    role === 'subject' || role === 'of' ? 'object' : role,
  )
}

function keysOf(placed: readonly PlacedSense[]): ReadonlySet<string> {
  const words = placed.flatMap((sense) =>
    sense.parts.length === 0 ? [sense] : [sense, ...sense.parts],
  )
  return new Set([
    ...words.flatMap(({ keys }) => [...keys]),
    ...placed.flatMap((sense, at) => (at === 0 ? [] : [joinedStem(placed[at - 1], sense)])),
  ])
}

/** What two neighbours would be as one word: "trade mark", "trademark". */
export function joinedStem(one: Sense | undefined, two: Sense): string {
  return wordStem([...(one?.words ?? []), ...two.words].map(({ norm }) => norm).join(''))
}

/** Counts only the phrases that say something, so that "of the" opens one and not two. */
function numberPhrases(placed: readonly Draft[]): void {
  let count = 0
  let last = -1
  for (const sense of placed) {
    if (!sense.isEmpty && sense.role !== 'mark' && sense.phrase !== last) {
      count += 1
      last = sense.phrase
    }
    sense.phrase = count
  }
}

function buildOf(placed: readonly PlacedSense[], parts: readonly Part[]): Reading['build'] {
  const main = parts.filter(({ clause, isDetail }) => clause === '' && !isDetail)
  if (main.some(({ senses, isKey }) => isKey || copulaAt(senses) >= 0)) return 'turned'
  const first = wordOf(placed[0])
  if (/^(?:it|there|what)$/.test(first) || main.some(({ senses }) => isCleft(senses)))
    return 'turned'
  return main.some(({ senses }) =>
    senses.some((_, at) => isVerbAt(senses, at) && isParticiple(senses, at)),
  )
    ? 'passive'
    : 'plain'
}

/** "Mara is who owns it", "the rack is where they are kept". */
function isCleft(senses: readonly Sense[]): boolean {
  return senses.some(
    (sense, at) =>
      /^(?:what|where|how|who|when)$/.test(wordOf(sense)) && BE.has(wordOf(senses[at - 1])),
  )
}

function isVerbAt(senses: readonly Sense[], at: number): boolean {
  const sense = senses[at]
  return sense !== undefined && isVerb(sense) && !BE.has(wordOf(sense))
}

/** "is called X" is no more than "is X". */
const NAMING = /^(?:called|named)$/

const SEQUENCE = /^(?:then|first|firstly|finally|next|afterwards|later|respectively)$/

/** Where the only verb is a form of "be", its place; else -1. */
function copulaAt(senses: readonly Sense[]): number {
  const verbs = senses.flatMap((sense, at) =>
    isVerb(sense) && !NAMING.test(wordOf(sense)) ? [at] : [],
  )
  const [only] = verbs
  return verbs.length === 1 && only !== undefined && BE.has(wordOf(senses[only])) ? only : -1
}

/**
 * Of "the owner of billing is Mara" and "Mara is the owner of billing" one side names a relation
 * and the thing it is to; the other side fills it, as the subject of a verb does.
 */
function turned(
  senses: readonly Sense[],
  roles: readonly string[],
  copula: number,
): readonly string[] {
  const isNoun = (sense: Sense | undefined): boolean =>
    sense !== undefined && (/^(?:NOUN|PROPN|NUM)$/.test(sense.pos) || sense.kind !== 'word')
  const right = roles.flatMap((role, at) => (at > copula && role === 'object' ? [at] : []))
  if (!right.some((at) => isNoun(senses[at]))) return roles
  const names = (from: number, to: number): boolean =>
    roles.slice(from, to).includes('of') ||
    senses.slice(from, to).some(({ words: [cell] }) => cell?.isPossessive === true)
  const isName = senses
    .slice(0, copula)
    .every(({ kind, pos, isEmpty }) => isEmpty || kind === 'name' || pos === 'PROPN')
  const isRightRelation = (isName || names(copula + 1, roles.length)) && !names(0, copula)
  return roles.map((role, at) => {
    if (isRightRelation) return role === 'of' && at > copula ? 'object' : role
    if (at < copula) return role === 'subject' || role === 'of' ? 'object' : role
    return role === 'object' ? 'subject' : role
  })
}

/** "Run the tests", "always ask", "do not commit". */
function isOrder(parts: readonly Part[]): boolean {
  const main = parts.find(({ clause, isDetail }) => clause === '' && !isDetail)
  const first = main?.senses.find(
    ({ words: [cell] }) => !/^(?:always|never|not|do|please)$/.test(cell?.norm ?? ''),
  )
  if (first === undefined || first.pos !== 'VERB' || first.kind !== 'word') return false
  return !/(?:ing|ed|[^s]s)$/.test(wordOf(first))
}

function isAnd(sense: Sense): boolean {
  return /^(?:and|or)$/.test(wordOf(sense))
}

function wordOf(sense: Sense | undefined): string {
  return sense?.words[0]?.norm ?? ''
}

/** "link to" leaves its preposition to what follows. */
function lastWordOf(sense: Sense): string {
  return sense.words.length > 1 ? (sense.words.at(-1)?.norm ?? '') : ''
}
