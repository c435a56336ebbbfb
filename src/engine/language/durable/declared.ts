import type { Statement } from '../../../core/claim.ts'
import { words } from '../lexicon.ts'
import { tokenize } from '../tokens.ts'
import { isTypedValue } from '../values.ts'
import { verbIndex } from '../verbs.ts'

export const FIRST_PERSON: RegExp = /\b(?:i|i'm|i've|i'll|me|my|mine|myself)\b/i
const ORDER_START = /^(?:ask|use|make|keep|no|only|avoid|don't|do not|always|never|please)\b/i
const KEY_VALUE = /^[^:]{1,40}:\s/
const MARK_OF_CHANGE = /\b(?:now|no longer|from now on|as of|going forward|any ?more)\b/i
/** Observations of the moment, the past, and doubt. */
const UNSETTLED =
  /\b(?:was|were|is running|are running|is listening|seems?|looks?|still|around|about|roughly|approximately|estimated|usually|sometimes|often|wrong|broken|fail(?:s|ed|ing)?|crash\w*|breaks|missing|weird|odd)\b/i
const OURS = /^(?:our|the (?:company|team|project|repo|repository))\b/i
const EMPTY_VALUE =
  /^(?:same|correct|wrong|right|ok(?:ay)?|different|unknown|good|fine|here|there|gone|not|up|down|off|on)\b/i
const TELLING_VALUE = /\p{Lu}|[-_./\d]/u
/** Their values are written in lower case. */
const TOOL_ATTRIBUTES: ReadonlySet<string> = new Set([
  'branch',
  'shell',
  'editor',
  'package-manag',
  'formatt',
  'linter',
  'bundler',
  'test-runn',
  'carrier',
  'region',
])

const TOOL_SWITCH =
  /^(?:always )?use (?<value>[^,]+?)(?<scope> (?:for|in|as) [^,]+?)?(?:, (?:and )?not (?<not>[^,]+)| (?:instead of|rather than) (?<instead>.+?))(?<tail> for .+)?[.!]*$/i
const POINTING_TERM = /\b(?:this|that|these|those|other|another|file|line|same)\b/i
const POINTING_FORMER = /\b(?:the|this|that|these|those|other|another|my|your|it|file|line|same)\b/i
const POINTING_SCOPE = /\b(?:this|that|here)\b/i

const ARTEFACTS = words(`
  error errors bug bugs button buttons page pages header footer variable variables function method class test
  tests build output result results file files line lines screen modal icon layout margin padding label log
  logs commit delivery parcel package shipment order total sum answer loop component div column row text
  image picture draft paragraph sentence diff patch script warning exception response request
`)

/** Begins with its own subject, in the present, and says it without doubt. */
export function isDeclared(text: string): boolean {
  if (FIRST_PERSON.test(text) || isOrder(text) || /^(?:you|your)\b/i.test(text)) return false
  if (UNSETTLED.test(text) || isAboutArtefact(text)) return false
  return verbIndex(tokenize(text)) > 0 || KEY_VALUE.test(text)
}

/** "Refund tickets go to Ben from now on": no slot, but a subject and a word of change. */
export function isMarkedFact(text: string): boolean {
  return MARK_OF_CHANGE.test(text) && isDeclared(text)
}

/** The thing on the screen or in the post, as the head of the subject: "The login button is ...". */
export function isAboutArtefact(text: string): boolean {
  const tokens = tokenize(text)
  const verb = verbIndex(tokens)
  const subject = tokens.slice(0, Math.max(verb, 0))
  const stop = subject.findIndex((token) => token.role === 'role')
  const head = subject.slice(0, stop < 0 ? subject.length : stop).at(-1)
  return head !== undefined && ARTEFACTS.has(head.norm)
}

/** True for an imperative. */
export function isOrder(text: string): boolean {
  return ORDER_START.test(text) || verbIndex(tokenize(text.replace(/^please\s+/i, ''))) === 0
}

/** "Use pnpm, not npm": a tool for another, not a file or a line for another. */
export function isToolSwitch(text: string): boolean {
  const groups = TOOL_SWITCH.exec(text)?.groups
  if (groups === undefined) return false
  const { value = '', scope, not, instead, tail } = groups
  if (POINTING_FORMER.test(not ?? instead ?? '') || POINTING_TERM.test(value)) return false
  if (POINTING_SCOPE.test(scope ?? tail ?? '')) return false
  if (scope !== undefined || tail !== undefined) return true
  return not !== undefined && !/\d/.test(text) && value.split(' ').length <= 2
}

/** A property of one value, with a subject of its own and a value worth keeping. */
export function statesProperty(text: string, { slot, value }: Statement): boolean {
  if (slot === null || value === null || !slot.isFunctional) return false
  if (slot.subject === '' && !OURS.test(text)) return false
  // A status passes with the day.
  if (EMPTY_VALUE.test(value) || slot.attribute === 'statu') return false
  if (slot.attribute === 'owner' && /^\p{Ll}/u.test(value)) return false
  if (isTypedValue(value) || TELLING_VALUE.test(value)) return true
  return TOOL_ATTRIBUTES.has(slot.attribute) && !/\s/.test(value)
}
