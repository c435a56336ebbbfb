import { ReverieError } from '../../core/errors.ts'
import { canonicalJson } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { MemoryStoreChange, NewMemoryStore, WorkspaceStores } from '../workspace-api.ts'
import { type AuditAct, audit } from './audit.ts'
import { type SearchAid, searchStore } from './search.ts'
import {
  assertDescription,
  assertMetadata,
  assertName,
  audienceOf,
  patchedMetadata,
} from './store-fields.ts'
import { healthOf } from './store-health.ts'
import { storeAt, type WorkspaceDeps } from './workspace-deps.ts'

/** Memory stores of a workspace. */
export function storesOf(deps: WorkspaceDeps, known: SearchAid): WorkspaceStores {
  const { storage, newId } = deps
  const act = (name: AuditAct, id: MemoryStore['id'], by: Parameters<typeof audit>[1]['by']) =>
    [{ act: name, subject: id, by, at: deps.now().toISOString() }, newId] as const
  return {
    create: (draft, by) => createStore(draft, by, deps),

    get: (id) => storeAt(storage, id),

    page: (query) => storage.stores.page(query),

    update: (id, change, by) =>
      storage.transaction(async (tx) => {
        const store = await storeAt(tx, id)
        const patch = patchOf(store, change)
        if (store.archivedAt === null && changesNothing(store, patch)) return store
        const updated = await tx.stores.update(id, patch, deps.now().toISOString())
        await audit(tx, ...act('store.updated', id, by))
        return updated
      }),

    archive: (id, by) => archiveStore(id, by, deps),

    remove: (id, by) =>
      storage.transaction(async (tx) => {
        await storeAt(tx, id)
        await tx.stores.remove(id)
        await audit(tx, ...act('store.removed', id, by))
      }),

    health: (id) => healthOf(id, deps),

    search: (id, search) => searchStore(id, search, storage, known),
  }
}

/** Makes a store. Throws as `WorkspaceStores.create`. */
export async function createStore(
  draft: NewMemoryStore,
  by: Actor,
  { storage, newId, now }: Pick<WorkspaceDeps, 'storage' | 'newId' | 'now'>,
): Promise<MemoryStore> {
  const store = newStore(draft, { newId, now })
  const { id: subject, createdAt: at } = store
  await storage.transaction(async (tx) => {
    await tx.stores.create(store)
    await audit(tx, { act: 'store.created', subject, by, at }, newId)
  })
  return store
}

/** Archives a store; again keeps the first time. Throws `not_found_error`. */
export async function archiveStore(
  id: MemoryStore['id'],
  by: Actor,
  { storage, newId, now }: Pick<WorkspaceDeps, 'storage' | 'newId' | 'now'>,
): Promise<MemoryStore> {
  return storage.transaction(async (tx) => {
    const store = await storeAt(tx, id)
    if (store.archivedAt !== null) return store
    const at = now().toISOString()
    await tx.stores.archive(id, at)
    await audit(tx, { act: 'store.archived', subject: id, by, at }, newId)
    return storeAt(tx, id)
  })
}

function newStore(
  draft: NewMemoryStore,
  { newId, now }: Pick<WorkspaceDeps, 'newId' | 'now'>,
): MemoryStore {
  const { name, description = '', metadata = {} } = draft
  assertName(name)
  assertDescription(description)
  assertMetadata(metadata)
  const id = newId('memstore')
  const at = now().toISOString()
  return {
    id,
    name,
    description,
    metadata: { ...metadata },
    folder: null,
    lineageId: id,
    audience: audienceOf(metadata),
    createdAt: at,
    updatedAt: at,
    archivedAt: null,
  }
}

type StorePatch = Parameters<WorkspaceDeps['storage']['stores']['update']>[1]

function changesNothing(store: MemoryStore, patch: StorePatch): boolean {
  return canonicalJson({ ...store, ...patch }) === canonicalJson(store)
}

function patchOf(
  store: MemoryStore,
  { name, description, metadata: changed }: MemoryStoreChange,
): StorePatch {
  if (name !== undefined) assertName(name)
  if (description !== undefined) assertDescription(description ?? '')
  const metadata = changed === undefined ? undefined : patchedMetadata(store.metadata, changed)
  if (metadata !== undefined) {
    assertMetadata(metadata)
    assertSameAudience(store, metadata)
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description ?? '' }),
    ...(metadata === undefined ? {} : { metadata }),
  }
}

/** What is noted in a store was noted for its readers: others would read it from one day to the next. */
function assertSameAudience(store: MemoryStore, metadata: Readonly<Record<string, string>>): void {
  if (audienceOf(metadata) === store.audience) return
  throw new ReverieError(
    'invalid_request_error',
    `The audience of the memory store "${store.id}" cannot be changed.`,
    { next: 'Make a store for the other audience, and write there what it may read.' },
  )
}
