import { stemmer } from 'stemmer'
import { type TaggedToken, taggedTokens } from '../tagged-tokens.ts'
import { verbIndex } from '../verbs.ts'

/** What a sentence says of its subject, as far as word classes tell. */
export interface Predicate {
  /** Stems before the verb; names and nouns. */
  readonly subject: ReadonlySet<string>
  /** Stem of the verb that carries the sentence, or of the noun behind "is a", "has a". */
  readonly head: string
  /** Stems of all verbs and of the noun behind "is a": the head among them. */
  readonly doings: ReadonlySet<string>
  /** The head is a verb: "was written", "wrote"; not the noun of "is a writer". */
  readonly isVerbal: boolean
  /** Told of the past: it happened, once or more. */
  readonly isPast: boolean
  readonly tokens: readonly TaggedToken[]
  /** Position of the verb in `tokens`. */
  readonly at: number
}

const BE = /^(?:is|are|am|was|were|be|been|being)$/
const HAVE = /^(?:has|have|had|having)$/
const HELPER =
  /^(?:has|have|had|share|shares|shared|do|does|did|will|would|can|could|may|might|must|should|shall)$/
const COMPLEMENT_TOKENS_MAX = 7

/** Null where no verb is found: a heading, a list of words. */
export function predicateOf(text: string): Predicate | null {
  const tokens = taggedTokens(text)
  const at = verbAt(tokens)
  const verb = tokens[at]
  if (verb === undefined) return null
  const head = headAt(tokens, at)
  const doings = new Set(tokens.filter(isDoing).map(stemOf))
  doings.add(head.stem)
  const subject = tokens.slice(0, at).filter(isNaming)
  return {
    subject: new Set(subject.map(stemOf)),
    head: head.stem,
    doings,
    isVerbal: head.token !== undefined,
    isPast: isPast(verb, head.token),
    tokens,
    at,
  }
}

/** One word, or two of one family: "advocate", "advocating"; "hike", "hiker". */
export function areRelatives(a: string, b: string): boolean {
  if (a === b) return true
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short.length >= 4 && long.startsWith(short) && long.length - short.length <= 3
}

/** The stems of all words that say something. */
export function contentOf({ tokens }: Predicate): ReadonlySet<string> {
  return new Set(tokens.filter(isContent).map(stemOf))
}

export function isContent({ role }: TaggedToken): boolean {
  return role === 'content'
}

export function hasRelative(stems: ReadonlySet<string>, stem: string): boolean {
  return stems.has(stem) || [...stems].some((other) => areRelatives(other, stem))
}

/** For comparing: the stem of the dictionary form, so that "wrote" and "write" are one. */
export function stemOf(token: TaggedToken): string {
  if (token.kind !== 'word') return token.stem.toLowerCase()
  return token.pos === 'VERB' ? stemmer(token.lemma) : token.stem.toLowerCase()
}

export function isCapitalised(token: TaggedToken): boolean {
  return /^\p{Lu}/u.test(token.text)
}

/** The tagger misses verbs that are nouns elsewhere ("hosts"), the word list those it lacks. */
function verbAt(tokens: readonly TaggedToken[]): number {
  const [tagged, listed] = [taggedVerbAt(tokens), verbIndex(tokens)]
  const first = tagged < 0 || listed < 0 ? Math.max(tagged, listed) : Math.min(tagged, listed)
  // "Her photographs have been shown": before an auxiliary stands a noun.
  return first >= 0 && tokens[first + 1]?.pos === 'AUX' && tokens[first]?.pos !== 'AUX'
    ? first + 1
    : first
}

/** The first verb that is not part of a name, a noun phrase or an inserted clause. */
function taggedVerbAt(tokens: readonly TaggedToken[]): number {
  return tokens.findIndex((token, n) => {
    if (token.pos === 'AUX') return n > 0
    if (token.pos !== 'VERB' || token.kind !== 'word') return false
    if (n > 0 && isCapitalised(token)) return false
    const before = tokens[n - 1]
    if (/^(?:DET|ADP|ADJ)$/.test(before?.pos ?? '') || /['’]s$/.test(before?.text ?? ''))
      return false
    const next = tokens[n + 1]
    // "Alerts of the exporter": what has an "of" behind it is a noun.
    if (n === 0 && next?.norm === 'of') return false
    // "Nora, inspired by the sea, wrote": a participle with "by" behind a name.
    return !(/ed$/.test(token.norm) && next?.norm === 'by' && before?.pos !== 'AUX')
  })
}

interface Head {
  readonly stem: string
  readonly token: TaggedToken | undefined
}

function headAt(tokens: readonly TaggedToken[], at: number): Head {
  const verb = tokens[at]
  if (verb === undefined) return { stem: '', token: undefined }
  if (/^works?$/.test(verb.norm) && tokens[at + 1]?.norm === 'as') {
    const job = complementOf(tokens.slice(at + 2, at + 2 + COMPLEMENT_TOKENS_MAX))
    if (job !== undefined) return { stem: stemOf(job), token: undefined }
  }
  if (!BE.test(verb.norm) && !HELPER.test(verb.norm)) return { stem: stemOf(verb), token: verb }
  const rest = tokens.slice(at + 1, at + 1 + COMPLEMENT_TOKENS_MAX)
  const first = rest.findIndex(({ pos, norm }) => pos !== 'ADV' && pos !== 'PART' && !BE.test(norm))
  const next = rest[first]
  if (next?.pos === 'VERB') return { stem: stemOf(next), token: next }
  const noun = complementOf(rest.slice(Math.max(first, 0)))
  return noun === undefined
    ? { stem: HAVE.test(verb.norm) ? 'have' : verb.stem, token: undefined }
    : { stem: stemOf(noun), token: undefined }
}

/** "an accomplished classical pianist who ...": the last noun before anything else begins. */
function complementOf(tokens: readonly TaggedToken[]): TaggedToken | undefined {
  const end = tokens.findIndex(
    ({ pos, norm }, n) =>
      pos === 'ADP' ||
      pos === 'PRON' ||
      pos === 'SCONJ' ||
      pos === 'CCONJ' ||
      (n > 0 && pos === 'VERB' && /ing$/.test(norm) && tokens[n + 1]?.pos !== 'NOUN'),
  )
  const phrase = end < 0 ? tokens : tokens.slice(0, end)
  return (
    phrase.findLast(({ pos }) => pos === 'NOUN' || pos === 'PROPN') ??
    phrase.findLast(({ pos }) => pos === 'ADJ' || pos === 'VERB')
  )
}

function isNaming({ role, pos }: TaggedToken): boolean {
  return role === 'content' && pos !== 'ADV' && pos !== 'ADJ' && pos !== 'VERB'
}

function isDoing(token: TaggedToken, n: number): boolean {
  return token.pos === 'VERB' && token.role === 'content' && (n === 0 || !isCapitalised(token))
}

function isPast(verb: TaggedToken, head: TaggedToken | undefined): boolean {
  if (/^(?:was|were|has|have|had|did)$/.test(verb.norm)) return true
  const told = head ?? verb
  return (
    told.pos === 'VERB' &&
    (/ed$/.test(told.norm) || told.lemma !== told.norm.replace(/(?:e?s|ing)$/, '')) &&
    !/(?:s|ing)$/.test(told.norm) &&
    told.lemma !== told.norm
  )
}
