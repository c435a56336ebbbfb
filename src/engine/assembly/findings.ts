import type { Placed } from '../../core/change.ts'
import type { Claim } from '../../core/claim.ts'
import type { Unit } from '../../core/unit.ts'
import type { Entry } from '../entry.ts'

/** What `assemble` concluded; `render` gives it a place and bytes. */
export type Finding =
  | MergeFinding
  | UnwordedMerge
  | SupersedeFinding
  | ConflictFinding
  | AddFinding
  | AnnotateFinding
  | RedactFinding
  | RemoveFinding

/**
 * Units that say one thing: `survivor` says all of it; its text stays, byte for byte, unless `text`
 * is there.
 */
export interface MergeFinding {
  readonly kind: 'merge'
  readonly survivor: Unit
  /** The member in whose place the text stands from now on; the survivor's own in doubt. */
  readonly place: Unit
  /** All members but the survivor. */
  readonly others: readonly Unit[]
  readonly reasons: readonly string[]
  /** A model's words for all members, checked; they stand in the survivor's place. */
  readonly text?: string
}

/**
 * Units that say one thing, none of them all of it. Becomes a merge once it is put into words, and
 * nothing otherwise.
 */
export interface UnwordedMerge {
  readonly kind: 'unworded'
  /** The longest; the words for all take its place. */
  readonly survivor: Unit
  readonly others: readonly Unit[]
}

/** Units whose content is no longer true; none = only words of sessions that came too late. */
export interface SupersedeFinding {
  readonly kind: 'supersede'
  readonly outdated: readonly Unit[]
  /** Why it is outdated: a claim (its words), or a later dated unit. */
  readonly by: { readonly claims: readonly Claim[] } | { readonly unit: Unit }
  /** New text of the first outdated unit; null = `current` says it already. */
  readonly text: string | null
  /** The unit that holds the current value already. */
  readonly current: Unit | null
  /** True of a text in which a model said what takes the place of what. */
  readonly isWordedByModel: boolean
  /** What sessions said of it before and holds no longer: kept as history, never written. */
  readonly former: readonly Claim[]
  readonly reasons: readonly string[]
}

/** Two statements that cannot both hold; neither wins. */
export interface ConflictFinding {
  readonly kind: 'conflict'
  readonly sides: readonly [Entry, Entry]
  /** What both sides read like once the plan is applied, where a side is a claim. */
  readonly rewritten: readonly Placed[]
  /** The sides that stand in no unit yet and have to become visible. */
  readonly unwritten: readonly UnwrittenSide[]
  readonly reasons: readonly string[]
}

export interface UnwrittenSide {
  readonly claim: Claim
  readonly text: string
  readonly nearPath: string | null
}

export interface AddFinding {
  readonly kind: 'add'
  /** The same statement, possibly said several times; the first gives the text. */
  readonly claims: readonly Claim[]
  /** What sessions said before and holds no longer. */
  readonly former: readonly Claim[]
  readonly text: string
  /** The memory that speaks of the same; null = none does. */
  readonly nearPath: string | null
  /** Set when the words are a stranger's instruction: never written without a person. */
  readonly isUntrustedInstruction: boolean
}

export interface AnnotateFinding {
  readonly kind: 'annotate'
  readonly unit: Unit
  readonly note: string
  /** The replacement that makes the unit doubtful; null = the unit's own end date has passed. */
  readonly because: SupersedeFinding | null
  readonly reasons: readonly string[]
}

export interface RedactFinding {
  readonly kind: 'redact'
  readonly unit: Unit
  readonly maskedText: string
}

/** A line that nobody needs: an index line that leads nowhere, an order to the model. */
export interface RemoveFinding {
  readonly kind: 'remove'
  readonly unit: Unit
  readonly reasons: readonly string[]
  /** What stays of the unit; null = nothing. */
  readonly keptText: string | null
}
