import type { MemoryStore } from '../../../core/memory-store.ts'
import { importedAuthor } from '../../../core/unit-matching.ts'
import type { Storage } from '../../../storage/storage.ts'
import { recordUnits } from '../../mirror-folder.ts'
import type { Deps } from '../deps.ts'

/** Makes a memory of a file that nobody is known to have written. Throws as a new memory does. */
export async function bringFile(
  tx: Storage,
  store: MemoryStore,
  { path, content }: { readonly path: string; readonly content: string },
  { now, newId }: Pick<Deps, 'now' | 'newId'>,
): Promise<void> {
  const memory = await tx.memories.write({
    storeId: store.id,
    path,
    content,
    actor: { type: 'folder_actor', firstSight: true },
    at: now().toISOString(),
    expectedSha256: null,
    newIds: { memory: newId('mem'), version: newId('memver') },
  })
  await recordUnits(tx, store, memory, null, importedAuthor)
}
