import { deniedValue } from '../former.ts'
import { contrastOf } from '../statement/contrast.ts'
import { type TaggedToken, taggedTokens } from '../tagged-tokens.ts'
import { isSharedDoing } from '../verbs.ts'
import { areSentElsewhere } from './addressed.ts'
import { isNarrower } from './narrower.ts'
import {
  areRelatives,
  contentOf,
  hasRelative,
  isCapitalised,
  isContent,
  type Predicate,
  predicateOf,
  stemOf,
} from './predicate.ts'
import {
  ATTITUDES,
  MANY_OBJECTS,
  MANY_VALUED,
  OCCUPATIONS,
  ONE_VALUED,
  SHARED_EVENTS,
} from './rival-words.ts'

/** Two sentences of one matter that tell it differently. */
export interface Rivalry {
  /** Stems that both share, by which to tell how near they are. */
  readonly shared: readonly string[]
  /** The newer one says by name that the older one is wrong. */
  readonly isDenied: boolean
  /** Plain words for a person who reads the change. */
  readonly ground: string
}

/** The stems of a text, and how telling each is: 0 for a word that says nothing. */
export type Weight = (stem: string) => number

/** A statement that comes on top of what is known. */
const ADDITIVE =
  /\b(?:also|too|as well|another|in addition|additionally|besides|furthermore|moreover|on top of|a second|a third|more than one)\b/i
/** A statement that leaves no room for what was said before. */
const EXCLUSIVE =
  /\b(?:instead|rather than|never|no longer|any ?more|dislikes?|hates?|not .{1,80}\bbut|no interest|but (?:did|does|do) not|stopped)\b/i
/** In the clause that carries the sentence; "..., you only need to" says nothing of it. */
const EXCLUSIVE_MAIN = /^[^,;]*\b(?:only|exclusively|solely)\b/i
const PRESENT_STATE = /\b(?:currently|at present|these days|nowadays|now)\b/i

const LONG_FRAME_WORDS = 2
const FREE_FRAME_WORDS = 4
const DOER_WORDS_MIN = 4
const DOER_SHARE_MIN = 0.75
/** So much alike that only the name differs. */
const VERBATIM_WORDS_MIN = 6

/**
 * Whether a later sentence tells otherwise what an older one tells: the same subject and
 * predicate with another object, or one particular doing with another doer. A hint for a
 * statement of a person against a note, never for two notes. Null = they can stand side by side.
 */
export function rivalry(newer: string, older: string): Rivalry | null {
  if (ADDITIVE.test(newer)) return null
  const left = predicateOf(newer)
  const right = predicateOf(older)
  if (left === null || right === null) return null
  const matched = match(left, right)
  if (isNarrower(left, right) || isNarrower(right, left)) return null
  const isSent = matched.subject === 'same' && matched.isSameHead && areSentElsewhere(newer, older)
  const isLess = EXCLUSIVE_MAIN.test(newer) && matched.lost.length > 0
  if (matched.gained.length === 0 && !isLess && !isSent) return null
  const isDenied = deniesOlder(newer, matched)
  const isRival =
    isSent ||
    isDenied ||
    excludesOlder(newer, matched) ||
    ((matched.lost.length > 0 || PRESENT_STATE.test(newer)) &&
      (bySubject(newer, older, matched) || byDoer(matched))) ||
    repeatsOlder(newer, matched)
  if (!isRival) return null
  return { shared: matched.shared, isDenied, ground: groundOf(matched) }
}

/** How near a sentence is to a note, among all notes: words that stand in each of them say little. */
export function closeness(newer: string, older: string, weight: Weight): number {
  const left = predicateOf(newer)
  const right = predicateOf(older)
  if (left === null || right === null) return 0
  const { shared, isSameHead, subject } = match(left, right)
  const sum = (stems: Iterable<string>): number =>
    [...stems].reduce((total, stem) => total + weight(stem), 0)
  const common = sum(shared)
  const all = sum(contentOf(left)) + sum(contentOf(right)) - common
  const overlap = all === 0 ? 0 : common / all
  if (!isSameHead) return overlap
  return overlap + (left.head === 'know' ? 0.1 : subject === 'same' ? 0.6 : 0.3)
}

interface Match {
  readonly newer: Predicate
  readonly older: Predicate
  /** The same verb or noun carries both. */
  readonly isSameHead: boolean
  /** One of them is carried by a word that the other has somewhere. */
  readonly isNearHead: boolean
  readonly subject: 'same' | 'part' | 'other'
  /** Stems of the older sentence that the newer one has, or a relative of it. */
  readonly shared: readonly string[]
  /** Those of them that are neither subject nor head. */
  readonly rest: readonly string[]
  /** Stems that only the older, only the newer sentence has. */
  readonly lost: readonly string[]
  readonly gained: readonly string[]
}

