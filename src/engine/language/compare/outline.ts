import { remembered } from '../../../core/text/remembered.ts'
import { joinedStem, type PlacedSense, type Reading, readingOf } from '../reading/reading.ts'
import { mayBeImplied } from './implied.ts'

/**
 * What must be found of a text in another one for the two to say the same, as numbers: a reading
 * is large and laying two over each other is slow, and most pairs lack a word that this tells.
 */
export interface Outline {
  /** Hashes of every key by which another text can match this one, ascending. */
  readonly keys: Uint16Array
  /** Senses that need a counterpart: the hashes that give one, each list ended by `END`. */
  readonly needed: Uint16Array
}

const END = 0
const TEXTS_REMEMBERED = 20_000

export const outlineOf: (text: string) => Outline = remembered(TEXTS_REMEMBERED, outline)

/**
 * False where a word of `one` has no counterpart in `other` for certain. Two keys of one hash make
 * it true by chance, which only means a closer look.
 */
export function mayBeSaidIn(one: Outline, other: Outline): boolean {
  let isFound = false
  for (const hash of one.needed) {
    if (hash !== END) {
      isFound ||= holds(other.keys, hash)
      continue
    }
    if (!isFound) return false
    isFound = false
  }
  return true
}

function outline(text: string): Outline {
  const reading = readingOf(text)
  return {
    keys: Uint16Array.from(reading.keys, hashOf).sort(),
    needed: Uint16Array.from(
      reading.senses
        .filter((sense) => needsWord(sense, reading))
        .flatMap((sense) => [...matchingKeys(reading.senses, sense.index).map(hashOf), END]),
    ),
  }
}

/** True for a sense that another text must have, whatever kind of sentence that is. */
function needsWord(sense: PlacedSense, reading: Reading): boolean {
  if (sense.isEmpty || sense.isDetail || sense.role === 'mark') return false
  return !mayBeImplied(sense, reading)
}

/** The keys of a sense, of its parts, and of the one word that it may be with a neighbour. */
export function matchingKeys(senses: readonly PlacedSense[], at: number): readonly string[] {
  const [before, sense, after] = [senses[at - 1], senses[at], senses[at + 1]]
  if (sense === undefined) return []
  const own = [...sense.keys, ...sense.parts.flatMap(({ keys }) => [...keys])]
  const joined = [
    ...(before === undefined ? [] : [joinedStem(before, sense)]),
    ...(after === undefined ? [] : [joinedStem(sense, after)]),
  ]
  return [...own, ...joined]
}

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/**
 * FNV-1a over UTF-16 code units, folded to 16 bits: a hundred keys of each of thousands of texts are
 * remembered, and a word is found in another text by chance once in 600 times. Never `END`.
 */
function hashOf(key: string): number {
  let hash = FNV_OFFSET
  for (let at = 0; at < key.length; at += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(at), FNV_PRIME)
  }
  const folded = (hash ^ (hash >>> 16)) & 0xffff
  return folded === END ? 1 : folded
}

function holds(ascending: Uint16Array, hash: number): boolean {
  let low = 0
  let high = ascending.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = ascending[middle] ?? 0
    if (found === hash) return true
    if (found < hash) low = middle + 1
    else high = middle - 1
  }
  return false
}
