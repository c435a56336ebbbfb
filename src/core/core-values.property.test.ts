import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SEED } from '../testing/arbitraries.ts'
import { eventEvidence } from '../testing/dream-facts.ts'
import { audience, isWider, mayFlow, scopeOf } from './audience.ts'
import { CHANGE_KINDS, type ChangeStatus, canMoveTo, plainWord } from './change.ts'
import {
  canDreamMoveTo,
  canPlanMoveTo,
  type DreamStatus,
  isTerminal,
  type PlanStatus,
} from './dream.ts'
import { citedSessions, quoteProblem } from './evidence.ts'
import { canonicalJson, derivedId, digestOf, sha256 } from './ids.ts'
import { highestTrust, isAtLeast, lowestTrust, TRUST_TIERS, trustRank } from './trust.ts'

const RUNS = { seed: SEED }

const CHANGE_STATUSES: readonly ChangeStatus[] = [
  'proposed',
  'accepted',
  'rejected',
  'held',
  'applied',
  'reverted',
]
const DREAM_STATUSES: readonly DreamStatus[] = [
  'pending',
  'running',
  'completed',
  'failed',
  'canceled',
]
const PLAN_STATUSES: readonly PlanStatus[] = [
  'none',
  'waiting',
  'empty',
  'applied',
  'discarded',
  'reverted',
]

describe('trust', () => {
  const someTrust = fc.array(fc.constantFrom(...TRUST_TIERS), { minLength: 1 })

  test('the highest and the lowest of a list are in it and bound it', () => {
    fc.assert(
      fc.property(someTrust, (tiers) => {
        expect(tiers).toContain(highestTrust(tiers))
        expect(tiers).toContain(lowestTrust(tiers))
        for (const tier of tiers) {
          expect(isAtLeast(highestTrust(tiers), tier)).toBe(true)
          expect(isAtLeast(tier, lowestTrust(tiers))).toBe(true)
        }
      }),
      RUNS,
    )
  })

  test('is one order from operator to external', () => {
    const ranks = TRUST_TIERS.map(trustRank)
    expect(ranks).toEqual([...ranks].sort())
    expect([TRUST_TIERS[0], TRUST_TIERS.at(-1)]).toEqual(['operator', 'external'])
  })
})

describe('audience', () => {
  const anAudience = fc
    .tuple(
      fc.constantFrom('private' as const, 'team' as const, 'org' as const),
      fc.string({ minLength: 1 }),
    )
    .map(([scope, name]) => ({ scope, value: audience(scope, name) }))

  test('text flows to its own audience only, and width is a strict order', () => {
    fc.assert(
      fc.property(anAudience, anAudience, (a, b) => {
        expect(scopeOf(a.value)).toBe(a.scope)
        expect(mayFlow(a.value, b.value)).toBe(a.value === b.value)
        expect(isWider(a.value, b.value) && isWider(b.value, a.value)).toBe(false)
      }),
      RUNS,
    )
  })
})

describe('transitions', () => {
  test('an applied change can only be reverted, and a reverted one stays so', () => {
    expect(CHANGE_STATUSES.filter((to) => canMoveTo('applied', to))).toEqual(['reverted'])
    expect(CHANGE_STATUSES.filter((to) => canMoveTo('reverted', to))).toEqual([])
  })

  test('a held change is never applied without a decision', () => {
    expect(CHANGE_STATUSES.filter((to) => canMoveTo('held', to))).toEqual(['accepted', 'rejected'])
  })

  test('a dream that ended never moves, and nothing moves to where it stands', () => {
    for (const from of DREAM_STATUSES) {
      expect(DREAM_STATUSES.some((to) => canDreamMoveTo(from, to))).toBe(!isTerminal(from))
      expect(canDreamMoveTo(from, from)).toBe(false)
    }
    expect(DREAM_STATUSES.filter(isTerminal)).toEqual(['completed', 'failed', 'canceled'])
  })

  test('only an applied plan can be reverted', () => {
    expect(PLAN_STATUSES.filter((from) => canPlanMoveTo(from, 'reverted'))).toEqual(['applied'])
    for (const status of PLAN_STATUSES) expect(canPlanMoveTo(status, status)).toBe(false)
  })

  test('every kind of change has a word of its own for people', () => {
    expect(new Set(CHANGE_KINDS.map(plainWord)).size).toBe(CHANGE_KINDS.length)
  })
})

describe('ids', () => {
  test('a digest does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const mirrored = Object.fromEntries(Object.entries(value).reverse())
        expect(digestOf(mirrored)).toBe(digestOf(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      RUNS,
    )
  })

  test('a derived id names its parts: equal for equal ones, other for parts cut elsewhere', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
        const isSame = JSON.stringify(a) === JSON.stringify(b)
        expect(derivedId('unit', ...a) === derivedId('unit', ...b)).toBe(isSame)
        expect(derivedId('unit', ...a)).toMatch(/^unit_[0-9a-f]{24}$/)
      }),
      RUNS,
    )
    expect(derivedId('chg', 'ab', 'c')).not.toBe(derivedId('chg', 'a', 'bc'))
  })

  test('a hash is over the bytes as they are', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(sha256('é')).not.toBe(sha256('e\u0301'))
  })
})

describe('evidence', () => {
  test('a quote holds exactly when it is a substring that says something', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, quote, after) => {
        const sources = {
          sharedText: () => undefined,
          eventText: () => before + quote + after,
          versionContent: () => undefined,
        }
        const problem = quoteProblem(eventEvidence(quote), sources)
        expect(problem).toBe(quote.trim() === '' ? 'empty quote' : null)
      }),
      RUNS,
    )
  })

  test('a quote of something else or of nothing is named as such', () => {
    const sources = {
      sharedText: () => undefined,
      eventText: () => 'The port is 8080.',
      versionContent: () => undefined,
    }
    const nowhere = {
      sharedText: () => undefined,
      eventText: () => undefined,
      versionContent: () => undefined,
    }
    expect(quoteProblem(eventEvidence('port is 9090'), sources)).toBe('quote is not in it')
    expect(quoteProblem(eventEvidence('x'), nowhere)).toBe('cited source does not exist')
    expect(citedSessions([eventEvidence('x'), eventEvidence('y')]).size).toBe(1)
  })
})
