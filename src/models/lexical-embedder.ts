import { stemmer } from 'stemmer'
import { remembered } from '../core/text/remembered.ts'
import type { Embedder } from './embedder.ts'

const DIMENSIONS = 384
const WORD = /[\p{L}\p{M}\p{N}]+/gu
const GRAM_LENGTH = 3
/** A gram against a whole word: a word has several, and they must not outweigh it. */
const GRAM_WEIGHT = 0.35
/** Short words are mostly the ones that every sentence has. */
const TELLING_LETTERS = 6
/** A kilobyte and a half each. */
const WORDS_REMEMBERED = 4_000

/**
 * Vectors without a model: every stem and character 3-gram of a text is hashed to 384 signs, and
 * the text is their weighted sum (random projection; Achlioptas 2003). Near means: many of the
 * same words, in other forms too.
 */
export function lexicalEmbedder(): Embedder {
  return {
    id: 'lexical-projection-384/1',
    dimensions: DIMENSIONS,
    embed: async (texts) => texts.map(vectorOf),
  }
}

function vectorOf(text: string): Float32Array {
  const sums = new Float64Array(DIMENSIONS)
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(WORD)) {
    const vector = wordVector(word)
    for (let at = 0; at < DIMENSIONS; at += 1) sums[at] = (sums[at] ?? 0) + (vector[at] ?? 0)
  }
  return unitLength(sums)
}

/** Texts are many, the words in them few: each is hashed once. */
const wordVector = remembered(WORDS_REMEMBERED, (word) => {
  const sums = new Float32Array(DIMENSIONS)
  const weight = Math.min(1, word.length / TELLING_LETTERS) ** 2
  addSigns(sums, hashOf(stemmer(word), 0), weight)
  const padded = ` ${word} `
  for (let at = 0; at + GRAM_LENGTH <= padded.length; at += 1) {
    addSigns(sums, hashOf(padded.slice(at, at + GRAM_LENGTH), 1), weight * GRAM_WEIGHT)
  }
  return sums
})

/** Adds the weight with the signs that stand for a feature, 32 from each draw (xorshift32). */
function addSigns(sums: Float32Array, seed: number, weight: number): void {
  let state = seed === 0 ? 1 : seed
  for (let start = 0; start < DIMENSIONS; start += 32) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    const signs = Math.imul(state, 0x9e3779b1)
    for (let bit = 0; bit < 32; bit += 1) {
      const sign = ((signs >>> bit) & 1) === 0 ? weight : -weight
      sums[start + bit] = (sums[start + bit] ?? 0) + sign
    }
  }
}

function unitLength(sums: Float64Array): Float32Array {
  let squares = 0
  for (const sum of sums) squares += sum * sum
  const vector = new Float32Array(DIMENSIONS)
  const length = Math.sqrt(squares)
  if (length === 0) return vector
  for (let at = 0; at < DIMENSIONS; at += 1) vector[at] = (sums[at] ?? 0) / length
  return vector
}

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** FNV-1a over the UTF-16 units, mixed once more. */
function hashOf(feature: string, kind: number): number {
  let hash = Math.imul(FNV_OFFSET ^ kind, FNV_PRIME)
  for (let at = 0; at < feature.length; at += 1) {
    hash = Math.imul(hash ^ feature.charCodeAt(at), FNV_PRIME)
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
