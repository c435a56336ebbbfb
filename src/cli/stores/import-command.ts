import { LIMITS } from '../../config.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { StoreExport } from '../../reverie.ts'
import { shellWord } from '../projects/shell-word.ts'

/**
 * What brings an export back, under a name that no store here has: an import takes no name twice.
 * `to` is the folder as it was typed.
 */
export function importCommand(
  { store, folder, kept }: Pick<StoreExport, 'store' | 'folder' | 'kept'>,
  to: string,
  stores: readonly MemoryStore[],
): string {
  const command = `reverie store import ${shellWord(to)}`
  // Without the file of what files cannot say, the folder gives the name.
  const name = kept === null ? (folder.split('/').at(-1) ?? '') : store.name
  const taken = new Set(
    stores.filter((one) => one.archivedAt === null && one.folder === null).map((one) => one.name),
  )
  if (!taken.has(name)) return command
  const stem = [...name].slice(0, LIMITS.storeNameCharsMax - 5).join('')
  let [n, free] = [2, `${stem}-2`]
  while (taken.has(free)) {
    n += 1
    free = `${stem}-${n}`
  }
  return `${command} --name ${shellWord(free)}`
}
