import type { PlacedSense, Reading } from '../reading/reading.ts'

/** An order says "must" and "always" without the words; a denial of what is allowed forbids it. */
export function isImplied(sense: PlacedSense, own: Reading, other: Reading): boolean {
  const word = sense.words[0]?.norm ?? ''
  if (word === 'always') return own.isOrder || other.isOrder
  const before = own.senses[sense.index - 1]
  if (MUST.test(word) && other.isOrder && !isNot(before)) return true
  return isForbidding(sense, own)
}

/** True for a sense that goes without saying beside some other text, whatever that is. */
export function mayBeImplied(sense: PlacedSense, own: Reading): boolean {
  const word = sense.words[0]?.norm ?? ''
  return word === 'always' || MUST.test(word) || isForbidding(sense, own)
}

const MUST = /^(?:must|have|has|need|needs|shall)$/

function isForbidding(sense: PlacedSense, { senses }: Reading): boolean {
  const word = sense.words[0]?.norm ?? ''
  return (
    (/^(?:must|can|may|shall)$/.test(word) && isNot(senses[sense.index + 1])) ||
    (/^(?:allow|permit)/.test(word) && isNot(senses[sense.index - 1]))
  )
}

export function isNot(sense: PlacedSense | undefined): boolean {
  return sense?.keys.has('not') === true
}
