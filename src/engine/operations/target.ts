import type { Dream } from '../../core/dream.ts'
import { isReverieError, notFound, ReverieError } from '../../core/errors.ts'
import type { MemoryStoreId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import { tangledLine } from '../../core/text/tangle.ts'
import type { FolderContent, MemoryFolder } from '../../storage/memory-folder.ts'
import type { Storage } from '../../storage/storage.ts'
import { finishErasures } from '../erasure/clean-folder.ts'
import { mirrorFolder } from '../mirror-folder.ts'
import { finishSettling, isSettled } from '../settling/settle-plan.ts'
import type { Deps } from './deps.ts'
import { finishPut, isPutRecorded } from './memories/write-in-folder.ts'
import { noteSettled } from './note-act.ts'

/** A store with the folder that it mirrors, if any. */
export interface Target {
  readonly store: MemoryStore
  readonly folder: MemoryFolder | null
  /** Files that could not be read, with the reason. */
  readonly warnings: readonly string[]
}

const STORE_PREFIX = 'store:'

/**
 * What a person named: `store:<id>`, `store:<name>` or a folder. A folder is recovered from a write
 * that was cut off, then mirrored, before anything else looks at it.
 */
export async function resolveTarget(ref: string, deps: Deps): Promise<Target> {
  if (ref.startsWith(STORE_PREFIX)) {
    const store = await findStore(ref.slice(STORE_PREFIX.length), deps)
    return store.folder === null
      ? { store, folder: null, warnings: [] }
      : openTarget(store.folder, deps)
  }
  return openTarget(ref, deps)
}

/** The target of a dream that was planned earlier; its folder is recovered, not mirrored. */
export async function targetOf(dream: Dream, deps: Deps): Promise<Target> {
  const store = await deps.storage.stores.get(dream.storeId)
  if (store === null) throw notFound('memory store', dream.storeId)
  if (store.folder === null) return { store, folder: null, warnings: [] }
  const folder = deps.openFolder(store.folder)
  await recover(folder, deps)
  return { store, folder, warnings: [] }
}

async function openTarget(path: string, deps: Deps): Promise<Target> {
  const folder = deps.openFolder(path)
  await recover(folder, deps)
  const content = await folder.read()
  const store = await mirrorFolder(content, deps.storage, deps)
  const leftOut = content.skipped.map(({ path, reason }) => `${path} was left out: ${reason}`)
  return { store, folder, warnings: [...leftOut, ...content.memories.flatMap(tangleIn)] }
}

function tangleIn({ path, content }: FolderContent['memories'][number]): readonly string[] {
  const line = tangledLine(content)
  if (line === null) return []
  return [`${path} is kept as it is: line ${line} nests lists or quotes too deeply to be read`]
}

/** Finishes or rolls back what a crash left in the folder, and the rows that belong to it. */
async function recover(folder: MemoryFolder, deps: Deps): Promise<void> {
  const { storage, now, newId } = deps
  const whenSettled = (tx: Storage, dream: Dream): Promise<void> => noteSettled(tx, dream, deps)
  const ports = { storage, folder, now, newId, whenSettled }
  await folder.recover(
    async (batchId) => {
      await finishSettling(batchId, ports)
      await finishPut(batchId, folder, deps)
    },
    async (batchId) =>
      (await isSettled(batchId, storage)) || (await isPutRecorded(batchId, storage)),
  )
  // Before anybody mirrors it: words that were erased must not come back from a file.
  await finishErasures({ storage, now, newId, openFolder: deps.openFolder })
}

/**
 * A folder that is gone or out of reach is told by `doctor`, and one that is being written to at this
 * moment needs no recovery; on a full disk there is no room for it. None stops anybody from looking.
 */
export async function recoverIfThere(path: string, deps: Deps): Promise<void> {
  try {
    await recover(deps.openFolder(path), deps)
  } catch (error) {
    const isOutOfReach =
      isReverieError(error, 'not_found_error') ||
      isReverieError(error, 'permission_error') ||
      isReverieError(error, 'conflict_error') ||
      (isReverieError(error) && error.details.reason === 'disk_full')
    if (!isOutOfReach) throw error
  }
}

/** By its id, its whole name, or as much of its id as makes it the only one. */
async function findStore(named: string, deps: Deps): Promise<MemoryStore> {
  const exact = await deps.storage.stores.get(named as MemoryStoreId)
  if (exact !== null) return exact
  const stores = await deps.storage.stores.list()
  const [first, second] = stores.filter(({ name, archivedAt, folder }) => {
    return name === named && archivedAt === null && folder === null
  })
  if (first === undefined) return only('memory store', named, stores)
  if (second === undefined) return first
  throw new ReverieError(
    'invalid_request_error',
    `Several memory stores are called "${named}": ${first.id}, ${second.id}.`,
    { next: 'Name one by its id.' },
  )
}

/** The one item whose id starts with what a person typed. */
export function only<T extends { readonly id: string }>(
  what: string,
  prefix: string,
  items: readonly T[],
): T {
  const matching = prefix === '' ? [] : items.filter(({ id }) => id.startsWith(prefix))
  const [first, second] = matching
  if (first === undefined) throw notFound(what, prefix)
  if (second !== undefined) {
    throw new ReverieError(
      'invalid_request_error',
      `"${prefix}" fits ${matching.length} of kind ${what}: ${first.id}, ${second.id}.`,
      { next: 'Type more of the id.' },
    )
  }
  return first
}
