import type { ScheduleDraft } from '../../src/core/schedule.ts'

export const HOUR: number = 3_600_000
export const DAY: number = 24 * HOUR
export const STEP: number = HOUR / 2

/** From one time until another, in ms since 1970. */
export interface Stretch {
  readonly from: number
  readonly until: number
}

/** Clocks go back in Berlin on 25 October and in New York on 1 November. */
export const MONTH: { readonly start: number; readonly end: number } = {
  start: Date.parse('2026-10-05T00:00:00Z'),
  end: Date.parse('2026-11-04T00:00:00Z'),
}

/** No process runs. */
export const DOWN: Stretch = {
  from: Date.parse('2026-10-15T00:00:00Z'),
  until: Date.parse('2026-10-16T00:00:00Z'),
}

/** The models of the failing agent do not answer. */
export const FAULTY: Stretch = {
  from: Date.parse('2026-10-08T00:00:00Z'),
  until: Date.parse('2026-10-11T00:00:00Z'),
}

const SILENCE: Stretch = {
  from: Date.parse('2026-10-12T00:00:00Z'),
  until: Date.parse('2026-10-26T00:00:00Z'),
}

/** How an agent lives and how its store sleeps. */
export interface Habit {
  readonly name: string
  readonly rules: Partial<ScheduleDraft>
  /** UTC hours between which it works, and the mean number of sessions of a working day. */
  readonly hours: readonly [number, number]
  readonly sessionsPerDay: number
  readonly tokensPerEvent: number
  readonly silence: Stretch | null
  /** A person adds this many units on some days. */
  readonly unitsWritten: number
  /** From which day on it has sessions. */
  readonly firstDay: number
  /** What people say to the changes of each dream; null = nothing. */
  readonly review: 'applied' | 'rejected' | null
  readonly tokensPerDream: number
  readonly isFaulty: boolean
  /** Share of duplicates in its store. */
  readonly duplicates: number
  /** Another agent uses the same store. */
  readonly hasNeighbour: boolean
  /** Switched off from one day of the month until another. */
  readonly off: readonly [number, number] | null
}

const USUAL: Habit = {
  name: '',
  rules: {},
  hours: [8, 16],
  sessionsPerDay: 2,
  tokensPerEvent: 50,
  silence: null,
  unitsWritten: 0,
  firstDay: 0,
  review: null,
  tokensPerDream: 0,
  isFaulty: false,
  duplicates: 0,
  hasNeighbour: false,
  off: null,
}

const habit = (name: string, rules: Partial<ScheduleDraft>, more: Partial<Habit> = {}): Habit => ({
  ...USUAL,
  ...more,
  name,
  rules: { latestByMs: null, ...rules },
})

const BERLIN = { timeZone: 'Europe/Berlin' }
const always = { sessionsMin: 1, cooldownMs: 2 * HOUR }

/** Twenty agents, so that every rule gets its chance. */
export const HABITS: readonly Habit[] = [
  habit('pressure', {}),
  habit('pressure, with the default latest time', { latestByMs: 7 * DAY }, { sessionsPerDay: 0.5 }),
  habit('pressure, silent for two weeks', { latestByMs: 3 * DAY }, { silence: SILENCE }),
  habit('pressure, many duplicates', {}, { duplicates: 0.1 }),
  habit('pressure by tokens', {}, { tokensPerEvent: 20_000, sessionsPerDay: 1 }),
  habit(
    'three sessions of one agent',
    { sessionsMin: 3, agentId: 'agent_own' },
    { hasNeighbour: true },
  ),
  habit('so many tokens', { tokensMin: 900 }),
  habit('so many units', { unitsMin: 20 }, { unitsWritten: 12, sessionsPerDay: 1, firstDay: 4 }),
  habit('nightly, silent for two weeks', { cron: '30 2 * * *', ...BERLIN }, { silence: SILENCE }),
  habit('nightly', { cron: '30 2 * * *', ...BERLIN }, { hours: [14, 23] }),
  habit('nightly in New York', { cron: '0 3 * * *', timeZone: 'America/New_York' }),
  habit(
    'nightly in quiet hours',
    { cron: '0 3 * * *', ...BERLIN, quietHours: { from: '02:00', until: '05:00' } },
    { sessionsPerDay: 1 },
  ),
  habit(
    'at work by night, quiet by day',
    { ...always, ...BERLIN, quietHours: { from: '22:00', until: '07:00' } },
    { hours: [18, 24] },
  ),
  habit(
    'a budget for each day',
    { ...always, ...BERLIN, tokensPerDay: 700 },
    { tokensPerDream: 700, sessionsPerDay: 6 },
  ),
  habit('at the latest', { sessionsMin: 1_000, latestByMs: 3 * DAY }, { silence: SILENCE }),
  habit('much accepted', { sessionsMin: 1 }, { review: 'applied', sessionsPerDay: 4 }),
  habit('nothing accepted', { sessionsMin: 1 }, { review: 'rejected', sessionsPerDay: 3 }),
  habit('plans that wait', { sessionsMin: 2, autoApply: 'off' }),
  habit('new stores', { sessionsMin: 2, outputBehavior: 'create_new' }),
  habit('models that fail', { cron: '30 4 * * *', ...BERLIN }, { isFaulty: true, off: [20, 23] }),
]
