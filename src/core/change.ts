import type { Audience } from './audience.ts'
import { assertNever } from './errors.ts'
import type { Evidence } from './evidence.ts'
import type { ChangeId, ChangeSetId, UnitId } from './ids.ts'
import type { LedgerDraft } from './ledger.ts'
import type { Trust } from './trust.ts'

/** What a dream may do; nothing else exists. `keep` is a disposition, never a change of bytes. */
export const CHANGE_KINDS = [
  'keep',
  'add',
  'merge',
  'supersede',
  'conflict',
  'insight',
  'annotate',
  'redact',
  'remove',
] as const

export type ChangeKind = (typeof CHANGE_KINDS)[number]

export type ChangeStatus = 'proposed' | 'accepted' | 'rejected' | 'held' | 'applied' | 'reverted'

/** A text at a place, as people read it. */
export interface Placed {
  readonly path: string
  readonly text: string
}

/** What a new memory starts with when a change is the first to need it. */
export interface NewMemory {
  readonly name: string
  readonly description: string
  readonly type: string
  /** The index file that gets one line for it; null = the store has none. */
  readonly indexPath: string | null
}

/** The byte-level work of a change; see `applyChanges`. */
export type Edit =
  | {
      readonly op: 'replace'
      readonly unitId: UnitId
      readonly text: string
      /** Who put it into these words in review; absent = the dream did. */
      readonly wordedBy?: string
    }
  /** Adds ` (text)` to the end of a unit; combines with a replace of the same unit. */
  | { readonly op: 'suffix'; readonly unitId: UnitId; readonly text: string }
  | { readonly op: 'delete'; readonly unitId: UnitId }
  | {
      readonly op: 'append'
      readonly path: string
      readonly text: string
      /** Present where the memory may not exist yet. */
      readonly create: NewMemory | null
      /** As of a `replace`. */
      readonly wordedBy?: string
    }

/** Why a rail lets a change in only by a person. */
export const HELD_REASONS = [
  'secret',
  'untrusted_instruction',
  /** Only words of strangers say so. */
  'untrusted_source',
  /** A host, address, command or credential that only strangers named. */
  'new_address',
  /** Characters that nobody sees, or markup that would run. */
  'unsafe_text',
  'person_wrote_it',
  'pinned',
  'loss_bound',
  'probe_broken',
  'index_full',
  'too_large',
  /** The memory that it edits was written to while the dream was under way. */
  'memory_moved',
  /** A schedule lets fewer changes through by themselves. */
  'awaits_review',
] as const

export type HeldReason = (typeof HELD_REASONS)[number]

/** One proposed edit of the output store, with the words it comes from. */
export interface Change {
  /** Derived from kind, texts and quotes: the same finding has the same id in the next dream. */
  readonly id: ChangeId
  readonly kind: Exclude<ChangeKind, 'keep'>
  /** Changes that share a unit, a slot or an emptied file; accepted or dropped alone. */
  readonly changeSet: ChangeSetId
  /** One sentence in plain words. */
  readonly reason: string
  readonly before: readonly Placed[]
  readonly after: readonly Placed[]
  readonly edits: readonly Edit[]
  /** Input units whose disposition this change is. */
  readonly units: readonly UnitId[]
  readonly evidence: readonly Evidence[]
  readonly trust: Trust
  readonly audience: Audience
  readonly status: ChangeStatus
  /** Why a rail held it; told for good, also once a person let it in. */
  readonly heldReason: HeldReason | null
  /** Values that leave the current text; written to the ledger when the change is applied. */
  readonly ledger: readonly LedgerDraft[]
  /** Counters that grow when the change is applied: (pattern, session) pairs. */
  readonly pattern: string | null
  /** True of a text that a model put into words; all else is verbatim or a template. */
  readonly isWordedByModel: boolean
}

/** What became of one input unit: exactly one for each (invariant 2). */
export interface Disposition {
  readonly unitId: UnitId
  readonly kind: ChangeKind
  /** Null for `keep`. */
  readonly changeId: ChangeId | null
}

/** The word people read for a kind. */
export function plainWord(kind: ChangeKind): string {
  switch (kind) {
    case 'keep':
      return 'kept'
    case 'add':
      return 'added'
    case 'merge':
      return 'merged'
    case 'supersede':
      return 'replaced'
    case 'conflict':
      return 'conflict'
    case 'insight':
      return 'learned'
    case 'annotate':
      return 'noted'
    case 'redact':
      return 'redacted'
    case 'remove':
      return 'removed'
    default:
      return assertNever(kind)
  }
}

/** Changes whose edits take part when a plan is committed or applied. */
export function isEffective(change: Change): boolean {
  return change.status === 'proposed' || change.status === 'accepted' || change.status === 'applied'
}

/** Whether a person let in what a rail held. */
export function isReleased(change: Change): boolean {
  return change.heldReason !== null && isEffective(change)
}

/** How many changes are held for each reason, in the order of the reasons; none of zero. */
export function heldCounts(
  changes: readonly Pick<Change, 'status' | 'heldReason'>[],
): readonly (readonly [reason: HeldReason, count: number])[] {
  return HELD_REASONS.flatMap((reason) => {
    const held = changes.filter(({ status, heldReason }) => {
      return status === 'held' && heldReason === reason
    })
    return held.length === 0 ? [] : [[reason, held.length] as const]
  })
}

const NEXT: Readonly<Record<ChangeStatus, readonly ChangeStatus[]>> = {
  proposed: ['accepted', 'rejected', 'held', 'applied'],
  accepted: ['proposed', 'rejected', 'applied'],
  rejected: ['proposed', 'accepted'],
  held: ['accepted', 'rejected'],
  applied: ['reverted'],
  reverted: [],
}

export function canMoveTo(from: ChangeStatus, to: ChangeStatus): boolean {
  return NEXT[from].includes(to)
}
