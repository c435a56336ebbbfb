import type { SessionEventId, SessionId } from '../../core/ids.ts'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import { clipped } from '../../core/text/clipped.ts'
import type { LogLine, Storage } from '../../storage/storage.ts'
import { answeredUse, calledTool, readEvent } from '../../wire/session-events/read-event.ts'
import type { WireSessionEvent } from '../../wire/session-events/vocabulary.ts'
import { sessionStream, threadStream, type WireSession } from '../../wire/sessions.ts'
import { coreSession, type KeptSession, keepSession } from './kept-session.ts'

/** An event, its secrets taken out, with its place. */
export interface PlacedEvent {
  readonly event: WireSessionEvent
  /** A child thread; null = the primary one. */
  readonly threadId: string | null
  /** Name of the agent that works there; null = the session's. */
  readonly agentName: string | null
  /** Where it stood in what was sent, counted from 1. */
  readonly line: number
}

export interface Appended {
  /** Lines that the log did not have yet. */
  readonly newEvents: number
  readonly streams: readonly string[]
  readonly session: WireSession
}

const TITLE_CHARS_MAX = 80

/**
 * Appends events to the log and, as far as a dream reads them, to the session; call it within a
 * transaction. Events that are there already change nothing. `changed` is the session as it is then.
 */
export async function appendEvents(
  tx: Storage,
  kept: KeptSession,
  events: readonly PlacedEvent[],
  changed: WireSession = kept.wire,
): Promise<Appended> {
  const byStream = Map.groupBy(events, ({ threadId }) =>
    threadId === null ? sessionStream(kept.wire.id) : threadStream(threadId),
  )
  let newEvents = 0
  for (const [stream, placed] of byStream) {
    newEvents += await tx.logs.append(
      stream,
      placed.map(({ event }) => lineOf(event)),
    )
  }
  const streams = [...byStream.keys()]
  if (newEvents === 0) return { newEvents, streams, session: kept.wire }
  const known = await tx.sessions.get(kept.wire.id as SessionId)
  const first = kept.nextOrdinal ?? (await ordinalAfter(tx, kept.wire.id as SessionId))
  const read = await readable(tx, kept.wire, known, events, first)
  await tx.sessions.put(grown(coreSession(changed, known), read))
  await tx.sessions.append(kept.wire.id as SessionId, read)
  await keepSession(tx, { ...kept, wire: changed, nextOrdinal: first + events.length })
  return { newEvents, streams, session: changed }
}

function lineOf(event: WireSessionEvent): LogLine {
  const { id, type, processed_at } = event
  return { id, type, at: processed_at ?? null, body: JSON.stringify(event) }
}

async function ordinalAfter(tx: Storage, id: SessionId): Promise<number> {
  return ((await tx.sessions.events(id)).at(-1)?.ordinal ?? -1) + 1
}

/** What a dream reads of the events. */
async function readable(
  tx: Storage,
  wire: WireSession,
  known: Session | null,
  events: readonly PlacedEvent[],
  first: number,
): Promise<readonly SessionEvent[]> {
  const tools = await toolNames(tx, events)
  return events.flatMap(({ event, threadId, agentName, line }, at) => {
    const read = readEvent(event, {
      sessionId: wire.id as SessionId,
      ordinal: first + at,
      threadId,
      userId: wire.metadata.user_id ?? onlyUser(known),
      agentId: agentName ?? wire.agent.id,
      source: { path: `/v1/sessions/${wire.id}`, line },
      toolName: (useId) => tools.get(useId) ?? null,
    })
    return read ?? []
  })
}

/** Null where nobody or several are named: nobody's words are put into another's mouth. */
function onlyUser(known: Session | null): string | null {
  const [user, ...others] = known?.userIds ?? []
  return user === undefined || others.length > 0 ? null : user
}

/** Tools by the id of their call: of these events, or of earlier ones that these answer. */
async function toolNames(
  tx: Storage,
  events: readonly PlacedEvent[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const { event } of events) {
    const name = calledTool(event)
    if (name !== null) names.set(event.id, name)
  }
  for (const { event } of events) {
    const useId = answeredUse(event)
    if (useId === null || names.has(useId)) continue
    const use = await tx.sessions.event(useId as SessionEventId)
    if (use?.tool != null) names.set(useId, use.tool.name)
  }
  return names
}

/** The row with what new events tell: who speaks, its times, and a title where it has none. */
function grown(session: Session, read: readonly SessionEvent[]): Session {
  const known = [session.startedAt, session.endedAt]
  const times = [...known, ...read.map(({ at }) => at)].flatMap((at) => at ?? []).sort()
  const said = read.find(({ type }) => type === 'user.message')?.text.trim() ?? ''
  const words = clipped(said.split('\n', 1)[0]?.trim() ?? '', TITLE_CHARS_MAX)
  return {
    ...session,
    title: session.title === '' ? words : session.title,
    startedAt: times[0] ?? null,
    endedAt: times.at(-1) ?? null,
    userIds: [
      ...new Set([...session.userIds, ...read.flatMap(({ userId }) => userId ?? [])]),
    ].sort(),
  }
}
