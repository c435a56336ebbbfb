import { LIMITS } from '../../../config.ts'
import { isReverieError, notFound, ReverieError } from '../../../core/errors.ts'
import { type MemoryVersionId, sha256 } from '../../../core/ids.ts'
import type { Memory } from '../../../core/memory.ts'
import { parseMemoryPath } from '../../../core/memory-path.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import type {
  MemoryActs,
  MemoryPut,
  PutMemory,
  RemovedMemory,
} from '../../folder-api/stores-api.ts'
import { memoriesOf } from '../../workspace/memories.ts'
import type { WorkspaceDeps } from '../../workspace/workspace-deps.ts'
import type { Deps } from '../deps.ts'
import { asMemoryPath } from '../inspect.ts'
import { LOCAL_PERSON } from '../note-act.ts'
import { resolveTarget, type Target } from '../target.ts'
import { writeInFolder } from './write-in-folder.ts'

/** What a person does to one memory, of a store or of a folder. */
export function memoryActsOf(deps: Deps): MemoryActs {
  return {
    put: async (storeRef, put) => putMemory(await resolveTarget(storeRef, deps), put, deps),
    putVersion: (storeRef, path, versionId) => putVersion(storeRef, path, versionId, deps),
    remove: (storeRef, path, expected) => removeMemory(storeRef, path, expected, deps),
  }
}

async function putMemory(target: Target, put: MemoryPut, deps: Deps): Promise<PutMemory> {
  const path = asMemoryPath(put.path)
  const { store, folder } = target
  assertText(path, put.content, folder === null)
  if (folder === null) parseMemoryPath(path)
  const before = await deps.storage.memories.getByPath(store.id, path)
  assertExpected(path, before, put.expectedSha256)
  if (before?.content === put.content) return { store, memory: before, outcome: 'unchanged' }
  const write = { path, content: put.content, before }
  const memory = await whileUnmoved(path, () =>
    folder === null
      ? putInStore(store, write, deps)
      : writeInFolder({ store, folder, ...write }, deps),
  )
  if (memory === null) throw notFound('memory', path)
  return { store, memory, outcome: before === null ? 'created' : 'modified' }
}

async function putVersion(
  storeRef: string,
  named: string,
  versionId: string | null,
  deps: Deps,
): Promise<PutMemory> {
  const target = await resolveTarget(storeRef, deps)
  const path = asMemoryPath(named)
  const content =
    versionId === null
      ? await contentBefore(target.store, path, deps)
      : await contentOf(target.store, versionId, deps)
  return putMemory(target, { path, content }, deps)
}

async function contentOf({ id }: MemoryStore, versionId: string, deps: Deps): Promise<string> {
  const version = await deps.storage.memories.versions.get(versionId as MemoryVersionId)
  if (version === null || version.storeId !== id) throw notFound('memory version', versionId)
  if (version.content !== null) return version.content
  const why = version.operation === 'deleted' ? 'is a removal' : 'is redacted'
  throw new ReverieError('invalid_request_error', `${versionId} ${why} and holds no text.`, {
    next: 'Name a version before it: reverie log <path> --json',
  })
}

/** What the newest version says that is not what stands there now. */
async function contentBefore({ id }: MemoryStore, path: string, deps: Deps): Promise<string> {
  const { memories } = deps.storage
  const present = await memories.getByPath(id, path)
  const versions = await memories.versions.list(id, { path, limit: VERSIONS_LOOKED_AT_MAX })
  for (const { content } of versions) {
    if (content !== null && content !== present?.content) return content
  }
  throw new ReverieError('not_found_error', `Nothing else ever stood at ${path}.`, {
    next: 'See what happened to it: reverie log <path>',
  })
}

const VERSIONS_LOOKED_AT_MAX = 1_000

async function removeMemory(
  storeRef: string,
  named: string,
  expectedSha256: string | undefined,
  deps: Deps,
): Promise<RemovedMemory> {
  const { store, folder } = await resolveTarget(storeRef, deps)
  const path = asMemoryPath(named)
  const before = await deps.storage.memories.getByPath(store.id, path)
  if (before === null) throw notFound('memory', path)
  assertExpected(path, before, expectedSha256)
  await whileUnmoved(path, async () => {
    if (folder !== null) {
      await writeInFolder({ store, folder, path, content: null, before }, deps)
    } else await memoriesIn(deps).remove(store.id, before.id, before.contentSha256, LOCAL_PERSON)
  })
  return { store, path, last: before.versionId }
}

interface StoreWrite {
  readonly path: string
  readonly content: string
  readonly before: Memory | null
}

function putInStore(
  { id }: MemoryStore,
  { path, content, before }: StoreWrite,
  deps: Deps,
): Promise<Memory> {
  const memories = memoriesIn(deps)
  if (before === null) return memories.create(id, { path, content }, LOCAL_PERSON)
  const change = { content, expectedSha256: before.contentSha256 }
  return memories.update(id, before.id, change, LOCAL_PERSON)
}

function memoriesIn(deps: Deps): ReturnType<typeof memoriesOf> {
  const parts: WorkspaceDeps = { ...deps, memoriesMax: memoriesMaxOf(deps) }
  return memoriesOf(parts)
}

/** How many memories a store may hold here. */
export function memoriesMaxOf({ memoriesMax }: Pick<Deps, 'memoriesMax'>): number {
  return memoriesMax ?? LIMITS.memoriesPerStoreMax
}

function assertText(path: string, content: string, isOfStore: boolean): void {
  if (content === '') {
    throw new ReverieError('invalid_request_error', `The text for ${path} is empty.`, {
      next: 'Give a text, or remove the memory: reverie memory rm <memory> <path>',
    })
  }
  const max = isOfStore ? LIMITS.memoryBytesMax : LIMITS.folderFileBytesMax
  const bytes = Buffer.byteLength(content, 'utf8')
  if (bytes <= max) return
  throw new ReverieError(
    'request_too_large',
    `The text for ${path} has ${bytes} bytes; ${isOfStore ? 'a memory of a store' : 'a file of a memory folder'} holds at most ${max}.`,
    { next: 'Split it over several memories.' },
  )
}

function assertExpected(
  path: string,
  before: Memory | null,
  expected: string | null | undefined,
): void {
  const present = before === null ? null : sha256(before.content)
  if (expected === undefined || expected === present) return
  throw new ReverieError(
    'conflict_error',
    present === null
      ? `There is no memory at ${path} now.`
      : `The memory at ${path} has the hash ${present} now.`,
    { next: 'Look at it again: reverie memory get <memory> <path>' },
  )
}

/** A hash that was seen a moment ago and is not there any more: somebody else was faster. */
async function whileUnmoved<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isReverieError(error, 'memory_precondition_failed_error')) throw error
    throw new ReverieError('conflict_error', `${path} was changed by somebody else meanwhile.`, {
      cause: error,
      next: 'Look at it again: reverie memory get <memory> <path>',
    })
  }
}
