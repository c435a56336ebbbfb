import { LIMITS } from '../../config.ts'
import type { Change } from '../../core/change.ts'
import type { Dream } from '../../core/dream.ts'
import type { MemoryStoreId, SessionId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import { asUnitText } from '../../core/text/unit-text.ts'
import type { Unit } from '../../core/unit.ts'
import type { Position, Storage } from '../../storage/storage.ts'
import { expiredUnits } from '../assembly/upkeep.ts'
import { dreamsInto } from '../settling/output-of.ts'
import type { StoreHealth } from '../workspace-api.ts'
import { equalUnits, repeatedUnits } from './duplicate-count.ts'
import { storeAt, type WorkspaceDeps } from './workspace-deps.ts'

/** Memories read at once. */
const MEMORIES_AT_ONCE = 500

/** What a store holds and what a dream would find to do in it; nothing is asked of a model. */
export async function healthOf(id: MemoryStoreId, deps: WorkspaceDeps): Promise<StoreHealth> {
  return healthOfStore(await storeAt(deps.storage, id), deps)
}

/** The same of a store wherever it lives: what mirrors a folder is as it was last read. */
export async function healthOfStore(
  store: MemoryStore,
  deps: Pick<WorkspaceDeps, 'storage' | 'rules' | 'memoriesMax' | 'now'>,
): Promise<StoreHealth> {
  const { storage, rules, memoriesMax, now } = deps
  const { id } = store
  const { memories, bytes } = await sizeOf(storage, id)
  const units = await storage.units.list(id)
  const dreams = await dreamsInto(storage, id)
  const open = await openChanges(storage, dreams)
  const isSmall = units.length <= LIMITS.healthUnitsMax
  const expired = expiredUnits(units.slice(0, LIMITS.healthUnitsMax), now().toISOString())
  return {
    storeId: id,
    memories,
    bytes,
    memoriesMax,
    units: units.length,
    duplicates: isSmall ? await repeatedUnits(units, storage.steps, rules) : equalUnits(units),
    openConflicts: openConflicts(open, units),
    staleShare: expired.length / Math.max(1, Math.min(units.length, LIMITS.healthUnitsMax)),
    heldChanges: open.filter(({ status }) => status === 'held').length,
    sessionsUnread: await unreadSessions(storage, store, dreams),
    lastDreamAt: dreams.find(({ status }) => status === 'completed')?.endedAt ?? null,
  }
}

async function sizeOf(
  storage: Storage,
  id: MemoryStoreId,
): Promise<Pick<StoreHealth, 'memories' | 'bytes'>> {
  let [memories, bytes] = [0, 0]
  let after: Position | null = null
  do {
    const query = { prefix: '/', isShallow: false, limit: MEMORIES_AT_ONCE }
    const page = await storage.memories.page(id, after === null ? query : { ...query, after })
    for (const item of page.items) {
      if ('memory' in item) bytes += Buffer.byteLength(item.memory.content, 'utf8')
    }
    memories += page.items.length
    after = page.next
  } while (after !== null)
  return { memories, bytes }
}

/** Changes of plans that wait or are applied, each once, as its newest dream has it. */
async function openChanges(storage: Storage, dreams: readonly Dream[]): Promise<readonly Change[]> {
  const open = dreams.filter(
    ({ planStatus }) => planStatus === 'waiting' || planStatus === 'applied',
  )
  const changes = new Map<string, Change>()
  for (const { id } of open.slice(0, LIMITS.healthDreamsMax)) {
    for (const change of await storage.dreams.changes.list(id)) {
      if (!changes.has(change.id)) changes.set(change.id, change)
    }
  }
  return [...changes.values()]
}

/** A conflict is open until a person rejects it, or one of its sides no longer stands. */
function openConflicts(changes: readonly Change[], units: readonly Unit[]): number {
  const standing = new Set(units.map(({ text }) => text))
  return changes.filter(({ kind, status, before, edits }) => {
    if (kind !== 'conflict') return false
    if (status === 'proposed' || status === 'held') return true
    const written = edits.flatMap((edit) => (edit.op === 'append' ? [asUnitText(edit.text)] : []))
    const sides = [...before.map(({ text }) => text), ...written]
    return status === 'applied' && sides.every((text) => standing.has(text))
  }).length
}

/** Sessions that used the store or went into it before, with events that it has not read. */
async function unreadSessions(
  storage: Storage,
  store: MemoryStore,
  dreams: readonly Dream[],
): Promise<number> {
  const used = await storage.documents.page({
    kind: 'session',
    all: [`store:${store.id}`],
    limit: LIMITS.healthSessionsMax,
  })
  const ids = [
    ...used.items.map((document) => document.id as SessionId),
    ...dreams.flatMap(({ hosted }) => hosted?.sessionIds ?? []),
  ]
  let unread = 0
  for (const id of [...new Set(ids)].slice(0, LIMITS.healthSessionsMax)) {
    const events = await storage.sessions.consumption.unread(store.lineageId, id)
    if (events.length > 0) unread += 1
  }
  return unread
}
