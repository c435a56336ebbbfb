import type { ComparedRun } from './compared-runs.ts'
import { CONTRAST_LIMITS } from './contrast-limits.ts'
import { discovered, testable } from './false-discovery.ts'
import { FAILING, type Hypothesis, hypothesesOf, NO_PART } from './hypotheses.ts'
import { exactP, expectedHits, leastP, type Stratum, spreadOfHits } from './stratified-test.ts'

/** A hypothesis with what was counted for it, in strata where both sides occur. */
export interface Contrast extends Hypothesis {
  readonly failing: Side
  readonly others: Side
  /** Strata that were compared, by name. */
  readonly strata: readonly string[]
  /** Failures of the failing side beyond those to be expected, and as a ratio to them. */
  readonly excess: number
  readonly lift: number
  /** One-sided, exact. */
  readonly p: number
  /** Among the latest third alone: more fail than is to be expected, no more, or too few tell. */
  readonly latest: 'same' | 'turned' | 'unknown'
}

/** Sessions of one side of a comparison. */
export interface Side {
  readonly sessions: number
  readonly failed: number
}

export interface Contrasts {
  readonly proven: readonly Contrast[]
  /** Asked and not refuted: shown by enough sessions, failing more often, not proven. */
  readonly open: number
  /** Every hypothesis with its counts, proven or not, by key. */
  readonly counted: ReadonlyMap<string, Contrast>
}

/**
 * What failing sessions do otherwise, beyond chance: tested in strata, at most the share
 * `contrastFalseShareMax` of what is found false on average, with a lift, and in the same direction
 * among the latest third of the sessions. `runs` are of one audience, in order of time.
 */
export function provenContrasts(runs: readonly ComparedRun[]): Contrasts {
  const asked = runs.some(({ isFailure }) => isFailure) ? hypothesesOf(runs) : []
  return weighed(asked, runs)
}

/** The same for hypotheses that somebody made. */
export function weighed(
  hypotheses: readonly Hypothesis[],
  runs: readonly ComparedRun[],
): Contrasts {
  const strata = strataOf(runs)
  const tables = hypotheses.map(({ sides }) => tablesOf(sides, runs, strata))
  const q = CONTRAST_LIMITS.contrastFalseShareMax
  const isTestable = testable(tables.map(leastP), q)
  const ps = tables.map((table, at) => (isTestable[at] && isAbove(table) ? exactP(table) : 1))
  const isFound = discovered(
    ps.filter((_, at) => isTestable[at]),
    q,
    CONTRAST_LIMITS.contrastChanceMax,
  )
  const found = new Set<number>()
  let nth = 0
  for (const at of tables.keys()) if (isTestable[at] && isFound[nth++]) found.add(at)
  const first = Math.floor(runs.length * (1 - LATEST_SHARE))
  const counted = hypotheses.map((hypothesis, at) => ({
    ...countedOf(hypothesis, tables[at] ?? []),
    p: ps[at] ?? 1,
    latest: directionOf(tablesOf(hypothesis.sides, runs, strata, first)),
  }))
  const proven = counted.filter(
    (contrast, at) => found.has(at) && isMarked(contrast) && contrast.latest === 'same',
  )
  return {
    proven: proven.sort((a, b) => a.p - b.p || (a.key < b.key ? -1 : 1)),
    open: counted.filter(isMarked).length - proven.length,
    counted: new Map(counted.map((contrast) => [contrast.key, contrast])),
  }
}

/** A p that is far from any bound is not worked out: as 1 it can only cost others, never add one. */
function isAbove(tables: readonly Table[]): boolean {
  const hits = tables.reduce((sum, table) => sum + table.hits, 0)
  return hits >= expectedHits(tables) + spreadOfHits(tables)
}

function isMarked({ lift, failing }: Contrast): boolean {
  return (
    lift >= CONTRAST_LIMITS.contrastLiftMin &&
    failing.sessions >= CONTRAST_LIMITS.contrastSessionsMin
  )
}

interface Table extends Stratum {
  readonly stratum: string
}

interface Strata {
  readonly names: readonly string[]
  /** By place of the run, the place of its stratum. */
  readonly of: Int32Array
}

function strataOf(runs: readonly ComparedRun[]): Strata {
  const places = new Map<string, number>()
  const of = Int32Array.from(runs, ({ stratum }) => {
    const place = places.get(stratum) ?? places.size
    places.set(stratum, place)
    return place
  })
  return { names: [...places.keys()], of }
}

/** Tables of the strata in which both sides occur, over the runs from `first` on. */
function tablesOf(
  sides: Uint8Array,
  runs: readonly ComparedRun[],
  strata: Strata,
  first = 0,
): readonly Table[] {
  const count = strata.names.length
  const [sessions, failed, showing, hits] = [0, 1, 2, 3].map(() => new Int32Array(count))
  if (!(sessions && failed && showing && hits)) return []
  const add = (counts: Int32Array, place: number, more: number): void => {
    counts[place] = (counts[place] ?? 0) + more
  }
  for (let at = first; at < runs.length; at += 1) {
    if (sides[at] === NO_PART) continue
    const place = strata.of[at] ?? 0
    const isFailure = Number(runs[at]?.isFailure)
    const isShowing = Number(sides[at] === FAILING)
    add(sessions, place, 1)
    add(failed, place, isFailure)
    add(showing, place, isShowing)
    add(hits, place, isFailure * isShowing)
  }
  const tables = strata.names.map((stratum, at) => ({
    stratum,
    sessions: sessions[at] ?? 0,
    failed: failed[at] ?? 0,
    showing: showing[at] ?? 0,
    hits: hits[at] ?? 0,
  }))
  return tables.filter((table) => table.showing > 0 && table.showing < table.sessions)
}

type Counted = Omit<Contrast, 'p' | 'latest'>

function countedOf(hypothesis: Hypothesis, tables: readonly Table[]): Counted {
  const sum = (of: (table: Table) => number): number =>
    tables.reduce((total, table) => total + of(table), 0)
  const failing = { sessions: sum(({ showing }) => showing), failed: sum(({ hits }) => hits) }
  const others = {
    sessions: sum(({ sessions }) => sessions) - failing.sessions,
    failed: sum(({ failed }) => failed) - failing.failed,
  }
  const expected = expectedHits(tables)
  return {
    ...hypothesis,
    failing,
    others,
    strata: tables.map(({ stratum }) => stratum),
    excess: failing.failed - expected,
    lift: expected === 0 ? 0 : failing.failed / expected,
  }
}

/** True when it was told once and the sessions of now no longer bear it out. */
export function isContradicted({ lift, latest }: Contrast): boolean {
  return lift < CONTRAST_LIMITS.contrastLiftMin && latest === 'turned'
}

const LATEST_SHARE = 1 / 3

function directionOf(tables: readonly Table[]): Contrast['latest'] {
  const min = CONTRAST_LIMITS.contrastSessionsMin
  const showing = tables.reduce((sum, table) => sum + table.showing, 0)
  const sessions = tables.reduce((sum, table) => sum + table.sessions, 0)
  if (tables.reduce((sum, { hits }) => sum + hits, 0) > expectedHits(tables)) return 'same'
  return showing >= min && sessions - showing >= min ? 'turned' : 'unknown'
}
