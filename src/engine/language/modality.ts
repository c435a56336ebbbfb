import type { Modality } from '../../core/claim.ts'
import { NEGATIONS } from './lexicon.ts'
import { tokenize } from './tokens.ts'

const QUESTION =
  /\?["')\]\s]*$|^(?:(?:and|but|so|ok|hm+)[\s,]+)*(?:who|what|when|where|why|how|which|whose|is|are|am|was|were|do|does|did|has|have you|can|could|would|will|should|shall|may i|any idea)\s(?:the |a |an |my |our |your |there |it |that |this |i |we |you |they |he |she |to )/i
const QUOTATION =
  /\b(?:says?|said|saying|(?<!\b(?:is|are|be|been|being|get|gets) )told|tells|(?:wrote|writes)(?= (?:that|to me|back|in)\b|[:,"“]| ["“])|claims that|claimed|mentioned|according to|asked|thinks?|believes?|insists?|quoted|suggest(?:s|ed)|reckons?|complain(?:s|ed)|(?:they|people|some|folks) say)\b/i
/** These report one's own words, or a rule about wording. */
const OWN_SAYING = /\b(?:i|we) (?:said|told you|mentioned|say)\b|^we say\b/i
const HYPOTHESIS =
  /\b(?:might|maybe|perhaps|possibly|probably|presumably|what if|suppose|supposedly|i (?:think|guess|believe|assume|wonder|suspect|doubt|hope)|i'm (?:not sure|thinking|considering)|not sure|we (?:could|should probably|may)|would (?:be|have|make|need|like|it)|if (?:we|i|you|they|it) (?:moved|switched|used|had|were|was|could|went|changed|did|ever)|let's say|imagine|wondering|considering|hypothetically|in theory|or was (?:that|it)|pretend\w*|as if|as though|in (?:the|my|this|our|a) (?:story|novel|tale|fairy tale|dream|scenario)|rumou?rs?|rumou?r has it|apparently|allegedly|reportedly|word is|(?:i|we)(?:'ve| have)? heard|role-?play\w*)\b/i
const PLAN =
  /\b(?:plan(?:s|ning)? (?:to|on|for)|going to|gonna|intend(?:s|ing)? to|want(?:s)? to|hop(?:e|es|ing) to|about to|thinking (?:of|about)|aim(?:s|ing)? to|will|shall|'ll|next (?:week|month|quarter|year|sprint),? (?:we|i)|looking (?:into|to|at)|proposal|someday|eventually|soon)\b/i
const BINDING =
  /\b(?:must|have to|has to|required to|always|never|need to|needs to|may not|do not|don't)\b/i
const ALLOWED = /\b(?:may|can|allowed to|optional|optionally)\b/i
const DECIDED = /\b(?:decided|agreed|from now on|going forward|settled|let's (?:go with|use))\b/i
/** "..., do we", "..., right": asks for a yes, with or without its mark. */
const TAG_QUESTION =
  /,\s*(?:(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must)(?:n't)? (?:we|i|you|they|it|he|she|there|that)|right|correct|eh|huh)\s*[.!]*$/i

/**
 * How a sentence is meant. Only `is`, `must` and `may` can change anything; a plan, a hypothesis,
 * a question and other people's words never do.
 */
export function modalityOf(text: string): Modality {
  const plain = text.replaceAll('’', "'").trim()
  if (QUESTION.test(plain) || TAG_QUESTION.test(plain)) return 'question'
  if (isQuotation(plain)) return 'quotation'
  if (HYPOTHESIS.test(plain)) return 'hypothesis'
  if (PLAN.test(plain) && !DECIDED.test(plain)) return 'plan'
  if (BINDING.test(plain)) return 'must'
  return ALLOWED.test(plain) ? 'may' : 'is'
}

/** -1 where the sentence denies: an odd number of denials. */
export function polarityOf(text: string): 1 | -1 {
  const denials = tokenize(text).filter((token) => NEGATIONS.has(token.norm)).length
  return denials % 2 === 0 ? 1 : -1
}

function isQuotation(text: string): boolean {
  const quoted = [...text.matchAll(/"([^"]{12,})"|“([^”]{12,})”/g)].map(
    (match) => (match[1] ?? match[2] ?? '').split(/\s+/).length,
  )
  if (quoted.some((wordCount) => wordCount >= 5)) return true
  return QUOTATION.test(text) && !OWN_SAYING.test(text)
}
