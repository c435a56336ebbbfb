import { neededTrust } from './carried-words.ts'
import { isTainted, type Rail } from './rail-facts.ts'

/**
 * Rail 4, taint stays: what needs a stranger's words waits for a person, and so does a merge that
 * takes in a note which needed them. Nothing but a release clears it.
 */
export const taint: Rail = (change, facts) => {
  const needed = neededTrust(change, facts)
  const isStrangers = needed !== null && isTainted({ trust: needed })
  const members = change.units.flatMap((id) => facts.units.get(id) ?? [])
  const isMixed = change.kind === 'merge' && members.some(isTainted)
  const isClaimed = isTainted(change) && change.edits.some(({ op }) => op === 'append')
  return isStrangers || isMixed || isClaimed ? { act: 'hold', why: 'untrusted_source' } : null
}
