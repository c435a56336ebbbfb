/**
 * A pure function of a text that remembers what it gave for the texts asked for lately: at most
 * twice `textsMax`, so that memory stays bounded. Results are shared, so they must be immutable.
 */
export function remembered<T>(textsMax: number, compute: (text: string) => T): (text: string) => T {
  let young = new Map<string, { readonly result: T }>()
  let old = young
  return (text) => {
    const known = young.get(text)
    if (known !== undefined) return known.result
    const found = old.get(text) ?? { result: compute(text) }
    if (young.size >= textsMax) {
      old = young
      young = new Map()
    }
    young.set(text, found)
    return found.result
  }
}
