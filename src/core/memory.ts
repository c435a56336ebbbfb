import { assertNever } from './errors.ts'
import type { MemoryId, MemoryStoreId, MemoryVersionId, SessionId } from './ids.ts'

/** One text document at a path of a store: the head of its versions. */
export interface Memory {
  readonly id: MemoryId
  readonly storeId: MemoryStoreId
  /** For `store:` the wire's path (`/a/b.md`); for a folder the same, relative to its root. */
  readonly path: string
  readonly content: string
  readonly contentSha256: string
  readonly versionId: MemoryVersionId
  readonly createdAt: string
  readonly updatedAt: string
}

export type MemoryOperation = 'created' | 'modified' | 'deleted'

/** Who wrote a version. `dream` and `folder` are ours; the others are the wire's actors. */
export type Actor =
  | { readonly type: 'user_actor'; readonly userId: string }
  | { readonly type: 'api_actor'; readonly apiKeyId: string }
  | { readonly type: 'session_actor'; readonly sessionId: SessionId }
  | { readonly type: 'dream_actor'; readonly dreamId: string }
  /** Seen in a mirrored folder: first sight is an import, later sight an out-of-band edit. */
  | { readonly type: 'folder_actor'; readonly firstSight: boolean }

/** Id of the session, key, person or dream that an actor is; null = a folder, which has none. */
export function actorId(actor: Actor): string | null {
  switch (actor.type) {
    case 'user_actor':
      return actor.userId
    case 'api_actor':
      return actor.apiKeyId
    case 'session_actor':
      return actor.sessionId
    case 'dream_actor':
      return actor.dreamId
    case 'folder_actor':
      return null
    default:
      return assertNever(actor)
  }
}

/** Immutable row of history, redaction apart. A deletion has no content. */
export interface MemoryVersion {
  readonly id: MemoryVersionId
  readonly memoryId: MemoryId
  readonly storeId: MemoryStoreId
  readonly operation: MemoryOperation
  /** Null only where the version is redacted. */
  readonly path: string | null
  readonly content: string | null
  readonly contentSha256: string | null
  readonly contentSizeBytes: number | null
  readonly actor: Actor
  readonly createdAt: string
  readonly redactedAt: string | null
  readonly redactedBy: Actor | null
}
