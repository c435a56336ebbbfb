import type { ClaimKind, Statement } from '../../../core/claim.ts'
import { withoutOpener } from '../cues.ts'
import { contentTokens, isEnglish } from '../tokens.ts'
import { isTypedValue } from '../values.ts'
import {
  FIRST_PERSON,
  isAboutArtefact,
  isDeclared,
  isMarkedFact,
  isOrder,
  isToolSwitch,
  statesProperty,
} from './declared.ts'
import {
  endsWithTalk,
  isErrand,
  isPassing,
  pointsAtScreen,
  pointsBack,
  type Reading,
} from './passing.ts'
import { isMyProperty, isPersonalFact, isSelfFact } from './personal.ts'

const WORDS_MIN = 3
const WORDS_MAX = 60
const CONTENT_WORDS_MIN = 2
/** "Never force-push": a compound names the act and what it is done to. */
const TERSE_RULE = /^(?:always|never) \p{L}+(?:-\p{L}+)+(?:,? please)?[.!]*$/iu

const EXPLICIT =
  /(?:^|[,;:.!]\s*|\b(?:please|and|so|but|also|no|ok)\s+)(?:remember|keep in mind|bear in mind|note)(?:\s+that\b|\s*[:–—-]\s)|\bfor (?:your notes|future reference)\b|\bdon't forget that\b|\bit(?:'s| is) (?:very |really |also )?(?:important|essential|vital) to (?:remember|keep in mind|bear in mind)\b(?!\s+(?:to|how|why|when|what|this|it)\b)/i

