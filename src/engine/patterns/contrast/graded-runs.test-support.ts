import type { SessionOutcome } from '../../../core/session.ts'
import type { ReadSession } from '../../read-session.ts'
import { aReadSession, type Turn } from '../read-session.test-support.ts'

/** A call of a plain tool with an answer of one line. */
export function call(tool: string, result = 'done'): Turn {
  return { tool, input: {}, result }
}

export interface Graded {
  readonly isFailure: boolean
  readonly turns: readonly Turn[]
  readonly task?: string
  readonly parent?: string
}

/** A session whose outcome its source states, on the day of its number. */
export function gradedRun(n: number, { isFailure, turns, task, parent }: Graded): ReadSession {
  const read = aReadSession(`sesn_${String(n).padStart(3, '0')}`, turns, parent)
  const outcome: SessionOutcome = { isSuccess: !isFailure, source: 'reward', task: task ?? null }
  const at = new Date(Date.UTC(2026, 0, 1 + n)).toISOString()
  return {
    session: { ...read.session, outcome },
    events: read.events.map((item) => ({ ...item, event: { ...item.event, at } })),
  }
}

/** Sessions of which every second shows the turns `shown`, the others `plain`; some of each fail. */
export function gradedRuns(of: {
  readonly shown: readonly Turn[]
  readonly plain: readonly Turn[]
  readonly sessions: number
  /** Of every ten sessions of a side, so many fail. */
  readonly failingShown: number
  readonly failingPlain: number
  readonly task?: (n: number) => string
  readonly from?: number
}): readonly ReadSession[] {
  const { from = 0 } = of
  return Array.from({ length: of.sessions }, (_, at) => {
    const isShown = at % 2 === 0
    const failing = isShown ? of.failingShown : of.failingPlain
    const n = from + at
    const task = of.task?.(n)
    return gradedRun(n, {
      isFailure: Math.floor(at / 2) % 10 < failing,
      turns: isShown ? of.shown : of.plain,
      ...(task === undefined ? {} : { task }),
    })
  })
}
