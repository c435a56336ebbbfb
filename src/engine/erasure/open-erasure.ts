import { type ErasureId, type MemoryStoreId, sha256 } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'
import type { Left } from './support.ts'
import type { CleanedStore } from './withdraw.ts'

/** What is still to be done in one folder; hashes in place of words. */
export interface OpenFolder {
  readonly storeId: MemoryStoreId
  readonly root: string
  readonly files: readonly {
    readonly path: string
    /** Null = the file goes. */
    readonly newPath: string | null
    /** Of the file as it was mirrored. */
    readonly sha256: string
  }[]
  /** By the hash of a unit's text, what stands in its place; null = it goes. */
  readonly units: Readonly<Record<string, Left>>
}

/** An erasure whose folders are not all written yet. */
export interface OpenErasure {
  readonly id: ErasureId
  readonly folders: readonly OpenFolder[]
}

/** Notes, in the transaction of an erasure, what its folders still need. */
export async function noteOpen(
  tx: Storage,
  id: ErasureId,
  stores: readonly CleanedStore[],
  at: string,
): Promise<OpenErasure> {
  const folders = stores.flatMap(({ store, written, fates }): readonly OpenFolder[] => {
    if (store.folder === null || written.length === 0) return []
    const files = written.map(({ path, newPath, content, beforeSha256 }) => ({
      path,
      newPath: content === null ? null : newPath,
      sha256: beforeSha256,
    }))
    const changed = fates.filter(({ unit, left }) => left !== unit.text)
    const units = Object.fromEntries(changed.map(({ unit, left }) => [sha256(unit.text), left]))
    return [{ storeId: store.id, root: store.folder, files, units }]
  })
  const open = { id, folders }
  if (folders.length > 0) await keepOpen(tx, open, at)
  return open
}

/** Keeps what is left to be done; forgets an erasure that is finished. */
export async function keepOpen(storage: Storage, open: OpenErasure, at: string): Promise<void> {
  if (open.folders.length === 0) {
    await storage.documents.remove('erasure', open.id)
    return
  }
  const { id, folders } = open
  const body = JSON.stringify({ folders })
  await storage.documents.put({ kind: 'erasure', id, tags: [], createdAt: at, body })
}

/** Those that were cut off, or whose folders were out of reach, oldest first. */
export async function openErasures(storage: Storage): Promise<readonly OpenErasure[]> {
  const page = await storage.documents.page({ kind: 'erasure', limit: OPEN_MAX, order: 'asc' })
  return page.items.map(({ id, body }) => ({
    id: id as ErasureId,
    ...(JSON.parse(body) as Pick<OpenErasure, 'folders'>),
  }))
}

/** More than anybody leaves open. */
const OPEN_MAX = 1_000
