import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DreamId } from '../../../core/ids.ts'
import type { Schedule, ScheduleDraft } from '../../../core/schedule.ts'
import { decide } from './decide.ts'
import { DAY, facts, HOUR, MADE_AT, schedule } from './sleep.test-support.ts'
import type { SleepFacts } from './sleep-facts.ts'

const START = Date.parse(MADE_AT)
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata']
const CRONS = ['30 2 * * *', '0 3 * * 1', '15 2,14 * * *', '0 0 * * *', '*/20 * * * *']

const timeOfDay = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))

const quietHours = fc
  .tuple(timeOfDay, timeOfDay)
  .filter(([from, until]) => from !== until)
  .map(([from, until]) => ({ from, until }))

const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })

const rules: fc.Arbitrary<Partial<ScheduleDraft>> = fc.record({
  isEnabled: fc.constantFrom(true, true, true, false),
  idleMs: fc.constantFrom(0, HOUR / 2, 2 * HOUR),
  sessionsMin: orNull(fc.integer({ min: 1, max: 8 })),
  unitsMin: orNull(fc.integer({ min: 1, max: 60 })),
  cooldownMs: fc.constantFrom(0, HOUR, 8 * HOUR),
  latestByMs: orNull(fc.constantFrom(HOUR, DAY, 7 * DAY)),
  cron: orNull(fc.constantFrom(...CRONS)),
  timeZone: fc.constantFrom(...ZONES),
  quietHours: orNull(quietHours),
  tokensPerDay: orNull(fc.integer({ min: 1, max: 10_000 })),
})

const time = fc.integer({ min: START, max: START + 300 * DAY })
const iso = (ms: number): string => new Date(ms).toISOString()

