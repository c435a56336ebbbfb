import { digestOf } from '../core/ids.ts'
import type { StepResults } from '../storage/storage.ts'

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
