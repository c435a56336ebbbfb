import { words } from '../lexicon.ts'
import { aroundCopula, copulaAt } from './copula.ts'
import {
  CLAUSE_OPENERS,
  gapOf,
  isBe,
  isDeterminer,
  isVerb,
  opensNounPhrase,
  PREPOSITIONS,
  wordOf,
} from './function-words.ts'
import type { Part } from './parts.ts'
import type { Sense } from './senses.ts'

/**
 * The role of each sense of a clause: `subject`, `object`, `verb`, `adverb`, the preposition before
 * it, or `mark` for the function word itself. What a passive says of its subject is done to it, so
 * that "A calls B" and "B is called by A" have the same roles. A hint, not a parse.
 */
export function rolesIn(part: Part, before: Part | undefined): readonly string[] {
  const roles = walkedRoles(part)
  // "Owner of billing: Mara" names what Mara is to billing.
  if (part.isKey) return roles.map((role) => (/^(?:subject|of)$/.test(role) ? 'object' : role))
  const copula = before?.isKey === true ? -1 : copulaAt(part.senses)
  return copula < 0 ? roles : aroundCopula(part.senses, roles, copula)
}

/** True for "is owned", "gets reviewed", "handled by". */
export function isParticiple(senses: readonly Sense[], at: number): boolean {
  if (/ing$/.test(wordOf(senses[at]))) return false
  if (wordOf(senses[at + 1]) === 'by') return true
  const before = senses
    .slice(Math.max(0, at - 3), at)
    .findLast((sense) => sense.pos !== 'ADV' && wordOf(sense) !== 'not')
  return isBe(before) || PASSIVE_GET.has(wordOf(before))
}

const PASSIVE_GET = words('get gets got getting')
/** "only after that": the word that points says nothing, the one before it does. */
const POINTING = /^(?:that|this|it|them|then)$/
const ORDERING = /^(?:before|after|until|since|without|except)$/
/** Before an amount they say how much: "about ten", "under 20". */
const MEASURING = words('about around over above under below within')
/** Said from the other end: "it belongs to Mara", "Mara owns it". */
const CONVERSE: ReadonlySet<string> = new Set(['belong to', 'lie with', 'rest with'])

interface Walk {
  role: string
  hasVerb: boolean
  /** Where the passive verb stands; -1 = there is none. */
  passiveAt: number
  /** The clause began with a preposition whose phrase still goes on. */
  isFronted: boolean
}

function walkedRoles(part: Part): readonly string[] {
  const walk: Walk = { role: 'subject', hasVerb: false, passiveAt: -1, isFronted: false }
  const walked = part.senses.map((_, at) => step(walk, part, at))
  const roles = walked.map((role, at) =>
    role === 'subject' && at < walk.passiveAt ? 'object' : role,
  )
  return withNamedSubject(part.senses, roles)
}

function step(walk: Walk, part: Part, at: number): string {
  const { senses, clause } = part
  const sense = senses[at]
  const word = wordOf(sense)
  if (sense === undefined || (at === 0 && clause !== '' && CLAUSE_OPENERS.has(word))) return 'mark'
  if (isAdverbial(sense)) return 'adverb'
  const preposition = prepositionAt(senses, at)
  if (preposition !== null) return enterPhrase(walk, senses, at, preposition)
  if (walk.isFronted && endsFronted(senses, at)) {
    walk.isFronted = false
    walk.role = 'subject'
  }
  if (isBe(sense) || PASSIVE_GET.has(word)) {
    if (!walk.hasVerb) walk.role = 'object'
    walk.hasVerb = true
    return 'verb'
  }
  if (isVerb(sense) && !isDeterminer(senses[at - 1])) return enterPredicate(walk, senses, at)
  const isAdverb = sense.kind === 'frequency' || (sense.pos === 'ADV' && sense.kind === 'word')
  return isAdverb ? 'adverb' : walk.role
}

/** "at night", "by hand", "in writing": a phrase of the lexicon that tells when or how. */
function isAdverbial({ words: said }: Sense): boolean {
  const [first, last] = [said[0]?.norm ?? '', said.at(-1)?.norm ?? '']
  return said.length > 1 && HOW.test(first) && !PREPOSITIONS.has(last)
}

const HOW = /^(?:at|by|in|on|for|without)$/

function prepositionAt(senses: readonly Sense[], at: number): string | null {
  const sense = senses[at]
  const preposition = sense?.words.length === 1 ? PREPOSITIONS.get(wordOf(sense)) : undefined
  if (preposition === 'like' && isVerb(sense)) return null
  // "outside counsel" is a kind of counsel.
  if (preposition === 'outside' && !isDeterminer(senses[at + 1])) return null
  const isBeforeAmount = /^(?:amount|time)$/.test(senses[at + 1]?.kind ?? '')
  if (preposition === undefined || (isBeforeAmount && MEASURING.has(wordOf(sense)))) return null
  return preposition
}

function enterPhrase(
  walk: Walk,
  senses: readonly Sense[],
  at: number,
  preposition: string,
): string {
  const next = senses[at + 1]
  if (POINTING.test(wordOf(next)) && ORDERING.test(preposition)) return 'adverb'
  if (preposition === 'to' && next?.pos === 'VERB') return 'mark'
  const isByDoer = preposition === 'by' && walk.passiveAt >= 0 && isDoer(next)
  walk.isFronted = at === 0
  walk.role = isByDoer ? 'subject' : preposition
  return 'mark'
}

function enterPredicate(walk: Walk, senses: readonly Sense[], at: number): string {
  const sense = senses[at]
  const isConverse = CONVERSE.has((sense?.words ?? []).map(({ lemma }) => lemma).join(' '))
  if (isConverse || isParticiple(senses, at)) walk.passiveAt = at
  // "link to" leaves its preposition to what follows.
  const end = sense === undefined || sense.words.length < 2 ? undefined : sense.words.at(-1)
  const last = end?.norm === 'like' ? undefined : end
  walk.hasVerb = true
  walk.isFronted = false
  walk.role = isConverse ? 'subject' : (PREPOSITIONS.get(last?.norm ?? '') ?? 'object')
  return 'verb'
}

/** "On Fridays | we deploy", "At night, | backups run". */
function endsFronted(senses: readonly Sense[], at: number): boolean {
  const sense = senses[at]
  const before = senses[at - 1]
  if (sense === undefined || at < 2 || isDeterminer(before)) return false
  if (PREPOSITIONS.has(wordOf(before))) return false
  return opensNounPhrase(sense) || gapOf(sense).includes(',')
}

/** "In the new team Mara reports to Ben": the name before the verb is its subject. */
function withNamedSubject(senses: readonly Sense[], roles: readonly string[]): readonly string[] {
  const verb = roles.indexOf('verb')
  if (verb < 3 || roles[0] !== 'mark' || roles.slice(0, verb).includes('subject')) return roles
  const last = senses.slice(0, verb).findLastIndex(({ kind }) => kind !== 'name')
  if (last < 1 || last === verb - 1 || roles[last] === 'mark') return roles
  return roles.map((role, at) => (at > last && at < verb ? 'subject' : role))
}

/** "by Friday" and "by email" name no doer. */
function isDoer(next: Sense | undefined): boolean {
  if (next === undefined || next.kind === 'time' || next.kind === 'amount') return false
  return !/^(?:hand|email|mail|default|phone|post|law|accident)$|ing$/.test(wordOf(next))
}
