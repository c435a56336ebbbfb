/** How each of the functions forgets. */
const forgetting: (() => void)[] = []

/** Fewer take little room, and others in this process may be at work on their texts. */
const MANY_TEXTS = 5_000

/**
 * Has all of them forget after work over so many texts, where they are many and the work to come
 * asks for others: a store of 20,000 units leaves a hundred megabytes. Nothing changes but what is
 * computed again.
 */
export function forgetTexts(workedOver: number): void {
  if (workedOver <= MANY_TEXTS) return
  for (const forget of forgetting) forget()
}

/**
 * A pure function of a text that remembers what it gave for the texts asked for lately: at most
 * twice `textsMax`, so that memory stays bounded. Results are shared, so they must be immutable.
 */
export function remembered<T>(textsMax: number, compute: (text: string) => T): (text: string) => T {
  let young = new Map<string, T>()
  let old = young
  const lookUp = (text: string): T => {
    const known = young.get(text)
    if (known !== undefined || young.has(text)) return known as T
    const result = old.has(text) ? (old.get(text) as T) : compute(text)
    if (young.size >= textsMax) {
      old = young
      young = new Map()
    }
    young.set(text, result)
    return result
  }
  // Two texts are compared at a time, and one of them with many others in a row.
  let latest: Latest<T> | null = null
  let other: Latest<T> | null = null
  forgetting.push(() => {
    young = new Map()
    old = young
    latest = null
    other = null
  })
  return (text) => {
    if (latest?.text === text) return latest.result
    const found = other?.text === text ? other : { text, result: lookUp(text) }
    other = latest
    latest = found
    return found.result
  }
}

interface Latest<T> {
  readonly text: string
  readonly result: T
}
