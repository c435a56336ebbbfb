import { hammingScan, SKETCH_WORDS } from './hamming.ts'

const SKETCH_BITS = SKETCH_WORDS * 32

/** The signs of a vector as base64 of 48 bytes; empty for a vector of zeros, which is near nothing. */
export type Sketch = string

/** An entry by its position, and in how many bits its sketch differs. */
export interface NearSketch {
  readonly at: number
  readonly bits: number
}

/** Sign n of the sketch is that of dimension n, round and round where a vector has fewer. */
export function sketchOf(vector: Float32Array): Sketch {
  if (vector.every((value) => value === 0)) return ''
  const bytes = Buffer.alloc(SKETCH_BITS / 8)
  for (let bit = 0; bit < SKETCH_BITS; bit += 1) {
    const isPositive = (vector[bit % vector.length] ?? 0) > 0
    if (isPositive) bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) | (1 << (bit & 7))
  }
  return bytes.toString('base64')
}

/**
 * Nearest vectors by sign sketches (Charikar 2002): a vector becomes 384 signs, and the share of
 * signs in which two differ estimates their angle. A scan compares one with all, some 50 million a
 * second, with 48 bytes an entry and no index to build (algorithms, section 3.3).
 */
export class SketchIndex {
  readonly #words: Int32Array
  readonly #isEmpty: readonly boolean[]
  readonly #distances: Uint16Array

  constructor(sketches: readonly Sketch[]) {
    this.#words = new Int32Array(sketches.length * SKETCH_WORDS)
    this.#isEmpty = sketches.map((sketch) => sketch === '')
    this.#distances = new Uint16Array(sketches.length)
    for (const [at, sketch] of sketches.entries()) {
      const bytes = Buffer.from(sketch, 'base64')
      for (let word = 0; word * 4 < bytes.length; word += 1) {
        this.#words[at * SKETCH_WORDS + word] = bytes.readInt32LE(word * 4)
      }
    }
  }

  /** The `count` nearest at most `bitsMax` away, nearest first, equal ones by position. */
  nearest(position: number, count: number, bitsMax: number): readonly NearSketch[] {
    if (this.#isEmpty[position] !== false) return []
    const distances = this.#distances
    hammingScan(this.#words, position * SKETCH_WORDS, distances)
    const limit = this.#limitOf(position, count, bitsMax)
    const near: NearSketch[] = []
    for (let at = 0; at < distances.length; at += 1) {
      const bits = distances[at] ?? SKETCH_BITS
      if (bits <= limit && this.#isOther(at, position)) near.push({ at, bits })
    }
    return near.sort((x, y) => x.bits - y.bits || x.at - y.at).slice(0, count)
  }

  /** The distance within which the `count` nearest lie: counted, so that few need sorting. */
  #limitOf(position: number, count: number, bitsMax: number): number {
    const counts = new Int32Array(bitsMax + 1)
    for (let at = 0; at < this.#distances.length; at += 1) {
      const bits = this.#distances[at] ?? SKETCH_BITS
      if (bits <= bitsMax && this.#isOther(at, position)) counts[bits] = (counts[bits] ?? 0) + 1
    }
    let within = 0
    const limit = counts.findIndex((several) => {
      within += several
      return within >= count
    })
    return limit < 0 ? bitsMax : limit
  }

  #isOther(at: number, position: number): boolean {
    return at !== position && this.#isEmpty[at] === false
  }
}
