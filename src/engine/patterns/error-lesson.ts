import type { Audience } from '../../core/audience.ts'
import type { Sighting } from '../../core/counter.ts'
import { lowestTrust } from '../../core/trust.ts'
import { contentStems } from '../language/tokens.ts'
import { agreedFix, type FixSummary, vainOf } from './agreed-fix.ts'
import { LESSON_EVIDENCE_MAX, type LessonLimits, type RankedLesson } from './lesson.ts'
import { errorLessonText, errorTitle } from './lesson-text.ts'
import { commonText, hasDifferingNames, messageParts } from './message-template.ts'

/** Independent sessions that an error needs: with a fix that worked, and without one. */
const SESSIONS_WITH_FIX_MIN = 2
const SESSIONS_WITHOUT_FIX_MIN = 3

/** Sightings of one error, each session once: the lesson they amount to, or null. */
export function errorLesson(
  sightings: readonly Sighting[],
  limits: LessonLimits,
): RankedLesson | null {
  const [first] = sightings
  if (first === undefined) return null
  const sessions = new Set(sightings.map(({ rootSessionId }) => rootSessionId)).size
  const messages = sightings.map(({ detail }) => messageParts(detail.message ?? ''))
  const fix = trustedFix(sightings, hasDifferingNames(messages))
  const needed = fix === null ? SESSIONS_WITHOUT_FIX_MIN : SESSIONS_WITH_FIX_MIN
  if (sessions < needed) return null
  // Errors about different things with nothing in common that helped: there is no one lesson.
  if (fix === null && hasDifferingNames(messages)) return null
  const told = {
    what: whatFailed(sightings, fix),
    error: commonText(messages),
    fix,
    hasHelpedOnce: sightings.some(({ detail }) => (detail.fixKind ?? '') !== ''),
    vain: otherAttempts(sightings, fix),
    sessions,
  }
  const text = errorLessonText(told, limits.lessonWordsMax)
  if (text === null) return null
  const evidence = evidenceOf(sightings, fix)
  const occurrences = sightings.reduce((sum, { detail }) => sum + Number(detail.occurrences), 0)
  return {
    score: sessions * occurrences * (fix === null ? 1 : 2),
    lesson: {
      pattern: first.pattern,
      text,
      title: errorTitle(told),
      topics: [...contentStems(`${told.what} ${told.error}`)].filter((it) => /^\w/.test(it)).sort(),
      evidence,
      sessions,
      trust: lowestTrust(evidence.map(({ trust }) => trust)),
      audience: first.detail.audience as Audience,
    },
  }
}

/** A fix told of errors about different things must itself have been seen more than once. */
function trustedFix(sightings: readonly Sighting[], isMixed: boolean): FixSummary | null {
  const fix = agreedFix(sightings)
  return fix === null || (isMixed && fix.worked < SESSIONS_WITH_FIX_MIN) ? null : fix
}

function otherAttempts(sightings: readonly Sighting[], fix: FixSummary | null): readonly string[] {
  const tried = sightings.flatMap(vainOf)
  const helped = new Set(fix?.kind === 'retry' ? ['unchanged'] : (fix?.names ?? []))
  return [...new Set(tried)].filter((change) => !/\s/.test(change) && !helped.has(change)).sort()
}

/** Sessions where the told fix worked come first; of the others only the error is quoted. */
function evidenceOf(sightings: readonly Sighting[], fix: FixSummary | null): Sighting['evidence'] {
  const isShown = (sighting: Sighting): boolean => fix?.sightings.includes(sighting) ?? false
  const shown = sightings.filter(isShown).flatMap(({ evidence }) => evidence)
  const others = sightings
    .filter((it) => !isShown(it))
    .flatMap(({ evidence }) => evidence.slice(0, 1))
  const isCrowded = shown.length >= LESSON_EVIDENCE_MAX
  return [...shown, ...(isCrowded ? [] : others)].slice(0, LESSON_EVIDENCE_MAX)
}

/** Of a chain of commands the one that was repaired, where that is known. */
function whatFailed(sightings: readonly Sighting[], fix: FixSummary | null): string {
  const heads = mostCommon(sightings.map(({ detail }) => detail.heads || (detail.tool ?? '')))
  const repaired = fix?.kind === 'command' ? fix.about : ''
  return repaired !== '' && heads.split(' && ').includes(repaired) ? repaired : heads
}

function mostCommon(words: readonly string[]): string {
  const counts = [...Map.groupBy(words, (word) => word)].map(([word, all]) => ({
    word,
    n: all.length,
  }))
  return counts.sort((a, b) => b.n - a.n || (a.word < b.word ? -1 : 1))[0]?.word ?? ''
}
