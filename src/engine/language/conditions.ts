import { remembered } from '../../core/text/remembered.ts'
import { contentStems, tokenize } from './tokens.ts'

const CLAUSE =
  /\b(?:if|when|whenever|unless|while|until|till|except|once (?:the|it|we|you|they|all|every)|provided|before|after|as long as|in case|only for|only in|only on|only when)\b([^,;.]*)/gi

/** A point in time or a span after "before", "after", "until" is a value, not a condition. */
const TIME_VALUE =
  /^\s*(?:the\s+)?(?:\d|one |two |three |four |five |six |ten |noon|midnight|january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day)/i

const TEXTS_REMEMBERED = 15_000

/** The restricting clauses of a sentence as sorted stems; null = it holds without condition. */
export const conditionOf: (text: string) => string | null = remembered(
  TEXTS_REMEMBERED,
  readCondition,
)

function readCondition(text: string): string | null {
  const clauses = [...text.matchAll(CLAUSE)]
    .filter((match) => !TIME_VALUE.test(match[1] ?? ''))
    .map((match) => {
      const word = tokenize(match[0])[0]?.norm ?? ''
      return `${word}: ${[...contentStems(match[1] ?? '')].sort().join(' ')}`
    })
  return clauses.length === 0 ? null : clauses.sort().join('; ')
}
