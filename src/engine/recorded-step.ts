import { digestOf, sha256 } from '../core/ids.ts'
import type { StepResults } from '../storage/storage.ts'
import { ENGINE_VERSION } from './dream-limits.ts'

/**
 * Runs a step once for given inputs: its result is stored under their hash before it is used, and
 * always used as stored, so a run that was killed and its repetition give the same bytes.
 * `T` must survive JSON.
 */
export async function recordedStep<T>(
  steps: StepResults,
  name: string,
  inputs: unknown,
  compute: () => Promise<T> | T,
): Promise<T> {
  const key = `${name}:${digestOf(inputs)}`
  const known = await steps.get(key)
  if (known !== null) return JSON.parse(known) as T
  const result = JSON.stringify(await compute())
  await steps.put(key, result)
  return JSON.parse(result) as T
}

/** `recordedStep` for some items with inputs of their own, one after the other; known ones are looked up at once. */
export async function recordedSteps<I, T>(
  steps: StepResults,
  name: string,
  items: readonly I[],
  inputsOf: (item: I) => unknown,
  compute: (item: I, n: number) => Promise<T> | T,
): Promise<readonly T[]> {
  const keys = items.map((item) => `${name}:${digestOf(inputsOf(item))}`)
  const known = await steps.getAll([...new Set(keys)])
  const results: T[] = []
  for (const [n, item] of items.entries()) {
    const key = keys[n] ?? ''
    const result = known.get(key) ?? JSON.stringify(await compute(item, n))
    if (!known.has(key)) await steps.put(key, result)
    results.push(JSON.parse(result) as T)
  }
  return results
}

/**
 * `recordedStep` for each of many items, the stored ones read at once: what another dream found
 * out about an equal item is not computed again. `compute` is given the items without a result,
 * each kind once, and must be a pure function of the text that `keyOf` makes of an item.
 */
export async function recordedEach<I, T>(
  steps: StepResults,
  name: string,
  items: readonly I[],
  keyOf: (item: I) => string,
  compute: (missing: readonly I[]) => Promise<readonly T[]> | readonly T[],
): Promise<readonly T[]> {
  const keys = items.map((item) => `${name}:${contentKey(keyOf(item))}`)
  const stored = new Map(await steps.getAll([...new Set(keys)]))
  const missing = new Map<string, I>()
  for (const [n, item] of items.entries()) {
    const key = keys[n] ?? ''
    if (!stored.has(key)) missing.set(key, item)
  }
  if (missing.size > 0) {
    const computed = await compute([...missing.values()])
    const added = [...missing.keys()].map((key, n) => [key, JSON.stringify(computed[n])] as const)
    await steps.putAll(added)
    for (const [key, result] of added) stored.set(key, result)
  }
  const results = new Map([...stored].map(([key, result]) => [key, JSON.parse(result) as T]))
  return keys.map((key) => {
    const result = results.get(key)
    if (result === undefined) throw new Error(`The step ${name} gave no result for an item.`)
    return result
  })
}

const KEY_CHARS = 32

/** Short name of a content under this version of the rules: 128 bits of its hash. */
export function contentKey(content: string): string {
  return sha256(`${ENGINE_VERSION}\n${content}`).slice(0, KEY_CHARS)
}
