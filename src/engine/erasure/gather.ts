import type { Dream } from '../../core/dream.ts'
import type { DreamId, MemoryStoreId, SessionId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Storage } from '../../storage/storage.ts'
import type { Counted, MadeChange } from './lineage.ts'
import { rowsOf } from './rows.ts'
import type { ErasedSources } from './sources.ts'

/** What a workspace has made of its sessions. */
export interface Made {
  readonly stores: readonly MemoryStore[]
  readonly dreams: readonly Dream[]
  readonly changes: readonly MadeChange[]
  /** By lineage. */
  readonly counters: ReadonlyMap<string, Counted>
  /** Dreams that read what is gone. */
  readonly readers: ReadonlySet<DreamId>
}

/** Loads every dream with its changes and every counter; nothing is changed. */
export async function gather(tx: Storage, sources: ErasedSources): Promise<Made> {
  const stores = await tx.stores.list()
  const byId = new Map(stores.map((store) => [store.id, store]))
  const dreams: Dream[] = []
  for await (const rows of rowsOf(tx, 'dream')) {
    for (const { key } of rows) {
      const dream = await tx.dreams.get(key[0] as DreamId)
      if (dream !== null) dreams.push(dream)
    }
  }
  const changes: MadeChange[] = []
  for (const dream of dreams) {
    const storeId: MemoryStoreId = dream.hosted?.output?.storeId ?? dream.storeId
    const lineageId = byId.get(storeId)?.lineageId ?? storeId
    for (const change of await tx.dreams.changes.list(dream.id)) {
      changes.push({ dreamId: dream.id, storeId, lineageId, change })
    }
  }
  const counters = new Map<string, Counted>()
  for (const { lineageId } of stores) {
    if (!counters.has(lineageId)) counters.set(lineageId, await countedBy(tx, lineageId, sources))
  }
  return { stores, dreams, changes, counters, readers: readersOf(dreams, sources) }
}

async function countedBy(
  tx: Storage,
  lineageId: string,
  { sessions, isCited }: ErasedSources,
): Promise<Counted> {
  const whole = new Set<SessionId>(sessions)
  const all = await tx.counters.list(lineageId)
  const gone = all.filter(
    ({ sessionId, evidence }) => whole.has(sessionId) || evidence.some(isCited),
  )
  return { kept: all.filter((sighting) => !gone.includes(sighting)), gone }
}

function readersOf(
  dreams: readonly Dream[],
  { sessions, events, cutEvents }: ErasedSources,
): ReadonlySet<DreamId> {
  const touched = new Set<SessionId>([
    ...sessions,
    ...[...events, ...cutEvents].map(({ sessionId }) => sessionId),
  ])
  const hasRead = ({ snapshot, hosted }: Dream): boolean =>
    snapshot.sessions.some(({ id }) => touched.has(id)) ||
    snapshot.contributions.some(({ sessionId }) => touched.has(sessionId)) ||
    hosted?.sessionIds.some((id) => touched.has(id)) === true
  return new Set(dreams.filter(hasRead).map(({ id }) => id))
}
