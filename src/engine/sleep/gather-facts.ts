import { LIMITS } from '../../config.ts'
import type { Dream } from '../../core/dream.ts'
import type { DreamId, MemoryStoreId, SessionId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Schedule } from '../../core/schedule.ts'
import type { Storage } from '../../storage/storage.ts'
import { itemsOf } from './all-pages.ts'
import { type CountTokens, type SessionAtHand, sessionsAtHand } from './fresh-sessions.ts'
import { freshUnits } from './fresh-units.ts'
import type { KeptSchedule } from './kept-schedule.ts'
import type { SleepFacts, StoreSide } from './rules/sleep-facts.ts'
import { dayStart } from './rules/zone-time.ts'
import { unreviewed } from './unreviewed.ts'

/** What a look reads of the storage, and which sessions a dream would get. */
export interface Gathered {
  readonly facts: SleepFacts
  readonly sessionIds: readonly SessionId[]
}

/** What a sleeper keeps between looks, so that a quiet store is cheap to look at. */
export interface LookMemory {
  readonly countTokens: CountTokens
  readonly storeSide: (storage: Storage, id: MemoryStoreId, now: Date) => Promise<StoreSide>
}

/** Reads all that a decision about a schedule rests on. */
export async function gatherFacts(
  storage: Storage,
  { schedule, sleep }: KeptSchedule,
  now: Date,
  memory: LookMemory,
): Promise<Gathered> {
  const store = await storage.stores.get(schedule.storeId)
  const { lastTriedAt, hasFailed } = sleep
  const none: SleepFacts = { ...NO_FACTS, lastTriedAt, hasFailed }
  if (store === null || store.archivedAt !== null || !schedule.isEnabled) {
    const isStoreOpen = store !== null && store.archivedAt === null
    return { facts: { ...none, isStoreOpen }, sessionIds: [] }
  }
  const sessions = await sessionsAtHand(storage, schedule, store)
  const fresh = sessions.filter((session) => session.fresh.length > 0)
  const standing = await unreviewed(storage, sleep.completedDreamId)
  const tokens = await Promise.all(fresh.map((session) => memory.countTokens(storage, session)))
  const facts: SleepFacts = {
    ...none,
    isStoreOpen: true,
    dreamUnderWay: await dreamUnderWay(storage, store.id),
    lastActivityAt: await lastActivity(storage, store, sessions, now.getTime() - schedule.idleMs),
    fresh: {
      sessions: fresh.length,
      tokens: tokens.reduce((sum, count) => sum + count, 0),
      units: await freshUnits(storage, store.id, schedule.id),
    },
    hasSessions: sessions.length > 0,
    store: await memory.storeSide(storage, store.id, now),
    tokensToday: await tokensToday(storage, schedule, now),
    unreviewedSessions: standing?.hosted?.sessionIds.length ?? 0,
    acceptedShare: await acceptedShare(storage, schedule.lastDreamId),
  }
  return { facts, sessionIds: chosen(sessions, standing) }
}

/** Of a store that nothing is known of. */
export const NO_FACTS: SleepFacts = {
  isStoreOpen: false,
  dreamUnderWay: null,
  lastActivityAt: null,
  fresh: { sessions: 0, tokens: 0, units: 0 },
  hasSessions: false,
  store: { duplicateShare: 0, openConflicts: 0, sizeShare: 0 },
  tokensToday: 0,
  unreviewedSessions: 0,
  acceptedShare: null,
  hasFailed: false,
  lastTriedAt: null,
}

/**
 * What an unreviewed result was made of, since it gives way, then the oldest sessions with anything
 * new. Where only units are new, the newest session stands in: a dream names at least one.
 */
function chosen(sessions: readonly SessionAtHand[], standing: Dream | null): readonly SessionId[] {
  const there = new Set(sessions.map(({ id }) => id))
  const before = (standing?.hosted?.sessionIds ?? []).filter((id) => there.has(id))
  const fresh = sessions.filter((session) => session.fresh.length > 0).map(({ id }) => id)
  const wanted = [...new Set([...before, ...fresh])].slice(0, LIMITS.sessionsPerBatchMax)
  const newest = sessions.at(-1)
  return wanted.length > 0 || newest === undefined ? wanted : [newest.id]
}

/** A dream of the store that has not ended, whoever asked for it. */
export async function dreamUnderWay(
  storage: Storage,
  storeId: MemoryStoreId,
): Promise<DreamId | null> {
  const open = itemsOf(
    (query) =>
      storage.dreams.page({ ...query, statuses: ['pending', 'running'], withArchived: true }),
    Number.POSITIVE_INFINITY,
  )
  for await (const dream of open) {
    if (dream.storeId === storeId) return dream.id
  }
  return null
}

/** Of sessions, and of writes since a time that no dream made. */
async function lastActivity(
  storage: Storage,
  { id }: MemoryStore,
  sessions: readonly SessionAtHand[],
  since: number,
): Promise<string | null> {
  const times = sessions.flatMap(({ endedAt }) => (endedAt === null ? [] : [endedAt]))
  return newest([...times, ...(await writesSince(storage, id, since))])
}

/** When others than dreams wrote to a store: since a time, and the last time before it. */
export async function writesSince(
  storage: Storage,
  id: MemoryStoreId,
  since: number,
): Promise<readonly string[]> {
  const times: string[] = []
  const versions = itemsOf(
    (query) => storage.memories.versions.page(id, query),
    LIMITS.sleepVersionsMax,
  )
  for await (const { actor, createdAt } of versions) {
    if (actor.type !== 'dream_actor') times.push(createdAt)
    if (actor.type !== 'dream_actor' || Date.parse(createdAt) < since) break
  }
  return times
}

/** The latest of some times; null = there are none. */
export function newest(times: readonly string[]): string | null {
  return times.reduce<string | null>(
    (latest, time) => (latest === null || Date.parse(time) > Date.parse(latest) ? time : latest),
    null,
  )
}

async function tokensToday(storage: Storage, schedule: Schedule, now: Date): Promise<number> {
  if (schedule.tokensPerDay === null) return 0
  const created = { gte: dayStart(now, schedule.timeZone).toISOString() }
  const dreams = itemsOf(
    (query) => storage.dreams.page({ ...query, trigger: schedule.id, created, withArchived: true }),
    Number.POSITIVE_INFINITY,
  )
  let tokens = 0
  for await (const { hosted } of dreams) {
    tokens += (hosted?.usage.inputTokens ?? 0) + (hosted?.usage.outputTokens ?? 0)
  }
  return tokens
}

/** Of the changes that were decided on: what was let through or written, and still stands. */
export async function acceptedShare(storage: Storage, id: DreamId | null): Promise<number | null> {
  const dream = id === null ? null : await storage.dreams.get(id)
  if (dream === null) return null
  const statuses = (await storage.dreams.changes.list(dream.id)).map(({ status }) => status)
  const isDropped = dream.planStatus === 'discarded'
  const good = statuses.filter((status) => !isDropped && ACCEPTED.includes(status)).length
  const bad = statuses.filter((status) => isDropped || REFUSED.includes(status)).length
  return good + bad === 0 ? null : good / (good + bad)
}

const ACCEPTED: readonly string[] = ['accepted', 'applied']
const REFUSED: readonly string[] = ['rejected', 'reverted']
