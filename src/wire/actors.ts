import { z } from 'zod'
import type { SessionId } from '../core/ids.ts'
import type { Actor } from '../core/memory.ts'

/** The wire's actors. Nobody acts as a service account here; the form is the wire's all the same. */
export type WireActor =
  | { readonly type: 'session_actor'; readonly session_id: string }
  | { readonly type: 'api_actor'; readonly api_key_id: string }
  | { readonly type: 'user_actor'; readonly user_id: string }
  | { readonly type: 'service_account_actor'; readonly service_account_id: string }

export const wireActorSchema: z.ZodType<WireActor> = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('session_actor'), session_id: z.string() }),
    z.strictObject({ type: z.literal('api_actor'), api_key_id: z.string() }),
    z.strictObject({ type: z.literal('user_actor'), user_id: z.string() }),
    z.strictObject({ type: z.literal('service_account_actor'), service_account_id: z.string() }),
  ])
  .meta({ id: 'Actor' })

/** The session of each dream that has one, by the dream's id. */
export type SessionOfDream = ReadonlyMap<string, SessionId>

/**
 * A dream acts as its session. Null = nobody that the wire has a word for: a dream whose session
 * never began, or a mirrored folder.
 */
export function toWireActor(actor: Actor, sessionOf: SessionOfDream): WireActor | null {
  switch (actor.type) {
    case 'user_actor':
      return { type: 'user_actor', user_id: actor.userId }
    case 'api_actor':
      return { type: 'api_actor', api_key_id: actor.apiKeyId }
    case 'session_actor':
      return { type: 'session_actor', session_id: actor.sessionId }
    case 'dream_actor': {
      const sessionId = sessionOf.get(actor.dreamId)
      return sessionId === undefined ? null : { type: 'session_actor', session_id: sessionId }
    }
    case 'folder_actor':
      return null
  }
}
