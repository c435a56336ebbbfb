import type { Change, Disposition } from '../core/change.ts'
import type { Dream } from '../core/dream.ts'
import { digestOf } from '../core/ids.ts'

/** What a review decided on: the inputs and every change as first proposed. */
export function planDigest(
  dream: Pick<Dream, 'inputDigest'>,
  changes: readonly Change[],
  dispositions: readonly Disposition[],
): string {
  return digestOf({ input: dream.inputDigest, changes, dispositions })
}
