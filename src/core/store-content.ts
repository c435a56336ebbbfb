import type { Unit } from './unit.ts'

/** A store as a pure value: what a dream reads and what applying changes gives. */
export interface StoreContent {
  readonly memories: ReadonlyMap<string, StoredMemory>
}

export interface StoredMemory {
  readonly path: string
  readonly content: string
  /** Units of exactly this content, by position. */
  readonly units: readonly Unit[]
}

/** Contents after applying changes, touched paths only; null = the memory goes. */
export type ContentDelta = ReadonlyMap<string, string | null>
