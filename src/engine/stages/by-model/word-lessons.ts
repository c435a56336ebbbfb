import { DREAM_LIMITS } from '../../dream-limits.ts'
import type { DreamPorts } from '../../dream-ports.ts'
import { isContrastPattern } from '../../patterns/contrast/contrast-lessons.ts'
import type { Lesson } from '../../patterns/lesson.ts'
import { type LessonSource, proseOf } from '../../patterns/lesson-prose.ts'
import { lessonPrompt } from '../../prompts/lesson.ts'
import { askSupport } from './check-entailment.ts'

interface Worded {
  readonly lesson: Lesson
  readonly source: LessonSource
}

/**
 * Stage `patterns`, with a model: lessons that recur in plain words. A model is shown the generated
 * lesson and a few quotes of its audience; words that code does not accept, or that are not plainly
 * carried by what was shown, leave the generated text as it is. Lessons are never added or dropped.
 */
export async function wordLessons(
  lessons: readonly Lesson[],
  { asker, rules }: Pick<DreamPorts, 'asker' | 'rules'>,
): Promise<readonly Lesson[]> {
  if (asker === null) return lessons
  const told = lessons.flatMap((lesson): readonly Worded[] => {
    const quotes = quotesOf(lesson)
    const isFit =
      lesson.isRecurring && !isOwnWords(lesson) && !isSealed(lesson) && quotes.length > 0
    return isFit ? [{ lesson, source: { row: lesson.text, quotes } }] : []
  })
  if (told.length === 0) return lessons
  const answers = await asker.ask(
    lessonPrompt,
    told.map(({ source }) => source),
  )
  const worded = told.flatMap(({ lesson, source }, n) => {
    const answer = answers[n]
    if (answer?.kind !== 'answered') return []
    const said = proseOf(answer.output, source, DREAM_LIMITS.lessonWordsMax)
    return 'prose' in said ? [{ lesson, source, prose: said.prose }] : []
  })
  const items = worded.map(({ source, prose }) => ({
    sentence: prose,
    evidence: [source.row, ...source.quotes],
  }))
  const support = rules.hasVerifier ? await askSupport(asker, items) : items.map(() => 'yes')
  const prose = new Map(
    worded.filter((_, n) => support[n] === 'yes').map((one) => [one.lesson, one.prose]),
  )
  return lessons.map((lesson) => {
    const text = prose.get(lesson)
    return text === undefined ? lesson : { ...lesson, prose: text }
  })
}

/**
 * A correction is told in the words of the person who made it: nobody puts it better. Nor are counts
 * of two sides: words for a difference soon say more than it does.
 */
function isOwnWords({ pattern }: Lesson): boolean {
  return pattern.startsWith('correction:') || isContrastPattern(pattern)
}

/** What users share whose words stay with them is told as code puts it: no model ever sees of it. */
function isSealed({ users }: Lesson): boolean {
  return users !== undefined
}

/** Words of sessions, never a stranger's; the sightings of one lesson are of one audience. */
function quotesOf({ evidence }: Lesson): readonly string[] {
  const quotes = evidence.flatMap(({ kind, trust, quote }) =>
    kind === 'event' && trust !== 'external' ? [quote] : [],
  )
  return [...new Set(quotes)].slice(0, DREAM_LIMITS.lessonQuotesMax)
}
