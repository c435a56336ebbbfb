import type { Change } from '../change.ts'
import { digestOf } from '../ids.ts'

/** What a person sees of a change-set, as one value: any other byte is another digest. */
export function shownDigest(changes: readonly Change[]): string {
  return digestOf(changes)
}

/**
 * Rail 8, same bytes: true when these are the very changes that were shown under `digest`. A
 * decision on anything else is refused.
 */
export function isAsShown(changes: readonly Change[], digest: string): boolean {
  return shownDigest(changes) === digest
}
