import { type Change, isEffective } from '../../core/change.ts'
import type { Dream } from '../../core/dream.ts'
import { notFound } from '../../core/errors.ts'
import type { ChangeId, DreamId } from '../../core/ids.ts'
import type { LedgerEntry } from '../../core/ledger.ts'
import { isOperatorText } from '../../core/memory-path.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { StoreContent } from '../../core/store-content.ts'
import type { FilePreview, FolderOperations, LogEntry, Status, StoreStatus } from '../api.ts'
import { stepsBetween } from '../settling/bring-to.ts'
import { loadSnapshot } from '../stages/snapshot.ts'
import type { Deps } from './deps.ts'
import { only, recoverIfThere, resolveTarget } from './target.ts'
import { retentionTold } from './upkeep/retention-told.ts'

/** Newest versions shown by `log`. */
const LOG_VERSIONS_MAX = 200

export async function findDream(idOrPrefix: string, deps: Deps): Promise<Dream> {
  const exact = await deps.storage.dreams.get(idOrPrefix as DreamId)
  return exact ?? only('dream', idOrPrefix, await deps.storage.dreams.list())
}

export async function findChange(
  idOrPrefix: string,
  deps: Deps,
): Promise<{ readonly dreamId: DreamId; readonly change: Change }> {
  const exact = await deps.storage.dreams.changes.find(idOrPrefix as ChangeId)
  if (exact !== null) return exact
  const all: { readonly id: string; readonly dreamId: DreamId; readonly change: Change }[] = []
  for (const { id: dreamId } of await deps.storage.dreams.list()) {
    for (const change of await deps.storage.dreams.changes.list(dreamId)) {
      if (!all.some(({ id }) => id === change.id)) all.push({ id: change.id, dreamId, change })
    }
  }
  return only('change', idOrPrefix, all)
}

export async function show(id: string, deps: Deps): ReturnType<FolderOperations['show']> {
  const one = id.startsWith('chg_') ? await findChange(id, deps) : null
  const dream = await findDream(one?.dreamId ?? id, deps)
  const changes = one === null ? await deps.storage.dreams.changes.list(dream.id) : [one.change]
  return { dream, changes, store: await storeOf(dream, deps) }
}

/** Files that differ between now and after `apply`; of an applied dream, before and after it. */
export async function preview(dreamId: string, deps: Deps): Promise<readonly FilePreview[]> {
  const dream = await findDream(dreamId, deps)
  const changes = await deps.storage.dreams.changes.list(dream.id)
  const { content } = await loadSnapshot(dream.snapshot, deps.storage)
  const files = stepsBetween(content, [], changes.filter(isEffective)).map(
    ({ path, from, to }): FilePreview => ({ path, before: from, after: to, isSuggestion: false }),
  )
  return [...files, ...suggestions(content, changes)]
}

/** Operator text as a conflict suggests to word it; shown as a patch, never written. */
function suggestions(content: StoreContent, changes: readonly Change[]): readonly FilePreview[] {
  const patched = new Map<string, string>()
  for (const { before, after } of changes) {
    for (const { path, text } of before.filter((old) => isOperatorText(old.path))) {
      const wording = after.find((item) => item.path === path && item.text !== text)
      const present = patched.get(path) ?? content.memories.get(path)?.content
      if (wording !== undefined && present !== undefined) {
        patched.set(
          path,
          present.replace(text, () => wording.text),
        )
      }
    }
  }
  return [...patched].map(([path, after]) => ({
    path,
    before: content.memories.get(path)?.content ?? null,
    after,
    isSuggestion: true,
  }))
}

export async function log(path: string | undefined, deps: Deps): Promise<readonly LogEntry[]> {
  const entries: LogEntry[] = []
  for (const store of await deps.storage.stores.list()) {
    const filter = {
      limit: LOG_VERSIONS_MAX,
      ...(path === undefined ? {} : { path: asMemoryPath(path) }),
    }
    const versions = await deps.storage.memories.versions.list(store.id, filter)
    entries.push(...versions.map((version) => ({ at: version.createdAt, store, version })))
  }
  return entries.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, LOG_VERSIONS_MAX)
}

export async function ledger(
  storeRef: string,
  path: string | undefined,
  deps: Deps,
): Promise<readonly LedgerEntry[]> {
  const { store } = await resolveTarget(storeRef, deps)
  return deps.storage.ledger.list(store.id, path === undefined ? {} : { path: asMemoryPath(path) })
}

export async function status(deps: Deps): Promise<Status> {
  const stores = await deps.storage.stores.list()
  const sessions = await deps.storage.sessions.list()
  const statuses: StoreStatus[] = []
  for (const store of stores) {
    if (store.folder !== null) await recoverIfThere(store.folder, deps)
    statuses.push(await storeStatus(store, deps))
  }
  return {
    home: deps.home,
    stores: statuses,
    sessions: sessions.length,
    retention: await retentionTold(deps),
  }
}

async function storeStatus(store: MemoryStore, deps: Deps): Promise<StoreStatus> {
  const memories = await deps.storage.memories.list(store.id)
  const units = await deps.storage.units.list(store.id)
  const dreams = await deps.storage.dreams.list(store.id)
  const waiting: StoreStatus['waiting'][number][] = []
  for (const dream of dreams) {
    const changes = await deps.storage.dreams.changes.list(dream.id)
    const open = changes.filter(({ status }) => status === 'proposed' || status === 'accepted')
    const held = changes.filter((change) => change.status === 'held').length
    const isOpen =
      dream.planStatus === 'waiting' || (dream.planStatus === 'applied' && open.length + held > 0)
    if (isOpen) waiting.push({ dreamId: dream.id, changes: open.length, held })
  }
  const applied = dreams.find(({ planStatus }) => planStatus === 'applied')
  return {
    store,
    memories: memories.length,
    units: units.length,
    pinned: units.filter(({ isPinned }) => isPinned).length,
    bytes: memories.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0),
    waiting,
    lastApplied:
      applied === undefined
        ? null
        : { dreamId: applied.id, at: applied.endedAt ?? applied.createdAt },
  }
}

export async function storeOf(dream: Dream, deps: Deps): Promise<MemoryStore> {
  const store = await deps.storage.stores.get(dream.storeId)
  if (store === null) throw notFound('memory store', dream.storeId)
  return store
}

export function asMemoryPath(path: string): string {
  return path.startsWith('/') ? path : `/${path.replace(/^\.\//, '')}`
}