const REPEATED = /\b(?:whenever|every time|each time|in general)\b/i
/** Habits and memories of people: "as always", "I never had", "she always forgets". */
const HABIT =
  /\b(?:as|like) always\b|\bnever mind\b|^(?:always|never) (?:a|an|the|good|great|nice|happy|glad|lovely|fun|interesting|easy|hard|funny|exciting|worth|boring|enough|too|so|sure|right|wrong|quite|been|had|was|again|did|have|heard|seen|thought|knew|wanted)\b|\b(?:i(?:'ve|'m| have| had| am)?(?: \w+)?|he|she|they|it) (?:always|never)\b|^(?:i|i'm|my)\b/i
const BINDING = /\b(?:must|should|we) (?:always|never)\b/i
const PREFER =
  /^I (?:really |generally |usually |always |strongly |much |personally )*prefer\s+(?<object>.+)$/i
/** One of the things on offer, not a rule: "the second option". */
const ON_OFFER = /\b(?:option|choice|idea)\b|\bone\b(?!\s+\w)/i
/** What a general preference is about: how work is done, written or said. */
const STYLE =
  /\b(?:answers?|responses?|repl(?:y|ies)|messages?|explanations?|summar(?:y|ies)|bullets?|bullet points|prose|paragraphs?|tables?|code|comments?|commits?|functions?|tests?|testing|tabs|spaces|indentation|semicolons|quotes|names|naming|types|typescript|javascript|python|rust|golang|java|kotlin|swift|sql|css|tailwind|vim|emacs|vs ?code|pnpm|npm|yarn|bun|docker|emails?|meetings?|dark mode|light mode|metric|imperial|units|celsius|fahrenheit|language|english|german|french|spanish|tone|formatting|format|markdown|diffs?|pull[- ]requests?|branches|reviews?|docs|documentation|diagrams?|charts?|examples?|composition|inheritance|classes|imports|exports|async|pronouns|notation|24-hour|time format|date format)\b/i
/** What to do next, not how: "to go on with this later". */
const NEXT_STEP =
  /^to\s.*\b(?:with|on|of|about) (?:this|that|it)\b|\b(?:later|now|today|tonight|tomorrow|first|next|instead)[.!]*$/i
const COMPARED = /\b(?:over|rather than|instead of|to)\s+\S/i
const GENERAL =
  /\b(?:always|in general|generally|from now on|going forward|by default|whenever|every time|each time|as a rule|for all|in future|in the future)\b/i
const TEAM_DECISION =
  /^(?:(?:last|this) \w+,? |yesterday,? |today,? )?(?:we|the team|the board|the company|the decision)\b/i
const TEAM_DENIAL =
  /^(?:we|the team) (?:do not|don't) (?:deploy|release|ship|merge|push|accept|offer|sell|support)\s(?!it\b|this\b|that\b|them\b|the\b).*[^?]$/i
const CHOICE =
  /^(?:let's|we'll|we're going to|we will) (?:go with|use|stick with|standardi[sz]e on)\s.+\sfor\s/i

type Rule = (reading: Reading) => ClaimKind | null

/**
 * What kind of lasting statement a person's sentence is; null for everything that concerns only
 * the task at hand. Precision first: what is missed today is said again, what is kept wrongly is
 * read every day.
 */
export function durableKind(sentence: string, statement: Statement): ClaimKind | null {
  const whole = sentence.replaceAll('’', "'").replace(/\s+/g, ' ').trim()
  const reading = { text: withoutOpener(whole), whole, statement }
  if (!isEnglish(whole) || !hasLength(reading.text)) return null
  if (!isMeant(statement) && !isAnnounced(whole, statement)) return null
  if (endsWithTalk(whole)) return null
  if (!isExplicit(whole) && isPassing(reading)) return null
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
  if (!isExplicit(whole) || pointsBack(text) || /^(?:to|about|me)\b/i.test(text)) return null
  if (/\bprefers?\b/i.test(text)) return 'preference'
  return isOrder(text) ? 'instruction' : 'fact'
}

/** "Always ...", "never ...", "from now on ...", "by default ...". */
const standingRule: Rule = ({ text, whole, statement }) => {
  if (!statement.cues.includes('remember') && !REPEATED.test(whole)) return null
  if (HABIT.test(text) || pointsAtScreen(text)) return null
  if (isOrder(text) || BINDING.test(whole)) return 'instruction'
  return statesProperty(text, statement) ? 'fact' : null
}

const preference: Rule = ({ text }) => {
  const object = PREFER.exec(text)?.groups?.object
  if (object === undefined || pointsBack(object) || pointsAtScreen(object)) return null
  if (NEXT_STEP.test(object)) return null
  if (ON_OFFER.test(object) || (isErrand(object) && !STYLE.test(object))) return null
  if (STYLE.test(object) || GENERAL.test(text)) return 'preference'
  return COMPARED.test(object) && !/\b(?:the|this|that)\b/i.test(object) ? 'preference' : null
}

const decision: Rule = ({ text, statement }) => {
  if (!statement.cues.includes('decision') || pointsAtScreen(text)) return null
  if (CHOICE.test(text)) return isErrand(text) ? null : 'decision'
  return TEAM_DECISION.test(text) ? 'decision' : null
}

/** "We do not deploy on Fridays": what a team leaves out is a rule without saying "never". */
const teamDenial: Rule = ({ text }) =>
  TEAM_DENIAL.test(text) && !pointsAtScreen(text) ? 'instruction' : null

const personal: Rule = ({ text }) => (isPersonalFact(text) ? 'fact' : null)

/** A value that changed or was wrong, with a subject of its own. */
const change: Rule = ({ text, statement }) => {
  const { cues, slot, value, formerValue, modality } = statement
  if (!cues.includes('change') && !cues.includes('correction')) return null
  if (isToolSwitch(text)) return 'instruction'
  if (isOrder(text) || modality === 'may' || /^an?\s/i.test(text)) return null
  if (FIRST_PERSON.test(text) && !isMyProperty(text)) return null
  if (isAboutArtefact(text)) return null
  if (isMarkedFact(text)) return 'fact'
  if (value === null && formerValue === null) return null
  const hasSubject = slot !== null && slot.subject !== ''
  const isNamed = hasSubject && (formerValue !== null || isTypedValue(value ?? ''))
  const isSwitch = formerValue !== null && /^(?:we|the team)\b/i.test(text)
  return slot?.isFunctional === true || isNamed || isSwitch ? 'fact' : null
}

/** Properties of one value: "The staging API listens on port 8081". */
const plainFact: Rule = ({ text, statement }) =>
  statement.modality !== 'may' && statesProperty(text, statement) && isDeclared(text)
    ? 'fact'
    : null

const RULES: readonly Rule[] = [
  remembered,
  preference,
  decision,
  standingRule,
  personal,
  change,
  teamDenial,
  plainFact,
]

/** "Remember that the dinner will be at Joule": what is to come, and the person asks to keep it. */
function isAnnounced(whole: string, { modality }: Statement): boolean {
  return modality === 'plan' && isExplicit(whole) && /\bwill be\b/i.test(whole)
}

function isMeant({ modality }: Statement): boolean {
  return modality === 'is' || modality === 'must' || modality === 'may'
}

function hasLength(text: string): boolean {
  if (TERSE_RULE.test(text)) return true
  const count = text.split(/\s+/).length
  if (count < WORDS_MIN || count > WORDS_MAX) return false
  return contentTokens(text).length >= CONTENT_WORDS_MIN || isSelfFact(text)
}
