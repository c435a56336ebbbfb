import { LIMITS } from '../config.ts'
import type { MemoryStore } from '../core/memory-store.ts'

/** The limits that a dream runs under; `memoryBytesMax` is that of a store, see `limitsOf`. */
export const DREAM_LIMITS: typeof LIMITS = LIMITS

/** The wire's limits bind stores; folders have their own. */
export function limitsOf(store: MemoryStore): Limits {
  const memoryBytesMax = store.folder === null ? LIMITS.memoryBytesMax : LIMITS.folderFileBytesMax
  return { ...LIMITS, memoryBytesMax }
}

export type Limits = Readonly<Record<keyof typeof LIMITS, number>>

/**
 * Part of every recorded key and input digest: another version may judge otherwise, so its
 * results are never mixed with these.
 */
export const ENGINE_VERSION = 'embedded/5'
