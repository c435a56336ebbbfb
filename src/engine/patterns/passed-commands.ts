import type { Sighting } from '../../core/counter.ts'
import type { ReadSession } from '../read-session.ts'
import { headsOf } from './error-sightings.ts'
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

/**
 * True when a session after the last sighting of an error ran the same command and did not meet
 * it: what was added to a file is in the project by now, and there is nothing left to learn.
 */
export function isSettled(
  what: string,
  sightings: readonly Sighting[],
  passed: readonly Sighting[],
): boolean {
  const heads = what.split(' && ')
  const met = new Set(sightings.map(({ rootSessionId }) => rootSessionId))
  const times = sightings.flatMap(({ at }) => at ?? [])
  const last = times.sort().at(-1)
  if (last === undefined || times.length < sightings.length) return false
  return passed.some(
    ({ detail, at, rootSessionId }) =>
      heads.includes(detail.head ?? '') && at !== null && at > last && !met.has(rootSessionId),
  )
}
