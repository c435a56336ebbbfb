import { type Link, type LinkingRules, linkClusters } from './assembly/linking.ts'
import { DREAM_LIMITS } from './dream-limits.ts'
import type { Entry } from './entry.ts'
import { laterOf } from './judging/later-of.ts'
import { guard } from './language/guard/guard.ts'
import type { GuardSide } from './language/guard/guard-side.ts'
import type { LessonLimits } from './patterns/lesson.ts'
import type { ReadEvent } from './read-session.ts'
import { reduceForModel } from './reading/reduce-for-model.ts'
import type { ShownEvent } from './reading/shown-event.ts'

/**
 * The parts of judgement that stand between likeness and a change. They are given to a dream, so
 * that each can be exchanged for something simpler to measure what it is worth.
 */
export interface Rules {
  /** Reasons against merging two texts. */
  readonly guard: (a: GuardSide, b: GuardSide) => readonly string[]
  /** Which of two statements is the current one. */
  readonly laterOf: (a: Entry, b: Entry) => 'a' | 'b' | null
  /** Clusters from pairs that say the same. */
  readonly link: (links: readonly Link[], rules: LinkingRules) => readonly (readonly string[])[]
  /** When something is seen often enough to be told. */
  readonly lessons: LessonLimits
  /** What a model is shown of a session's events; words of strangers it is never shown. */
  readonly reduce: (events: readonly ReadEvent[]) => readonly ShownEvent[]
  /** Whether a model is asked a second time what of the known notes changed. */
  readonly hasSecondPass: boolean
  /** Whether what a model wrote is checked against its evidence by a model. */
  readonly hasVerifier: boolean
  /** Whether the plan must pass the probes. */
  readonly hasGate: boolean
}

export const RULES: Rules = {
  guard,
  laterOf,
  link: linkClusters,
  lessons: DREAM_LIMITS,
  reduce: reduceForModel,
  hasSecondPass: true,
  hasVerifier: true,
  hasGate: true,
}
