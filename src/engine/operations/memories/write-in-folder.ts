import { digestOf } from '../../../core/ids.ts'
import type { Memory } from '../../../core/memory.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import { personAuthor } from '../../../core/unit-matching.ts'
import type { MemoryFolder } from '../../../storage/memory-folder.ts'
import type { Storage } from '../../../storage/storage.ts'
import { recordUnits } from '../../mirror-folder.ts'
import type { Deps } from '../deps.ts'
import { LOCAL_PERSON, noteAct } from '../note-act.ts'

/** A person's write of one file. */
export interface FolderPut {
  readonly store: MemoryStore
  readonly folder: MemoryFolder
  readonly path: string
  /** Null = the file goes. */
  readonly content: string | null
  /** As it was seen. */
  readonly before: Memory | null
}

const PREFIX = 'put.'

/**
 * Writes one file through the journal, and its rows before the journal goes. Null = it was removed.
 * Throws `memory_precondition_failed_error` where the file is not what was seen.
 */
export async function writeInFolder(put: FolderPut, deps: Deps): Promise<Memory | null> {
  const { store, folder, path, content, before } = put
  const batchId = `${PREFIX}${digestOf([store.id, path, deps.newId('log')])}`
  const expectedSha256 = before?.contentSha256 ?? null
  const noted: NotedPut = { storeId: store.id, path }
  await deps.storage.steps.put(batchId, JSON.stringify(noted))
  const written: (Memory | null)[] = []
  await folder.write(batchId, [{ path, expectedSha256, content }], async () => {
    written.push(await recordPut({ store, path, content }, batchId, deps))
  })
  return written[0] ?? null
}

interface NotedPut {
  readonly storeId: MemoryStore['id']
  readonly path: string
}

/** Completes the rows of a person's write whose file was written when the process died. */
export async function finishPut(
  batchId: string,
  folder: Pick<MemoryFolder, 'read'>,
  deps: Pick<Deps, 'storage' | 'now' | 'newId'>,
): Promise<void> {
  const row = batchId.startsWith(PREFIX) ? await deps.storage.steps.get(batchId) : null
  if (row === null) return
  const { storeId, path } = JSON.parse(row) as NotedPut
  const store = await deps.storage.stores.get(storeId)
  if (store === null) return
  const file = (await folder.read()).memories.find((memory) => memory.path === path)
  await recordPut({ store, path, content: file?.content ?? null }, batchId, deps)
}

/** Whether the rows of a person's write stood before the crash. */
export async function isPutRecorded(
  batchId: string,
  { steps }: Pick<Storage, 'steps'>,
): Promise<boolean> {
  return batchId.startsWith(PREFIX) && (await steps.get(rowsKey(batchId))) !== null
}

function rowsKey(batchId: string): string {
  return `rows.${batchId}`
}

async function recordPut(
  { store, path, content }: Pick<FolderPut, 'store' | 'path' | 'content'>,
  batchId: string,
  deps: Pick<Deps, 'storage' | 'now' | 'newId'>,
): Promise<Memory | null> {
  return deps.storage.transaction(async (tx) => {
    await tx.steps.put(rowsKey(batchId), '1')
    const before = await tx.memories.getByPath(store.id, path)
    if (content === null) return before === null ? null : removeRow(tx, store, before, deps)
    if (before?.content === content) return before
    const memory = await tx.memories.write({
      storeId: store.id,
      path,
      content,
      actor: LOCAL_PERSON,
      at: deps.now().toISOString(),
      newIds: { memory: deps.newId('mem'), version: deps.newId('memver') },
    })
    await recordUnits(tx, store, memory, before, personAuthor)
    const details = { memory_store_id: store.id, memory_version_id: memory.versionId }
    const act = before === null ? 'memory.created' : 'memory.updated'
    await noteAct(tx, { act, subject: memory.id, details }, deps)
    return memory
  })
}

async function removeRow(
  tx: Storage,
  store: MemoryStore,
  { id, path }: Memory,
  deps: Pick<Deps, 'now' | 'newId'>,
): Promise<null> {
  const version = await tx.memories.remove({
    storeId: store.id,
    path,
    actor: LOCAL_PERSON,
    at: deps.now().toISOString(),
    newIds: { memory: deps.newId('mem'), version: deps.newId('memver') },
  })
  const details = { memory_store_id: store.id, memory_version_id: version.id }
  await noteAct(tx, { act: 'memory.removed', subject: id, details }, deps)
  return null
}
