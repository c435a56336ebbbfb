import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareBinary } from './binary-order.ts'

const nearTheSurrogates = fc.string({
  unit: fc.constantFrom('a', '\0', '\ud7ff', '\ue000', '\uffff', '😀', '\u{10ffff}'),
})

it('orders texts as their UTF-8 bytes', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), nearTheSurrogates)
  fc.assert(
    fc.property(text, text, (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b))
      expect(Math.sign(compareBinary(a, b))).toBe(bytes)
    }),
    { seed: 20_260_314, numRuns: 1_000 },
  )
})
