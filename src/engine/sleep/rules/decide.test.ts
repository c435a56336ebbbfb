import { describe, expect, it } from 'vitest'
import type { DreamId } from '../../../core/ids.ts'
import type { Schedule } from '../../../core/schedule.ts'
import { adaptedCooldown } from './cooldown.ts'
import { decide } from './decide.ts'
import { pressureOf } from './pressure.ts'
import { DAY, facts, HOUR, schedule } from './sleep.test-support.ts'
import type { SleepFacts } from './sleep-facts.ts'

const NOW = new Date('2026-03-10T12:00:00.000Z')
const iso = (ms: number): string => new Date(ms).toISOString()
const ago = (ms: number): string => iso(NOW.getTime() - ms)
const ruleOf = (rules: Partial<Schedule>, known: Partial<SleepFacts>, now = NOW): string =>
  decide(schedule(rules), facts(known), now).rule

describe('each rule at its border', () => {
  it.each([
    [-1, 'not_idle'],
    [0, 'pressure'],
    [1, 'pressure'],
  ])('idle time: %i ms beyond it', (beyond, rule) => {
    expect(ruleOf({}, { lastActivityAt: ago(HOUR / 2 + beyond) })).toBe(rule)
  })

  it.each([
    [-1, 'cooldown'],
    [0, 'pressure'],
    [1, 'pressure'],
  ])('cooldown: %i ms beyond it', (beyond, rule) => {
    expect(ruleOf({}, { lastTriedAt: ago(8 * HOUR + beyond) })).toBe(rule)
  })

  it.each([
    [-1, 'low_pressure'],
    [0, 'latest_by'],
    [1, 'latest_by'],
  ])('latest by: %i ms beyond it', (beyond, rule) => {
    const fresh = { sessions: 1, tokens: 1, units: 0 }
    const known = { fresh, lastTriedAt: ago(7 * DAY + beyond) }
    expect(ruleOf({ latestByMs: 7 * DAY }, known)).toBe(rule)
  })

  it.each([
    ['sessionsMin', 'sessions'],
    ['tokensMin', 'tokens'],
    ['unitsMin', 'units'],
  ] as const)('%s: one less is too few', (minimum, measure) => {
    const fresh = { sessions: 1, tokens: 1, units: 1 }
    const ruleAt = (count: number) =>
      ruleOf({ [minimum]: 40 }, { fresh: { ...fresh, [measure]: count } })
    expect([39, 40, 41].map(ruleAt)).toEqual(['below_minimum', measure, measure])
  })

  it.each([
    ['sessions', [4, 5, 6]],
    ['tokens', [149_999, 150_000, 150_001]],
    ['units', [49, 50, 51]],
  ] as const)('pressure of %s', (measure, counts) => {
    const rules = counts.map((count) =>
      ruleOf({}, { fresh: { sessions: 1, tokens: 0, units: 0, [measure]: count } }),
    )
    expect(rules).toEqual(['low_pressure', 'pressure', 'pressure'])
  })

  it.each([
    [-1, 'pressure'],
    [0, 'budget'],
    [1, 'budget'],
  ])('budget of the day: %i tokens beyond it', (beyond, rule) => {
    expect(ruleOf({ tokensPerDay: 5_000 }, { tokensToday: 5_000 + beyond })).toBe(rule)
  })

  it.each([
    ['2026-03-10T21:59:59.999Z', 'pressure'],
    ['2026-03-10T22:00:00.000Z', 'quiet_hours'],
    ['2026-03-11T05:59:59.999Z', 'quiet_hours'],
    ['2026-03-11T06:00:00.000Z', 'pressure'],
  ])('quiet hours over midnight: %s', (at, rule) => {
    const quietHours = { from: '22:00', until: '06:00' }
    expect(ruleOf({ quietHours }, {}, new Date(at))).toBe(rule)
  })

  it.each([
    ['2026-03-11T02:59:59.999Z', 'before_cron'],
    ['2026-03-11T03:00:00.000Z', 'cron'],
    ['2026-03-11T03:00:00.001Z', 'cron'],
  ])('cron: %s', (at, rule) => {
    const lastCronAt = '2026-03-10T03:00:00.000Z'
    expect(ruleOf({ cron: '0 3 * * *', lastCronAt }, {}, new Date(at))).toBe(rule)
  })

  it.each([
    [99, 'pressure'],
    [100, 'awaits_review'],
    [101, 'awaits_review'],
  ])('a result of %i sessions that nobody looked at', (unreviewedSessions, rule) => {
    expect(ruleOf({}, { unreviewedSessions })).toBe(rule)
  })
})

