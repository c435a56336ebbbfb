import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Embedder } from './embedder.ts'

export interface EmbedderSubject {
  readonly name: string
  readonly make: () => Embedder
}

const lengthOf = (vector: Float32Array): number => Math.hypot(...vector)
const nearness = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, n) => sum + value * (b[n] ?? 0), 0)

/** Every sentence of the `Embedder` port as a test; each adapter runs all of them. */
export function embedderContract({ name, make }: EmbedderSubject): void {
  describe(`${name} embedder`, () => {
    let embedder: Embedder

    beforeEach(() => {
      embedder = make()
    })

    it('gives a vector of its dimensions and of unit length for each text, in order', async () => {
      const texts = ['The port is 5432.', 'Mara owns the gateway.', 'The port is 5432.']

      const vectors = await embedder.embed(texts)

      expect(vectors.map(({ length }) => length)).toEqual(texts.map(() => embedder.dimensions))
      for (const vector of vectors) expect(lengthOf(vector)).toBeCloseTo(1, 5)
      expect(vectors[0]).toEqual(vectors[2])
      expect(vectors[0]).not.toEqual(vectors[1])
    })

    it('gives no vector for no text, and zeros for a text without a word', async () => {
      expect(await embedder.embed([])).toEqual([])
      expect(await embedder.embed(['', ' \n'])).toEqual([
        new Float32Array(embedder.dimensions),
        new Float32Array(embedder.dimensions),
      ])
    })

    it('gives equal texts equal vectors, whatever else is asked for', async () => {
      const aText = fc.string({ unit: 'grapheme', maxLength: 60 })
      await fc.assert(
        fc.asyncProperty(aText, fc.array(aText, { maxLength: 4 }), async (text, others) => {
          const [alone] = await embedder.embed([text])
          const among = (await make().embed([...others, text])).at(-1)
          expect(among).toEqual(alone)
        }),
        { seed: 33, numRuns: 25 },
      )
    })

    it('has a retold sentence nearer than another one', async () => {
      const [told, retold, other] = await embedder.embed([
        'Backups of the warehouse database start at two in the night.',
        'The backup of the warehouse databases starts at night, at two.',
        'Invoices above a thousand euros need a second signature.',
      ])
      if (told === undefined || retold === undefined || other === undefined)
        throw new Error('A vector is missing.')

      expect(nearness(told, retold)).toBeGreaterThan(nearness(told, other) + 0.2)
    })
  })
}
