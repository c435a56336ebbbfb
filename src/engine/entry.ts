import type { Audience } from '../core/audience.ts'
import type { Claim, Statement } from '../core/claim.ts'
import type { Trust } from '../core/trust.ts'
import type { Origin, Unit } from '../core/unit.ts'

/** A unit of the store or a claim of a session, in the one form that pairs are judged in. */
export interface Entry {
  /** The unit's or the claim's id. */
  readonly key: string
  readonly source:
    | { readonly kind: 'unit'; readonly unit: Unit }
    | { readonly kind: 'claim'; readonly claim: Claim }
  readonly text: string
  /** Heading path and enclosing bullets of a unit, with the memory's name; empty for a claim. */
  readonly context: readonly string[]
  readonly statement: Statement
  readonly trust: Trust
  readonly origin: Origin
  readonly audience: Audience
  /** ISO 8601 UTC; null = undated, older than any dated statement. */
  readonly statedAt: string | null
}

/**
 * How two entries relate. Only `same` and containment may merge without a person; every other
 * relation leaves both texts in place or opens a conflict.
 */
export type Relation =
  | 'same'
  | 'a_contains_b'
  | 'b_contains_a'
  | 'a_replaces_b'
  | 'b_replaces_a'
  | 'conflict'
  | 'related'
  | 'none'

export interface Decision {
  readonly a: Entry
  readonly b: Entry
  readonly relation: Relation
  /** Plain words: guard vetoes, or the ground of a replacement ("later statement of the same port"). */
  readonly reasons: readonly string[]
  /** 0..1, lexical. */
  readonly similarity: number
  /**
   * Set where a model was asked. `overlap`: two whole notes tell one matter, and each has a detail
   * that the other lacks.
   */
  readonly asked?: 'told' | 'overlap'
}
