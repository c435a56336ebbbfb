import type { ClaimKind, Statement } from '../../core/claim.ts'
import { withoutOpener } from './cues.ts'
import { contentTokens, isEnglish, tokenize } from './tokens.ts'
import { isTypedValue } from './values.ts'
import { verbIndex } from './verbs.ts'

const WORDS_MAX = 60
const CONTENT_WORDS_MIN = 2

/** Wishes about the task at hand, thanks, and talk with the agent: never worth keeping. */
const ABOUT_THE_TASK: readonly RegExp[] = [
  /\b(?:can|could|would|will) you\b|\b(?:i'd|i would|we'd|we would) (?:like|love|prefer|rather|appreciate|want)\b/i,
  /\b(?:i|we) (?:just |really |only |also |actually )*(?:want|need|wish|hope|was (?:hoping|looking|wondering|thinking|told)|am (?:looking|trying|hoping|calling)|tried|try|see|saw|think|guess|wonder|forgot|understand|realize|noticed)\b/i,
  /\bi'm (?:looking|trying|hoping|calling|having|getting|wondering|thinking|planning|curious|interested|sure|sorry|afraid|okay|ok|fine|happy|willing|open)\b/i,
  /\b(?:let me|help me|show me|tell me|give me|send me|thanks|thank you|never mind|nevermind|just this once|one[- ]off|for this (?:one|time|ticket|task|pr)|this time|just now|in this case)\b/i,
  /,\s*(?:please |so |and )?(?:make|change|set|try|fix|move|put|remove|add)\b/i,
  /^(?:let's|let us) (?!go with|use|stick with|standardi[sz]e)/i,
  /\b(?:don't|do not|can't|cannot|didn't|couldn't) (?:remember|recall|have|know|think|see)\b/i,
]

/** Their subject is something said before or lying on the screen. */
const POINTING_SUBJECT =
  /^(?:it|its|it's|this|that|that's|these|those|they|they're|he|she|he's|she's|there|there's|here|here's|the (?:other|first|second|third|last|next|same|above|latter|former|whole) |one of|which|who|what)\b/i
const POINTING_OBJECT =
  /\b(?:this|that|these|those) (?:one|file|way|branch|function|test|thing|time|ticket|page|line|part|stuff|step|error|bug|flight|reservation|version)s?\b|\bthe other\b|\b(?:it|this|that|them|these|those|one)[.!]*$/i

/** What customers buy and book passes with the errand. */
const ERRAND =
  /\b(?:flights?|reservations?|bookings?|booked|refund(?:ed)?|seats?|passengers?|baggage|bags?|suitcases?|luggage|cabin|gift cards?|certificates?|vouchers?|credit card|mastercard|visa|payments?|orders?|itinerary|trips?|economy|business class|nonstop|layover|insurance|membership|silver member|gold member|user id|account|confirmation|appointment|departs?|arriv\w+|airport|hotel|today|tonight|tomorrow|weekend)\b/i
const ERRAND_FACT =
  /^(?:the|my|our)\s+(?:\w+\s+){0,2}(?:user id|reservation (?:id|number|code)|booking (?:id|number|code|reference)|order (?:id|number)|confirmation (?:code|number)|tracking number|total|total cost|reason|flight number|email address|phone number|password)\b/i
const FIRST_PERSON = /\b(?:i|i'm|i've|i'll|me|my|mine|myself)\b/i

/** What a general preference is about: how work is done, written or said. */
const STYLE =
  /\b(?:answers?|responses?|repl(?:y|ies)|messages?|explanations?|summar(?:y|ies)|bullets?|bullet points|prose|paragraphs?|tables?|code|comments?|commits?|functions?|tests?|testing|tabs|spaces|indentation|semicolons|quotes|names|naming|types|typescript|javascript|python|rust|go|java|kotlin|swift|sql|css|tailwind|vim|emacs|vs ?code|pnpm|npm|yarn|bun|docker|emails?|meetings?|dark mode|light mode|metric|imperial|units|celsius|fahrenheit|language|english|german|french|spanish|tone|formatting|format|markdown|diffs?|pull[- ]requests?|branches|reviews?|docs|documentation|diagrams?|charts?|examples?|composition|inheritance|classes|imports|exports|async|pronouns|notation|24-hour|time format|date format)\b/i
const COMPARED = /\b(?:over|rather than|instead of|to)\s+\S/i
const GENERAL =
  /\b(?:always|in general|generally|from now on|going forward|by default|whenever|every time|each time|as a rule|for all|in future|in the future)\b/i

const MY_PROPERTY =
  /^my (?:full |first |last |preferred |current |new |home |native )?(?:name|nickname|pronouns|role|job|job title|title|employer|company|team|manager|boss|time ?zone|location|town|hometown|city|country|birthday|language|mother tongue|editor|shell|terminal|operating system|os|laptop|stack|diet|wife|husband|partner|dog|cat|daughter|son)\b/i
const MY_FACT =
  /\b(?:is|are)\s+(?:now\s+)?(?:called\s+|named\s+)?(?:the\s+|an?\s+)?(?:[\p{Lu}\d`"]|they|she|he)/u
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
const SELF_FACT: readonly RegExp[] = [
  /^i(?:'m| am) (?:allergic to|a vegetarian|vegetarian|a vegan|vegan|lactose intolerant|gluten intolerant|celiac|diabetic|left-handed|colou?r-?blind|dyslexic)\b/i,
  /^I (?:now )?(?:live|work|am based|reside) (?:in|at|for|as)\s+(?:an? \p{Ll}+ (?:engineer|developer|designer|manager|teacher|nurse|doctor|lawyer|scientist|analyst|writer|architect)|(?:the )?\p{Lu})/u,
  /^I(?:'ve| have)?(?: recently| just)? (?:moved|relocated) (?:back )?to \p{Lu}/u,
  /^I(?:'ve| have)?(?: recently| just)? (?:got promoted to|was promoted to|joined|started (?:a new job |working )?(?:at|for)|changed jobs to) (?:\p{Lu}|senior|staff|lead|principal|head)/u,
  /^I(?:'ve| have)?(?: recently| just)? switched from (?!my\b|the\b)\S.* to \S/u,
  /^I (?:graduated (?:from|with)|majored in|have an? (?:degree|PhD|doctorate|master's|bachelor's))\b/u,
  /^I have (?:an?|two|three|four|\d) (?:\w+ ){0,2}(?:dogs?|cats?|kids?|children|sons?|daughters?|sisters?|brothers?)\b/u,
  /^I(?:'ve been| was| got| am|'m) (?:just )?(?:pre-?)?approved for (?:an? )?(?:\w+ )*[$€£]\d/u,
  /^\p{Lu}\p{Ll}+ is (?:an?|my) \d+-(?:year|month)-old\b/u,
  /^(?:please )?call me \p{Lu}\p{Ll}+[.!]*$/iu,
]

const EXPLICIT =
  /(?:^|[,;:.!]\s*|\b(?:please|and|so|but|also|no|ok)\s+)(?:remember|keep in mind|bear in mind|note)(?:\s+that\b|\s*[:–—-]\s)|\bfor (?:your notes|future reference)\b|\bdon't forget that\b/i

interface Reading {
  /** Without talk in front. */
  readonly text: string
  readonly whole: string
  readonly statement: Statement
}

type Rule = (reading: Reading) => ClaimKind | null

/**
 * What kind of lasting statement a person's sentence is; null for everything that concerns only
 * the task at hand. Precision first: what is missed today is said again, what is kept wrongly is
 * read every day.
 */
export function durableKind(sentence: string, statement: Statement): ClaimKind | null {
  const whole = sentence.replaceAll('’', "'").replace(/\s+/g, ' ').trim()
  const text = withoutOpener(whole)
  if (!isEnglish(whole) || !isMeant(statement) || !hasLength(text)) return null
  const isAsked = isExplicit(whole)
  if (!isAsked && isTransient(whole, text, statement)) return null
  const reading = { text, whole, statement }
  for (const rule of RULES) {
    const kind = rule(reading)
    if (kind !== null) return kind
  }
  return null
}

/** "Remember that ...", "for your notes": the person asks to keep it. */
export function isExplicit(sentence: string): boolean {
  return EXPLICIT.test(sentence.replaceAll('’', "'"))
}

/** "Remember that ...": the person asks for it, so the bar is only that it can stand alone. */
const remembered: Rule = ({ text, whole }) => {
  if (!isExplicit(whole) || POINTING_SUBJECT.test(text) || /^(?:to|about|me)\b/i.test(text))
    return null
  if (/\bprefers?\b/i.test(text)) return 'preference'
  return isOrder(text) ? 'instruction' : 'fact'
}

/** "Always ...", "never ...", "from now on ...", "by default ...". */
const standingRule: Rule = ({ text, whole, statement }) => {
  if (
    !statement.cues.includes('remember') &&
    !/\b(?:whenever|every time|each time|in general)\b/i.test(whole)
  )
    return null
  if (
    /\b(?:as|like) always\b|\bnever mind\b|^(?:always|never) (?:a|an|the|been|had|was|again|did|have|heard|seen|thought|knew|wanted)\b/i.test(
      text,
    )
  )
    return null
  if (
    /\bI(?:'ve|'m| have| had| am)? (?:\w+ )?(?:always|never)\b/i.test(whole) ||
    /^(?:I|I'm|my)\b/i.test(text)
  )
    return null
  if (/\b(?:he|she|they|it) (?:always|never)\b/i.test(whole)) return null
  if (POINTING_OBJECT.test(text)) return null
  return isOrder(text) || /\b(?:must|should|we) (?:always|never)\b/i.test(whole)
    ? 'instruction'
    : factual(text, statement)
}

const preference: Rule = ({ text }) => {
  if (
    !/^I (?:really |generally |usually |always |strongly |much |personally )*prefer\s/i.test(text)
  )
    return null
  const object = text.replace(/^.*?\bprefer\s+/i, '')
  if (
    (ERRAND.test(object) && !STYLE.test(object)) ||
    POINTING_SUBJECT.test(object) ||
    POINTING_OBJECT.test(object)
  )
    return null
  if (/\b(?:option|choice|idea|one)\b/i.test(object) && !/\bone\s+\w+/i.test(object)) return null
  const isGeneral = STYLE.test(object) || GENERAL.test(text)
  return isGeneral || (COMPARED.test(object) && !/\b(?:the|this|that)\b/i.test(object))
    ? 'preference'
    : null
}

const decision: Rule = ({ text, statement }) => {
  if (!statement.cues.includes('decision') || /^(?:i|since|because|as|when|if)\b/i.test(text))
    return null
  const isTeam =
    /^(?:(?:last|this) \w+,? |yesterday,? |today,? )?(?:we|the team|the board|the company|the decision)\b/i.test(
      text,
    )
  const isChoice =
    /^(?:let's|we'll|we're going to|we will) (?:go with|use|stick with|standardi[sz]e on)\s.+\sfor\s/i.test(
      text,
    )
  if (POINTING_OBJECT.test(text) || (isChoice && ERRAND.test(text))) return null
  return isTeam || isChoice ? 'decision' : null
}

/** A value that changed or was wrong, with a subject of its own. */
const change: Rule = ({ text, statement }) => {
  const { cues, slot, value, formerValue } = statement
  if (!cues.includes('change') && !cues.includes('correction')) return null
  if (isToolSwitch(text)) return 'instruction'
  if (slot === null && formerValue === null) return isMarkedFact(text) ? 'fact' : null
  if (value === null && formerValue === null) return null
  if (isOrder(text)) return null
  if (statement.modality === 'may' || /^an?\s/i.test(text)) return null
  if (FIRST_PERSON.test(text) && !MY_PROPERTY.test(text)) return null
  const isNamed =
    slot?.isFunctional === true || (formerValue !== null && slot !== null && slot.subject !== '')
  const isSwitch = formerValue !== null && /^(?:we|the team)\b/i.test(text)
  const isTyped = value !== null && isTypedValue(value) && slot !== null && slot.subject !== ''
  return isNamed || isSwitch || isTyped || isMarkedFact(text) ? 'fact' : null
}

/** Properties of one value: "The staging API listens on port 8081". */
const plainFact: Rule = ({ text, statement }) =>
  statement.modality !== 'may' && factual(text, statement) !== null && isDeclared(text)
    ? 'fact'
    : null

const personal: Rule = ({ text }) => {
  if (MY_PROPERTY.test(text) && MY_FACT.test(text)) return 'fact'
  return SELF_FACT.some((pattern) => pattern.test(text)) ? 'fact' : null
}

const RULES: readonly Rule[] = [
  remembered,
  preference,
  decision,
  standingRule,
  personal,
  change,
  plainFact,
]

function isMeant({ modality }: Statement): boolean {
  return modality === 'is' || modality === 'must' || modality === 'may'
}

function hasLength(text: string): boolean {
  const count = text.split(/\s+/).length
  if (count < 3 || count > WORDS_MAX) return false
  return (
    contentTokens(text).length >= CONTENT_WORDS_MIN || SELF_FACT.some((fact) => fact.test(text))
  )
}

function isTransient(whole: string, text: string, statement: Statement): boolean {
  if (ABOUT_THE_TASK.some((pattern) => pattern.test(text))) return true
  if (POINTING_SUBJECT.test(text) || ERRAND_FACT.test(text)) return true
  if (
    FIRST_PERSON.test(text) &&
    ERRAND.test(text) &&
    !/\balways\b|\bnever\b|\bfrom now on\b/i.test(whole)
  )
    return true
  // "For now hide it" ends by itself; "until Friday the port is 5440" is a fact with an end.
  return statement.cues.includes('temporary') && (isOrder(text) || statement.value === null)
}

/** True for an imperative. */
function isOrder(text: string): boolean {
  const tokens = tokenize(text.replace(/^please\s+/i, ''))
  return (
    verbIndex(tokens) === 0 ||
    /^(?:ask|use|make|keep|no|only|avoid|don't|do not|always|never|please)\b/i.test(text)
  )
}

/** "Use pnpm, not npm": a tool for another, not a file or a line for another. */
function isToolSwitch(text: string): boolean {
  const match =
    /^(?:always )?use (?<value>[^,]+?)(?<scope> (?:for|in|as) [^,]+?)?(?:, (?:and )?not (?<not>[^,]+)| (?:instead of|rather than) (?<instead>.+?))(?<tail> for .+)?[.!]*$/i.exec(
      text,
    )
  const { value = '', scope, not, instead, tail } = match?.groups ?? {}
  if (
    match === null ||
    /\b(?:the|this|that|these|those|other|another|my|your|it|file|line|same)\b/i.test(
      `${not ?? instead ?? ''}`,
    )
  )
    return false
  if (
    /\b(?:this|that|these|those|other|another|file|line|same)\b/i.test(value) ||
    /\b(?:this|that|here)\b/i.test(scope ?? tail ?? '')
  )
    return false
  const isGeneral = scope !== undefined || tail !== undefined
  return isGeneral || (not !== undefined && !/\d/.test(text) && value.split(' ').length <= 2)
}

/** "Refund tickets go to Ben from now on": no slot, but a subject and a word of change. */
function isMarkedFact(text: string): boolean {
  if (!/\b(?:now|no longer|from now on|as of|going forward|any ?more)\b/i.test(text)) return false
  return isDeclared(text) && !FIRST_PERSON.test(text)
}

/** Begins with its own subject, in the present, and says it without doubt. */
function isDeclared(text: string): boolean {
  if (FIRST_PERSON.test(text) || isOrder(text) || /^(?:you|your)\b/i.test(text)) return false
  if (
    /\b(?:was|were|is running|are running|is listening|seems?|looks?|still|around|about|roughly|approximately|estimated|usually|sometimes|often|wrong|broken|failing|missing|weird|odd)\b/i.test(
      text,
    )
  )
    return false
  const tokens = tokenize(text)
  const verb = verbIndex(tokens)
  return verb > 0 || /^[^:]{1,40}:\s/.test(text)
}

function factual(text: string, { slot, value }: Statement): ClaimKind | null {
  if (slot === null || value === null || !slot.isFunctional) return null
  if (slot.subject === '' && !/^(?:our|the (?:company|team|project|repo|repository))\b/i.test(text))
    return null
  if (
    /^(?:same|correct|wrong|right|ok(?:ay)?|different|unknown|good|fine|here|there|gone|not|up|down|off|on)\b/i.test(
      value,
    )
  )
    return null
  if (slot.attribute === 'statu' || (slot.attribute === 'owner' && /^\p{Ll}/u.test(value)))
    return null
  const isTelling = isTypedValue(value) || /\p{Lu}|[-_./\d]/u.test(value)
  return isTelling || (TOOL_ATTRIBUTES.has(slot.attribute) && !/\s/.test(value)) ? 'fact' : null
}
