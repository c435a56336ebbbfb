import { isReverieError, ReverieError } from '../../core/errors.ts'
import type { Storage } from '../../storage/storage.ts'
import type { SentEvent } from '../../wire/session-events/sent-events.ts'
import { idleEvent, type WireSessionEvent } from '../../wire/session-events/vocabulary.ts'
import type { WireOutcomeEvaluation, WireSession } from '../../wire/sessions.ts'
import { environmentAt } from '../environments/environments.ts'
import { appendEvents, type PlacedEvent } from './append-events.ts'
import { type KeptSession, keptSession, requireOpen } from './kept-session.ts'
import { redactedEvent } from './redacted-json.ts'
import { ringAll, type SessionDeps } from './session-deps.ts'
import { keptThread } from './threads.ts'

/**
 * Keeps what a client sends and ends the turn at once: nobody answers here. Returns the events as
 * they were kept. Throws `not_found_error`, `invalid_request_error` for a session that takes none.
 */
export async function sendEvents(
  id: string,
  sent: readonly SentEvent[],
  deps: SessionDeps,
): Promise<readonly WireSessionEvent[]> {
  const { storage } = deps
  const kept = await keptSession(storage, id)
  requireOpen(kept)
  await requireSendable(storage, kept, sent)
  const at = deps.now().toISOString()
  const events = await eventsOfTurn(sent, at, deps)
  const { streams } = await storage.transaction(async (tx) => {
    const now = await keptSession(tx, id)
    requireOpen(now)
    const changed = { ...withOutcomes(now.wire, events), status: 'idle', updated_at: at } as const
    return appendEvents(tx, now, events, changed)
  })
  ringAll(deps, streams)
  return events.slice(0, sent.length).map(({ event }) => event)
}

/** What is sent, with ids and times, its secrets taken out; and the end of the turn. */
export async function eventsOfTurn(
  sent: readonly SentEvent[],
  at: string,
  { newId, redact }: Pick<SessionDeps, 'newId' | 'redact'>,
): Promise<readonly PlacedEvent[]> {
  const events: WireSessionEvent[] = []
  for (const given of sent) {
    const event = { ...given, ...outcomeFields(given, newId), id: newId('sevt'), processed_at: at }
    events.push((await redactedEvent(event, redact)).value)
  }
  return [...events, idleEvent(newId('sevt'), at)].map((event, index) => ({
    event,
    threadId: null,
    agentName: null,
    line: index + 1,
  }))
}

/** The wire's default of an outcome. */
const ITERATIONS = 3

function outcomeFields(
  given: SentEvent,
  newId: SessionDeps['newId'],
): Readonly<Record<string, unknown>> {
  if (given.type !== 'user.define_outcome') return {}
  const outcome_id = newId('sevt').replace(/^sevt_/, 'outc_')
  return { outcome_id, max_iterations: given.max_iterations ?? ITERATIONS }
}

/** The session with the outcomes that these events define; nobody evaluates them. */
export function withOutcomes(session: WireSession, events: readonly PlacedEvent[]): WireSession {
  const defined = events.flatMap(({ event }): WireOutcomeEvaluation[] =>
    event.type === 'user.define_outcome'
      ? [
          {
            type: 'outcome_evaluation',
            outcome_id: String(event.outcome_id),
            description: String(event.description),
            iteration: 0,
            result: 'pending',
            explanation: null,
            completed_at: null,
          },
        ]
      : [],
  )
  return { ...session, outcome_evaluations: [...session.outcome_evaluations, ...defined] }
}

async function requireSendable(
  storage: Storage,
  { wire }: KeptSession,
  sent: readonly SentEvent[],
): Promise<void> {
  for (const event of sent) {
    const threadId = event.type === 'user.interrupt' ? event.session_thread_id : null
    if (typeof threadId === 'string') await keptThread(storage, wire, threadId)
  }
  if (!sent.some(({ type }) => type === 'user.tool_result')) return
  if (await isSelfHosted(storage, wire.environment_id)) return
  throw new ReverieError(
    'invalid_request_error',
    'A user.tool_result is for sessions of a self_hosted environment.',
    { next: 'Import what tools of other environments answered: POST /v1/reverie/sessions/import.' },
  )
}

async function isSelfHosted(storage: Storage, id: string): Promise<boolean> {
  try {
    return (await environmentAt(storage, id)).config.type === 'self_hosted'
  } catch (error) {
    // An imported session names an environment that was never here.
    if (isReverieError(error, 'not_found_error')) return false
    throw error
  }
}
