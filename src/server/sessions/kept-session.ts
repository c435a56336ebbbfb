import { LOCAL_AUDIENCE, parseAudience } from '../../core/audience.ts'
import { notFound, ReverieError } from '../../core/errors.ts'
import type { SessionId } from '../../core/ids.ts'
import { outcomeOfEnd, type Session, type SessionOutcome } from '../../core/session.ts'
import type { Document, Storage } from '../../storage/storage.ts'
import { DREAM_TAG, sessionTags, type WireSession } from '../../wire/sessions.ts'

/** A session as its document has it. */
export interface KeptSession {
  readonly wire: WireSession
  /** The session in which a dream shows its work. */
  readonly isDreams: boolean
  /** Of the next event that a dream reads; null = ask the events. */
  readonly nextOrdinal: number | null
}

/** What a body holds beside the wire's session. */
interface OwnFields {
  readonly reverie?: { readonly next_ordinal?: number }
}

/** The session of an id; `not_found_error`. */
export async function keptSession(storage: Storage, id: string): Promise<KeptSession> {
  const document = await storage.documents.get('session', id)
  if (document === null) throw notFound('session', id)
  return sessionIn(document)
}

export function sessionIn({ body, tags }: Pick<Document, 'body' | 'tags'>): KeptSession {
  const { reverie, ...wire } = JSON.parse(body) as WireSession & OwnFields
  return {
    wire,
    isDreams: tags.includes(DREAM_TAG),
    nextOrdinal: reverie?.next_ordinal ?? null,
  }
}

/** Writes the document; the row that a dream reads is `coreSession`'s. */
export async function keepSession(tx: Storage, kept: KeptSession): Promise<void> {
  const { wire, isDreams, nextOrdinal } = kept
  const own: OwnFields = nextOrdinal === null ? {} : { reverie: { next_ordinal: nextOrdinal } }
  await tx.documents.put({
    kind: 'session',
    id: wire.id,
    tags: sessionTags(wire, isDreams),
    createdAt: wire.created_at,
    body: JSON.stringify({ ...wire, ...own }),
  })
}

/** Throws `invalid_request_error` for a session that takes no events or changes from outside. */
export function requireOpen({ wire, isDreams }: KeptSession): void {
  if (isDreams) {
    throw new ReverieError('invalid_request_error', `"${wire.id}" is a dream's own session.`, {
      next: 'Read it, or make a session of your own.',
    })
  }
  if (wire.archived_at !== null || wire.status === 'terminated') {
    throw new ReverieError('invalid_request_error', `The session "${wire.id}" is archived.`, {
      next: 'Make a new session: an archived one stays as it is.',
    })
  }
}

/**
 * The row of a session that a dream reads; what its events tell stays as it is known. A user who is
 * named later does not take the place of those who have spoken.
 */
export function coreSession(wire: WireSession, known: Session | null): Session {
  const { metadata } = wire
  const audience = metadata.audience
  const outcome = outcomeIn(metadata) ?? known?.outcome
  return {
    format: 'wire',
    sourcePath: `/v1/sessions/${wire.id}`,
    startedAt: null,
    endedAt: null,
    parentSessionId: null,
    ...known,
    id: wire.id as SessionId,
    title: wire.title ?? known?.title ?? '',
    userIds: usersOf(metadata.user_id, known),
    agentIds: known === null || known.agentIds.length === 0 ? [wire.agent.id] : known.agentIds,
    audience:
      audience === undefined
        ? (known?.audience ?? LOCAL_AUDIENCE)
        : (parseAudience(audience) ?? LOCAL_AUDIENCE),
    archivedAt: wire.archived_at,
    ...(outcome === undefined ? {} : { outcome }),
  }
}

/** Values of the metadata are texts; what has another meaning there is no outcome. */
function outcomeIn({ reward, outcome, task }: WireSession['metadata']): SessionOutcome | null {
  const share = reward === undefined || reward.trim() === '' ? Number.NaN : Number(reward)
  return outcomeOfEnd({
    reward: share >= 0 && share <= 1 ? share : null,
    isSuccess: outcome === 'success' ? true : outcome === 'failure' ? false : null,
    task: task === undefined || task === '' ? null : task,
  })
}

function usersOf(named: string | undefined, known: Session | null): readonly string[] {
  if (named === undefined) return known?.userIds ?? []
  const spoken = known === null || known.startedAt === null ? [] : known.userIds
  return [...new Set([named, ...spoken])].sort()
}
