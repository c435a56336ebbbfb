import type { Audience } from '../../core/audience.ts'
import type { Sighting } from '../../core/ledger.ts'
import { lowestTrust } from '../../core/trust.ts'
import { contentStems } from '../language/tokens.ts'
import { type ErrorStory, errorStory, rootCount } from './error-story.ts'
import { agreedFix } from './fixes/agreed-fix.ts'
import {
  citedEvents,
  LESSON_EVIDENCE_MAX,
  type Lesson,
  type LessonLimits,
  type RankedLesson,
} from './lesson.ts'
import { errorLessonText, errorTitle } from './lesson-text.ts'
import { hasDifferingNames, messageParts } from './message-template.ts'
import { isSettled } from './passed-commands.ts'

/**
 * Sightings of one error, each session once: the lesson they amount to, or null. `passed` are
 * the commands that sessions ran without failing.
 */
export function errorLesson(
  sightings: readonly Sighting[],
  passed: readonly Sighting[],
  limits: LessonLimits,
): RankedLesson | null {
  const fix = agreedFix(sightings)
  const sessions = rootCount(sightings)
  if (sessions < (fix === null ? limits.sessionsWithoutFixMin : limits.sessionsWithFixMin)) {
    return null
  }
  // Errors about different things with nothing in common that helped: there is no one lesson.
  if (fix === null && isAboutSeveral(sightings)) return null
  const story = errorStory(sightings, fix)
  if (fix?.kind === 'edit' && isSettled(story.what, sightings, passed)) return null
  const text = errorLessonText(story, limits.lessonWordsMax)
  if (text === null) return null
  return {
    score: sessions * story.occurrences * (fix === null ? 1 : 2),
    lesson: { ...toldOf(sightings, story), text, isRecurring: true },
  }
}

/** True when the sightings name different things. */
export function isAboutSeveral(sightings: readonly Sighting[]): boolean {
  return hasDifferingNames(sightings.map(({ detail }) => messageParts(detail.message ?? '')))
}

/** All of a lesson but its words. */
export function toldOf(
  sightings: readonly Sighting[],
  story: ErrorStory,
): Omit<Lesson, 'text' | 'isRecurring'> {
  const [first] = sightings
  const evidence = evidenceOf(sightings, story)
  return {
    pattern: first?.pattern ?? '',
    title: errorTitle(story),
    topics: [...contentStems(`${story.what} ${story.error}`)].filter((it) => /^\w/.test(it)).sort(),
    evidence,
    eventIds: citedEvents(sightings),
    sessions: story.sessions,
    ...(story.others.sessions === 0 ? {} : { agents: story.others.agents }),
    trust: lowestTrust(evidence.map(({ trust }) => trust)),
    audience: first?.detail.audience as Audience,
    outdated: [],
  }
}

/** Sessions that show all that is told come first; of the others only the error is quoted. */
function evidenceOf(
  sightings: readonly Sighting[],
  { fix, check }: ErrorStory,
): Sighting['evidence'] {
  const backs = ({ detail }: Sighting, shows: string): boolean => {
    if (shows === 'error') return true
    if (fix === null) return shows === 'check' && check !== '' && detail.check === check
    return shows === 'fix' || (shows === 'then' && detail.fixThen === fix.followUp)
  }
  const backing = sightings.map((sighting) => {
    const isFixed = fix === null || fix.sightings.includes(sighting)
    const shown = (sighting.detail.shown ?? '').split(' ')
    return sighting.evidence.filter((_item, at) => {
      const shows = shown[at] ?? ''
      return shows === 'error' || (isFixed && backs(sighting, shows))
    })
  })
  const fullest = backing.toSorted((a, b) => b.length - a.length)
  const kept: Sighting['evidence'][number][] = []
  for (const items of fullest) {
    if (kept.length + items.length <= LESSON_EVIDENCE_MAX) kept.push(...items)
  }
  return kept
}
