import { beforeAll, describe, expect, it } from 'vitest'
import type { DueOutcome } from '../../src/engine/api.ts'
import { seededRandom } from '../../src/testing/seeded-random.ts'
import { ProjectTruth } from './fortnight-truth.ts'
import { RestingWorld } from './resting-world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = Date.parse('2026-11-02T00:00:00Z')
const DAYS = 14

/** How somebody works on a project. */
interface Habit {
  readonly name: string
  /** Sessions of a working day, on average. */
  readonly sessionsPerDay: number
  /** Its agent tells when a session ends, and a look follows at once. */
  readonly hasHook: boolean
  /** Share of sessions that are taken up again. */
  readonly resumed: number
  /** Lines that its agent writes into the notes on a working day. */
  readonly linesPerDay: number
  /** Days on which a person reviews the plan that waits: begun, and finished so many hours later. */
  readonly reviews: readonly { readonly day: number; readonly hours: number }[]
}

const HABITS: readonly Habit[] = [
  {
    name: 'busy',
    sessionsPerDay: 3,
    hasHook: true,
    resumed: 0.4,
    linesPerDay: 0,
    reviews: [
      { day: 2, hours: 30 },
      { day: 8, hours: 0 },
    ],
  },
  { name: 'slow', sessionsPerDay: 0.4, hasHook: false, resumed: 0.2, linesPerDay: 0, reviews: [] },
  { name: 'notes', sessionsPerDay: 1, hasHook: true, resumed: 0, linesPerDay: 12, reviews: [] },
]

interface Project {
  readonly habit: Habit
  readonly truth: ProjectTruth
  /** What is to happen, by time. */
  readonly coming: { readonly at: number; readonly act: () => unknown }[]
  lastDream: DueOutcome['dream']
}

interface Look {
  readonly project: string
  readonly at: number
  readonly expected: string
  readonly rules: readonly string[]
  readonly opened: number
  readonly dreams: number
  readonly hadNews: boolean
}

let world: RestingWorld
const looks: Look[] = []

beforeAll(async () => {
  world = await RestingWorld.open(START)
  const random = seededRandom(20_261_102)
  const projects = HABITS.map((habit) => settled(habit, random))
  for (let now = START; now < START + DAYS * DAY; now += 10 * MINUTE) {
    for (const project of projects) {
      world.clock.now = now
      const isTold = await live(project, now)
      const isCron = now % HOUR === 0
      if (isCron || isTold) await look(project, isCron && isTold ? 2 : 1)
    }
  }
}, 120_000)

/** A project with notes, and all that will happen in it. */
function settled(habit: Habit, random: () => number): Project {
  const { name, linesPerDay } = habit
  const lines = SERVICES.map((service, n) => `The ${service} service listens on port ${5_001 + n}.`)
  world.note(name, lines)
  const project: Project = {
    habit,
    truth: new ProjectTruth(START, lines.length),
    coming: [],
    lastDream: null,
  }
  for (let day = 0; day < DAYS; day += 1) {
    const isWeekend = day % 7 >= 5
    if (isWeekend) continue
    const count = Math.floor(habit.sessionsPerDay + random())
    for (let n = 0; n < count; n += 1) session(project, `${day}-${n}`, day, random)
    if (linesPerDay > 0) write(project, day, linesPerDay)
  }
  for (const { day, hours } of habit.reviews) review(project, START + day * DAY + 7 * HOUR, hours)
  project.coming.sort((a, b) => a.at - b.at)
  return project
}

const SERVICES = ['billing', 'search', 'mail', 'login', 'cart', 'stock', 'invoice', 'shipping']

/** A session of a few words, an end, and sometimes more words later. */
function session(project: Project, id: string, day: number, random: () => number): void {
  const { habit, truth, coming } = project
  const start = START + day * DAY + 8 * HOUR + Math.floor(random() * 54) * 10 * MINUTE
  const speak = (at: number, text: string): void => {
    coming.push({
      at,
      act: () => {
        truth.said(id, at)
        world.say(habit.name, id, text)
      },
    })
  }
  const part = (at: number): void => {
    const service = SERVICES[coming.length % SERVICES.length] ?? ''
    const port = 6_000 + coming.length
    speak(at, `The ${service} service listens on port ${port} now.`)
    speak(at + 20 * MINUTE, 'Thank you.')
    if (!habit.hasHook) return
    const end = at + 20 * MINUTE
    coming.push({
      at: end,
      act: () => {
        truth.ended(id, end)
        world.end(`${world.transcriptsOf(habit.name)}/${id}.jsonl`)
      },
    })
  }
  part(start)
  if (random() < habit.resumed) part(start + 3 * HOUR)
}

