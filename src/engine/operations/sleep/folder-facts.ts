import { LIMITS } from '../../../config.ts'
import { isTerminal } from '../../../core/dream.ts'
import type { SessionId } from '../../../core/ids.ts'
import { INDEX_NAME } from '../../../core/memory-path.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import type { Schedule } from '../../../core/schedule.ts'
import type { Storage } from '../../../storage/storage.ts'
import { type SessionAtHand, sessionAtHand, tokenCounter } from '../../sleep/fresh-sessions.ts'
import { freshUnits } from '../../sleep/fresh-units.ts'
import { acceptedShare, NO_FACTS, newest, writesSince } from '../../sleep/gather-facts.ts'
import { sideOf } from '../../sleep/look-memory.ts'
import type { SleepFacts, StoreSide } from '../../sleep/rules/sleep-facts.ts'
import { healthOfStore } from '../../workspace/store-health.ts'
import type { Deps } from '../deps.ts'
import { type FolderSleep, sleepId } from './folder-sleep.ts'
import type { Surroundings } from './look-around.ts'

/** Whose facts are asked for, and when. */
export interface FolderInView {
  readonly store: MemoryStore
  readonly sleep: FolderSleep
  readonly schedule: Schedule
  readonly now: Date
}

/**
 * What is known without opening a transcript: whether anything is new, and all that does not rest on
 * how much. A file that has changed counts as a session.
 */
export async function cheapFacts(
  folder: FolderInView,
  around: Surroundings,
  { storage }: Pick<Deps, 'storage'>,
): Promise<SleepFacts> {
  const { store, sleep, schedule, now } = folder
  const fresh = await freshSessions(folder, around.sessionIds, storage)
  return {
    ...NO_FACTS,
    isStoreOpen: store.archivedAt === null,
    lastActivityAt: await lastActivity(folder, around, storage),
    fresh: {
      sessions: fresh.length + around.changed.files,
      tokens: 0,
      units: await freshUnits(storage, store.id, schedule.id),
    },
    // A memory alone can be tidied too.
    hasSessions: true,
    acceptedShare: await acceptedShare(storage, sleep.lastDreamId),
    hasFailed: sleep.hasFailed,
    lastTriedAt: await lastTry(store, sleep, now, storage),
  }
}

/** The same once every transcript has been imported, with how much there is. */
export async function exactFacts(
  folder: FolderInView,
  cheap: SleepFacts,
  sessionIds: readonly SessionId[],
  deps: Deps,
): Promise<SleepFacts> {
  const { storage } = deps
  const fresh = await freshSessions(folder, sessionIds, storage)
  const count = tokenCounter()
  let tokens = 0
  for (const session of fresh) tokens += await count(storage, session)
  return {
    ...cheap,
    fresh: { ...cheap.fresh, sessions: fresh.length, tokens },
    store: await storeSide(folder.store, deps),
  }
}

async function freshSessions(
  { store, now }: FolderInView,
  ids: readonly SessionId[],
  storage: Storage,
): Promise<readonly SessionAtHand[]> {
  const scheduleId = sleepId(store.id)
  const createdAt = now.toISOString()
  const fresh: SessionAtHand[] = []
  for (const id of ids.slice(0, LIMITS.sleepSessionsMax)) {
    const session = await storage.sessions.get(id)
    if (session === null) continue
    const found = await sessionAtHand(storage, { store, scheduleId, session, createdAt })
    if (found.fresh.length > 0) fresh.push(found)
  }
  return fresh
}

/** When a folder was written to is only known from when it was looked at, which is no activity. */
async function lastActivity(
  { store, schedule, now }: FolderInView,
  { activity }: Surroundings,
  storage: Storage,
): Promise<string | null> {
  if (store.folder !== null) return newest(activity)
  const writes = await writesSince(storage, store.id, now.getTime() - schedule.idleMs)
  return newest([...activity, ...writes])
}

/** A dream that a person asked for counts too; not one of a time that is yet to come. */
async function lastTry(
  { id }: MemoryStore,
  { lastTriedAt }: FolderSleep,
  now: Date,
  storage: Storage,
): Promise<string | null> {
  const past = (await storage.dreams.list(id)).find(({ status, createdAt }) => {
    return isTerminal(status) && status !== 'canceled' && Date.parse(createdAt) <= now.getTime()
  })
  return newest([past?.createdAt, lastTriedAt].flatMap((time) => time ?? []))
}

/** The index of a folder has limits of its own. */
async function storeSide(store: MemoryStore, deps: Deps): Promise<StoreSide> {
  const side = sideOf(await healthOfStore(store, { ...deps, memoriesMax: LIMITS.folderFilesMax }))
  const index = await deps.storage.memories.getByPath(store.id, INDEX_PATH)
  if (store.folder === null || index === null) return side
  const lines = index.content.split('\n').length / LIMITS.indexLinesMax
  const bytes = Buffer.byteLength(index.content) / LIMITS.indexBytesMax
  return { ...side, sizeShare: Math.max(side.sizeShare, lines, bytes) }
}

const INDEX_PATH = `/${INDEX_NAME}`
