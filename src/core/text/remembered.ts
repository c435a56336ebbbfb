/** How each of the functions forgets. */
const forgetting: (() => void)[] = []

/**
 * Has all of them forget, after work over many texts that the work to come does not ask for:
 * a store of 20,000 units leaves a hundred megabytes. Nothing changes but what is computed again.
 */
export function forgetTexts(): void {
  for (const forget of forgetting) forget()
}

/**
 * A pure function of a text that remembers what it gave for the texts asked for lately: at most
 * twice `textsMax`, so that memory stays bounded. Results are shared, so they must be immutable.
 */
export function remembered<T>(textsMax: number, compute: (text: string) => T): (text: string) => T {
  let young = new Map<string, Kept<T>>()
  let old = young
  const lookUp = (text: string): Kept<T> => {
    const known = young.get(text)
    if (known !== undefined) return known
    const found = old.get(text) ?? { text, result: compute(text) }
    if (young.size >= textsMax) {
      old = young
      young = new Map()
    }
    young.set(text, found)
    return found
  }
  // Two texts are compared at a time, and one of them with many others in a row.
  const latest: { one: Kept<T> | null; other: Kept<T> | null } = { one: null, other: null }
  forgetting.push(() => {
    young = new Map()
    old = young
    latest.one = null
    latest.other = null
  })
  return (text) => {
    if (latest.one?.text === text) return latest.one.result
    const found = latest.other?.text === text ? latest.other : lookUp(text)
    latest.other = latest.one
    latest.one = found
    return found.result
  }
}

interface Kept<T> {
  readonly text: string
  readonly result: T
}
