import { BestFew } from './candidates/best-few.ts'
import { contentStems } from './language/tokens.ts'

/** Lexical search over texts: what an agent that looks for words would find. */
export interface Retrieval {
  /** Best first; ties in the order given. */
  top(query: ReadonlySet<string>, k: number): readonly string[]
}

/** Rare words weigh more (idf), long texts do not win by length. */
export function retrievalOver(texts: readonly string[]): Retrieval {
  const stems = texts.map((text) => contentStems(text))
  const postings = new Map<string, number[]>()
  stems.forEach((set, n) => {
    for (const stem of set) {
      const at = postings.get(stem)
      if (at === undefined) postings.set(stem, [n])
      else at.push(n)
    }
  })
  const weight = (stem: string): number =>
    Math.log(1 + texts.length / (postings.get(stem)?.length ?? texts.length))
  const norms = stems.map((set) =>
    Math.sqrt([...set].reduce((sum, stem) => sum + weight(stem) ** 2, 0)),
  )
  return {
    top(query, k) {
      const scores = new Map<number, number>()
      for (const stem of query) {
        for (const n of postings.get(stem) ?? []) {
          scores.set(n, (scores.get(n) ?? 0) + weight(stem) ** 2)
        }
      }
      const best = new BestFew(k)
      for (const [n, score] of scores) best.offer(n, score / (norms[n] || 1))
      return best.positions().flatMap((n) => texts[n] ?? [])
    },
  }
}
