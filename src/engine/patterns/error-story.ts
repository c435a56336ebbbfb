import type { Sighting } from '../../core/ledger.ts'
import { type FixSummary, vainOf } from './fixes/agreed-fix.ts'
import { UNCHANGED } from './fixes/fix-pair.ts'
import { lastSeen } from './lesson.ts'
import { commonText, messageParts } from './message-template.ts'
import { type Others, othersIn } from './others/attribution.ts'
import { SHELL } from './tool-step.ts'

/** What an error lesson tells: each part is backed by the sessions, nothing is advised beyond. */
export interface ErrorStory {
  /** Command head or tool name. */
  readonly what: string
  readonly isShell: boolean
  readonly error: string
  readonly fix: FixSummary | null
  /** The tool with which several sessions looked at what was refused; empty without one. */
  readonly check: string
  /** Several sessions repeated the call unchanged, and it failed again. */
  readonly isRepeatVain: boolean
  /** In some session the same call passed later, so that nothing need be done about it. */
  readonly hasPassedAgain: boolean
  /** Independent sessions that met it, and how often they did. */
  readonly sessions: number
  readonly occurrences: number
  /** Of the sessions, those of other agents: how many, and whose, each agent once and sorted. */
  readonly others: Others
  /** ISO 8601 time of the last sighting; null when no session is dated. */
  readonly lastSeen: string | null
}

/** Sightings of one error, each session once, and what helped in them: what they show. */
export function errorStory(sightings: readonly Sighting[], fix: FixSummary | null): ErrorStory {
  const messages = sightings.map(({ detail }) => messageParts(detail.message ?? ''))
  const what = whatFailed(sightings, fix)
  const repeated = sightings.filter((it) => vainOf(it).includes(UNCHANGED))
  return {
    what,
    isShell: sightings[0]?.detail.tool === SHELL,
    error: withoutOwnName(commonText(messages), what),
    fix,
    check: commonCheck(sightings),
    isRepeatVain: rootCount(repeated) >= SAME_SESSIONS_MIN,
    hasPassedAgain: sightings.some(({ detail }) => detail.fixKind === 'retry'),
    sessions: rootCount(sightings),
    occurrences: sightings.reduce((sum, { detail }) => sum + Number(detail.occurrences), 0),
    others: othersIn(sightings),
    lastSeen: lastSeen(sightings),
  }
}

/** What one session did may have been chance. */
const SAME_SESSIONS_MIN = 2

/** Independent sessions among those of the sightings. */
export function rootCount(sightings: readonly Sighting[]): number {
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