function match(newer: Predicate, older: Predicate): Match {
  const left = contentOf(newer)
  const right = contentOf(older)
  const shared = [...right].filter((stem) => hasRelative(left, stem))
  const isSameHead = areSameHeads(newer, older)
  const isNearHead = hasRelative(left, older.head) || hasRelative(right, newer.head)
  const rest = shared.filter(
    (stem) =>
      !newer.subject.has(stem) && !older.subject.has(stem) && !areRelatives(stem, older.head),
  )
  return {
    newer,
    older,
    isSameHead,
    isNearHead,
    subject: subjectOf(newer, older),
    shared,
    rest,
    lost: [...right].filter((stem) => !hasRelative(left, stem)),
    gained: [...left].filter((stem) => !hasRelative(right, stem)),
  }
}

function areSameHeads(newer: Predicate, older: Predicate): boolean {
  if (ATTITUDES.has(older.head) && newer.tokens.some(isPreferring)) return true
  if (OCCUPATIONS.has(newer.head) && OCCUPATIONS.has(older.head))
    return isOccupational(newer) && isOccupational(older)
  return newer.head === older.head && newer.isVerbal === older.isVerbal
}

function isPreferring(token: TaggedToken): boolean {
  return /^(?:prefer|dislik|hate)$/.test(stemOf(token))
}

function subjectOf(newer: Predicate, older: Predicate): Match['subject'] {
  const shared = [...older.subject].filter((stem) => newer.subject.has(stem)).length
  if (shared === 0) return 'other'
  return shared === older.subject.size && shared === newer.subject.size ? 'same' : 'part'
}

/** "Mara, not Tom, wrote it", "..., while Tom is a painter": the note's value is denied by name. */
function deniesOlder(
  newer: string,
  { subject, rest, older, isSameHead, isNearHead }: Match,
): boolean {
  const denied = deniedValue(newer)
  const isOfSubject = (text: string): boolean =>
    stemsOf(text).some((stem) => older.subject.has(stem))
  if (denied === null) {
    const other = contrastOf(newer)
    const isAboutOther = other !== null && isOfSubject(nameAtStart(other))
    return isAboutOther && (isSameHead || (subject === 'other' && rest.length >= 2))
  }
  const known = contentOf(older)
  if (!stemsOf(denied).some((stem) => known.has(stem))) return false
  return rest.length >= 2 || (isNearHead && (rest.length >= 1 || isOfSubject(denied)))
}

function stemsOf(text: string): readonly string[] {
  return taggedTokens(text).filter(isContent).map(stemOf)
}

function nameAtStart(text: string): string {
  return /^(?:\p{Lu}\S*\s)+/u.exec(text)?.[0] ?? ''
}

/** "has never ...; instead ...", "only": no room for what was said of the same subject. */
function excludesOlder(newer: string, matched: Match): boolean {
  const { subject, isSameHead, isNearHead, rest } = matched
  if (subject === 'other' || !isExclusive(newer)) return false
  if (subject === 'part' && !sharesName(matched)) return false
  return isSameHead || (isNearHead && rest.length >= 1) || rest.length >= 2
}

function isExclusive(text: string): boolean {
  return EXCLUSIVE.test(text) || EXCLUSIVE_MAIN.test(text)
}

/** The same subject and predicate, another object. */
function bySubject(newer: string, older: string, matched: Match): boolean {
  const { subject, isSameHead, isNearHead, rest, older: note } = matched
  if (subject === 'other' || (subject === 'part' && !sharesName(matched))) return false
  if (rest.length >= FREE_FRAME_WORDS) return true
  if (!isSameHead) return rest.length > LONG_FRAME_WORDS && isNearHead
  if (subject === 'part') return rest.length >= 2 || isSharedDoing(note.tokens[note.at])
  if (isClosedList(newer) || isClosedList(older)) return true
  if (ONE_VALUED.has(note.head) || (OCCUPATIONS.has(note.head) && isOccupation(matched)))
    return true
  const isStated = note.isPast || isCopular(note) || PRESENT_STATE.test(newer)
  if (isSamePlace(matched)) return true
  if (MANY_OBJECTS.has(note.head)) return rest.length > LONG_FRAME_WORDS
  if (MANY_VALUED.has(note.head)) return rest.length >= (PRESENT_STATE.test(newer) ? 1 : 2)
  return rest.length >= (isStated ? 1 : 2)
}

