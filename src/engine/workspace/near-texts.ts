import type { Embedder } from '../../models/embedder.ts'

/** How near texts are to a query, by their vectors. */
export interface NearTexts {
  /** -1 to 1 for each text, in order; 0 where one of the two has no word. */
  nearness(query: string, texts: readonly string[]): Promise<readonly number[]>
  /** Keeps nothing of what was asked about so far. */
  forget(): void
}

/**
 * Keeps the vectors of the texts asked about lately: at most twice `keptMax`; and those of an array of
 * texts for as long as somebody holds it.
 */
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
  const vectorsOf = async (
    texts: readonly string[],
  ): Promise<ReadonlyMap<string, Float32Array>> => {
    const wanted = new Map<string, Float32Array>()
    const missing: string[] = []
    for (const text of new Set(texts)) {
      const known = young.get(text) ?? old.get(text)
      if (known === undefined) missing.push(text)
      else wanted.set(text, known)
    }
    for (const [n, vector] of (await embedder.embed(missing)).entries()) {
      wanted.set(missing[n] ?? '', vector)
    }
    for (const [text, vector] of wanted) keep(text, vector)
    return wanted
  }
  let rowsOf = new WeakMap<readonly string[], Float32Array>()
  return {
    forget() {
      young = new Map()
      old = young
      rowsOf = new WeakMap()
    },

    async nearness(query, texts) {
      const own = (await vectorsOf([query])).get(query)
      if (own === undefined) return texts.map(() => 0)
      const known = rowsOf.get(texts)
      const rows = known ?? inRows(texts, await vectorsOf(texts), embedder.dimensions)
      if (known === undefined) rowsOf.set(texts, rows)
      return products(own, rows, texts.length)
    },
  }
}

/** Vectors one behind the other; zeros for a text that has none. */
function inRows(
  texts: readonly string[],
  vectors: ReadonlyMap<string, Float32Array>,
  dimensions: number,
): Float32Array {
  const rows = new Float32Array(texts.length * dimensions)
  for (const [n, text] of texts.entries()) rows.set(vectors.get(text) ?? [], n * dimensions)
  return rows
}

function products(own: Float32Array, rows: Float32Array, count: number): readonly number[] {
  const { length } = own
  return Array.from({ length: count }, (_, n) => {
    const start = n * length
    let sum = 0
    for (let at = 0; at < length; at += 1) sum += (own[at] as number) * (rows[start + at] as number)
    return sum
  })
}
