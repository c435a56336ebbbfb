import { contentStems } from '../language/tokens.ts'
import { countsIn, failureIn } from './lesson-text.ts'

/** Share of a lesson's words that a note must have to count as saying it already. */
const KNOWN_SHARE = 0.7

/** How often and when something was seen is not what it says. */
const COUNTS = / \([^()]*\bsessions?\b[^()]*\)/

/** True when a note with these stems says what a generated lesson says. */
export function isSaid(text: string, note: ReadonlySet<string>): boolean {
  const stems = [...contentStems(text.replace(COUNTS, ''))]
  return stems.filter((stem) => note.has(stem)).length >= KNOWN_SHARE * stems.length
}

/** True when a note is a lesson in a model's words on the failure that a generated lesson tells of. */
export function isProseOn(note: string, lesson: string): boolean {
  const failure = failureIn(lesson)
  if (failure === null || !isLessonProse(note)) return false
  return note.includes(failure.what) && note.includes(failure.error)
}

/** True when a note reads like a lesson in a model's words: what it begins with, and its counts. */
export function isLessonProse(note: string): boolean {
  return note.startsWith(PROSE_START) && countsIn(note) !== null
}

/** How a lesson in a model's words begins. */
export const PROSE_START = 'When '
