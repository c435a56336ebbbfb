import type { Audience } from '../../core/audience.ts'
import type { Evidence } from '../../core/evidence.ts'
import type { SessionEventId } from '../../core/ids.ts'
import type { Sighting } from '../../core/ledger.ts'
import type { Trust } from '../../core/trust.ts'
import type { Unit } from '../../core/unit.ts'

/** Something that recurred over independent sessions, or a refusal noted, told in one bullet. */
export interface Lesson {
  /** Stable key: `error:<tool>:<hash>`, the same with `noted:` before it, or `correction:<hash>`. */
  readonly pattern: string
  /** One line of markdown without bullet marker. */
  readonly text: string
  /** The same as a model put it, checked; what is written in place of `text`, which stays the measure. */
  readonly prose?: string
  /** A few words for a list. */
  readonly title: string
  /** Lower-case words by which the lesson finds its topic. */
  readonly topics: readonly string[]
  /** Quotes of the error and of what helped, from at least two sessions. */
  readonly evidence: readonly Evidence[]
  /** Every event that the lesson rests on, quoted or not, sorted: what they say is told by it. */
  readonly eventIds: readonly SessionEventId[]
  /** Independent sessions that showed it. */
  readonly sessions: number
  /** Other agents whose sessions count, sorted; absent = the store's own sessions alone. */
  readonly agents?: readonly string[]
  /** Set where words of others stay with them and only what so many users share is told. */
  readonly users?: number
  readonly trust: Trust
  readonly audience: Audience
  /** False of what is only noted, from too few sessions for a lesson. */
  readonly isRecurring: boolean
  /** Notes of earlier dreams in whose place this stands. */
  readonly outdated: readonly Unit[]
}

export interface LessonLimits {
  /** Independent sessions that an error must have been seen in, with a fix that worked and without. */
  readonly sessionsWithFixMin: number
  readonly sessionsWithoutFixMin: number
  readonly newLessonsMax: number
  readonly lessonWordsMax: number
}

/** A lesson with what it is ranked by: independent sessions x occurrences x fix known. */
export interface RankedLesson {
  readonly lesson: Lesson
  readonly score: number
}

/** Fewer words than a quote of two sessions needs are no lesson; more than these help nobody. */
export const LESSON_EVIDENCE_MAX = 6

/** The events that sightings quote, each once, sorted. */
export function citedEvents(sightings: readonly Sighting[]): readonly SessionEventId[] {
  const quoted = sightings.flatMap(({ evidence }) => evidence)
  const ids = quoted.flatMap((item) => (item.kind === 'event' ? [item.eventId] : []))
  return [...new Set(ids)].sort()
}

/** When a pattern was last seen, ISO 8601; null when no session is dated. */
export function lastSeen(sightings: readonly Sighting[]): string | null {
  const times = sightings.flatMap(({ at }) => at ?? [])
  return times.sort().at(-1) ?? null
}
