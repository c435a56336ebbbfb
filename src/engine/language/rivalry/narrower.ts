import type { TaggedToken } from '../tagged-tokens.ts'
import { type Predicate, stemOf } from './predicate.ts'

const NARROWING = /^(?:of|in|at|for|from|on|with)$/
const PHRASE_TOKENS_MAX = 6

/**
 * "The invoice exporter of the Oslo office keeps ..." is not about the invoice exporter: both
 * begin alike, and before the verb one of them has a phrase that narrows whom it speaks of.
 */
export function isNarrower(narrow: Predicate, wide: Predicate): boolean {
  const [long, short] = [narrow.tokens, wide.tokens]
  const start = long.findIndex((token, n) => !isSame(token, short[n]))
  const next = short[start]
  const by = long[start]?.norm ?? ''
  if (start < 1 || next === undefined || !NARROWING.test(by)) return false
  // Verbs are read as nouns at times ("time out"); an "of" belongs to its noun wherever it stands.
  if (by !== 'of' && !/^(?:AUX|VERB)$/.test(next.pos)) return false
  const rest = long.slice(start + 1, start + 1 + PHRASE_TOKENS_MAX)
  const end = rest.findIndex((token) => isSame(token, next))
  return end > 0 && rest.slice(0, end).some(({ role }) => role === 'content')
}

function isSame(a: TaggedToken, b: TaggedToken | undefined): boolean {
  return b !== undefined && (a.norm === b.norm || stemOf(a) === stemOf(b))
}
