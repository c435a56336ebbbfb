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
      return [...scores]
        .map(([n, score]) => ({ n, score: score / (norms[n] || 1) }))
        .sort((a, b) => b.score - a.score || a.n - b.n)
        .slice(0, k)
        .flatMap(({ n }) => texts[n] ?? [])
    },
  }
}
