import type { KeyId, NewId, WorkspaceId } from '../core/ids.ts'
import type { Actor } from '../core/memory.ts'
import type { Alongside, Workspace } from '../engine/workspace-api.ts'
import type { Redact } from '../importers/importer.ts'
import type { Storage } from '../storage/storage.ts'
import type { ImportPorts } from './imports/import-ports.ts'

/** What a key may do. `admin` includes the others. */
export const SCOPES = ['read', 'write', 'dream', 'admin'] as const

export type Scope = (typeof SCOPES)[number]

/** Who makes a request, once the key is known. */
export interface Caller {
  readonly workspaceId: WorkspaceId
  /** Null = no key is needed: loopback, and none was ever made. */
  readonly keyId: KeyId | null
  readonly scopes: readonly Scope[]
  /** Who its writes are attributed to. */
  readonly actor: Actor
}

/** All that the routes need of the outside. */
export interface ServerPorts {
  readonly storage: Storage
  readonly workspaceOf: (id: WorkspaceId) => Workspace
  /** Takes secrets out of what is kept of sessions. */
  readonly redact: Redact
  /** Told after a commit that a stream of the log has grown, so that watchers look at once. */
  readonly bell: Bell
  readonly now: () => Date
  readonly newId: NewId
  /** Resolves after `ms`; rejects when aborted. */
  readonly wait: (ms: number, signal: AbortSignal | null) => Promise<void>
  readonly version: string
  /** What imports read with; absent = the server takes none. */
  readonly imports?: ImportPorts
  /** Aborted when the server stops: streams end, so that their watchers look elsewhere. */
  readonly stopping?: AbortSignal
}

/** Wakes those who wait for news in this process; others look from time to time. */
export interface Bell {
  ring(name: string): void
  /** Calls back at the next ring; returns how to stop listening. */
  listen(name: string, heard: () => void): () => void
}

/** What a request carries through the routes: Hono's variables. */
export interface RequestVariables {
  readonly requestId: string
  readonly caller: Caller
  /** Asks anew: a key may end while its answer still streams. */
  readonly isStillAllowed: () => Promise<boolean>
  /** The caller's own workspace, and the storage seen from it. */
  readonly workspace: Workspace
  readonly storage: Storage
  /** Written together with a new dream, so that a client that asks again finds it. */
  readonly alongside?: Alongside
  /** True: a run of the server that ended may have worked on this request before. */
  readonly isTakenOver?: boolean
}

export interface ServerEnv {
  readonly Variables: RequestVariables
}