const known: fc.Arbitrary<Partial<SleepFacts>> = fc.record({
  isStoreOpen: fc.constantFrom(true, true, true, false),
  dreamUnderWay: fc.constantFrom(null, null, null, 'drm_b' as DreamId),
  lastActivityAt: orNull(time.map(iso)),
  fresh: fc.record({
    sessions: fc.integer({ min: 0, max: 8 }),
    tokens: fc.integer({ min: 0, max: 300_000 }),
    units: fc.integer({ min: 0, max: 80 }),
  }),
  hasSessions: fc.constantFrom(true, true, false),
  store: fc.record({
    duplicateShare: fc.double({ min: 0, max: 1, noNaN: true }),
    openConflicts: fc.integer({ min: 0, max: 20 }),
    sizeShare: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  tokensToday: fc.integer({ min: 0, max: 20_000 }),
  acceptedShare: orNull(fc.double({ min: 0, max: 1, noNaN: true })),
  hasFailed: fc.boolean(),
  lastTriedAt: orNull(time.map(iso)),
})

/** What a clock on the wall of a zone shows, found another way than the code under test does. */
function wallClock(at: number, timeZone: string): string {
  return new Date(at).toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
}

describe('decide', () => {
  it('is deterministic, always says when to look again, and never in the past', () => {
    fc.assert(
      fc.property(rules, known, time, (given, what, now) => {
        const decision = decide(schedule(given), facts(what), new Date(now))
        expect(decide(schedule(given), facts(what), new Date(now))).toEqual(decision)
        expect(decision.nextLookAt.getTime()).toBeGreaterThan(now)
        expect(decision.reason).toMatch(/^\S.*\.$/)
      }),
      { numRuns: 1_000 },
    )
  })

  it('never runs when nothing is new, off, closed or under way, nor beyond the budget', () => {
    let runs = 0
    fc.assert(
      fc.property(rules, known, time, (given, what, now) => {
        const [rule, seen] = [schedule(given), facts(what)]
        if (decide(rule, seen, new Date(now)).outcome === 'wait') return
        runs += 1
        expect(seen.fresh.sessions + seen.fresh.units).toBeGreaterThan(0)
        expect(rule.isEnabled && seen.isStoreOpen && seen.hasSessions).toBe(true)
        expect(seen.dreamUnderWay).toBeNull()
        expect(seen.tokensToday).toBeLessThan(rule.tokensPerDay ?? Number.POSITIVE_INFINITY)
      }),
      { numRuns: 2_000 },
    )
    expect(runs).toBeGreaterThan(100)
  })

  it('never runs inside quiet hours, and looks again when they are over', () => {
    let quiet = 0
    fc.assert(
      fc.property(rules, quietHours, known, time, (given, hours, what, now) => {
        const rule = schedule({ ...given, quietHours: hours })
        const decision = decide(rule, facts(what), new Date(now))
        const wall = wallClock(now, rule.timeZone)
        const { from, until } = hours
        const isQuiet = from < until ? from <= wall && wall < until : from <= wall || wall < until
        if (decision.outcome === 'run') expect(isQuiet).toBe(false)
        if (decision.rule !== 'quiet_hours') return
        quiet += 1
        expect(isQuiet).toBe(true)
        expect(decision.nextLookAt.getTime() - now).toBeLessThanOrEqual(25 * HOUR)
      }),
      { numRuns: 2_000 },
    )
    expect(quiet).toBeGreaterThan(50)
  })
})

describe('looks one after the other', () => {
  interface Run {
    readonly at: number
    readonly rule: string
    readonly cronAt: string | null
    readonly cooldownMs: number
  }

  /** Feeds back what each decision keeps, as the sleeper does. */
  function play(given: Schedule, what: SleepFacts, looks: readonly number[]): readonly Run[] {
    let rule = given
    let { lastTriedAt } = what
    const runs: Run[] = []
    for (const at of looks) {
      const decision = decide(rule, { ...what, lastTriedAt }, new Date(at))
      const { lastTriedAt: tried = lastTriedAt, ...keeps } = decision.keeps
      lastTriedAt = tried
      rule = { ...rule, ...keeps }
      if (decision.outcome === 'wait') continue
      const cronAt = decision.rule === 'cron' ? rule.lastCronAt : null
      runs.push({ at, rule: decision.rule, cronAt, cooldownMs: rule.adaptedCooldownMs })
    }
    return runs
  }

  const steps = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 6 * HOUR }) },
      { weight: 1, arbitrary: fc.integer({ min: -DAY, max: DAY }) },
    ),
    { minLength: 20, maxLength: 120 },
  )

  it('run at most once for each cron time, whatever the clock does', () => {
    let runs = 0
    fc.assert(
      fc.property(rules, fc.constantFrom(...CRONS), time, steps, (given, cron, start, jumps) => {
        let now = start
        const looks = jumps.map((jump) => {
          now += jump
          return now
        })
        const rule = schedule({ ...given, cron, isEnabled: true, lastCronAt: iso(start) })
        const done = play(rule, facts(), looks).filter((one) => one.cronAt !== null)
        runs += done.length
        expect(new Set(done.map(({ cronAt }) => cronAt)).size).toBe(done.length)
        for (const { at, cronAt } of done) expect(Date.parse(cronAt ?? '')).toBeLessThanOrEqual(at)
      }),
      { numRuns: 400 },
    )
    expect(runs).toBeGreaterThan(400)
  })

  it('never run twice within the cooldown without a cron', () => {
    let pairs = 0
    fc.assert(
      fc.property(rules, known, time, steps, (given, what, start, jumps) => {
        let now = start
        const looks = jumps.map((jump) => {
          now += Math.abs(jump)
          return now
        })
        const rule = schedule({ ...given, cron: null, isEnabled: true })
        const open = { dreamUnderWay: null, isStoreOpen: true, hasSessions: true, tokensToday: 0 }
        const known = facts({ ...what, ...open, acceptedShare: null, lastTriedAt: null })
        const runs = play(rule, known, looks)
        for (const [at, run] of runs.entries()) {
          const before = runs[at - 1]
          if (before === undefined) continue
          pairs += 1
          expect(run.at - before.at).toBeGreaterThanOrEqual(run.cooldownMs)
        }
      }),
      { numRuns: 500 },
    )
    expect(pairs).toBeGreaterThan(100)
  })
})
