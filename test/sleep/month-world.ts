import type { Dream } from '../../src/core/dream.ts'
import type {
  IdPrefixes,
  MemoryStoreId,
  NewId,
  SessionEventId,
  SessionId,
  WorkspaceId,
} from '../../src/core/ids.ts'
import type { Actor } from '../../src/core/memory.ts'
import type { Schedule, ScheduleDecision } from '../../src/core/schedule.ts'
import { draft, store } from '../../src/engine/sleep/rules/sleep.test-support.ts'
import { schedulesOf } from '../../src/engine/sleep/schedules.ts'
import { createSleeper, type Sleeper } from '../../src/engine/sleep/sleeper.ts'
import type { StoreHealth, WorkspaceSchedules } from '../../src/engine/workspace-api.ts'
import { anEvent, aSession } from '../../src/storage/contract/builders.test-support.ts'
import { openEphemeralStorage } from '../../src/storage/ephemeral/ephemeral-storage.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { seededRandom } from '../../src/testing/seeded-random.ts'
import { endDream, pinnedDreams } from './dreams-at-once.ts'
import { DAY, FAULTY, HABITS, type Habit, HOUR, MONTH, STEP } from './month-agents.ts'
import { newTruth, noteEnd, type Truth } from './month-truth.ts'

export const PERSON: Actor = { type: 'user_actor', userId: 'mira' }
const MINUTE = 60_000
const EVENTS_OF_SESSION = 3

/** One agent with its store and schedule, beside what really happens to it. */
export interface Agent {
  readonly habit: Habit
  readonly truth: Truth
  readonly storage: Storage
  readonly schedules: WorkspaceSchedules
  readonly schedule: Schedule
  readonly storeId: MemoryStoreId
  readonly coming: Spoken[]
}

interface Spoken {
  readonly at: number
  readonly session: string
  readonly ordinal: number
  readonly isNeighbours: boolean
}

export interface MonthWorld {
  readonly clock: { now: number }
  readonly agents: readonly Agent[]
  readonly processes: readonly Sleeper[]
  readonly newId: NewId
  /** What went wrong with looks. */
  readonly faults: unknown[]
}

export async function openMonth(): Promise<MonthWorld> {
  const clock = { now: MONTH.start }
  const storage = await openEphemeralStorage({ workspaceId: 'wrkspc_0' as WorkspaceId })
  const now = (): Date => new Date(clock.now)
  const newId = countedIds()
  const faults: unknown[] = []
  const agents: Agent[] = []
  for (const [at, habit] of HABITS.entries()) {
    const seen = storage.inWorkspace(`wrkspc_${at}` as WorkspaceId)
    agents.push(await settle(habit, at, seen, { now, newId }))
  }
  const sleeper = (): Sleeper =>
    createSleeper({
      storage,
      dreamsOf: (tx) => pinnedDreams(tx, { now, newId }),
      healthOf: async (id) => healthOf(agents.find(({ storeId }) => storeId === id)?.habit),
      runDreams: () => undefined,
      now,
      newId,
      wait: () => Promise.reject(new Error('Nobody waits in this month.')),
      report: (error) => faults.push(error),
    })
  return { clock, agents, processes: [sleeper(), sleeper()], newId, faults }
}

async function settle(
  habit: Habit,
  at: number,
  storage: Storage,
  ports: { readonly now: () => Date; readonly newId: NewId },
): Promise<Agent> {
  const storeId = `memstore_${at}` as MemoryStoreId
  await storage.stores.create(store(storeId, ports.now().toISOString()))
  const schedules = schedulesOf({ storage, ...ports })
  const schedule = await schedules.create(draft({ storeId, ...habit.rules }), PERSON)
  const truth = newTruth(habit, schedule, MONTH.start)
  return { habit, truth, storage, schedules, schedule, storeId, coming: lifeOf(habit, at) }
}

/** All that an agent says in the month, in order: bursts on working days, nothing by night. */
function lifeOf(habit: Habit, seed: number): Spoken[] {
  const random = seededRandom(seed + 1)
  const spoken: Spoken[] = []
  for (let day = MONTH.start + habit.firstDay * DAY; day < MONTH.end; day += DAY) {
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay())
    const { silence } = habit
    if (isWeekend || (silence !== null && day >= silence.from && day < silence.until)) continue
    const sessions = Math.round(habit.sessionsPerDay * (0.5 + random()))
    const [from, until] = habit.hours
    // A burst: the sessions of a day lie close together.
    const burst = day + (from + random() * (until - from - 2)) * HOUR
    for (let nth = 0; nth < sessions; nth += 1) {
      const session = `sesn_${seed}_${spoken.length}`
      const isNeighbours = habit.hasNeighbour && random() < 0.5
      const start = burst + Math.floor(random() * 100) * MINUTE
      for (let ordinal = 0; ordinal < EVENTS_OF_SESSION; ordinal += 1) {
        spoken.push({
          at: Math.floor(start) + ordinal * 7 * MINUTE,
          session,
          ordinal,
          isNeighbours,
        })
      }
    }
  }
  return spoken.sort((a, b) => a.at - b.at)
}

