import { derivedId } from '../../core/ids.ts'
import type { Session } from '../../core/session.ts'
import { audit } from '../../engine/workspace/audit.ts'
import type { ImportResult, ImportedSession as ReadSession } from '../../importers/importer.ts'
import type { LogLine, Storage } from '../../storage/storage.ts'
import { shownType } from '../../wire/session-events/shown-event.ts'
import {
  namedAgent,
  newSession,
  sessionStream,
  threadStream,
  type WireSession,
} from '../../wire/sessions.ts'
import { childThread } from '../../wire/threads.ts'
import { coreSession, keepSession, requireOpen, sessionIn } from '../sessions/kept-session.ts'
import { ringAll, type SessionDeps } from '../sessions/session-deps.ts'
import { keepThread, primaryThreadId } from '../sessions/threads.ts'
import type { ImportReport } from './import-report.ts'
import { IMPORTED_ENVIRONMENT } from './imported-session.ts'

/** Keeps what was read of a transcript: its sessions show on the wire as others do. */
export async function keepTranscript(
  { sessions, tally }: ImportResult,
  deps: SessionDeps,
  report: ImportReport,
): Promise<void> {
  if (tally.read > 0) report.countRead(tally.read)
  for (const [reason, lines] of Object.entries(tally.skipped)) report.skip(reason, null, lines)
  for (const { line, reason } of tally.badLines) if (line !== null) report.tellOf(line, reason)
  report.redacted(tally.redacted.map(({ kind }) => kind))
  for (const read of sessions) {
    const { newEvents, streams } = await deps.storage.transaction((tx) => keep(tx, read, deps))
    report.sessionGrew(read.session.id, newEvents)
    if (newEvents > 0) ringAll(deps, streams)
  }
}

async function keep(
  tx: Storage,
  { session, events }: ReadSession,
  deps: SessionDeps,
): Promise<{ readonly newEvents: number; readonly streams: readonly string[] }> {
  const wire = await openTranscript(tx, session, deps)
  await tx.sessions.append(session.id, events)
  const threads = await threadsOf(tx, wire, events)
  const byStream = Map.groupBy(events, ({ threadId }) =>
    threadId === null
      ? sessionStream(wire.id)
      : threadStream(threads.ids.get(threadId) ?? threadId),
  )
  let newEvents = await tx.logs.append(sessionStream(wire.id), threads.told)
  for (const [stream, told] of byStream) {
    const lines = told.map((event) => ({
      id: event.id,
      type: shownType(event),
      at: event.at,
      body: null,
    }))
    newEvents += await tx.logs.append(stream, lines)
  }
  return { newEvents, streams: [...byStream.keys()] }
}

/** A transcript may come in several files: what is known of the session is joined. */
async function openTranscript(
  tx: Storage,
  session: Session,
  { now, newId, caller }: SessionDeps,
): Promise<WireSession> {
  const known = await tx.sessions.get(session.id)
  const document = await tx.documents.get('session', session.id)
  if (document !== null) {
    const kept = sessionIn(document)
    requireOpen(kept)
    await tx.sessions.put(coreSession(kept.wire, joined(known, session)))
    return kept.wire
  }
  const at = now().toISOString()
  const name = session.agentIds[0] ?? session.format
  const wire = newSession({
    id: session.id,
    agent: namedAgent(derivedId('agent', session.format, name), name),
    environment_id: IMPORTED_ENVIRONMENT,
    created_at: session.startedAt ?? at,
    updated_at: session.endedAt ?? at,
    title: session.title === '' ? null : session.title,
    metadata: session.userIds[0] === undefined ? {} : { user_id: session.userIds[0] },
  })
  await tx.sessions.put(joined(known, session))
  await keepSession(tx, { wire, isDreams: false, nextOrdinal: null })
  const entry = { act: 'session.imported', subject: session.id, by: caller.actor, at } as const
  await audit(tx, entry, newId)
  return wire
}

function joined(known: Session | null, more: Session): Session {
  if (known === null) return more
  const starts = [known.startedAt, more.startedAt].flatMap((at) => at ?? []).sort()
  const ends = [known.endedAt, more.endedAt].flatMap((at) => at ?? []).sort()
  return {
    ...known,
    startedAt: starts[0] ?? null,
    endedAt: ends.at(-1) ?? null,
    userIds: [...new Set([...known.userIds, ...more.userIds])].sort(),
    agentIds: [...new Set([...known.agentIds, ...more.agentIds])].sort(),
    parentSessionId: known.parentSessionId ?? more.parentSessionId,
  }
}

/** The source's threads by the ids that they have here, with the events that tell of them. */
async function threadsOf(
  tx: Storage,
  wire: WireSession,
  events: ReadSession['events'],
): Promise<{ readonly ids: ReadonlyMap<string, string>; readonly told: readonly LogLine[] }> {
  const ids = new Map<string, string>()
  const told: LogLine[] = []
  const parent_thread_id = primaryThreadId(wire.id)
  for (const { threadId, agentId, at } of events) {
    if (threadId === null || ids.has(threadId)) continue
    const id = derivedId('sthr', wire.id, threadId)
    ids.set(threadId, id)
    const created_at = at ?? wire.created_at
    const name = agentId ?? threadId
    if ((await tx.documents.get('thread', id)) === null) {
      await keepThread(
        tx,
        childThread({ id, session_id: wire.id, parent_thread_id, created_at }, name),
      )
    }
    const event = {
      id: derivedId('sevt', wire.id, 'thread_created', id),
      type: 'session.thread_created',
      session_thread_id: id,
      agent_name: name,
      workflow_run_id: null,
      processed_at: created_at,
    }
    told.push({ id: event.id, type: event.type, at: created_at, body: JSON.stringify(event) })
  }
  return { ids, told }
}
