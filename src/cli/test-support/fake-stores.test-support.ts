import type { Memory } from '../../core/memory.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { FolderOperations, ListedDream, MemoryActs } from '../../reverie.ts'
import { AT, aDream, STORE } from './builders.test-support.ts'

type Guarded = <T>(value: T) => Promise<T>

/** Stores and dreams as a whole, over the one dream of the world. */
export function fakeStores(
  world: Parameters<typeof aDream>[0] & {
    readonly title: string
    readonly leftOut: readonly string[]
  },
  store: MemoryStore,
  guarded: Guarded,
): Pick<FolderOperations, 'stores' | 'dreams'> {
  const dream = aDream(world)
  const listed: ListedDream = { dream, store, changes: 15, held: 2, archivedAt: null }
  const kept = { versions: 3, units: 12, pinned: 1, ledger: 4, dreams: 2 }
  const warnings = world.leftOut
  return {
    stores: {
      create: () => guarded(store),
      list: () => guarded([store, STORE]),
      archive: () => guarded({ ...store, archivedAt: AT }),
      export: (_ref, folder, options) =>
        guarded({
          store,
          folder,
          memories: 2,
          kept: options?.markdownOnly === true ? null : kept,
          renamed: [{ path: `/${world.title}`, file: world.title, reason: 'no file name' }],
          warnings,
        }),
      import: () => guarded({ store, format: 'mem0', memories: 2, kept, warnings }),
    },
    dreams: {
      list: () => guarded([listed, { ...listed, store: null, archivedAt: AT }]),
      cancel: () => guarded({ ...dream, status: 'canceled', planStatus: 'none' }),
      archive: () => guarded({ ...listed, archivedAt: AT }),
      unarchive: () => guarded(listed),
    },
  }
}

export function fakeMemoryActs(store: MemoryStore, memory: Memory, guarded: Guarded): MemoryActs {
  return {
    put: () => guarded({ store, memory, outcome: 'modified' }),
    putVersion: () => guarded({ store, memory, outcome: 'created' }),
    remove: (_ref, path) => guarded({ store, path, last: memory.versionId }),
  }
}
