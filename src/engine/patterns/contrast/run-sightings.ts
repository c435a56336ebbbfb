import type { Sighting } from '../../../core/ledger.ts'
import type { SessionOutcome } from '../../../core/session.ts'
import type { ReadSession } from '../../read-session.ts'
import { toolSteps } from '../tool-step.ts'
import {
  type FeatureKind,
  featureKey,
  resultQuote,
  type SessionFeature,
  sessionFeatures,
} from './session-features.ts'
import { outcomeOf } from './session-outcome.ts'

export const OUTCOME = 'outcome'
export const FEATURE = 'feature'

/** How a session ended, and what else all comparisons need of it. */
export interface OutcomeDetail {
  readonly kind: typeof OUTCOME
  readonly audience: string
  readonly outcome: 'success' | 'failure'
  /** As `SessionOutcome.source` and `task`; empty = unknown. */
  readonly source: string
  readonly task: string
  /** The session's agents, sorted, parted by spaces; empty where none is named. */
  readonly agents: string
  /** Ordinal of the first event that was read: a session that grew is read in parts. */
  readonly from: string
  /** Calls of this part. */
  readonly calls: string
  readonly edited: 'yes' | ''
  /** Kinds of features of which not all were kept, parted by spaces. */
  readonly cut: string
}

/** One feature of one session. `tool`, `heads` and `message` are as those of an error sighting. */
export interface FeatureDetail {
  readonly kind: typeof FEATURE
  readonly audience: string
  readonly feature: FeatureKind
  readonly tool: string
  readonly heads: string
  readonly message: string
  /** Ordinal of the event that shows it first. */
  readonly place: string
}

/**
 * What one session adds to the comparison of sessions that failed with those that did not: its
 * outcome and its features, each once. None without an outcome. `errors` are its error sightings.
 */
export function runSightings(
  read: ReadSession,
  errors: readonly Sighting[],
  counter: Pick<Sighting, 'lineageId' | 'rootSessionId'>,
): readonly Sighting[] {
  const outcome = outcomeOf(read)
  const [first] = read.events
  if (outcome === null || first === undefined) return []
  const { audience } = first
  const threads = toolSteps(read)
  const { features, ...rest } = sessionFeatures(threads, errors, !isStated(outcome.source))
  const common = { ...counter, sessionId: read.session.id, at: lastTime(read) }
  const detail: OutcomeDetail = {
    kind: OUTCOME,
    audience,
    outcome: outcome.isSuccess ? 'success' : 'failure',
    source: outcome.source,
    task: outcome.task ?? '',
    agents: read.session.agentIds.toSorted().join(' '),
    from: String(first.event.ordinal),
    calls: String(rest.calls),
    edited: rest.hasEdited ? 'yes' : '',
    cut: rest.cut.join(' '),
  }
  const pattern = `${OUTCOME}:${detail.from}`
  const lastResult = threads
    .flat()
    .flatMap(({ result }) => resultQuote(result))
    .slice(-1)
  return [
    { ...common, pattern, evidence: lastResult, detail: { ...detail } },
    ...features.map((feature) => ({
      ...common,
      pattern: `${FEATURE}:${featureKey(feature)}`,
      evidence: feature.evidence,
      detail: { ...detailOf(feature, audience) },
    })),
  ]
}

/** True when somebody who knew said how the session ended, false when its events had to tell. */
export function isStated(source: SessionOutcome['source']): boolean {
  return source === 'reward' || source === 'success'
}

function detailOf(feature: SessionFeature, audience: string): FeatureDetail {
  const { kind, tool, head, message, place } = feature
  return {
    kind: FEATURE,
    audience,
    feature: kind,
    tool,
    heads: head,
    message,
    place: String(place),
  }
}

function lastTime({ session, events }: ReadSession): string | null {
  const times = events.flatMap(({ event }) => event.at ?? []).sort()
  return times.at(-1) ?? session.endedAt
}
