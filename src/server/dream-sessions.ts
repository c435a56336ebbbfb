import type { DreamId, SessionId } from '../core/ids.ts'
import type { MemoryVersion } from '../core/memory.ts'
import type { Storage } from '../storage/storage.ts'
import type { SessionOfDream } from '../wire/actors.ts'
import type { Metadata } from '../wire/metadata.ts'

/** The sessions of the dreams that wrote these versions: on the wire a dream acts as its session. */
export async function sessionsOfWriters(
  versions: readonly MemoryVersion[],
  storage: Storage,
): Promise<SessionOfDream> {
  const actors = versions.flatMap(({ actor, redactedBy }) => [actor, redactedBy])
  const ids = new Set(
    actors.flatMap((actor) => (actor?.type === 'dream_actor' ? [actor.dreamId] : [])),
  )
  const found = new Map<string, SessionId>()
  for (const id of ids) {
    const dream = await storage.dreams.get(id as DreamId)
    const sessionId = dream?.hosted?.sessionId ?? null
    if (sessionId !== null) found.set(id, sessionId)
  }
  return found
}

/** Whose versions a list is narrowed to. */
export type Writers = 'anybody' | 'nobody' | { readonly actorId: string }

/**
 * Who the filters of a list name. Nobody acts as a service account, and no version was written by
 * a session and a key at once.
 */
export async function writersNamed(
  query: {
    readonly session_id: string | undefined
    readonly api_key_id: string | undefined
    readonly service_account_id: string | undefined
  },
  storage: Storage,
): Promise<Writers> {
  const { session_id: sessionId, api_key_id: keyId } = query
  if (query.service_account_id !== undefined) return 'nobody'
  if (sessionId !== undefined && keyId !== undefined) return 'nobody'
  if (keyId !== undefined) return { actorId: keyId }
  if (sessionId === undefined) return 'anybody'
  return { actorId: (await dreamOf(sessionId, storage)) ?? sessionId }
}

/** The dream that a session shows; null = an ordinary session, or none. */
async function dreamOf(sessionId: string, storage: Storage): Promise<string | null> {
  const session = await storage.documents.get('session', sessionId)
  if (session?.tags.includes('dream') !== true) return null
  const { metadata } = JSON.parse(session.body) as { readonly metadata?: Metadata }
  const dream = await storage.dreams.get((metadata?.dream_id ?? '') as DreamId)
  return dream?.hosted?.sessionId === sessionId ? dream.id : null
}
