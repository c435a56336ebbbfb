import type { ChangeSetId } from '../../core/ids.ts'

/**
 * The change-set that breaks a probe which all of `sets` together break and none of them does:
 * the one without which those before it leave it whole. Asks `isBroken` about log2 of their number;
 * where it cannot tell (null), all sets that may still be meant are guilty.
 */
export async function guiltySets(
  sets: readonly ChangeSetId[],
  isBroken: (first: readonly ChangeSetId[]) => Promise<boolean | null>,
): Promise<readonly ChangeSetId[]> {
  let whole = 0
  let broken = sets.length
  while (broken - whole > 1) {
    const middle = (whole + broken) >> 1
    const found = await isBroken(sets.slice(0, middle))
    if (found === null) break
    if (found) broken = middle
    else whole = middle
  }
  return sets.slice(whole, broken)
}
