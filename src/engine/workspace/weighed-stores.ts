import type { MemoryVersionId } from '../../core/ids.ts'
import type { Memory } from '../../core/memory.ts'

/** The memories of a store, cut into the passages that near words are looked for in. */
export interface WeighedStore {
  readonly memories: readonly Memory[]
  /** Of each memory, where its own begin and end in `texts`. */
  readonly places: readonly (readonly [number, number])[]
  /** One array for one state of a store, so that its vectors are found again. */
  readonly texts: readonly string[]
}

/** Stores that were searched lately, as they stood at their newest version. */
export interface WeighedStores {
  /** Null = unknown, or it was written to since. */
  find(place: string, version: MemoryVersionId | null): WeighedStore | null
  keep(place: string, version: MemoryVersionId | null, store: WeighedStore): void
  forget(): void
}

/** Keeps at most `textsMax` passages in all; what was kept first goes first. */
export function weighedStores(textsMax: number): WeighedStores {
  const kept = new Map<string, { version: MemoryVersionId | null; store: WeighedStore }>()
  return {
    forget: () => kept.clear(),
    find(place, version) {
      const found = kept.get(place)
      return found !== undefined && found.version === version ? found.store : null
    },
    keep(place, version, store) {
      kept.delete(place)
      if (store.texts.length > textsMax) return
      kept.set(place, { version, store })
      let count = [...kept.values()].reduce((sum, one) => sum + one.store.texts.length, 0)
      for (const [other, { store: old }] of kept) {
        if (count <= textsMax) return
        kept.delete(other)
        count -= old.texts.length
      }
    },
  }
}
