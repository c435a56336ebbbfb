import { LIMITS } from '../../config.ts'
import { notFound, ReverieError } from '../../core/errors.ts'
import type { MemoryId, MemoryStoreId } from '../../core/ids.ts'
import type { Actor, Memory } from '../../core/memory.ts'
import { parseMemoryPath } from '../../core/memory-path.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import { type AuthorOf, importedAuthor, personAuthor } from '../../core/unit-matching.ts'
import type { Storage } from '../../storage/storage.ts'
import { recordUnits } from '../mirror-folder.ts'
import type { MemoryChange, WorkspaceMemories } from '../workspace-api.ts'
import { type AuditAct, audit } from './audit.ts'
import { assertPrefix } from './path-prefix.ts'
import { storeAt, type WorkspaceDeps } from './workspace-deps.ts'

/** Memories of a workspace's stores. Each write makes a version, its units and an audit line. */
export function memoriesOf(deps: WorkspaceDeps): WorkspaceMemories {
  const { storage } = deps
  return {
    create: (storeId, draft, by) => createMemory(storeId, draft, by, deps),

    async page(storeId, query) {
      assertPrefix(query.prefix)
      await storeAt(storage, storeId)
      return storage.memories.page(storeId, query)
    },

    async get(storeId, id) {
      await storeAt(storage, storeId)
      return memoryAt(storage, storeId, id)
    },

    update: (storeId, id, change, by) => updateMemory({ storeId, id, by }, change, deps),

    remove: (storeId, id, expectedSha256, by) =>
      removeMemory({ storeId, id, by }, expectedSha256, deps),
  }
}

/** Which memory, and who acts on it. */
interface Target {
  readonly storeId: MemoryStoreId
  readonly id: MemoryId
  readonly by: Actor
}

async function createMemory(
  storeId: MemoryStoreId,
  { path, content }: Parameters<WorkspaceMemories['create']>[1],
  by: Actor,
  deps: WorkspaceDeps,
): Promise<Memory> {
  parseMemoryPath(path)
  assertContent(content)
  return deps.storage.transaction(async (tx) => {
    const store = await writableStore(tx, storeId)
    await assertFree(tx, store, path)
    const memory = await tx.memories.write({
      storeId,
      path,
      content,
      actor: by,
      at: deps.now().toISOString(),
      expectedSha256: null,
      memoriesMax: deps.memoriesMax,
      newIds: { memory: deps.newId('mem'), version: deps.newId('memver') },
    })
    await noteWrite(tx, { store, memory, before: null, by }, deps)
    return memory
  })
}

async function updateMemory(
  { storeId, id, by }: Target,
  change: MemoryChange,
  deps: WorkspaceDeps,
): Promise<Memory> {
  assertChange(change)
  return deps.storage.transaction(async (tx) => {
    const store = await writableStore(tx, storeId)
    const before = await memoryAt(tx, storeId, id)
    const { content, expectedSha256 } = change
    const memory = await tx.memories.move({
      storeId,
      id,
      path: change.path ?? before.path,
      ...(content === undefined ? {} : { content }),
      ...(expectedSha256 === undefined ? {} : { expectedSha256 }),
      actor: by,
      at: deps.now().toISOString(),
      newVersionId: deps.newId('memver'),
    })
    if (memory.versionId === before.versionId) return memory
    await noteWrite(tx, { store, memory, before, by }, deps)
    return memory
  })
}

async function removeMemory(
  { storeId, id, by }: Target,
  expectedSha256: string | null,
  { storage, now, newId }: WorkspaceDeps,
): Promise<void> {
  await storage.transaction(async (tx) => {
    await storeAt(tx, storeId)
    const { path } = await memoryAt(tx, storeId, id)
    const at = now().toISOString()
    const version = await tx.memories.remove({
      storeId,
      path,
      actor: by,
      at,
      ...(expectedSha256 === null ? {} : { expectedSha256 }),
      newIds: { memory: newId('mem'), version: newId('memver') },
    })
    const details = { memory_store_id: storeId, memory_version_id: version.id }
    await audit(tx, { act: 'memory.removed', subject: id, by, at, details }, newId)
  })
}

async function memoryAt(storage: Storage, storeId: MemoryStoreId, id: MemoryId): Promise<Memory> {
  const memory = await storage.memories.get(storeId, id)
  if (memory === null) throw notFound('memory', id)
  return memory
}

interface Write {
  readonly store: MemoryStore
  readonly memory: Memory
  readonly before: Memory | null
  readonly by: Actor
}

async function noteWrite(
  tx: Storage,
  { store, memory, before, by }: Write,
  { newId }: WorkspaceDeps,
): Promise<void> {
  await recordUnits(tx, store, memory, before, authorOf(by))
  const act: AuditAct = before === null ? 'memory.created' : 'memory.updated'
  const details = { memory_store_id: store.id, memory_version_id: memory.versionId }
  await audit(tx, { act, subject: memory.id, by, at: memory.updatedAt, details }, newId)
}

/** What a person wrote is a person's; of a program's writes nobody knows whose words they are. */
function authorOf(by: Actor): AuthorOf {
  return by.type === 'user_actor' ? personAuthor : importedAuthor
}

async function writableStore(tx: Storage, id: MemoryStoreId): Promise<MemoryStore> {
  const store = await storeAt(tx, id)
  if (store.archivedAt === null) return store
  throw new ReverieError('invalid_request_error', `The memory store "${id}" is archived.`, {
    next: 'An archived store is read-only: write to another one.',
  })
}

/** A path that is taken conflicts, whatever its memory holds: a create never overwrites. */
async function assertFree(tx: Storage, store: MemoryStore, path: string): Promise<void> {
  const taken = await tx.memories.getByPath(store.id, path)
  if (taken === null) return
  throw new ReverieError(
    'memory_path_conflict_error',
    `The memory store "${store.id}" has a memory at this path already: ${taken.id}.`,
    {
      next: 'Update that memory, or choose another path.',
      details: { conflicting_path: taken.path, conflicting_memory_id: taken.id },
    },
  )
}

function assertContent(content: string): void {
  const bytes = Buffer.byteLength(content, 'utf8')
  if (bytes <= LIMITS.memoryBytesMax) return
  throw new ReverieError(
    'invalid_request_error',
    `The content has ${bytes} bytes; a memory holds at most ${LIMITS.memoryBytesMax}.`,
    { next: 'Split it over several memories.' },
  )
}

function assertChange({ content, path }: MemoryChange): void {
  if (content === undefined && path === undefined) {
    throw new ReverieError('invalid_request_error', 'Nothing is to be updated.', {
      next: 'Give a content, a path, or both.',
    })
  }
  if (path !== undefined) parseMemoryPath(path)
  if (content !== undefined) assertContent(content)
}
