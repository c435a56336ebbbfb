import type { Change } from '../core/change.ts'
import type { Dream, Plan } from '../core/dream.ts'
import type { NewId } from '../core/ids.ts'
import type { Embedder } from '../models/embedder.ts'
import type { MemoryFolder } from '../storage/memory-folder.ts'
import type { Storage } from '../storage/storage.ts'
import type { Asker } from './asking/asker.ts'
import type { Rules } from './rules.ts'

/** Everything a dream sees of the outside. */
export interface DreamPorts {
  readonly storage: Storage
  readonly secrets: SecretScanner
  readonly embedder: Embedder
  readonly rules: Rules
  /** Puts questions to models; null = rules alone. */
  readonly asker: Asker | null
  /** Told what is about to leave and what it may cost, before the first question of a dream. */
  readonly announce: (estimate: Estimate) => Promise<void>
  /** Told before each stage and as its items are done; throwing from it stops the dream. */
  readonly onProgress: (progress: StageProgress) => void
  readonly signal: AbortSignal | null
  /** Called between pieces of work: keeps the lease alive; throws when somebody took the dream over. */
  readonly keepAlive: () => Promise<void>
  /** Called more often than `keepAlive`, where nothing is to be told; absent = nobody waits. */
  readonly breathe?: () => Promise<void>
  /** Sessions whose results are looked up at once; absent = LIMITS.sessionsPerBatchMax. */
  readonly sessionsPerBatch?: number
  /** Absent = the dream ends at its own `asOf`, and nothing else is written with its plan. */
  readonly ending?: DreamEnding
}

/** What becomes of a plan in the very transaction that stores it. */
export interface DreamEnding {
  /** When the dream ended, ISO 8601. */
  readonly at: () => string
  /** Throwing from it stores nothing: the dream goes on being under way. */
  readonly whenPlanned: (tx: Storage, planned: Planned) => Promise<void>
}

/** A dream with its plan, as it was stored a moment ago. */
export interface Planned {
  readonly dream: Dream
  readonly plan: Plan
  readonly changes: readonly Change[]
}

/** Questions and answers of a dream, each asked once. */
export interface AskedAmount {
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
}

/** Made before anything is asked; all but `expected` are upper bounds. */
export interface Estimate {
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** Bytes of prompts. */
  readonly bytes: number
  readonly sessions: number
  readonly notes: number
  /** By average rates, of the model that reads and judges and of the one that words. */
  readonly expected: { readonly small: AskedAmount; readonly large: AskedAmount }
}

export interface StageProgress {
  readonly stage: StageName
  readonly done: number
  readonly of: number
}

export const STAGES = [
  'snapshot',
  'reduce',
  'label',
  'extract',
  'index',
  'pair',
  'decide',
  'assemble',
  'patterns',
  'render',
  'verify',
  'gate',
  'commit',
] as const

export type StageName = (typeof STAGES)[number]

/** Finds and masks secrets in memory texts. */
export interface SecretScanner {
  /** The text with every secret as `[redacted:<kind>]`; the same string when there is none. */
  mask(text: string): Promise<string>
}

/** What apply and revert need besides the storage. `folder` is null for a `store:` target. */
export interface ApplyPorts {
  readonly storage: Storage
  readonly folder: MemoryFolder | null
  readonly now: () => Date
  readonly newId: NewId
  /** What is noted in the transaction that writes the rows, also when it catches up after a crash. */
  readonly whenSettled?: (tx: Storage, dream: Dream) => Promise<void>
}
