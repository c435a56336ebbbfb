import { notFound, ReverieError } from '../../core/errors.ts'
import { derivedId } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'
import { sessionStream, threadStream, type WireSession } from '../../wire/sessions.ts'
import { primaryThread, threadTags, type WireThread } from '../../wire/threads.ts'
import { appendEvents } from './append-events.ts'
import { keptSession, requireOpen } from './kept-session.ts'
import { ringAll, type SessionDeps } from './session-deps.ts'

/** The id of the thread in which a session's own agent works. */
export function primaryThreadId(sessionId: string): string {
  return derivedId('sthr', sessionId, 'primary')
}

/** A thread of a session; `not_found_error`. */
export async function keptThread(
  storage: Storage,
  session: WireSession,
  id: string,
): Promise<WireThread> {
  if (id === primaryThreadId(session.id)) return primaryThread(session, id)
  const document = await storage.documents.get('thread', id)
  const thread = document === null ? null : (JSON.parse(document.body) as WireThread)
  if (thread === null || thread.session_id !== session.id) throw notFound('thread', id)
  return thread
}

/** Where the events of a thread are. */
export function streamOf(thread: WireThread): string {
  return thread.parent_thread_id === null
    ? sessionStream(thread.session_id)
    : threadStream(thread.id)
}

export async function keepThread(tx: Storage, thread: WireThread): Promise<void> {
  await tx.documents.put({
    kind: 'thread',
    id: thread.id,
    tags: threadTags(thread),
    createdAt: thread.created_at,
    body: JSON.stringify(thread),
  })
}

/** All children of a session. */
export async function childThreads(
  storage: Storage,
  sessionId: string,
): Promise<readonly WireThread[]> {
  const threads: WireThread[] = []
  const query = { kind: 'thread', all: [`session:${sessionId}`], order: 'asc', limit: 100 } as const
  for (let after: string | null = null; ; ) {
    const page = await storage.documents.page({ ...query, ...(after === null ? {} : { after }) })
    threads.push(...page.items.map(({ body }) => JSON.parse(body) as WireThread))
    after = page.next
    if (after === null) return threads
  }
}

/**
 * Ends a child thread; again changes nothing. Throws `invalid_request_error` for the primary one
 * and for one that is running.
 */
export async function archiveThread(
  sessionId: string,
  id: string,
  deps: SessionDeps,
): Promise<WireThread> {
  const { archived, streams } = await deps.storage.transaction(async (tx) => {
    const kept = await keptSession(tx, sessionId)
    const thread = await keptThread(tx, kept.wire, id)
    if (thread.archived_at !== null) return { archived: thread, streams: [] }
    requireOpen(kept)
    requireArchivable(thread)
    const at = deps.now().toISOString()
    const ended = { ...thread, status: 'terminated', archived_at: at, updated_at: at } as const
    await keepThread(tx, ended)
    const event = {
      id: deps.newId('sevt'),
      type: 'session.thread_status_terminated',
      session_thread_id: id,
      agent_name: String(thread.agent.name ?? ''),
      processed_at: at,
    } as const
    const shown = { event, agentName: null, line: 1 }
    const { streams } = await appendEvents(tx, kept, [
      { ...shown, threadId: id },
      { ...shown, threadId: null },
    ])
    return { archived: ended, streams }
  })
  ringAll(deps, streams)
  return archived
}

function requireArchivable({ id, parent_thread_id, status }: WireThread): void {
  if (parent_thread_id === null) {
    throw new ReverieError('invalid_request_error', `"${id}" is the primary thread.`, {
      next: 'Archive the session.',
    })
  }
  if (status !== 'running') return
  throw new ReverieError('invalid_request_error', `The thread "${id}" is running.`, {
    next: 'Wait until it is idle.',
  })
}
