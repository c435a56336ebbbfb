import type { Change } from '../core/change.ts'
import type { Dream, DreamWithChanges } from '../core/dream.ts'
import type { DreamId, NewId, SessionId, UnitId } from '../core/ids.ts'
import type { LedgerEntry } from '../core/ledger.ts'
import type { Memory, MemoryVersion } from '../core/memory.ts'
import type { MemoryStore } from '../core/memory-store.ts'
import type { Session } from '../core/session.ts'
import type { SessionEvent } from '../core/session-event.ts'
import type { Unit } from '../core/unit.ts'
import type { Model } from '../models/model.ts'
import type { SearchHit } from '../storage/storage.ts'
import type { StatementAsOf } from './as-of.ts'
import type { WorkspaceErasures } from './erasure/erasure-api.ts'
import type { DreamOperations } from './folder-api/dreams-api.ts'
import type { ApplyOutcome, DreamOutcome, ImportSummary } from './folder-api/outcomes.ts'
import type { DueOutcome, DueRequest, ProjectOperations } from './folder-api/projects-api.ts'
import type { AuditOperations, HeldOperations } from './folder-api/review-api.ts'
import type { MemoryActs, StoreOperations } from './folder-api/stores-api.ts'
import type { UpkeepOperations } from './folder-api/upkeep-api.ts'
import type { DreamRequest, TogetherRequest } from './operations/dreaming/dream-request.ts'
import type { Rules } from './rules.ts'

export type { StatementAsOf } from './as-of.ts'
export type * from './erasure/erasure-api.ts'
export type * from './folder-api/dreams-api.ts'
export type * from './folder-api/outcomes.ts'
export type * from './folder-api/projects-api.ts'
export type * from './folder-api/review-api.ts'
export type * from './folder-api/stores-api.ts'
export type * from './folder-api/upkeep-api.ts'
export type {
  Departure,
  DreamRequest,
  Progress,
  TogetherRequest,
} from './operations/dreaming/dream-request.ts'

/** What went into folders, or came out of them: one part for each model. */
export interface Recording {
  readonly parts: readonly {
    readonly folder: string
    readonly model: string
    readonly answers: number
    /** Of these, answers that stood there already. */
    readonly known: number
  }[]
  readonly warnings: readonly string[]
}

/** One file of a plan as it is and as it would be; null = does not exist. */
export interface FilePreview {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
  /** Operator text (CLAUDE.md, AGENTS.md): a patch to take over by hand, never written. */
  readonly isSuggestion: boolean
}

export interface StoreStatus {
  readonly store: MemoryStore
  readonly memories: number
  readonly units: number
  /** Of these, kept from every dream. */
  readonly pinned: number
  readonly bytes: number
  readonly waiting: readonly {
    readonly dreamId: DreamId
    readonly changes: number
    readonly held: number
  }[]
  readonly lastApplied: { readonly dreamId: DreamId; readonly at: string } | null
}

export interface Status {
  readonly home: string
  readonly stores: readonly StoreStatus[]
  readonly sessions: number
  /** What is kept of sessions and until when. */
  readonly retention: string
}

export interface LogEntry {
  readonly at: string
  readonly store: MemoryStore
  readonly version: MemoryVersion
}

export interface DoctorCheck {
  readonly name: string
  readonly isOk: boolean
  readonly found: string
  /** What to do, when not ok. */
  readonly next: string | null
}

/**
 * Dreams over memory folders and single stores, as the command does them; their plans wait for a
 * person. All ids may be given as unique prefixes.
 */
