import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SessionId } from '../../../core/ids.ts'
import { fateOf, type TranscriptFacts } from './retention-rules.ts'

const time = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
const facts: fc.Arbitrary<TranscriptFacts> = fc.record({
  id: fc.constant('sesn_1' as SessionId),
  decidedAt: fc.array(fc.option(time), { maxLength: 4 }),
  isCited: fc.boolean(),
  isAwaited: fc.boolean(),
})
const days = fc.integer({ min: 0, max: 400 })

describe('a transcript', () => {
  it('goes only when every dream over it is decided and nothing waits, days after the last', () => {
    fc.assert(
      fc.property(facts, days, (known, n) => {
        const fate = fateOf(known, n)
        if (fate.stays !== null) return
        expect(known.decidedAt.length).toBeGreaterThan(0)
        expect(known.isCited || known.isAwaited).toBe(false)
        for (const at of known.decidedAt) {
          expect(Date.parse(fate.goesAt)).toBeGreaterThanOrEqual(
            Date.parse(at ?? '') + n * 86_400_000,
          )
        }
      }),
    )
  })

  it('goes at some time when all is decided and nothing waits', () => {
    const done = facts.filter(({ decidedAt }) => decidedAt.length > 0 && !decidedAt.includes(null))
    fc.assert(
      fc.property(done, days, (known, n) => {
        const fate = fateOf({ ...known, isCited: false, isAwaited: false }, n)
        expect(fate.stays).toBeNull()
      }),
    )
  })

  it('stays for ever where the setting says so', () => {
    fc.assert(fc.property(facts, (known) => fateOf(known, null).stays !== null))
  })
})
