import { beforeAll, describe, expect, it } from 'vitest'
import type { ScheduleDecision } from '../../src/core/schedule.ts'
import { DAY, DOWN, MONTH, STEP } from './month-agents.ts'
import { expectedRule, noteRun } from './month-truth.ts'
import {
  type Agent,
  dreamsOf,
  logOf,
  type MonthWorld,
  openMonth,
  speak,
  toggle,
  wakeUp,
  write,
} from './month-world.ts'

const RUN_RULES = ['cron', 'retry', 'latest_by', 'sessions', 'tokens', 'units', 'pressure']
const WAIT_RULES = [
  'disabled',
  'dream_under_way',
  'nothing_new',
  'no_sessions',
  'before_cron',
  'below_minimum',
  'low_pressure',
  'cooldown',
  'not_idle',
  'quiet_hours',
  'budget',
]
const REVIEW_DAY = 15.5

interface Step {
  readonly at: number
  readonly name: string
  readonly expected: string
  /** What the log says of this time: its last line, and the lines that are new. */
  readonly said: string
  readonly runs: readonly ScheduleDecision[]
}

interface Played {
  readonly world: MonthWorld
  readonly steps: readonly Step[]
  /** The most results of one schedule that waited at once, by agent, before a person looked at one. */
  readonly standing: ReadonlyMap<string, number>
}

let played: Played

beforeAll(async () => {
  played = await playMonth()
}, 300_000)

async function playMonth(): Promise<Played> {
  const world = await openMonth()
  const steps: Step[] = []
  const standing = new Map<string, number>()
  for (let now = MONTH.start; now < MONTH.end; now += STEP) {
    world.clock.now = now
    for (const agent of world.agents) await live(agent, now, world)
    if (now >= DOWN.from && now < DOWN.until) continue
    const expected = world.agents.map(({ truth }) => expectedRule(truth, now))
    await lookAround(world, now)
    for (const [at, agent] of world.agents.entries()) {
      steps.push(await compare(agent, now, expected[at] ?? ''))
      if (now > MONTH.start + REVIEW_DAY * DAY) continue
      const { name } = agent.habit
      standing.set(name, Math.max(standing.get(name) ?? 0, await resultsOf(agent)))
    }
  }
  return { world, steps, standing }
}

async function live(agent: Agent, now: number, { newId }: MonthWorld): Promise<void> {
  await speak(agent, now)
  await write(agent, now, newId)
  await toggle(agent, now)
  await wakeUp(agent, now, newId)
  if (now === MONTH.start + REVIEW_DAY * DAY) await review(agent, now)
}

/** Mostly one process, by turns; every third time both at once. */
async function lookAround({ processes: [one, other] }: MonthWorld, now: number): Promise<void> {
  const turn = (now / STEP) % 3
  if (turn === 0) await Promise.all([one?.look(), other?.look()])
  else await (turn === 1 ? one : other)?.look()
}

async function compare(agent: Agent, at: number, expected: string): Promise<Step> {
  const { truth, habit } = agent
  const items = await latestLines(agent)
  const runs = items.filter((line) => line.outcome === 'ran' && Date.parse(line.at) === at)
  // The second process may have looked again by now: it finds the dream under way.
  const line = runs[0] ?? items[0]
  const said = `${line?.outcome}:${line?.rule}`
  if (RUN_RULES.includes(expected)) noteRun(truth, at, expected)
  return { at, name: habit.name, expected, said, runs }
}

const known = new WeakMap<Agent, { version: number; lines: readonly ScheduleDecision[] }>()

/** The newest lines of the log, newest first; it only grows together with the schedule. */
async function latestLines(agent: Agent): Promise<readonly ScheduleDecision[]> {
  const { schedules, schedule, storage } = agent
  const version = (await storage.documents.get('schedule', schedule.id))?.version ?? 0
  const before = known.get(agent)
  if (before?.version === version) return before.lines
  const { items } = await schedules.decisions(schedule.id, { limit: 5 })
  known.set(agent, { version, lines: items })
  return items
}

/** A person looks at what waits: from now on it gives way to nothing. */
async function review(agent: Agent, now: number): Promise<void> {
  const { habit, storage, truth } = agent
  const last = (await dreamsOf(agent))[0]
  if (last?.hosted?.output === null || last === undefined) return
  if (habit.name === 'plans that wait') {
    const [change] = await storage.dreams.changes.list(last.id)
    if (change === undefined) throw new Error('There is nothing to look at.')
    const at = new Date(now).toISOString()
    const decision = { status: 'accepted', heldReason: null, decidedBy: 'mira', at } as const
    await storage.dreams.changes.decide(last.id, change.id, decision)
    truth.share = 1
  }
  if (habit.name === 'new stores') {
    const tags = [`store:${last.hosted?.output?.storeId}`]
    const createdAt = new Date(now).toISOString()
    await storage.documents.put({ kind: 'session', id: 'sesn_user', tags, createdAt, body: '{}' })
  }
}

async function resultsOf(agent: Agent): Promise<number> {
  const { habit, storage, storeId } = agent
  if (habit.name === 'plans that wait') {
    return (await dreamsOf(agent)).filter(({ planStatus }) => planStatus === 'waiting').length
  }
  if (habit.name !== 'new stores') return 0
  const stores = await storage.stores.list()
  return stores.filter(({ id, archivedAt }) => id !== storeId && archivedAt === null).length
}

