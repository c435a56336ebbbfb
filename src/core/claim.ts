import type { Audience } from './audience.ts'
import type { Evidence } from './evidence.ts'
import type { ClaimId } from './ids.ts'
import type { Trust } from './trust.ts'

export type ClaimKind = 'fact' | 'preference' | 'instruction' | 'decision'

/** How the words mark a change. */
export type Cue =
  | 'correction' // "actually", "that's wrong", "not X but Y"
  | 'change' // "moved to", "no longer", "renamed", "now", "as of"
  | 'remember' // "remember that", "note that", "from now on", "always", "never"
  | 'decision' // "we decided", "let's go with"
  | 'temporary' // "for now", "until Friday", "this week"

export type Modality = 'is' | 'must' | 'may' | 'plan' | 'hypothesis' | 'question' | 'quotation'

/** What a statement speaks of. Two statements compete only with an equal slot. */
export interface Slot {
  /** Normalised: lower case, stemmed, articles dropped. */
  readonly subject: string
  readonly attribute: string
  readonly condition: string | null
  /** One value at a time (port, owner, deadline); otherwise several values stand side by side. */
  readonly isFunctional: boolean
}

/** ISO 8601; an open end is null. */
export interface Interval {
  readonly start: string | null
  readonly end: string | null
}

/** The four times of a claim (design, section 3, identity). */
export interface ClaimTimes {
  readonly event: Interval | null
  readonly statedAt: string | null
  readonly ingestedAt: string | null
  readonly derivedAt: string
}

/** What a plain sentence says, read by rules; null fields where the rules cannot tell. */
export interface Statement {
  readonly slot: Slot | null
  readonly value: string | null
  /** The value it says is no longer true: "from X to Y", "Y instead of X", "not X but Y". */
  readonly formerValue: string | null
  readonly polarity: 1 | -1
  readonly modality: Modality
  readonly cues: readonly Cue[]
  readonly event: Interval | null
}

/** Something a session says, with the words it was said in. */
export interface Claim extends Statement {
  readonly id: ClaimId
  /** The sentence as said, relative dates resolved in brackets; or as a model put it. */
  readonly text: string
  readonly wording: 'verbatim' | 'model'
  readonly kind: ClaimKind
  /** Worth a memory of its own; otherwise it counts only where it bears on what the store says. */
  readonly isLasting: boolean
  readonly times: ClaimTimes
  readonly dependsOn: readonly ClaimId[]
  readonly evidence: readonly Evidence[]
  readonly trust: Trust
  readonly audience: Audience
}