describe('what comes first', () => {
  const due = { cron: '0 3 * * *', latestByMs: DAY, lastCronAt: '2026-03-01T00:00:00.000Z' }
  const dreamUnderWay = 'drm_b' as DreamId

  it('nothing new is never a dream, neither by cron nor by the latest time', () => {
    const fresh = { sessions: 0, tokens: 0, units: 0 }
    const decision = decide(schedule(due), facts({ fresh }), NOW)
    expect(decision.rule).toBe('nothing_new')
    expect(decision.keeps.lastCronAt).toBe('2026-03-10T03:00:00.000Z')
  })

  it('switched off, closed, under way and without sessions wait whatever is due', () => {
    expect(ruleOf({ ...due, isEnabled: false }, {})).toBe('disabled')
    expect(ruleOf(due, { isStoreOpen: false })).toBe('store_unavailable')
    expect(ruleOf(due, { dreamUnderWay })).toBe('dream_under_way')
    expect(ruleOf(due, { hasSessions: false })).toBe('no_sessions')
  })

  it('a cron time stays due while a dream is under way, it is quiet or the budget is used up', () => {
    const quietHours = { from: '11:00', until: '13:00' }
    const held = [
      decide(schedule(due), facts({ dreamUnderWay }), NOW),
      decide(schedule({ ...due, quietHours }), facts(), NOW),
      decide(schedule({ ...due, tokensPerDay: 1 }), facts({ tokensToday: 1 }), NOW),
    ]
    expect(held.map(({ rule }) => rule)).toEqual(['dream_under_way', 'quiet_hours', 'budget'])
    expect(held.every(({ keeps }) => keeps.lastCronAt === undefined)).toBe(true)
  })

  it('ten missed cron times are one run', () => {
    const decision = decide(schedule(due), facts(), NOW)
    expect(decision.rule).toBe('cron')
    const kept = schedule({ ...due, ...decision.keeps })
    const known = facts({ lastTriedAt: NOW.toISOString() })
    expect(decide(kept, known, new Date(NOW.getTime() + HOUR)).rule).toBe('before_cron')
  })

  it('a failed dream of a cron is tried again after the cooldown', () => {
    const cron = { cron: '0 3 * * *', lastCronAt: '2026-03-10T03:00:00.000Z' }
    const tried = (ms: number) => ({ hasFailed: true, lastTriedAt: ago(ms) })
    expect(ruleOf(cron, tried(8 * HOUR - 1))).toBe('cooldown')
    expect(ruleOf(cron, tried(8 * HOUR))).toBe('retry')
  })

  it('at the latest means while the agents are at work too, but not in quiet hours', () => {
    const known = { lastActivityAt: NOW.toISOString(), lastTriedAt: ago(2 * DAY) }
    const rules = { latestByMs: DAY }
    expect(ruleOf(rules, known)).toBe('latest_by')
    const quietHours = { from: '11:00', until: '13:00' }
    expect(ruleOf({ ...rules, quietHours }, known)).toBe('quiet_hours')
  })
})

describe('clocks that lie', () => {
  it('a last dream in the future counts as one of now', () => {
    const decision = decide(schedule(), facts({ lastTriedAt: ago(-30 * DAY) }), NOW)
    expect(decision.rule).toBe('cooldown')
    expect(decision.keeps.lastTriedAt).toBe(NOW.toISOString())
  })

  it('activity far in the future does not keep a store awake', () => {
    expect(ruleOf({}, { lastActivityAt: ago(-DAY) })).toBe('pressure')
    expect(ruleOf({}, { lastActivityAt: ago(-HOUR / 4) })).toBe('not_idle')
  })
})

describe('when to look again', () => {
  const next = (rules: Partial<Schedule>, known: Partial<SleepFacts>): string =>
    decide(schedule(rules), facts(known), NOW).nextLookAt.toISOString()

  it('is when the clock can change the answer', () => {
    expect(next({}, { lastActivityAt: ago(HOUR / 4) })).toBe('2026-03-10T12:15:00.000Z')
    expect(next({}, { lastTriedAt: ago(7.5 * HOUR) })).toBe('2026-03-10T12:30:00.000Z')
    expect(next({ quietHours: { from: '11:00', until: '13:30' } }, {})).toBe(
      '2026-03-10T13:30:00.000Z',
    )
    expect(next({ tokensPerDay: 1, timeZone: 'Europe/Berlin' }, { tokensToday: 1 })).toBe(
      '2026-03-10T23:00:00.000Z',
    )
    expect(next({ cron: '0 15 * * *', lastCronAt: NOW.toISOString() }, {})).toBe(
      '2026-03-10T15:00:00.000Z',
    )
  })

  it('is soon where news can', () => {
    const fresh = { sessions: 1, tokens: 0, units: 0 }
    expect(next({}, { fresh })).toBe('2026-03-10T12:01:00.000Z')
  })
})

describe('pressure and cooldown', () => {
  it('adds what is wrong with the store to the largest share of what is new', () => {
    const fresh = { sessions: 1, tokens: 75_000, units: 10 }
    const side = { duplicateShare: 0.05, openConflicts: 2, sizeShare: 0.9 }
    expect(pressureOf(fresh, side)).toBeCloseTo(0.5 + 0.25 + 0.2 + 0.25, 9)
    expect(pressureOf(fresh, { ...side, sizeShare: 0.8 })).toBeCloseTo(0.95, 9)
  })

  it('doubles below 2 %, halves above 20 %, up to 7 days and down to 4 hours', () => {
    const eight = 8 * HOUR
    const after = [null, 0, 0.0199, 0.02, 0.2, 0.2001, 1].map((share) =>
      adaptedCooldown(eight, share),
    )
    expect(after).toEqual([eight, 2 * eight, 2 * eight, eight, eight, eight / 2, eight / 2])
    expect(adaptedCooldown(6 * DAY, 0)).toBe(7 * DAY)
    expect(adaptedCooldown(7 * HOUR, 1)).toBe(4 * HOUR)
  })

  it('never shortens what is long because it is doubled, nor lengthens what is short', () => {
    expect(adaptedCooldown(30 * DAY, 0)).toBe(30 * DAY)
    expect(adaptedCooldown(HOUR, 1)).toBe(HOUR)
  })

  it('a run keeps the adapted cooldown, so that it adapts once for each dream', () => {
    const known = facts({ acceptedShare: 0.5, lastTriedAt: ago(4 * HOUR) })
    const decision = decide(schedule(), known, NOW)
    expect(decision).toMatchObject({ outcome: 'run', keeps: { adaptedCooldownMs: 4 * HOUR } })
  })
})
