import { LIMITS } from '../../config.ts'
import type { ScheduleId, SessionEventId, SessionId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Schedule } from '../../core/schedule.ts'
import type { Session } from '../../core/session.ts'
import type { Storage } from '../../storage/storage.ts'
import { readableEvents } from '../pinning/readable-events.ts'
import { tokensIn } from '../reading/token-count.ts'
import { itemsOf } from './all-pages.ts'
import { unreadOf } from './read-marks.ts'

/** A session of a schedule, with what of it is new. */
export interface SessionAtHand {
  readonly id: SessionId
  /** First event, else when it was made; ISO 8601. */
  readonly startedAt: string
  /** Newest event; null = it states no time. */
  readonly endedAt: string | null
  readonly fresh: readonly SessionEventId[]
}

/**
 * Sessions that used the schedule's store, of its agent where it names one, oldest first. A dream's
 * own session uses no store, so it is never among them.
 */
export async function sessionsAtHand(
  storage: Storage,
  { id: scheduleId, storeId, agentId }: Schedule,
  store: MemoryStore,
): Promise<readonly SessionAtHand[]> {
  const all = [`store:${storeId}`, ...(agentId === null ? [] : [`agent:${agentId}`])]
  const documents = itemsOf(
    (query) => storage.documents.page({ ...query, kind: 'session', all, none: ['dream'] }),
    LIMITS.sleepSessionsMax,
  )
  const found: SessionAtHand[] = []
  for await (const { id, createdAt } of documents) {
    const session = await storage.sessions.get(id as SessionId)
    if (session === null) continue
    found.push(await sessionAtHand(storage, { store, scheduleId, session, createdAt }))
  }
  return found.sort(byStart)
}

/** A session with what of it neither the store's lineage nor the schedule has read. */
export async function sessionAtHand(
  storage: Storage,
  { store, scheduleId, session, createdAt }: SessionInView,
): Promise<SessionAtHand> {
  const { id, startedAt, endedAt } = session
  const unread = await unreadOf(storage, store.lineageId, scheduleId, id)
  const fresh = await readableEvents(store, session, unread, storage)
  return { id, startedAt: startedAt ?? createdAt, endedAt, fresh }
}

interface SessionInView {
  readonly store: MemoryStore
  readonly scheduleId: ScheduleId
  readonly session: Session
  /** For one that states no time of its own. */
  readonly createdAt: string
}

function byStart(a: SessionAtHand, b: SessionAtHand): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? -1 : 1
  return a.id < b.id ? -1 : 1
}

/** Counts tokens of new events; what was counted once is not read again. */
export type CountTokens = (storage: Storage, session: SessionAtHand) => Promise<number>

export function tokenCounter(): CountTokens {
  const counted = new Map<SessionId, { readonly key: string; readonly tokens: number }>()
  return async (storage, { id, fresh }) => {
    const key = `${fresh.length}:${fresh[0]}:${fresh.at(-1)}`
    const known = counted.get(id)
    if (known?.key === key) return known.tokens
    const wanted = new Set(fresh)
    const events = (await storage.sessions.events(id)).filter((event) => wanted.has(event.id))
    const tokens = events.reduce((sum, { text }) => sum + tokensIn(text), 0)
    if (counted.size >= LIMITS.sleepSessionsMax) counted.clear()
    counted.set(id, { key, tokens })
    return tokens
  }
}
