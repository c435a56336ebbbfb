import type { Sighting } from '../../../core/ledger.ts'
import type { ComparedRun } from './compared-runs.ts'
import { FAILING, type Hypothesis, OTHER } from './hypotheses.ts'

export interface Simulation {
  readonly sessions: number
  readonly features: number
  /** Of the features, so many are real: nine of ten sessions that show one have failed. */
  readonly real: number
  readonly failureRate: number
  /** A feature is shown by so many sessions, each number as likely as the others. */
  readonly shownMin: number
  readonly shownMax: number
}

/** The setting of the published table: 100 sessions, 1,000 features, 30 % failures, 20 real. */
export const PUBLISHED: Simulation = {
  sessions: 100,
  features: 1_000,
  real: 20,
  failureRate: 0.3,
  shownMin: 3,
  shownMax: 12,
}

const FAILING_WHERE_REAL = 0.9

export interface Simulated {
  readonly runs: readonly ComparedRun[]
  /** The first `real` are real. */
  readonly hypotheses: readonly Hypothesis[]
}

/** Sessions with outcomes and features drawn at random; `random` gives numbers from 0 to 1. */
export function simulatedRuns(of: Simulation, random: () => number): Simulated {
  const drawn = (n: number): number => Math.floor(random() * n)
  const order = Array.from({ length: of.sessions }, (_, n) => ({ n, at: random() }))
  order.sort((a, b) => a.at - b.at)
  const failures = Math.round(of.sessions * of.failureRate)
  const failed = order.slice(0, failures).map(({ n }) => n)
  const passed = order.slice(failures).map(({ n }) => n)
  const isFailure = new Set(failed)
  const all = order.map(({ n }) => n)
  const hypotheses = Array.from({ length: of.features }, (_, at): Hypothesis => {
    const pool = (): readonly number[] => {
      if (at >= of.real) return all
      return random() < FAILING_WHERE_REAL ? failed : passed
    }
    const sides = new Uint8Array(of.sessions).fill(OTHER)
    let left = of.shownMin + drawn(of.shownMax - of.shownMin + 1)
    while (left > 0) {
      const among = pool()
      const place = among[drawn(among.length)] ?? 0
      if (sides[place] === FAILING) continue
      sides[place] = FAILING
      left -= 1
    }
    const condition = { kind: 'used', feature: `used:${at}`, later: '', calls: 0 } as const
    return { key: `failure:used:${at}`, condition, direction: 'failure', sides }
  })
  const runs = Array.from({ length: of.sessions }, (_, n) => aRun(n, isFailure.has(n)))
  return { runs, hypotheses }
}

/** A run of one stratum that shows nothing by itself. */
export function aRun(n: number, isFailure: boolean): ComparedRun {
  return {
    root: String(n).padStart(5, '0'),
    at: null,
    isFailure,
    stratum: 'stated agents ',
    outcome: NO_SIGHTING,
    features: new Map(),
    cut: new Set(),
    calls: 0,
    hasEdited: false,
  }
}

const NO_SIGHTING = { evidence: [], detail: {} } as unknown as Sighting

/** Sessions as they come in, in so many dreams, each of which looks at all so far. */
export function looksOver({ runs, hypotheses }: Simulated, looks: number): readonly Simulated[] {
  return Array.from({ length: looks }, (_, look) => {
    const until = Math.round((runs.length * (look + 1)) / looks)
    return {
      runs: runs.slice(0, until),
      hypotheses: hypotheses.map((it) => ({ ...it, sides: it.sides.slice(0, until) })),
    }
  })
}