describe('a month of twenty agents', () => {
  it('the log says of every time what has to decide then, by what really happened', () => {
    const wrong = played.steps.filter(({ expected, said }) => {
      if (RUN_RULES.includes(expected)) return said !== `ran:${expected}`
      // Under a cron news changes nothing before its time, so nobody looks.
      const isUnseen = expected === 'before_cron' && said === 'waited:nothing_new'
      return said !== `waited:${expected}` && !isUnseen
    })
    const told = wrong
      .slice(0, 10)
      .map((step) => ({ ...step, at: new Date(step.at).toISOString() }))
    expect(told).toEqual([])
    expect(played.steps.length).toBeGreaterThan(25_000)
  })

  it('every run was due, and every time that was due ran once', () => {
    for (const { expected, runs, name } of played.steps) {
      expect([name, expected, runs.length]).toEqual([
        name,
        expected,
        RUN_RULES.includes(expected) ? 1 : 0,
      ])
    }
  })

  it('each dream has its line and each line its dream: two processes fired none twice', async () => {
    let dreams = 0
    for (const agent of played.world.agents) {
      const lines = (await logOf(agent)).flatMap(({ dreamId }) =>
        dreamId === null ? [] : [dreamId],
      )
      const made = (await dreamsOf(agent)).map(({ id }) => id)
      expect(new Set(lines)).toEqual(new Set(made))
      dreams += made.length
    }
    expect(dreams).toBeGreaterThan(100)
    expect(played.world.faults).toEqual([])
  })

  it('no dream had nothing new, and none read its own work', async () => {
    for (const agent of played.world.agents) {
      const own = new Set(
        (
          await agent.storage.documents.page({ kind: 'session', all: ['dream'], limit: 1_000 })
        ).items.map(({ id }) => id),
      )
      for (const dream of await dreamsOf(agent)) {
        expect(dream.hosted?.sessionIds.some((id) => own.has(id))).toBe(false)
      }
    }
    for (const { expected, runs } of played.steps) {
      if (expected === 'nothing_new') expect(runs).toEqual([])
    }
  })

  it('every rule was seen to act', () => {
    const said = new Set(played.steps.map((step) => step.said))
    expect([...said].sort()).toEqual(
      [
        ...RUN_RULES.map((rule) => `ran:${rule}`),
        ...WAIT_RULES.map((rule) => `waited:${rule}`),
      ].sort(),
    )
  })

  it('two weeks of silence cost no dream', () => {
    const silent = played.steps.filter(
      ({ name, at }) =>
        name.includes('silent') && at > MONTH.start + 10 * DAY && at < MONTH.start + 21 * DAY,
    )
    expect(silent.length).toBeGreaterThan(900)
    expect(silent.flatMap(({ runs }) => runs)).toEqual([])
  })

  it('a night with a clock change has one dream, a day without a process is caught up with once', () => {
    const nightly = played.steps.filter(({ name }) => name === 'nightly')
    const runsOn = (day: string) =>
      nightly.flatMap(({ runs }) => runs).filter(({ at }) => at.startsWith(day))
    expect(runsOn('2026-10-24').length + runsOn('2026-10-25').length).toBe(1)
    expect(runsOn('2026-10-16').map(({ at, rule }) => [at, rule])).toEqual([
      ['2026-10-16T00:00:00.000Z', 'cron'],
    ])
  })

  it('a failed dream is in the log, marks nothing as read, and is tried again', async () => {
    const agent = played.world.agents.find(({ habit }) => habit.isFaulty)
    if (agent === undefined) throw new Error('There is no such agent.')
    const failures = (await logOf(agent)).filter(({ outcome }) => outcome === 'failed')
    expect(failures.length).toBeGreaterThan(1)
    for (const { rule, reason } of failures) {
      expect(rule).toBe('dream_failed')
      expect(reason).toContain('(timeout): The model is down.')
    }
    const dreams = (await dreamsOf(agent)).toReversed()
    const failed = dreams.findIndex(({ status }) => status === 'failed')
    const [first, next] = [dreams[failed], dreams[failed + 1]]
    const readBy = (dream: typeof first) =>
      new Set(dream?.snapshot.sessions.flatMap(({ eventIds }) => eventIds))
    expect(readBy(next).isSupersetOf(readBy(first))).toBe(true)
  })

  it('unreviewed results replace each other; what a person has looked at stays', async () => {
    expect(played.standing.get('plans that wait')).toBe(1)
    expect(played.standing.get('new stores')).toBe(1)
    const [plans, stores] = ['plans that wait', 'new stores'].map((name) =>
      played.world.agents.find(({ habit }) => habit.name === name),
    )
    if (plans === undefined || stores === undefined) throw new Error('There are no such agents.')
    expect(await resultsOf(plans)).toBe(2)
    expect(await resultsOf(stores)).toBe(2)
    const replaced = (await dreamsOf(plans)).filter(({ planStatus }) => planStatus === 'discarded')
    expect(replaced.length).toBeGreaterThan(3)
  })

  it('the cooldown follows what people accept', async () => {
    const cooldownOf = async (name: string): Promise<number | undefined> => {
      const agent = played.world.agents.find(({ habit }) => habit.name === name)
      return agent && (await agent.schedules.get(agent.schedule.id)).adaptedCooldownMs
    }
    expect(await cooldownOf('much accepted')).toBe(DAY / 6)
    expect(await cooldownOf('nothing accepted')).toBe(7 * DAY)
  })
})
