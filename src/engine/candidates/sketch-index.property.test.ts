import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitsIn, hammingScan, SKETCH_WORDS } from './hamming.ts'
import { SketchIndex, sketchOf } from './sketch-index.ts'

const aWord = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const aVector = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 384, maxLength: 384 })
  .map((values) => Float32Array.from(values))
const RUNS = { seed: 32, numRuns: 40 }

describe('hammingScan', () => {
  it('counts the bits in which sketches differ', () => {
    const sketches = fc.array(aWord, { minLength: SKETCH_WORDS * 3, maxLength: SKETCH_WORDS * 3 })
    fc.assert(
      fc.property(sketches, fc.integer({ min: 0, max: 2 }), (words, from) => {
        const distances = new Uint16Array(3)
        hammingScan(Int32Array.from(words), from * SKETCH_WORDS, distances)

        const plain = [0, 1, 2].map((n) =>
          Array.from({ length: SKETCH_WORDS }, (_, w) =>
            bitsIn((words[from * SKETCH_WORDS + w] ?? 0) ^ (words[n * SKETCH_WORDS + w] ?? 0)),
          ).reduce((sum, bits) => sum + bits, 0),
        )
        expect([...distances]).toEqual(plain)
      }),
      RUNS,
    )
  })
})

describe('bitsIn', () => {
  it('is the number of ones as written in base 2', () => {
    fc.assert(
      fc.property(aWord, (word) => {
        expect(bitsIn(word)).toBe((word >>> 0).toString(2).replaceAll('0', '').length)
      }),
      RUNS,
    )
  })
})

describe('SketchIndex', () => {
  it('gives the nearest first, equal ones by position, as a full sort does', () => {
    fc.assert(
      fc.property(fc.array(aVector, { minLength: 2, maxLength: 12 }), (vectors) => {
        const index = new SketchIndex(vectors.map(sketchOf))
        const all = index.nearest(0, vectors.length, 384)

        expect(all).toHaveLength(vectors.length - 1)
        expect(all).toEqual(all.toSorted((x, y) => x.bits - y.bits || x.at - y.at))
        expect(index.nearest(0, 3, 384)).toEqual(all.slice(0, 3))
        expect(index.nearest(0, 9, 190)).toEqual(all.filter(({ bits }) => bits <= 190).slice(0, 9))
      }),
      RUNS,
    )
  })

  it('has equal vectors at no distance and opposite ones at all bits', () => {
    const vector = Float32Array.from({ length: 384 }, (_, n) => Math.sin(n + 1))
    const opposite = vector.map((value) => -value)
    const index = new SketchIndex([vector, opposite, vector].map(sketchOf))

    expect(index.nearest(0, 2, 384)).toEqual([
      { at: 2, bits: 0 },
      { at: 1, bits: 384 },
    ])
  })

  it('has a text without a vector near nothing', () => {
    const vector = Float32Array.from({ length: 384 }, () => 1)
    const index = new SketchIndex([sketchOf(vector), sketchOf(new Float32Array(384))])

    expect(index.nearest(0, 5, 384)).toEqual([])
    expect(index.nearest(1, 5, 384)).toEqual([])
  })
})
