import type { Sighting } from '../../../core/ledger.ts'
import { compareText } from '../../../core/text/compare-text.ts'
import { FEATURE, OUTCOME } from './run-sightings.ts'
import type { FeatureKind } from './session-features.ts'

/** One independent session with its outcome, as comparisons see it. */
export interface ComparedRun {
  /** Root of its family: of several sessions of one family one is compared. */
  readonly root: string
  readonly at: string | null
  readonly isFailure: boolean
  /** Only sessions of one stratum are compared: of one task, else of the same agents. */
  readonly stratum: string
  /** How it ended. */
  readonly outcome: Sighting
  /** Feature sightings by what follows `feature:` in their pattern. */
  readonly features: ReadonlyMap<string, Sighting>
  readonly cut: ReadonlySet<string>
  readonly calls: number
  readonly hasEdited: boolean
}

/** True of the sightings that comparisons are made of. */
export function isOfRuns({ detail }: Sighting): boolean {
  return detail.kind === OUTCOME || detail.kind === FEATURE
}

/**
 * The sessions of one audience that can be compared, earliest first, undated ones by id before
 * them. Each pattern of `sightings` stands once for a session. A session of which the beginning was
 * not read may show more than is known, so it takes no part.
 */
export function comparedRuns(sightings: readonly Sighting[]): readonly ComparedRun[] {
  const bySession = Map.groupBy(sightings.filter(isOfRuns), ({ sessionId }) => sessionId)
  const found = [...bySession.values()].flatMap((all) => candidateOf(all) ?? [])
  const byFamily = Map.groupBy(found, ({ run }) => run.root)
  const runs = [...byFamily.values()].flatMap((family) => family.sort(byWeight)[0]?.run ?? [])
  return runs.sort((a, b) => compareText(a.at ?? '', b.at ?? '') || compareText(a.root, b.root))
}

interface Candidate {
  readonly run: ComparedRun
  readonly isStated: boolean
  readonly sessionId: string
}

function candidateOf(all: readonly Sighting[]): Candidate | null {
  const parts = all
    .filter(({ detail }) => detail.kind === OUTCOME)
    .sort((a, b) => Number(a.detail.from) - Number(b.detail.from))
  const last = parts.at(-1)
  if (last === undefined || parts[0]?.detail.from !== '0') return null
  const { source = '', task = '', agents = '' } = last.detail
  const isStated = source === 'reward' || source === 'success'
  const within = task === '' ? `agents ${agents}` : `task ${task}`
  return {
    isStated,
    sessionId: last.sessionId,
    run: {
      root: last.rootSessionId,
      at: last.at,
      isFailure: last.detail.outcome === 'failure',
      // What was stated and what events had to tell are different measures.
      stratum: `${isStated ? 'stated' : 'derived'} ${within}`,
      outcome: last,
      features: new Map(
        all
          .filter(({ detail }) => detail.kind === FEATURE)
          .map((sighting) => [sighting.pattern.slice(FEATURE.length + 1), sighting]),
      ),
      cut: new Set(parts.flatMap(({ detail }) => (detail.cut ?? '').split(' ').filter(Boolean))),
      calls: parts.reduce((sum, { detail }) => sum + Number(detail.calls ?? 0), 0),
      hasEdited: parts.some(({ detail }) => detail.edited === 'yes'),
    },
  }
}

/** Of a family a stated outcome counts before a derived one, then the latest. */
function byWeight(a: Candidate, b: Candidate): number {
  return (
    Number(b.isStated) - Number(a.isStated) ||
    compareText(b.run.at ?? '', a.run.at ?? '') ||
    compareText(b.sessionId, a.sessionId)
  )
}

/** Whether all features of a kind are known of a run. */
export function knowsAll(run: ComparedRun, kind: FeatureKind): boolean {
  return !run.cut.has(kind)
}
