import type { Embedder } from '../../models/embedder.ts'

/** How near texts are to a query, by their vectors. */
export interface NearTexts {
  /** -1 to 1 for each text, in order; 0 where one of the two has no word. */
  nearness(query: string, texts: readonly string[]): Promise<readonly number[]>
}

/** Keeps the vectors of the texts asked about lately: at most twice `keptMax`. */
export function nearTexts(embedder: Embedder, keptMax: number): NearTexts {
  let young = new Map<string, Float32Array>()
  let old = young
  const keep = (text: string, vector: Float32Array): void => {
    if (young.size >= keptMax) {
      old = young
      young = new Map()
    }
    young.set(text, vector)
  }
  return {
    async nearness(query, texts) {
      const wanted = new Map<string, Float32Array>()
      for (const text of new Set([query, ...texts])) {
        const known = young.get(text) ?? old.get(text)
        if (known !== undefined) wanted.set(text, known)
      }
      const missing = [...new Set([query, ...texts])].filter((text) => !wanted.has(text))
      for (const [n, vector] of (await embedder.embed(missing)).entries()) {
        wanted.set(missing[n] ?? '', vector)
      }
      for (const [text, vector] of wanted) keep(text, vector)
      const own = wanted.get(query)
      return texts.map((text) => product(own, wanted.get(text)))
    },
  }
}

function product(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (a === undefined || b === undefined) return 0
  let sum = 0
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0)
  return sum
}
