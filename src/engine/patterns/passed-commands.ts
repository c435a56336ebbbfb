import type { Sighting } from '../../core/ledger.ts'
import type { ReadSession } from '../read-session.ts'
import { headsOf } from './error-sightings.ts'
import { lastSeen } from './lesson.ts'
import { SHELL, toolSteps } from './tool-step.ts'

/** A command that passed once may have been another one of the same name. */
const PASSES_MIN = 2
const COMMANDS_PER_SESSION_MAX = 30

export const PASSED = 'passed'

/** The commands that a session ran again and again without failing. Counted, never told. */
export function passedCommands(
  { session, events }: ReadSession,
  counter: Pick<Sighting, 'lineageId' | 'rootSessionId'>,
): readonly Sighting[] {
  const passed = toolSteps({ session, events })
    .flat()
    .filter(({ tool, isFailed }) => tool === SHELL && !isFailed)
    .flatMap((step) => headsOf(step).map((head) => ({ head, result: step.result })))
  const byHead = [...Map.groupBy(passed, ({ head }) => head)]
    .filter(([, all]) => all.length >= PASSES_MIN)
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
  return byHead.slice(0, COMMANDS_PER_SESSION_MAX).map(([head, all]) => ({
    ...counter,
    pattern: `${PASSED}:${head}`,
    sessionId: session.id,
    at:
      all
        .flatMap(({ result }) => result.event.at ?? [])
        .sort()
        .at(-1) ?? null,
    evidence: [],
    detail: { kind: PASSED, audience: all[0]?.result.audience ?? '', head },
  }))
}

/** One later session that ran the command without the error may have worked on something else. */
const SETTLED_SESSIONS_MIN = 2

/**
 * True when the error has been gone for as long as it was there: after its last sighting at least
 * as many independent sessions as had met it, and two or more, ran the same command without it.
 * What was added to a file is in the project by then, and there is nothing left to learn.
 */
export function isSettled(
  what: string,
  sightings: readonly Sighting[],
  passed: readonly Sighting[],
): boolean {
  const heads = what.split(' && ')
  const met = new Set(sightings.map(({ rootSessionId }) => rootSessionId))
  const last = lastSeen(sightings)
  if (last === null || sightings.some(({ at }) => at === null)) return false
  const without = passed.filter(
    ({ detail, at, rootSessionId }) =>
      heads.includes(detail.head ?? '') && at !== null && at > last && !met.has(rootSessionId),
  )
  const sessions = new Set(without.map(({ rootSessionId }) => rootSessionId)).size
  return sessions >= Math.max(SETTLED_SESSIONS_MIN, met.size)
}
