/** Which of the memories of a source are meant. */
export interface MemoryChoice {
  /** Absent = the only one there is. */
  readonly user?: string
  /** Name or id; absent = the only one there is. */
  readonly agent?: string
}

/** What a note said before, as its source remembers it. */
export interface FormerText {
  readonly text: string
  /** From when to when, as the source states it, ISO 8601; null = not stated. */
  readonly since: string | null
  readonly until: string | null
  readonly reason: string
  /** What of the source tells it. */
  readonly isRemoved: boolean
}

/** One memory of another program. */
export interface ImportedNote {
  /** Of the source; null = it has none. */
  readonly id: string | null
  readonly text: string
  /** What it is filed under; null = under nothing. Not together with `path`. */
  readonly topic: string | null
  /** Where it stands as a memory of its own; null = among others of its topic. */
  readonly path: string | null
  /** When the source says that it was stated as it is, in its own form; null = it does not say. */
  readonly statedAt: string | null
  /** All else that the source says of it. */
  readonly about: Readonly<Record<string, unknown>>
  /** Oldest first. */
  readonly former: readonly FormerText[]
}

export interface ImportedNotes {
  /** What the source calls itself; null = nothing. */
  readonly name: string | null
  readonly notes: readonly ImportedNote[]
  /** Users whose words these are. */
  readonly userIds: readonly string[]
  readonly warnings: readonly string[]
}

/** Reads memories of one other program from its JSON. Nothing of it is trusted. */
export interface MemoryImporter {
  readonly format: string
  /** Judged by the shape alone. */
  isFormat(value: unknown): boolean
  /**
   * Throws `invalid_request_error` that names the item where the shape is another, or where the
   * choice leaves open who is meant; `request_too_large` for more than the limits.
   */
  read(value: unknown, choice: MemoryChoice): ImportedNotes
}
