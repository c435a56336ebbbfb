import type { Dreamt, Transcript } from '../../harness/dream-cases.ts'

/** Something that can be found, and the pieces of gold that it holds. */
export interface Findable {
  readonly path: string
  readonly content: string
  readonly holds: ReadonlySet<string>
}

export interface Question {
  readonly text: string
  /** Pieces of gold that answer it. */
  readonly gold: readonly string[]
}

/** A memory as it is without a dream, what sessions say besides, and questions to both. */
export interface SearchCase {
  /** The notes with what the sessions said beside them, untouched: what one has without a dream. */
  readonly before: readonly Findable[]
  /** The memory that the dream is given. */
  readonly memory: Readonly<Record<string, string>>
  readonly transcripts: readonly Transcript[]
  /** Every turn of the sessions by itself. */
  readonly turns: readonly Findable[]
  /** The gold that each memory holds after the dream, by path. */
  readonly heldAfter: (dreamt: Dreamt) => ReadonlyMap<string, ReadonlySet<string>>
  readonly questions: readonly Question[]
}
