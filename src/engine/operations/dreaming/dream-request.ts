import type { Budget } from '../../../core/dream.ts'

/** Told as a dream goes along; `done` and `of` count in the stage's own items. */
export interface Progress {
  readonly stage: string
  readonly done: number
  readonly of: number
}

export interface DreamRequest {
  /** A markdown folder, or `store:<id>`. */
  readonly memory: string
  /**
   * Files, folders or globs of transcripts, or ids of stored sessions; empty = none, the memory
   * alone is tidied. Sessions of other memories are never read unasked.
   */
  readonly sessions: readonly string[]
  /** Only sessions that ended at or after this time, ISO 8601. */
  readonly since?: string
  readonly instructions?: string
  /** Forces a transcript format instead of judging by content. */
  readonly format?: string
  /**
   * `provider/name`, an address, `cassette:<folder>`, or `none` for rules alone; absent = the host's
   * own or the configured one, else rules alone.
   */
  readonly model?: string
  /** For reading and judging; absent = `model` where that is named, else the configured one. */
  readonly smallModel?: string
  /** Caps in place of the configured ones. */
  readonly budget?: Partial<Budget>
  /**
   * Writes every answer that this dream used into a folder when it ends, to be given as
   * `cassette:<folder>`.
   */
  readonly cassette?: string
  /** Told once, before a dream asks its first question; throwing stops the dream, nothing sent. */
  readonly onDeparture?: (departure: Departure) => void
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}

/** What is about to leave the machine, and what it may cost at most. */
export interface Departure {
  /** One for each provider that is asked. */
  readonly providers: readonly {
    readonly model: string
    /** Null = nowhere: a cassette. */
    readonly host: string | null
    /** No dream in this state folder has asked it before. */
    readonly isFirstUse: boolean
  }[]
  /** The most that limits and budget allow, like all figures but `expected`. */
  readonly calls: number
  readonly bytes: number
  readonly sessions: number
  readonly notes: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** US dollars; null = a price is not known. */
  readonly usd: number | null
  /** What a dream of this size takes on average, within the budget. */
  readonly expected: {
    readonly calls: number
    readonly inputTokens: number
    readonly outputTokens: number
    readonly usd: number | null
  }
  readonly budget: Budget
}

/** Memories that learn from the sessions of several agents. */
export interface TogetherRequest extends Omit<DreamRequest, 'memory' | 'sessions'> {
  /** An agent's own memory, as `DreamRequest.memory`, with its sessions. */
  readonly from: readonly Pick<DreamRequest, 'memory' | 'sessions'>[]
  /** Each learns; one of `from` reads its own sessions too. */
  readonly into: readonly string[]
}
