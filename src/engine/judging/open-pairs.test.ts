import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import type { Decision, Entry } from '../entry.ts'
import { RULES } from '../rules.ts'
import { aNote, aStatement } from '../stages/entry.test-support.ts'
import { openPairs, type RuleJudgement } from './open-pairs.ts'

const NOTES = Array.from({ length: 9 }, (_, n) =>
  aNote(`The storefront team answers mail of region ${n} on Mondays.`),
)
const CLAIM = aStatement('The storefront team answers mail in the afternoon.')

/** Rules that know nothing: every pair is open, the first note is nearest. */
function judgedOf(claim: Entry): RuleJudgement {
  const judge = (a: Entry, b: Entry): Decision => ({
    a,
    b,
    relation: 'none',
    reasons: [],
    similarity: 0.5,
  })
  return {
    entries: new Map([claim, ...NOTES].map((entry) => [entry.key, entry])),
    decisions: NOTES.map((note, n) => ({ ...judge(claim, note), similarity: 0.9 - n / 100 })),
    judge,
    distant: () => [],
  }
}

const notesAsked = (pairs: readonly Decision[]): readonly string[] => pairs.map(({ b }) => b.text)

describe('openPairs', () => {
  it('asks about a claim with the few notes that are nearest to it', () => {
    const pairs = openPairs([], judgedOf(CLAIM), RULES)

    expect(notesAsked(pairs)).toEqual(
      NOTES.slice(0, LIMITS.notesPerClaimMax).map(({ text }) => text),
    )
  })

  it('asks about a note that a model named besides them', () => {
    const [last] = NOTES.slice(-1)
    if (last?.source.kind !== 'unit' || CLAIM.source.kind !== 'claim') throw new Error('no pair')
    const hint = { claimId: CLAIM.source.claim.id, unitId: last.source.unit.id, exchange: null }
    const pairs = openPairs([hint], judgedOf(CLAIM), RULES)

    expect(notesAsked(pairs)).toContain(last.text)
    expect(pairs).toHaveLength(LIMITS.notesPerClaimMax + 1)
  })
})