export interface FolderOperations {
  /** Plans; writes nothing into the folder or store. */
  dream(request: DreamRequest): Promise<DreamOutcome>
  /**
   * A plan for each of `into`: words of its own sessions, of all others what recurs in them. Throws
   * as `dream`, and `invalid_request_error` where a session is of two memories.
   */
  dreamTogether(request: TogetherRequest): Promise<readonly DreamOutcome[]>
  /**
   * Dreams over one memory if it is due, and says why or why not; opens no transcript to find out
   * that it is not. Throws as `dream`; what came to nothing is tried again after the cooldown.
   */
  dreamIfDue(request: DueRequest): Promise<DueOutcome>
  /** A dream with its changes, or with the one change the id names. */
  show(id: string): Promise<DreamWithChanges & { readonly store: MemoryStore }>
  /** The files as they are and as `apply` would write them now. */
  preview(dreamId: string): Promise<readonly FilePreview[]>
  /**
   * Records a person's decision on one change; `digest` is that of the plan that was shown
   * (`conflict_error` when it is another).
   */
  decide(changeId: string, decision: 'accept' | 'reject', digest: string): Promise<Change>
  /**
   * Writes exactly the planned bytes, or throws `conflict_error` when the store moved on, and while
   * another program tidies the folder too unless `isForced`.
   */
  apply(dreamId: string, options?: { readonly isForced?: boolean }): Promise<ApplyOutcome>
  discard(dreamId: string): Promise<Dream>
  /** Undoes an applied dream, byte for byte, or throws `conflict_error` when a file moved on. */
  revert(dreamId: string): Promise<ApplyOutcome>
  log(path?: string): Promise<readonly LogEntry[]>
  ledger(storeRef: string, path?: string): Promise<readonly LedgerEntry[]>
  status(): Promise<Status>
  doctor(): Promise<readonly DoctorCheck[]>
  readonly stores: StoreOperations
  readonly dreams: DreamOperations
  readonly memories: MemoryActs & {
    list(storeRef: string): Promise<readonly Memory[]>
    get(
      storeRef: string,
      path: string,
    ): Promise<{ readonly memory: Memory; readonly units: readonly Unit[] }>
    search(storeRef: string, query: string, limit: number): Promise<readonly SearchHit[]>
    /**
     * What was true at the end of a date (`2026`, `2026-03`, `2026-03-14`), from the notes and the
     * ledger; `invalid_request_error` for anything else.
     */
    asOf(storeRef: string, date: string): Promise<readonly StatementAsOf[]>
    /** Pins every unit of a memory, or one unit by id. Returns the units that it concerned. */
    setPinned(storeRef: string, pathOrUnit: string, isPinned: boolean): Promise<readonly UnitId[]>
  }
  readonly held: HeldOperations
  readonly audit: AuditOperations
  readonly sessions: {
    add(sources: readonly string[], format?: string): Promise<ImportSummary>
    list(): Promise<readonly Session[]>
    get(
      id: string,
    ): Promise<{ readonly session: Session; readonly events: readonly SessionEvent[] }>
    remove(id: string): Promise<SessionId>
  }
  /** Memories and transcripts of coding agents on this machine. */
  readonly projects: ProjectOperations
  /** Words that have to go, everywhere; session ids may be shortened. */
  readonly erasures: WorkspaceErasures
  /** Answers of models as a folder, a cassette. */
  readonly recordings: {
    /** Writes every answer that a dream used; what the folder holds of the same model stays. */
    export(dreamId: string, folder: string): Promise<Recording>
    /** Keeps the answers of a folder: a dream by the same model does not ask for them again. */
    import(folder: string): Promise<Recording>
  }
  readonly upkeep: UpkeepOperations
  close(): Promise<void>
}

export interface ReverieOptions {
  /** State folder; default from the environment. */
  readonly home?: string
  /** Where settings and keys are read from; default = the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /**
   * Models of the host program's own, asked by every dream that names none. Bringing them is the
   * permission to ask them.
   */
  readonly models?: { readonly small: Model; readonly large: Model }
  /** Told what goes wrong beside the calls; absent = a warning of the process. */
  readonly onError?: (error: unknown) => void
  readonly now?: () => Date
  readonly newId?: NewId
  /** Parts of judgement to exchange, for measuring; needs a state folder of its own. */
  readonly rules?: Partial<Rules>
}
