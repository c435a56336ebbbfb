import type { Sighting } from '../../core/ledger.ts'
import { familyRoots } from '../../core/session.ts'
import { compareText } from '../../core/text/compare-text.ts'
import { contrastLessons } from '../patterns/contrast/contrast-lessons.ts'
import { FEATURE, runSightings } from '../patterns/contrast/run-sightings.ts'
import {
  correctionLessons,
  correctionSightings,
  isCorrection,
  isRule,
} from '../patterns/corrections.ts'
import { errorLesson } from '../patterns/error-lesson.ts'
import { errorSightings } from '../patterns/error-sightings.ts'
import { familyLink } from '../patterns/family-link.ts'
import type { Lesson, LessonLimits, RankedLesson } from '../patterns/lesson.ts'
import { PASSED, passedCommands } from '../patterns/passed-commands.ts'
import { refusalNote } from '../patterns/refusal-note.ts'
import type { ReadSession } from '../read-session.ts'

export type { Lesson, LessonLimits }

export interface PatternOptions {
  readonly lineageId: string
  readonly limits: LessonLimits
  /** Patterns whose lesson stands already: counted on, not told again. */
  readonly known?: ReadonlySet<string>
}

export interface FoundPatterns {
  readonly lessons: readonly Lesson[]
  readonly sightings: readonly Sighting[]
  /** Differences between sessions that fail and others that are counted and not proven yet. */
  readonly hypotheses: number
}

/**
 * What the sessions show again and again, and what those that failed did otherwise. `sightings` are those of `sessions` alone, promoted or
 * not; lessons are told from these and `earlier` together, so that evidence grows over dreams.
 * A pure function of its arguments; the order of the sessions does not matter.
 */
export function findPatterns(
  sessions: readonly ReadSession[],
  earlier: readonly Sighting[],
  options: PatternOptions,
): FoundPatterns {
  const roots = familyRoots(sessions.map(({ session }) => session))
  const sightings = sessions.flatMap((read) => {
    const { id } = read.session
    const counter = { lineageId: options.lineageId, rootSessionId: roots.get(id) ?? id }
    const errors = errorSightings(read, counter)
    return [
      ...errors,
      ...correctionSightings(read, counter),
      ...passedCommands(read, counter),
      ...familyLink(read, counter),
      ...runSightings(read, errors, counter),
    ]
  })
  return { ...lessonsFrom([...earlier, ...sightings], options), sightings }
}

function lessonsFrom(
  all: readonly Sighting[],
  options: PatternOptions,
): Omit<FoundPatterns, 'sightings'> {
  const counted = withJoinedFamilies(oncePerSession(all)).sort(bySession)
  const errors = counted.filter(({ detail }) => detail.kind === 'error')
  const byPattern = Map.groupBy(errors, ({ pattern, detail }) => `${detail.audience} ${pattern}`)
  const passed = counted.filter(({ detail }) => detail.kind === PASSED)
  const corrections = counted.filter(isRule)
  const { limits, known = new Set() } = options
  const contrasts = contrastLessons(counted, known, limits)
  const ranked = [
    ...[...byPattern.values()].flatMap(
      (group) => errorLesson(group, passed, limits) ?? refusalNote(group, limits) ?? [],
    ),
    ...correctionLessons(corrections, limits),
    ...contrasts.lessons,
  ].filter(({ lesson }) => !known.has(lesson.pattern))
  const lessons = withoutRepeats(ranked.sort(byRank)).slice(0, limits.newLessonsMax)
  return { lessons, hypotheses: contrasts.hypotheses }
}

/** A session read in two parts counts once; the reading that tells more is kept, else the later. */
function oncePerSession(all: readonly Sighting[]): readonly Sighting[] {
  const kept = new Map<string, Sighting>()
  for (const sighting of all) {
    const key = JSON.stringify([sighting.pattern, sighting.sessionId])
    const before = kept.get(key)
    if (before === undefined || weight(sighting) >= weight(before)) kept.set(key, sighting)
  }
  return [...kept.values()]
}

/** A fix that was seen tells more than none, a correction more than a restatement. */
function weight(sighting: Sighting): number {
  // Where a session grew, the order of its calls is told by the first sight of each.
  if (sighting.detail.kind === FEATURE) return -Number(sighting.detail.place)
  return isCorrection(sighting) || (sighting.detail.fixKind ?? '') !== '' ? 1 : 0
}

/** A parent may have been read in another dream than its child: both then share its root. */
function withJoinedFamilies(sightings: readonly Sighting[]): Sighting[] {
  const roots = new Map(sightings.map(({ sessionId, rootSessionId }) => [sessionId, rootSessionId]))
  return sightings.map((sighting) => {
    let root = sighting.rootSessionId
    for (const seen = new Set<string>(); !seen.has(root); ) {
      seen.add(root)
      root = roots.get(root) ?? root
    }
    return { ...sighting, rootSessionId: root }
  })
}

function bySession(a: Sighting, b: Sighting): number {
  return (
    compareText(a.at ?? '', b.at ?? '') ||
    compareText(a.sessionId, b.sessionId) ||
    compareText(a.pattern, b.pattern)
  )
}

function byRank(a: RankedLesson, b: RankedLesson): number {
  const recurring = Number(b.lesson.isRecurring) - Number(a.lesson.isRecurring)
  return recurring || b.score - a.score || compareText(a.lesson.pattern, b.lesson.pattern)
}

/** One failed call may report several errors; of lessons that cite the same events one is told. */
function withoutRepeats(ranked: readonly RankedLesson[]): readonly Lesson[] {
  const cited = new Set<string>()
  return ranked.flatMap(({ lesson }) => {
    const events = lesson.evidence.flatMap((item) => (item.kind === 'event' ? [item.eventId] : []))
    const isRepeat = events.every((event) => cited.has(event))
    for (const event of events) cited.add(event)
    return isRepeat ? [] : [lesson]
  })
}
