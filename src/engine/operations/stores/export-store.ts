import { ReverieError } from '../../../core/errors.ts'
import type { MemoryVersionId } from '../../../core/ids.ts'
import type { Memory } from '../../../core/memory.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import type { MemoryFiles, NewFile } from '../../../memory-imports/memory-files.ts'
import type { Storage } from '../../../storage/storage.ts'
import { EXPORTED_TO } from '../../erasure/erasures.ts'
import type { StoredParts, StoreExport } from '../../folder-api/stores-api.ts'
import { ownersBehind } from '../../hosting/owners.ts'
import { dreamsInto } from '../../settling/output-of.ts'
import type { Deps } from '../deps.ts'
import { noteAct } from '../note-act.ts'
import { resolveTarget } from '../target.ts'
import { fileNames, type NamedFile, STORE_FILE } from './file-names.ts'
import { STORE_FORMAT, type StoreLine } from './line-forms.ts'
import { dreamLine, ledgerLine, memoryLine, versionLine } from './line-values.ts'
import { provenanceOfStore } from './provenance.ts'
import { storeLineText } from './store-lines.ts'

const VERSIONS_AT_ONCE = 200

/** Writes a store into a new or an empty folder; see `StoreOperations.export`. */
export async function exportStore(
  storeRef: string,
  folder: string,
  { markdownOnly = false }: { readonly markdownOnly?: boolean },
  deps: Deps,
): Promise<StoreExport> {
  const { storage } = deps
  const { store, warnings } = await resolveTarget(storeRef, deps)
  const memories = await storage.memories.list(store.id)
  const names = fileNames(
    memories.map(({ path }) => path),
    { isFolder: store.folder !== null },
  )
  const kept: Counts = { versions: 0, units: 0, pinned: 0, ledger: 0, dreams: 0 }
  const files = exportedFiles({ store, memories, names, kept, markdownOnly }, deps)
  const apartFrom = store.folder === null ? [] : [store.folder]
  const at = await memoryFilesOf(deps).write(folder, files, apartFrom)
  await storage.transaction(async (tx) => {
    // Whoever erases words later is told that this folder may hold them.
    await tx.steps.put(`${EXPORTED_TO}${at}`, '1')
    await noteAct(tx, { act: 'store.exported', subject: store.id }, deps)
  })
  const renamed = names.flatMap(({ path, file, reason }) =>
    reason === null ? [] : [{ path, file, reason }],
  )
  const parts = markdownOnly ? null : kept
  return { store, folder: at, memories: memories.length, kept: parts, renamed, warnings }
}

/** Throws `invalid_request_error` where this installation reaches no files. */
export function memoryFilesOf({ memoryFiles }: Deps): MemoryFiles {
  if (memoryFiles !== undefined) return memoryFiles
  throw new ReverieError('invalid_request_error', 'No files can be reached from here.')
}

type Counts = { -readonly [Name in keyof StoredParts]: number }

interface Exported {
  readonly store: MemoryStore
  readonly memories: readonly Memory[]
  /** One for each memory. */
  readonly names: readonly NamedFile[]
  readonly markdownOnly: boolean
  /** Counted as the lines are written. */
  readonly kept: Counts
}

async function* exportedFiles(of: Exported, deps: Deps): AsyncGenerator<NewFile> {
  for (const [n, { content }] of of.memories.entries()) {
    yield { name: of.names[n]?.file ?? '', text: [content] }
  }
  if (!of.markdownOnly) yield { name: STORE_FILE, text: storeText(of, deps) }
}

async function* storeText(of: Exported, deps: Deps): AsyncGenerator<string> {
  let lines = 0
  for await (const line of storeLines(of, deps)) {
    lines += 1
    yield storeLineText(line)
  }
  yield storeLineText({ type: 'end', lines })
}

/** History first, so that whoever reads it can play it back as it comes. */
async function* storeLines(of: Exported, deps: Deps): AsyncGenerator<StoreLine> {
  const { storage } = deps
  const { store, kept } = of
  yield await storeLine(store, deps)
  for (const { id, removedAt } of await versionsOf(store, storage)) {
    const version = await storage.memories.versions.get(id)
    if (version === null) continue
    kept.versions += 1
    yield versionLine(version, removedAt)
  }
  for (const [n, memory] of of.memories.entries()) {
    const units = await storage.units.ofVersion(memory.versionId)
    kept.units += units.length
    kept.pinned += units.filter(({ isPinned }) => isPinned).length
    yield memoryLine(memory, of.names[n]?.file ?? '', units)
  }
  yield* provenanceOfStore(store.id, storage)
  for (const entry of (await storage.ledger.list(store.id, { withReverted: true })).toReversed()) {
    kept.ledger += 1
    yield ledgerLine(entry)
  }
  for (const dream of (await dreamsInto(storage, store.id)).toReversed()) {
    kept.dreams += 1
    yield dreamLine(dream, await storage.dreams.changes.list(dream.id))
  }
}

async function storeLine(of: MemoryStore, { storage, now }: Deps): Promise<StoreLine> {
  const { userIds } = await ownersBehind(storage, of.id)
  return {
    type: 'store',
    format: STORE_FORMAT,
    exported_at: now().toISOString(),
    id: of.id,
    name: of.name,
    description: of.description,
    metadata: { ...of.metadata },
    audience: of.audience,
    is_folder: of.folder !== null,
    created_at: of.createdAt,
    updated_at: of.updatedAt,
    archived_at: of.archivedAt,
    user_ids: [...userIds],
  }
}

/** Oldest first. Their texts are fetched one by one: a history may be large. */
async function versionsOf(
  store: MemoryStore,
  storage: Storage,
): Promise<readonly { readonly id: MemoryVersionId; readonly removedAt: string | null }[]> {
  const found: { readonly id: MemoryVersionId; readonly removedAt: string | null }[] = []
  /** Of each memory whose next version is a removal, the path that this one tells. */
  const removedAt = new Map<string, string | null>()
  for (let after: string | null | undefined; after !== null; ) {
    const page = await storage.memories.versions.page(store.id, {
      limit: VERSIONS_AT_ONCE,
      ...(after === undefined ? {} : { after }),
    })
    for (const { id, memoryId, path, operation, redactedAt } of page.items) {
      const next = redactedAt === null ? null : (removedAt.get(memoryId) ?? null)
      found.push({ id, removedAt: next })
      removedAt.set(memoryId, operation === 'deleted' ? path : null)
    }
    after = page.next
  }
  return found.reverse()
}
