import { type Dream, NO_TOKENS, type TokenUsage } from '../../../core/dream.ts'
import { derivedId, type SessionId, type ThreadId } from '../../../core/ids.ts'
import type { LogLine, Storage } from '../../../storage/storage.ts'
import { sessionBody, tagsOf, threadBody } from './session-body.ts'
import { linesOf, threadIdOf, wireUsage } from './session-lines.ts'

/** The stream of a dream's own session; null where it has none (yet). */
export function streamOf({ hosted }: Dream): string | null {
  const id = hosted?.sessionId ?? null
  return id === null ? null : streamOfSession(id)
}

export function sessionIdOf(dream: Dream): SessionId {
  return derivedId('sesn', dream.id)
}

/** Opens the session of a dream that starts, with a thread for each session that it reads. */
export async function openSession(tx: Storage, dream: Dream, at: string): Promise<SessionId> {
  const id = sessionIdOf(dream)
  await tx.documents.put({
    kind: 'session',
    id,
    tags: tagsOf('running'),
    createdAt: at,
    body: JSON.stringify(sessionBody(dream, id, at)),
  })
  for (const reads of dream.hosted?.sessionIds ?? []) {
    const thread = threadIdOf(dream, reads)
    await tx.documents.put({
      kind: 'thread',
      id: thread,
      tags: [`session:${id}`, 'status:idle'],
      createdAt: at,
      body: JSON.stringify(threadBody(dream, { id: thread, session: id, reads }, at)),
    })
  }
  const lines = linesOf(dream, at)
  await tx.logs.append(streamOfSession(id), [lines.running(), ...lines.threads()])
  return id
}

export interface SessionEnd {
  readonly at: string
  /** What is told before the session goes idle. */
  readonly lines: readonly LogLine[]
  readonly usage: TokenUsage
}

/** Ends a dream's session for good; nothing happens where it has none. */
export async function endSession(tx: Storage, dream: Dream, end: SessionEnd): Promise<void> {
  const id = dream.hosted?.sessionId ?? null
  if (id === null) return
  const { at, lines, usage } = end
  const told = linesOf(dream, at)
  await tx.logs.append(streamOfSession(id), [told.usage(usage), ...lines, told.idle()])
  const document = await tx.documents.get('session', id)
  if (document === null) return
  const seconds = Math.max(0, (Date.parse(at) - Date.parse(document.createdAt)) / 1_000)
  await tx.documents.put({
    kind: 'session',
    id,
    tags: tagsOf('terminated'),
    createdAt: document.createdAt,
    body: JSON.stringify({
      ...(JSON.parse(document.body) as object),
      status: 'terminated',
      archived_at: at,
      updated_at: at,
      stats: { active_seconds: seconds, duration_seconds: seconds },
      usage: { ...wireUsage(usage), active_seconds: seconds },
    }),
  })
  for (const sessionId of dream.hosted?.sessionIds ?? []) {
    await endThread(tx, threadIdOf(dream, sessionId), at)
  }
}

async function endThread(tx: Storage, id: ThreadId, at: string): Promise<void> {
  const document = await tx.documents.get('thread', id)
  if (document === null) return
  const thread = JSON.parse(document.body) as object
  await tx.documents.put({
    kind: 'thread',
    id,
    tags: document.tags.map((tag) => (tag === 'status:idle' ? 'status:terminated' : tag)),
    createdAt: document.createdAt,
    body: JSON.stringify({ ...thread, status: 'terminated', archived_at: at, updated_at: at }),
  })
}

/** Ends the session of a dream that was canceled. */
export async function endCanceled(tx: Storage, dream: Dream, at: string): Promise<void> {
  const text = 'The dream was canceled. Nothing of it was written.'
  const lines = [linesOf(dream, at).message('end', text)]
  await endSession(tx, dream, { at, lines, usage: dream.hosted?.usage ?? NO_TOKENS })
}

function streamOfSession(id: SessionId): string {
  return `session:${id}`
}