/** What was said since the last step reaches the storage. */
export async function speak(agent: Agent, now: number): Promise<void> {
  const { storage, storeId, coming, truth, habit } = agent
  while (coming[0] !== undefined && coming[0].at <= now) {
    const { at, session, ordinal, isNeighbours } = coming.shift() as Spoken
    const id = session as SessionId
    const time = new Date(at).toISOString()
    const known = await storage.sessions.get(id)
    const tags = [`store:${storeId}`, `agent:${isNeighbours ? 'agent_other' : 'agent_own'}`]
    await storage.documents.put({ kind: 'session', id, tags, createdAt: time, body: '{}' })
    const startedAt = known?.startedAt ?? time
    await storage.sessions.put(aSession({ id, startedAt, endedAt: time }))
    const eventId = `sevt_${session}_${ordinal}` as SessionEventId
    const text = 'word'.repeat(habit.tokensPerEvent)
    const event = anEvent(ordinal, { id: eventId, sessionId: id, at: time, text })
    await storage.sessions.append(id, [event])
    if (isNeighbours) continue
    truth.events.push({ id: eventId, session, at, tokens: habit.tokensPerEvent })
  }
}

/** A person adds lines to the store, at noon of every third day. */
export async function write(agent: Agent, now: number, newId: NewId): Promise<void> {
  const { habit, truth, storage, storeId } = agent
  const sinceStart = now - MONTH.start
  if (habit.unitsWritten === 0 || sinceStart % (3 * DAY) !== 12 * HOUR) return
  const path = '/notes.md'
  const before = (await storage.memories.getByPath(storeId, path))?.content ?? ''
  const lines = Array.from({ length: habit.unitsWritten }, (_, n) => `- note ${n} of ${now}\n`)
  await storage.memories.write({
    storeId,
    path,
    content: before + lines.join(''),
    actor: PERSON,
    at: new Date(now).toISOString(),
    newIds: { memory: newId('mem'), version: newId('memver') },
  })
  truth.unitsNew += habit.unitsWritten
  truth.writes.push(now)
}

/** Switches the schedule off and on again, on the days that its habit names. */
export async function toggle(agent: Agent, now: number): Promise<void> {
  const { habit, truth, schedules, schedule } = agent
  const day = (now - MONTH.start) / DAY
  if (habit.off === null || !habit.off.includes(day)) return
  truth.isOff = day === habit.off[0]
  await schedules.update(schedule.id, { isEnabled: !truth.isOff }, PERSON)
}

/** Dreams take an hour. */
export async function wakeUp(agent: Agent, now: number, newId: NewId): Promise<void> {
  const { truth, habit, storage } = agent
  if (truth.underWay === null || now < truth.underWay.madeAt + 2 * STEP) return
  const { madeAt } = truth.underWay
  const isFault = habit.isFaulty && madeAt >= FAULTY.from && madeAt < FAULTY.until
  const at = new Date(now).toISOString()
  for (const dream of await dreamsOf(agent)) {
    if (dream.status === 'pending') await endDream(storage, dream, habit, { at, isFault, newId })
  }
  noteEnd(truth, !isFault)
}

/** Dreams of an agent's schedule, newest first. */
export async function dreamsOf({ storage, schedule }: Agent): Promise<readonly Dream[]> {
  const dreams = await storage.dreams.list(schedule.storeId)
  return dreams.filter(({ hosted }) => hosted?.trigger === schedule.id)
}

/** The whole log, oldest first. */
export async function logOf({ schedules, schedule }: Agent): Promise<readonly ScheduleDecision[]> {
  const { items } = await schedules.decisions(schedule.id, { limit: 10_000 })
  return items.toReversed()
}

function healthOf(habit: Habit | undefined): StoreHealth {
  const units = 100
  const duplicates = Math.round((habit?.duplicates ?? 0) * units)
  return { units, duplicates, openConflicts: 0, memories: 1, memoriesMax: 10 } as StoreHealth
}

function countedIds(): NewId {
  let count = 0
  return <P extends keyof IdPrefixes>(prefix: P) => {
    count += 1
    return `${prefix}_${String(count).padStart(8, '0')}` as IdPrefixes[P]
  }
}
