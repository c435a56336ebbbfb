import type { Statement } from '../../../core/claim.ts'
import { withoutOpener } from '../cues.ts'
import { FIRST_PERSON } from '../durable/declared.ts'
import { isErrand } from '../durable/passing.ts'
import { predicateOf } from '../rivalry/predicate.ts'
import { contentTokens, isEnglish, tokenize } from '../tokens.ts'
import { verbIndex } from '../verbs.ts'

const WORDS_MAX = 50
const CONTENT_WORDS_MIN = 2
/** What they speak of was said before or lies on the screen. */
const POINTING =
  /^(?:it|its|it's|this|that|that's|these|those|they|they're|their|he|she|he's|she's|his|her|there|there's|here|here's|which|who|what|you|your|you're|one of|some of|everything|something|nothing|someone|everyone|the (?:above|following|former|latter|(?:other|first|second|last|next|same)(?: one)?(?= (?:is|are|was|were|has|does)\b)))\b/i
/** Wishes about the task at hand and talk with the agent. */
const TALK =
  /^(?:i|we)(?:'d| would| want| need| wish| hope| think| guess| believe| wonder| tried| see| saw| noticed| understand| found| get| got an?| was wondering| am wondering)\b|\b(?:can|could|would|will) you\b|\bplease\b.*\?|^(?:please|let's|let us|let me|thanks|thank you|help|show|tell|give|sure|ok|okay|great|yes|no)\b/i

/**
 * True for a plain declarative sentence with a subject of its own: no order, no question, no plan
 * and nothing that points at something said before.
 */
export function isPlainStatement(sentence: string, statement: Statement): boolean {
  const { modality } = statement
  if (modality !== 'is' && modality !== 'must' && modality !== 'may') return false
  const text = withoutOpener(sentence).replace(/\s+/g, ' ').trim()
  if (text.split(' ').length > WORDS_MAX || !isEnglish(text)) return false
  if (POINTING.test(text) || TALK.test(text)) return false
  if (FIRST_PERSON.test(text) && isErrand(text)) return false
  if (contentTokens(text).length < CONTENT_WORDS_MIN) return false
  if (verbIndex(tokenize(sentence)) === 0) return false
  return /^[^:]{1,60}:\s/.test(text) || isDeclarative(text)
}

/** A verb, and not as the first word of what was written. */
function isDeclarative(text: string): boolean {
  return (predicateOf(text)?.at ?? 0) > 0
}