/** One particular doing, told word for word, of somebody else. */
function byDoer({ subject, isSameHead, isNearHead, shared, older, newer }: Match): boolean {
  if (subject === 'same' || !namesSomebody(older) || sharesSubjectName(newer, older)) return false
  const isTold = (stem: string): boolean => !older.subject.has(stem)
  const told = [...contentOf(older)].filter(isTold)
  const count = shared.filter(isTold).length
  if (!isSameHead && !(isNearHead && count > DOER_WORDS_MIN + 1)) return false
  if (count >= VERBATIM_WORDS_MIN && count >= told.length) return true
  if (SHARED_EVENTS.has(older.head)) return false
  return count >= DOER_WORDS_MIN && count >= told.length * DOER_SHARE_MIN
}

const CHANGE =
  /\b(?:changed|replaced|switched|moved|stopped|no longer|these days|now|any ?more|instead|sold|correction|actually)\b/i
const REPEATED_WORDS_MIN = 3
const REPEATED_SHARE_MIN = 0.6

/** With a word of change, nearly all that the note says: "We stopped archiving contracts on paper". */
function repeatsOlder(newer: string, { shared, older }: Match): boolean {
  if (!CHANGE.test(newer) || shared.length < REPEATED_WORDS_MIN) return false
  if (![...older.subject].every((stem) => shared.includes(stem))) return false
  return shared.length >= contentOf(older).size * REPEATED_SHARE_MIN
}

/** "is a designer", "works as a designer": one job at a time, told for itself. */
function isOccupation({ newer, older }: Match): boolean {
  return OCCUPATIONS.has(newer.head) && OCCUPATIONS.has(older.head)
}

/** "is kept in", "is with": a state with one place to fill, by the same preposition on both sides. */
function isSamePlace({ newer, older }: Match): boolean {
  if (MANY_VALUED.has(older.head) || !isCopular(older)) return false
  const [left, right] = [placeOf(newer), placeOf(older)]
  if (left === null || right === null || left.preposition !== right.preposition) return false
  return left.shape === right.shape
}

/** The preposition behind "is" and its participle, and what kind of word follows it. */
function placeOf({ tokens, at }: Predicate): { preposition: string; shape: string } | null {
  const n = tokens.findIndex((token, i) => i > at && token.pos === 'ADP')
  const behind = tokens.slice(at + 1, n)
  if (n < 0 || behind.some(({ pos }) => pos !== 'VERB' && pos !== 'ADV')) return null
  const first = tokens.slice(n + 1).find(({ role }) => role === 'content')
  if (first === undefined || (tokens[n]?.norm === 'on' && behind.length === 0)) return null
  const isNamed = isCapitalised(first) || first.kind !== 'word'
  return { preposition: tokens[n]?.norm ?? '', shape: isNamed ? 'name' : 'word' }
}

/** "three languages: German and Dutch", "both A and B": all there is. */
function isClosedList(text: string): boolean {
  return /\bboth\s+\S+\s+and\b|\b(?:two|three|four|five|one)\s+\w+(?:\s+\w+)?:\s/i.test(text)
}

/** "is a designer", "works as a designer". */
function isOccupational(predicate: Predicate): boolean {
  const { tokens, at } = predicate
  return isCopular(predicate) || tokens[at + 1]?.norm === 'as'
}

function isCopular({ tokens, at }: Predicate): boolean {
  return /^(?:is|are|was|were|am|be)$/.test(tokens[at]?.norm ?? '')
}

function namesSomebody({ tokens, at }: Predicate): boolean {
  return tokens.slice(0, at).some(isCapitalised)
}

/** Two of several people: the shared one makes it the same doing. */
function sharesName({ newer, older }: Match): boolean {
  const names = new Set(newer.tokens.filter(isName).map(stemOf))
  return older.tokens.slice(0, older.at).some((token) => isName(token) && names.has(stemOf(token)))
}

function sharesSubjectName(newer: Predicate, older: Predicate): boolean {
  return older.tokens
    .slice(0, older.at)
    .some((token) => isName(token) && newer.subject.has(stemOf(token)))
}

/** The capital letter of "The" names nothing. */
function isName(token: TaggedToken): boolean {
  return token.role === 'content' && isCapitalised(token)
}

function groundOf({ older, rest, shared }: Match): string {
  const stems = new Set(rest.length > 0 ? rest : shared)
  const named = older.tokens.filter((token) => stems.has(stemOf(token))).map(({ text }) => text)
  return `something else of “${[...new Set(named)].slice(0, 5).join(' ')}”`
}
