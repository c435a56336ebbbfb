import type { SessionId } from '../../../core/ids.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import type { Session } from '../../../core/session.ts'
import type { DreamRequest, ImportSummary } from '../../api.ts'
import type { Deps } from '../deps.ts'
import { ignoreProgress, importTranscripts } from '../import-transcripts.ts'
import { only } from '../target.ts'

const NOTHING_IMPORTED: ImportSummary = {
  files: 0,
  sessions: 0,
  newEvents: 0,
  lines: 0,
  read: 0,
  skipped: {},
  badLines: [],
  redacted: [],
}

/** Sessions that were named, with what importing them read. */
export interface GatheredSessions {
  readonly sessions: readonly Session[]
  readonly summary: ImportSummary
}

/** What of a request says which sessions are meant. */
export type SessionRequest = Pick<
  DreamRequest,
  'sessions' | 'since' | 'format' | 'onProgress' | 'signal'
>

/** Finds stored sessions by id and imports all others, for a memory to read them. */
export async function gatherSessions(
  request: SessionRequest,
  { lineageId }: Pick<MemoryStore, 'lineageId'>,
  deps: Deps,
): Promise<GatheredSessions> {
  const named = request.sessions.filter((spec) => spec.startsWith('sesn_'))
  const sources = request.sessions.filter((spec) => !spec.startsWith('sesn_'))
  const stored = named.length === 0 ? [] : await deps.storage.sessions.list()
  const ids: SessionId[] = named.map((prefix) => only('session', prefix, stored).id)
  let summary = NOTHING_IMPORTED
  if (sources.length > 0) {
    const order = {
      sources,
      readerId: lineageId,
      format: request.format ?? null,
      onProgress: request.onProgress ?? ignoreProgress,
      signal: request.signal ?? null,
    }
    const imported = await importTranscripts(order, deps)
    summary = imported.summary
    ids.push(...imported.sessionIds)
  }
  const sessions: Session[] = []
  for (const id of ids) {
    const session = await deps.storage.sessions.get(id)
    if (session !== null && isSince(session, request.since ?? null)) sessions.push(session)
  }
  return { sessions, summary }
}

/** An undated session cannot be shown to be recent. */
function isSince(session: Session, since: string | null): boolean {
  return since === null || (session.endedAt !== null && session.endedAt >= since)
}
