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
import { isCalled } from './stores/named-store.ts'

/** A store with the folder that it mirrors, if any. */
export interface Target {
  readonly store: MemoryStore
  readonly folder: MemoryFolder | null
  /** Files that could not be read, with the reason. */
  readonly warnings: readonly string[]
}

const STORE_PREFIX = 'store:'

/**
 * What a person named: `store:<id>`, `store:<name>`, a folder, or the bare id of a store where no
 * folder is called so. A folder is recovered from a write that was cut off, then mirrored, before
 * anything else looks at it.
 */
export async function resolveTarget(ref: string, deps: Deps): Promise<Target> {
  if (ref.startsWith(STORE_PREFIX)) {
    return storeTarget(await findStore(ref.slice(STORE_PREFIX.length), deps), deps)
  }
  try {
    return await openTarget(ref, deps)
  } catch (error) {
    if (!isReverieError(error, 'not_found_error')) throw error
    return storeTarget(await storeMeantBy(ref, error, deps), deps)
  }
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

async function storeTarget(store: MemoryStore, deps: Deps): Promise<Target> {
  return store.folder === null
    ? { store, folder: null, warnings: [] }
    : openTarget(store.folder, deps)
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
  const [first, second] = stores.filter((store) => isCalled(store, named))
  if (first === undefined) {
    if (stores.some(({ id }) => id.startsWith(named))) return only('memory store', named, stores)
    const next = 'List what there is with `reverie store ls`.'
    throw new ReverieError('not_found_error', `There is no memory store "${named}".`, { next })
  }
  if (second === undefined) return first
  throw new ReverieError(
    'invalid_request_error',
    `Several memory stores are called "${named}": ${byId(first)}, ${byId(second)}.`,
    { next: `Name one by its id, as ${byId(first)}: \`reverie store ls\` has the ids.` },
  )
}

/** The store whose id was typed alone; throws what became of the folder, with what may be meant. */
async function storeMeantBy(
  ref: string,
  noFolder: ReverieError,
  { storage }: Deps,
): Promise<MemoryStore> {
  const stores = await storage.stores.list()
  const exact = stores.find(({ id }) => id === ref)
  if (exact !== undefined) return exact
  const isIdPart = ref.startsWith(ID_PREFIX)
  const meant = stores.filter((store) => {
    return isCalled(store, ref) || (isIdPart && store.id.startsWith(ref))
  })
  const [first, second] = meant
  if (first === undefined) throw noFolder
  const isPlain = second === undefined && first.name === ref && /^[\w.-]+$/.test(ref)
  const known = isPlain
    ? `${STORE_PREFIX}${ref}`
    : meant.slice(0, MEANT_TOLD).map(byId).join(' or ')
  const next = `Did you mean ${known}?`
  throw new ReverieError('not_found_error', noFolder.message, { cause: noFolder, next })
}

const ID_PREFIX = 'memstore_'
const MEANT_TOLD = 3

/** How a command names it, whatever it is called. */
function byId({ id }: MemoryStore): string {
  return `${STORE_PREFIX}${id}`
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
