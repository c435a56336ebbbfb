import type { PlacedSense, Reading } from '../reading/reading.ts'

/** An order says "must" and "always" without the words; a denial of what is allowed forbids it. */
export function isImplied(sense: PlacedSense, own: Reading, other: Reading): boolean {
  const word = sense.words[0]?.norm ?? ''
  if (word === 'always') return own.isOrder || other.isOrder
  const before = own.senses[sense.index - 1]
  if (MUST.test(word) && other.isOrder && !isNot(before)) return true
  return isForbidding(sense, own) || isSpokenOfAgain(sense, own)
}

/** True for a sense that goes without saying beside some other text, whatever that is. */
export function mayBeImplied(sense: PlacedSense, own: Reading): boolean {
  const word = sense.words[0]?.norm ?? ''
  return (
    word === 'always' || MUST.test(word) || isForbidding(sense, own) || isSpokenOfAgain(sense, own)
  )
}

/** "She takes it when she travels": the second "she" tells nothing new. */
function isSpokenOfAgain(sense: PlacedSense, { senses }: Reading): boolean {
  const person = PERSONS.find((words) => words.test(sense.words[0]?.norm ?? ''))
  return senses
    .slice(0, sense.index)
    .some(({ words: [word] }) => person?.test(word?.norm ?? '') === true)
}

const PERSONS: readonly RegExp[] = [/^(?:he|him|his)$/, /^(?:she|her|hers)$/]

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