function write({ habit, truth, coming }: Project, day: number, count: number): void {
  const lines = Array.from(
    { length: count },
    (_, n) => `Box ${day}-${n} holds item ${day * 97 + n}.`,
  )
  const at = START + day * DAY + 10 * HOUR
  coming.push({
    at,
    act: () => {
      truth.noted(count)
      world.note(habit.name, lines, `day-${day}.md`)
    },
  })
}

/** A person rejects a change of the plan that waits, and discards the rest some hours later. */
function review(project: Project, at: number, hours: number): void {
  let begun: DueOutcome['dream'] = null
  const begin = async (): Promise<void> => {
    const plan = project.lastDream
    const [change] = plan?.changes ?? []
    if (plan === null || change === undefined) return
    begun = plan
    await world.reverie.decide(change.id, 'reject', plan.dream.plan?.digest ?? '')
    project.truth.reviewed(0, false)
  }
  const finish = async (): Promise<void> => {
    if (begun === null) return
    await world.reverie.discard(begun.dream.id)
    project.truth.reviewed(0, true)
  }
  project.coming.push({ at, act: begin }, { at: at + hours * HOUR, act: finish })
}

/** Lets happen what is to happen by now; true = a hook has told of an end. */
async function live({ coming, habit }: Project, now: number): Promise<boolean> {
  let isTold = false
  while ((coming[0]?.at ?? Number.POSITIVE_INFINITY) <= now) {
    const next = coming.shift()
    await next?.act()
    isTold = habit.hasHook
  }
  return isTold
}

/** A look of cron, one of a hook, or both at once. */
async function look(project: Project, count: number): Promise<void> {
  const { habit, truth } = project
  const now = world.clock.now
  const expected = truth.expected(now)
  const hadNews = truth.hasNews
  const before = (await world.storage.dreams.list()).length
  world.opened.length = 0
  const outcomes = await Promise.all(Array.from({ length: count }, () => world.look(habit.name)))
  const ran = outcomes.find(({ outcome }) => outcome === 'ran')
  if (ran !== undefined) {
    truth.dreamt(now)
    project.lastDream = ran.dream
  }
  looks.push({
    project: habit.name,
    at: now,
    expected,
    rules: outcomes.map(({ rule }) => rule),
    opened: world.opened.length,
    dreams: (await world.storage.dreams.list()).length - before,
    hadNews,
  })
}

const RUNS = ['pressure', 'latest_by']
const FREE = ['nothing_new', 'cooldown', 'not_idle', 'awaits_review']

describe('a fortnight of three projects, looked at by cron each hour and by hooks', () => {
  it('dreams when it is due, and says the right reason at every other look', () => {
    const wrong = looks.filter(({ rules, expected }) => !rules.includes(expected))
    expect(wrong.map((one) => ({ ...one, at: new Date(one.at).toISOString() }))).toEqual([])
    expect(looks.length).toBeGreaterThan(DAYS * 24 * HABITS.length)
  })

  it('meets every rule', () => {
    const met = new Set(looks.flatMap(({ rules }) => rules))
    expect([...met].sort()).toEqual([...RUNS, ...FREE, 'dream_under_way', 'low_pressure'].sort())
  })

  it('never dreams twice at once, and never over nothing new', () => {
    const dreamt = looks.filter(({ dreams }) => dreams > 0)
    expect(dreamt.filter(({ dreams }) => dreams > 1)).toEqual([])
    expect(dreamt.filter(({ hadNews }) => !hadNews)).toEqual([])
    expect(dreamt.length).toBe(looks.filter(({ expected }) => RUNS.includes(expected)).length)
  })

  it('opens no transcript to find out that it has to wait', () => {
    const dear = looks.filter(
      ({ rules, opened }) => opened > 0 && rules.every((rule) => FREE.includes(rule)),
    )
    expect(dear).toEqual([])
  })

  it('costs nothing while nothing is new: no transcript, no dream', () => {
    const quiet = looks.filter(({ hadNews }) => !hadNews)
    expect(quiet.length).toBeGreaterThan(24)
    expect(quiet.filter(({ opened, dreams }) => opened + dreams > 0)).toEqual([])
  })

  it('keeps one plan of each project that waits', async () => {
    const waiting = (await world.storage.dreams.list()).filter(
      ({ planStatus }) => planStatus === 'waiting',
    )
    expect(new Set(waiting.map(({ storeId }) => storeId)).size).toBe(waiting.length)
  })
})
