import type { SessionOutcome } from '../../../core/session.ts'
import type { ReadEvent, ReadSession } from '../../read-session.ts'
import { toolSteps } from '../tool-step.ts'
import { hasPassed, isVerifying } from './verifying-run.ts'

/**
 * How a session ended. What its source states counts; else the last run of tests, a build or a
 * linter, unless the user rejects the work after it. Thanks prove nothing. Null = nobody can tell.
 */
export function outcomeOf(read: ReadSession): SessionOutcome | null {
  const stated = read.session.outcome
  if (stated !== undefined) return stated
  const run = lastRun(read)
  const last = read.events.filter(isOwnWords).at(-1)
  if (last !== undefined && isRejection(last.event.text) && last.event.ordinal > (run?.at ?? -1)) {
    return { isSuccess: false, source: 'user_correction', task: null }
  }
  if (run === null || run.passed === null) return null
  return { isSuccess: run.passed, source: 'test_result', task: null }
}

/** The last call that verifies anything; what it leaves open no earlier one can tell. */
function lastRun(
  read: ReadSession,
): { readonly at: number; readonly passed: boolean | null } | null {
  const runs = toolSteps(read)
    .flat()
    .filter(({ segments }) => segments.some(isVerifying))
    .map((step) => ({ at: step.result.event.ordinal, passed: hasPassed(step) }))
  return runs.sort((a, b) => a.at - b.at).at(-1) ?? null
}

function isOwnWords({ event, isEcho, trust }: ReadEvent): boolean {
  return event.type === 'user.message' && event.voice === 'own' && trust === 'user' && !isEcho
}

/** A bare "no" answers a question as often as it rejects anything, so it only opens. */
const OPENING = /^(?:no|nope|again|sorry|hm+|well|but)\b[\s,.:;!–—-]*/i
const REJECTION: readonly RegExp[] = [
  /^wrong\b/i,
  /^(?:that|this|it)(?:(?:'|’)s| is| was)? (?:still )?(?:wrong|broken|not (?:right|correct|working|fixed|what \w+ (?:asked|said|meant|want(?:ed)?)))\b/i,
  /^(?:that|this|it) (?:still )?(?:(?:does|did)(?: not|n(?:'|’)t) (?:work|help|compile|build)|fails)\b/i,
  /^(?:still (?:broken|fail(?:s|ing)|not working|wrong)|you broke)\b/i,
  /^(?:as )?I (?:already )?(?:told you|asked (?:you )?for|said (?:to|not|no|that)|meant)\b/i,
]
/** Behind a "no": what is to be otherwise. */
const DEMAND = /^(?:use|undo|revert|stop|put (?:it|that) back|not like (?:that|this))\b/i

/** True of a message that opens by saying that what was done is wrong. */
export function isRejection(message: string): boolean {
  const opening = OPENING.exec(message.trim())?.[0] ?? ''
  const rest = message.trim().slice(opening.length)
  if (REJECTION.some((words) => words.test(rest))) return true
  return /^(?:no|nope)\b/i.test(opening) && DEMAND.test(rest)
}
