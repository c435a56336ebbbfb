import type { Sighting } from '../../core/ledger.ts'
import { isAboutSeveral, toldOf } from './error-lesson.ts'
import { errorStory } from './error-story.ts'
import { isOwnTool } from './expected-failure.ts'
import { agreedFix } from './fixes/agreed-fix.ts'
import type { LessonLimits, RankedLesson } from './lesson.ts'
import { refusalText } from './lesson-text.ts'
import { isOfOthers } from './others/attribution.ts'
import { SHELL } from './tool-step.ts'

/** A call refused once, with nothing known to help, costs less than the line that tells of it. */
const OCCURRENCES_MIN = 2

/** The pattern under which a note on a refusal is kept; the lesson may still come. */
export function noteKeyOf(pattern: string): string {
  return `noted:${pattern}`
}

/**
 * What a tool refused in too few sessions for a lesson, noted as what it is: a fact about the
 * tool, with its count and without advice. A shell, a file or the agent's own program fails over
 * the work at hand, so of these nothing is noted.
 */
export function refusalNote(all: readonly Sighting[], limits: LessonLimits): RankedLesson | null {
  // What other agents met in too few sessions for a lesson stays with them.
  const sightings = all.filter((sighting) => !isOfOthers(sighting))
  const [first] = sightings
  const tool = first?.detail.tool ?? ''
  if (first === undefined || tool === SHELL || isOwnTool(tool)) return null
  const fix = agreedFix(sightings, 1)
  const story = errorStory(sightings, fix)
  if (fix === null && (story.occurrences < OCCURRENCES_MIN || isAboutSeveral(sightings)))
    return null
  const text = refusalText(story, limits.lessonWordsMax)
  if (text === null) return null
  const told = { ...toldOf(sightings, story), pattern: noteKeyOf(first.pattern) }
  return {
    score: story.sessions * story.occurrences,
    lesson: { ...told, text, isRecurring: false },
  }
}
