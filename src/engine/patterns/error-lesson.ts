import type { Audience } from '../../core/audience.ts'
import type { Sighting } from '../../core/counter.ts'
import { lowestTrust } from '../../core/trust.ts'
import { contentStems } from '../language/tokens.ts'
import { agreedFix, type FixSummary, vainOf } from './agreed-fix.ts'
import { citedEvents, LESSON_EVIDENCE_MAX, type LessonLimits, type RankedLesson } from './lesson.ts'
import { errorLessonText, errorTitle, UNCHANGED, type VainAttempt } from './lesson-text.ts'
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
  const fix = agreedFix(sightings)
  const isRepaired = fix?.isRepair === true
  if (sessions < (isRepaired ? SESSIONS_WITH_FIX_MIN : SESSIONS_WITHOUT_FIX_MIN)) return null
  // Errors about different things with nothing in common that helped: there is no one lesson.
  if (fix === null && hasDifferingNames(messages)) return null
  const what = whatFailed(sightings, fix)
  const told = {
    what,
    call: mostCommon(sightings.map(callOf)),
    error: withoutOwnName(commonText(messages), what),
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
    score: sessions * occurrences * (isRepaired ? 2 : 1),
    lesson: {
      pattern: first.pattern,
      text,
      title: errorTitle(told),
      topics: [...contentStems(`${told.what} ${told.error}`)].filter((it) => /^\w/.test(it)).sort(),
      evidence,
      eventIds: citedEvents(sightings),
      sessions,
      trust: lowestTrust(evidence.map(({ trust }) => trust)),
      audience: first.detail.audience as Audience,
    },
  }
}

/**
 * What was tried in vain beside the fix. Another value of an argument may have been a bad one, so
 * that counts only when several sessions tried in vain.
 */
function otherAttempts(
  sightings: readonly Sighting[],
  fix: FixSummary | null,
): readonly VainAttempt[] {
  const hasHelped = new Set(fix?.names ?? [])
  const hasRetried = sightings.some(({ detail }) => detail.fixKind === 'retry')
  const tries = sightings.flatMap((sighting) =>
    vainOf(sighting).map((change) => ({ change, root: sighting.rootSessionId })),
  )
  const counted = [...Map.groupBy(tries, ({ change }) => change)].map(([change, all]) => ({
    change,
    sessions: new Set(all.map(({ root }) => root)).size,
  }))
  return counted
    .filter(({ change, sessions }) =>
      change === UNCHANGED
        ? !hasRetried
        : !/\s/.test(change) && !hasHelped.has(change) && sessions >= VAIN_SESSIONS_MIN,
    )
    .sort((a, b) => rank(a) - rank(b) || (a.change < b.change ? -1 : 1))
}

const VAIN_SESSIONS_MIN = 2

function rank({ change }: VainAttempt): number {
  return change === UNCHANGED ? 0 : 1
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

/** Of a chain of commands the one that was repaired or that the output names, else the chain. */
function whatFailed(sightings: readonly Sighting[], fix: FixSummary | null): string {
  const call = mostCommon(sightings.map(callOf))
  const repaired = fix?.kind === 'command' ? fix.about : ''
  if (repaired !== '' && call.split(' && ').includes(repaired)) return repaired
  return mostCommon(sightings.map((it) => it.detail.failedHead || callOf(it)))
}

function callOf({ detail }: Sighting): string {
  return detail.heads || (detail.tool ?? '')
}

/** `pay failed (402): no funds` of the tool `pay` is `no funds`. */
function withoutOwnName(error: string, tool: string): string {
  if (!error.startsWith(tool)) return error
  const rest = error.slice(tool.length)
  const words = rest.replace(
    /^(?:\s+(?:failed|error|returned an error))?(?:\s*\([^)]*\))?\s*:\s*/i,
    '',
  )
  return words === rest || words.length < OWN_WORDS_CHARS_MIN ? error : words
}

const OWN_WORDS_CHARS_MIN = 8

function mostCommon(words: readonly string[]): string {
  const counts = [...Map.groupBy(words, (word) => word)].map(([word, all]) => ({
    word,
    n: all.length,
  }))
  return counts.sort((a, b) => b.n - a.n || (a.word < b.word ? -1 : 1))[0]?.word ?? ''
}
