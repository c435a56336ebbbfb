import { modalityOf } from '../modality.ts'
import { tokenize } from '../tokens.ts'
import { LIFE_EVENTS, OWN_NOUN_PHRASES } from './life-events.ts'
import { LIFE_STATES } from './life-states.ts'
import { ownClauses } from './own-clauses.ts'
import { isAtCounter } from './passing.ts'

const WORDS_MIN = 4
const WORDS_MAX = 45
/** What is only thought of, and what is said of the moment. */
const UNREAL =
  /\b(?:if|would|should|could|might|wish|wished|wonder(?:ed|ing)?|considering|thinking (?:of|about)|hoping|planning|supposed to|meaning to|about to|trying to|able to|used to think)\b/i
const MOOD =
  /^i(?:'m| am|'ve been| have been| feel)? (?:(?:a bit|a little|so|really|very|just|quite|also|kind of|still|always|actually|pretty|definitely) )*(?:feel(?:ing)?|excited|glad|happy|sad|sorry|sure|tired|stressed|worried|anxious|confused|curious|interested|ready|open|obsessed|struggling|having (?:trouble|issues|problems)|getting|noticing|noticed|experiencing|trying|looking|thinking|hearing|heard|planning|hoping|wondering|meaning|wanting|told|torn|leaning|eyeing|considering|lost|stuck)\b/i
/** The agent's own trade: what is said of code and files is said of the work at hand. */
const CODE =
  /\b(?:repos?|repository|branch(?:es)?|commits?|pull requests?|merge[ds]?|deploy\w*|databases?|endpoints?|functions?|scripts?|configs?|dependenc(?:y|ies)|modules?|npm|pip|docker|containers?|clusters?|backend|frontend|migrations?|compil\w+|stack ?trace|exceptions?|bugs?|codebase|source code|terminal|command line|csv|json|yaml|html|css|sql|regex|linter|unit tests?|logs?)\b/i

/** What it speaks of was said before and is not part of the quote. */
const UNNAMED =
  /^[^,]{0,60}?\s(?:it|them|him|these|those|ones?(?! of\b)|this(?! (?:morning|week|month|year|summer|winter|spring|fall)\b)|her (?:an?|the|some)\b|that(?=\s*$))(?=\s|$)/i
const VAGUE =
  /\b(?:an? new (?:skill|language|programming language|thing|hobby|method)|something|things|stuff|a lot of|some (?!of\b)\p{L}+ (?:in|on|at|for))\b/iu
/** Talk with the agent, and what is only felt or noticed. */
const TALK =
  /\b(?:let me|help me|show me|tell me|give me|send me|thanks|thank you|never mind|for this (?:one|task|ticket|pr)|can you|could you|please)\b|^(?:\w+, )?(?:I|we)(?:'ve| have| just| really| also| recently| actually| always)* (?:want|wanted|need|needed|wish|hope|hoped|think|thought|guess|feel|felt|believe|see (?:that|what|how|why|your)|understand|understood|reali[sz]ed?|notice|noticed|found (?:that|it|out)|forgot|doubt|know|knew|remember|heard|agree|appreciate|apologi[sz]e|mean|meant)\b/i
const TITLE = /["“][^"”]{2,80}["”]/g
const FRAMES = [...LIFE_STATES, ...LIFE_EVENTS]

/**
 * The parts of a person's sentence that tell something of their own life which can still be of
 * use in a month, as exact quotes: who they are, what they own, did, measured, do regularly. Empty
 * for wishes, moods, work at hand and everything without a particular content.
 */
export function lifeFacts(sentence: string): readonly string[] {
  const told = ownClauses(sentence).filter(isLifeFact)
  return told.length > 0 ? told : ownNounPhrases(sentence)
}

function isLifeFact(clause: string): boolean {
  const text = clause.replaceAll('’', "'").replace(/\s+/g, ' ')
  const count = text.split(' ').length
  if (count < WORDS_MIN || count > WORDS_MAX || !isMeant(text)) return false
  if (MOOD.test(text) || UNREAL.test(text) || UNNAMED.test(text) || VAGUE.test(text)) return false
  if (TALK.test(text)) return false
  if (isOfTheMoment(text)) return false
  return FRAMES.some(({ pattern, needs }) => pattern.test(text) && needs(text))
}

/** "... to beat my personal best of 25:50": the fact stands in the object of a wish. */
function ownNounPhrases(sentence: string): readonly string[] {
  return OWN_NOUN_PHRASES.flatMap(({ pattern, needs }) => {
    const found = pattern.exec(sentence)?.[0].replace(/[\s,;:.!?]+$/, '')
    if (found === undefined || !needs(found) || isOfTheMoment(found)) return []
    return [found]
  }).slice(0, 1)
}

function isMeant(text: string): boolean {
  // A title in quotation marks is nobody's speech, and May is a month.
  const modality = modalityOf(text.replace(TITLE, 'Title').replace(/\bMay\b/g, 'April'))
  return modality === 'is' || modality === 'must'
}

function isOfTheMoment(text: string): boolean {
  if (isAtCounter(text) || CODE.test(text)) return true
  return tokenize(text).some(({ kind }) => kind === 'code' || kind === 'path' || kind === 'url')
}
