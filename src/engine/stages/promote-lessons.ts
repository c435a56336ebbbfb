import type { Unit } from '../../core/unit.ts'
import { contentStems } from '../language/tokens.ts'
import type { LessonLimits } from '../patterns/lesson.ts'
import { isNoteOn } from '../patterns/lesson-text.ts'
import { isProseOn, isSaid } from '../patterns/retelling.ts'
import { findPatterns, type Lesson } from './patterns.ts'
import type { Reading } from './read-sessions.ts'
import type { DreamInputs } from './snapshot.ts'

/**
 * Stage `patterns`: counters of earlier dreams and of this one together decide what recurs. What
 * a note says already, or an applied lesson said, is not said again; a lesson takes the place of
 * what was only noted on it.
 */
export function promoteLessons(
  inputs: DreamInputs,
  reading: Reading,
  limits: LessonLimits,
): readonly Lesson[] {
  const { lineageId } = inputs.store
  const known = new Set(inputs.snapshot.settledPatterns)
  const { lessons } = findPatterns([], [...reading.earlier, ...reading.sightings], {
    lineageId,
    limits,
    known,
  })
  const notes = inputs.units.map((unit) => ({ unit, stems: contentStems(unit.text) }))
  return lessons.flatMap((lesson) => {
    const outdated = lesson.isRecurring
      ? inputs.units.filter((unit) => isOwnNote(unit) && isNoteOn(unit.text, lesson.text))
      : []
    const others = notes.filter(({ unit }) => !outdated.includes(unit))
    const isTold = others.some(
      ({ unit, stems }) => isSaid(lesson.text, stems) || isProseOn(unit.text, lesson.text),
    )
    return isTold ? [] : [{ ...lesson, outdated }]
  })
}

/** What a dream wrote and no person has pinned since. */
function isOwnNote({ origin, isPinned }: Unit): boolean {
  return origin === 'dream' && !isPinned
}
