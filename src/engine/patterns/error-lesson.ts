import type { Audience } from '../../core/audience.ts'
import type { Sighting } from '../../core/counter.ts'
import { lowestTrust } from '../../core/trust.ts'
import { contentStems } from '../language/tokens.ts'
import { agreedFix, type FixSummary, vainOf } from './fixes/agreed-fix.ts'
import { UNCHANGED } from './fixes/fix-pair.ts'
import {
  citedEvents,
  LESSON_EVIDENCE_MAX,
  type LessonLimits,
  lastSeen,
  type RankedLesson,
} from './lesson.ts'
import { errorLessonText, errorTitle } from './lesson-text.ts'
import { commonText, hasDifferingNames, messageParts } from './message-template.ts'
import { isSettled } from './passed-commands.ts'
import { SHELL } from './tool-step.ts'

/** Independent sessions that an error needs: with a fix that worked, and without one. */
const SESSIONS_WITH_FIX_MIN = 2
const SESSIONS_WITHOUT_FIX_MIN = 3

/**
 * Sightings of one error, each session once: the lesson they amount to, or null. `passed` are
 * the commands that sessions ran without failing.
 */
export function errorLesson(
  sightings: readonly Sighting[],
  passed: readonly Sighting[],
  limits: LessonLimits,
): RankedLesson | null {
  const [first] = sightings
  if (first === undefined) return null
  const sessions = rootCount(sightings)
  const messages = sightings.map(({ detail }) => messageParts(detail.message ?? ''))
  const fix = agreedFix(sightings)
  if (sessions < (fix === null ? SESSIONS_WITHOUT_FIX_MIN : SESSIONS_WITH_FIX_MIN)) return null
  // Errors about different things with nothing in common that helped: there is no one lesson.
  if (fix === null && hasDifferingNames(messages)) return null
  const what = whatFailed(sightings, fix)
  if (fix?.kind === 'edit' && isSettled(what, sightings, passed)) return null
  const check = commonCheck(sightings)
  const occurrences = sightings.reduce((sum, { detail }) => sum + Number(detail.occurrences), 0)
  const told = {
    what,
    isShell: first.detail.tool === SHELL,
    error: withoutOwnName(commonText(messages), what),
    fix,
    check,
    isRepeatVain:
      rootCount(sightings.filter((it) => vainOf(it).includes(UNCHANGED))) >= SAME_SESSIONS_MIN,
    hasPassedAgain: sightings.some(({ detail }) => detail.fixKind === 'retry'),
    sessions,
    occurrences,
    lastSeen: lastSeen(sightings),
  }
  const text = errorLessonText(told, limits.lessonWordsMax)
  if (text === null) return null
  const evidence = evidenceOf(sightings, fix, check)
  return {
    score: sessions * occurrences * (fix === null ? 1 : 2),
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

/** What one session did may have been chance. */
const SAME_SESSIONS_MIN = 2

function rootCount(sightings: readonly Sighting[]): number {
  return new Set(sightings.map(({ rootSessionId }) => rootSessionId)).size
}

/** The tool with which several sessions looked at what was refused, or empty. */
function commonCheck(sightings: readonly Sighting[]): string {
  const checked = sightings.filter(({ detail }) => (detail.check ?? '') !== '')
  const common = [...Map.groupBy(checked, ({ detail }) => detail.check ?? '')]
    .map(([tool, all]) => ({ tool, sessions: rootCount(all) }))
    .filter(({ sessions }) => sessions >= SAME_SESSIONS_MIN)
  common.sort((a, b) => b.sessions - a.sessions || (a.tool < b.tool ? -1 : 1))
  return common[0]?.tool ?? ''
}

/** Sessions that show all that is told come first; of the others only the error is quoted. */
function evidenceOf(
  sightings: readonly Sighting[],
  fix: FixSummary | null,
  check: string,
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
