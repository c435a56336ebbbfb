import type { Audience } from '../../../core/audience.ts'

/** One side of a pair as the guard sees it. */
export interface GuardSide {
  readonly text: string
  /** File name, headings and parent bullets, outermost first. */
  readonly context: readonly string[]
  readonly audience: Audience
}

/** Why two texts may not be merged without a person, in plain words; null = no objection. */
export type Veto = (a: GuardSide, b: GuardSide) => string | null
