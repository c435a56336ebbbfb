import type { NewId } from '../../core/ids.ts'
import type { Actor, Memory } from '../../core/memory.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { StoreContent, StoredMemory } from '../../core/store-content.ts'
import { type AuthorOf, importedAuthor } from '../../core/unit-matching.ts'
import type { Storage } from '../../storage/storage.ts'
import { recordUnits } from '../mirror-folder.ts'
import { type CleanMemory, cleanStore, type UnitFate } from './clean-store.ts'
import type { Judge } from './unit-fate.ts'

/** Who erases, and when. */
export interface Act {
  readonly by: Actor
  readonly at: string
  readonly newId: NewId
}

/** What an erasure did to the memories of one store. */
export interface CleanedStore {
  readonly store: MemoryStore
  readonly fates: readonly UnitFate[]
  /** What was written, with the hash that stood there before. */
  readonly written: readonly (CleanMemory & { readonly beforeSha256: string })[]
}

/** Brings the memories of a store to what stands without the words, as new versions. */
export async function withdrawIn(
  tx: Storage,
  store: MemoryStore,
  judge: Judge,
  act: Act,
): Promise<CleanedStore> {
  const present = await tx.memories.list(store.id)
  const { memories, fates } = cleanStore(await contentOf(tx, present), judge)
  if (memories.length === 0) return { store, fates, written: [] }
  const byPath = new Map(present.map((memory) => [memory.path, memory]))
  await tx.erasure.setArchived(store.id, null)
  const written: CleanedStore['written'][number][] = []
  for (const clean of memories) {
    const before = byPath.get(clean.path)
    if (before === undefined) continue
    await writeClean(tx, store, { clean, before }, act)
    written.push({ ...clean, beforeSha256: before.contentSha256 })
  }
  if (store.archivedAt !== null) await tx.erasure.setArchived(store.id, store.archivedAt)
  return { store, fates, written }
}

async function contentOf(tx: Storage, present: readonly Memory[]): Promise<StoreContent> {
  const memories = new Map<string, StoredMemory>()
  for (const { path, content, versionId } of present) {
    memories.set(path, { path, content, units: await tx.units.ofVersion(versionId) })
  }
  return { memories }
}

async function writeClean(
  tx: Storage,
  store: MemoryStore,
  of: { readonly clean: CleanMemory; readonly before: Memory },
  { by, at, newId }: Act,
): Promise<void> {
  const { clean, before } = of
  if (clean.content === null) {
    const newIds = { memory: newId('mem'), version: newId('memver') }
    await tx.memories.remove({ storeId: store.id, path: clean.path, actor: by, at, newIds })
    return
  }
  const memory = await tx.memories.move({
    storeId: store.id,
    id: before.id,
    path: clean.newPath,
    content: clean.content,
    actor: by,
    at,
    newVersionId: newId('memver'),
  })
  await recordUnits(tx, store, memory, before, sameAuthor)
}

/** What is left of a text is whose it was. */
const sameAuthor: AuthorOf = (parsed, previous) => previous ?? importedAuthor(parsed, previous)
