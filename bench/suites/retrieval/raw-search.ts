import { matchesSearch, queryWords, rankMatches } from '../../../src/storage/search-ranking.ts'
import type { Findable } from './search-case.ts'

/** The ranking of the store's own search over any texts. */
export function bestMatches(
  texts: readonly Findable[],
  question: string,
  limit: number,
): readonly Findable[] {
  const words = queryWords(question)
  const byPath = new Map(texts.map((text) => [text.path, text]))
  const matches = texts.filter((text) => matchesSearch(text, words))
  return rankMatches(matches, words, limit).flatMap(({ path }) => byPath.get(path) ?? [])
}
