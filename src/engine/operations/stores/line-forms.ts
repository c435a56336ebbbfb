import type { Trust } from '../../../core/trust.ts'
import type { Origin } from '../../../core/unit.ts'

/** The form of an exported store, line by line; times are ISO 8601. Later forms get another number. */
export const STORE_FORMAT = 1

export type ActorLine =
  | { readonly type: 'user_actor'; readonly user_id: string }
  | { readonly type: 'api_actor'; readonly api_key_id: string }
  | { readonly type: 'session_actor'; readonly session_id: string }
  | { readonly type: 'dream_actor'; readonly dream_id: string }
  | { readonly type: 'folder_actor'; readonly first_sight: boolean }

interface EvidenceBase {
  readonly quote: string
  readonly at: string | null
  readonly trust: Trust
  readonly source: { readonly path: string; readonly line: number }
}

export type EvidenceLine = EvidenceBase &
  (
    | {
        readonly kind: 'event'
        readonly session_id: string
        readonly event_id: string
        readonly speaker: 'user' | 'agent' | 'tool' | 'system'
        readonly agent_id: string | null
        readonly user_id: string | null
        readonly thread_id: string | null
      }
    | { readonly kind: 'memory'; readonly memory_version_id: string; readonly memory_path: string }
    | { readonly kind: 'shared'; readonly sighting_id: string; readonly agent_id: string | null }
  )

/** The first line. */
export interface StoreFieldsLine {
  readonly type: 'store'
  readonly format: typeof STORE_FORMAT
  readonly exported_at: string
  readonly id: string
  readonly name: string
  readonly description: string
  readonly metadata: Readonly<Record<string, string>>
  readonly audience: string
  /** It mirrored a folder: its paths are those of files. */
  readonly is_folder: boolean
  readonly created_at: string
  readonly updated_at: string
  readonly archived_at: string | null
  /** Users whose words are in it. */
  readonly user_ids: readonly string[]
}

/** One for each version, oldest first. */
export interface VersionLine {
  readonly type: 'version'
  readonly id: string
  readonly memory_id: string
  readonly operation: 'created' | 'modified' | 'deleted'
  /** Null = redacted, like the text then. */
  readonly path: string | null
  /** Of a redacted version that a removal follows: the path that the removal tells. Else null. */
  readonly removed_at: string | null
  readonly content: string | null
  readonly content_sha256: string | null
  readonly actor: ActorLine
  readonly created_at: string
  readonly redacted_at: string | null
  readonly redacted_by: ActorLine | null
}

export interface UnitLine {
  readonly id: string
  readonly sha256: string
  readonly origin: Origin
  readonly trust: Trust
  readonly stated_at: string | null
  readonly is_pinned: boolean
}

/** One for each memory that stands. */
export interface MemoryLine {
  readonly type: 'memory'
  readonly id: string
  readonly path: string
  /** Below the folder. */
  readonly file: string
  readonly content_sha256: string
  readonly version_id: string
  /** In the order of the text. */
  readonly units: readonly UnitLine[]
}

/** What another program said of a unit, or of a whole memory, that comes from it. */
export interface ProvenanceLine {
  readonly type: 'provenance'
  readonly subject_id: string
  readonly created_at: string
  readonly about: Readonly<Record<string, unknown>>
}

export interface LedgerLine {
  readonly type: 'ledger_entry'
  readonly id: string
  readonly dream_id: string
  readonly change_id: string
  readonly kind: 'merged' | 'superseded' | 'removed' | 'generated'
  readonly unit_id: string | null
  readonly path: string
  readonly text: string
  readonly since: string | null
  readonly until: string | null
  readonly reason: string
  readonly evidence: readonly EvidenceLine[]
  readonly recorded_at: string
  readonly is_reverted: boolean
}

interface PlacedLine {
  readonly path: string
  readonly text: string
}

/** For people: what was dreamt. It is not brought back. */
export interface DreamLine {
  readonly type: 'dream'
  readonly id: string
  readonly status: string
  readonly plan_status: string
  readonly created_at: string
  readonly ended_at: string | null
  readonly sessions: readonly string[]
  readonly changes: readonly {
    readonly id: string
    readonly kind: string
    readonly status: string
    readonly held_reason: string | null
    readonly reason: string
    readonly before: readonly PlacedLine[]
    readonly after: readonly PlacedLine[]
    readonly quotes: readonly string[]
  }[]
}

/** The last line: without it the file was cut. */
export interface EndLine {
  readonly type: 'end'
  /** Before it. */
  readonly lines: number
}

export type StoreLine =
  | StoreFieldsLine
  | VersionLine
  | MemoryLine
  | ProvenanceLine
  | LedgerLine
  | DreamLine
  | EndLine
