import type { Change } from '../change.ts'
import { carriedShare, neededTrust } from './carried-words.ts'
import { isLessonText } from './lesson-text.ts'
import {
  displaced,
  isOwnWord,
  isSoundNote,
  isTainted,
  newlyWritten,
  type Rail,
  type RailFacts,
} from './rail-facts.ts'

/** Share of a statement that must be a user's own words or those of a sound note. */
const VOUCHED_MIN = 0.3

/**
 * Rail 4, taint stays: what needs a stranger's words waits for a person, and so does a merge that
 * takes in a note which needed them, and a statement that only tools or the agent made. Lessons tell
 * what tools did, and are theirs to tell. Nothing but a release clears it.
 */
export const taint: Rail = (change, facts) => {
  const needed = neededTrust(change, facts)
  const isStrangers = needed !== null && isTainted({ trust: needed })
  const members = change.units.flatMap((id) => facts.units.get(id) ?? [])
  const isMixed = change.kind === 'merge' && members.some(isTainted)
  const isClaimed = isTainted(change) && change.edits.some(({ op }) => op === 'append')
  return isStrangers || isMixed || isClaimed || !isVouchedFor(change, facts)
    ? { act: 'hold', why: 'untrusted_source' }
    : null
}

function isVouchedFor(change: Change, facts: RailFacts): boolean {
  const vouching = [
    ...change.evidence.filter((item) => isOwnWord(item, facts) || isSoundNote(item, facts)),
    ...displaced(change, facts)
      .filter((unit) => !isTainted(unit))
      .map(({ text }) => ({ quote: text })),
  ].map(({ quote }) => quote)
  return newlyWritten(change, facts).every(
    (text) =>
      isLessonText(text, change, facts) || carriedShare(text, vouching, facts) >= VOUCHED_MIN,
  )
}
