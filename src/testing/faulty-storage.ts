import { interceptStorage } from '../storage/intercept-storage.ts'
import type { Storage } from '../storage/storage.ts'

/** What a faulty storage throws; no part of the product throws it. */
export class InjectedFault extends Error {
  override readonly name = 'InjectedFault'
}

export interface FaultyStorage extends Storage {
  /** Port calls so far; a transaction counts as one before its work and one at its commit. */
  readonly callCount: () => number
}

/**
 * Any storage, with the n-th port call (from 1) throwing instead of reaching it; the calls before
 * and after go through. Raise `failAt` until a run makes fewer calls, and every place where the
 * storage can fail has failed once. `close` never fails and is not counted.
 */
export function faultyStorage(
  storage: Storage,
  options: { readonly failAt: number },
): FaultyStorage {
  let calls = 0
  const intercepted = interceptStorage(storage, ({ name }) => {
    calls += 1
    if (calls === options.failAt) {
      throw new InjectedFault(`Injected fault at storage call ${calls} (${name}).`)
    }
  })
  return { ...intercepted, callCount: () => calls }
}
