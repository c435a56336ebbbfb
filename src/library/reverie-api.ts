import type { Dream } from '../core/dream.ts'
import type {
  CollectiveDreamId,
  DreamId,
  MemoryStoreId,
  SessionId,
  WorkspaceId,
} from '../core/ids.ts'
import type { Actor, Memory } from '../core/memory.ts'
import type { Schedule, ScheduleDraft } from '../core/schedule.ts'
import type { Session } from '../core/session.ts'
import type { SessionEvent, Speaker } from '../core/session-event.ts'
import type { FolderOperations } from '../engine/api.ts'
import type {
  CollectiveDream,
  CollectiveOrder,
  WorkspaceCollectiveDreams,
} from '../engine/collective/collective-api.ts'
import type { WorkspaceErasures } from '../engine/erasure/erasure-api.ts'
import type {
  DreamOrder,
  Workspace,
  WorkspaceChanges,
  WorkspaceDreams,
  WorkspaceMemories,
  WorkspaceSchedules,
  WorkspaceStores,
  WorkspaceVersions,
} from '../engine/workspace-api.ts'
import type { ServerAtWork } from '../server/serve.ts'
import type { ImportedEvent } from '../wire/session-events/imported-event.ts'

/**
 * Reverie in this process: dreams over folders, as the command does them, and workspaces with stores,
 * sessions, dreams and schedules, as the server has them. Failures are `ReverieError`.
 *
 *     const reverie = await createReverie()
 *     const { dream, changes } = await reverie.dream({ memory: './memory', sessions: ['./logs'] })
 *     for (const change of changes) console.log(change.kind, change.reason)
 *     await reverie.apply(dream.id)
 *     await reverie.close()
 */
export interface Reverie extends FolderOperations {
  /**
   * A workspace, `wrkspc_default` unless named; it need not be made. Its acts are attributed to
   * `by`, a program unless it is said who: memories that a `user_actor` writes are a person's words.
   *
   *     const { stores, memories } = reverie.workspace()
   *     const store = await stores.create({ name: 'support' })
   *     await memories.create(store.id, { path: '/refunds.md', content: '- Refunds take 3 days.\n' })
   *     const lena = reverie.workspace('wrkspc_default', { type: 'user_actor', userId: 'lena' })
   */
  workspace(id?: string, by?: Actor): OpenWorkspace
  /**
   * Runs the dreams that wait and looks at schedules, in every workspace, until `close`. Again
   * changes nothing. What is interrupted goes on at the next start.
   *
   *     const { schedules } = reverie.workspace()
   *     await schedules.create({ storeId: store.id, cron: '0 3 * * *', timeZone: 'Europe/Berlin' })
   *     reverie.start()
   */
  start(): void
  /**
   * Serves all of this over HTTP, and starts. Throws `conflict_error` for a port in use,
   * `invalid_request_error` for a server that is not guarded.
   *
   *     const server = await reverie.serve({ port: 0 })
   *     const client = new Anthropic({ baseURL: server.address, apiKey: 'none' })
   *     await server.stop()
   */
  serve(place?: ServerPlace): Promise<ServerAtWork>
  /** Stops what was started, servers first, and closes the state folder. */
  close(): Promise<void>
}

/** Where a server listens, and who may call it. */
export interface ServerPlace {
  /** Default: this machine alone. */
  readonly host?: string
  /** Default: the setting; 0 = any that is free. */
  readonly port?: number
  /** PEM texts. */
  readonly tls?: { readonly cert: string; readonly key: string }
  readonly isBehindProxy?: boolean
  readonly allowedHosts?: readonly string[]
  readonly allowedOrigins?: readonly string[]
}

/**
 * The same acts in the name of whoever the workspace was opened for. Pages need no query: they begin
 * at the beginning and hold 100 items.
 */
type InOneName<Acts> = {
  readonly [Name in keyof Acts]: Name extends 'page' | 'decisions'
    ? Paged<Acts[Name]>
    : Acts[Name] extends (...given: [...infer Given, Actor]) => infer Result
      ? (...given: Given) => Result
      : Acts[Name]
}

type Paged<Act> = Act extends (...given: [...infer Given, infer Query]) => infer Result
  ? (...given: [...Given, query?: Partial<Query>]) => Result
  : never

/** A workspace as a program uses it: its acts need no actor. */
export interface OpenWorkspace extends Pick<Workspace, 'id'> {
  readonly id: WorkspaceId
  readonly stores: InOneName<WorkspaceStores>
  readonly memories: OpenMemories
  readonly versions: InOneName<WorkspaceVersions>
  readonly sessions: OpenSessions
  readonly dreams: OpenDreams
  readonly changes: InOneName<WorkspaceChanges>
  readonly schedules: OpenSchedules
  readonly collective: OpenCollectiveDreams
  readonly erasures: InOneName<WorkspaceErasures>
}

export interface OpenMemories extends InOneName<WorkspaceMemories> {
  /** All of a store, with their texts, by path. */
  list(storeId: MemoryStoreId): Promise<readonly Memory[]>
}

export interface OpenDreams extends InOneName<Omit<WorkspaceDreams, 'create'>> {
  /**
   * Pins the inputs and makes a pending dream, by rules alone and into a new store unless it is
   * said otherwise. Throws as `WorkspaceDreams.create` does.
   *
   *     const { id } = await dreams.create({ storeId: store.id, sessionIds })
   *     const dream = await dreams.finished(id)
   *     const { sets, digest } = await changes.list(id)
   *     console.log(dream.status, dream.hosted?.output?.storeId, sets.length)
   */
  create(order: NewDream): Promise<Dream>
  /**
   * The dream once it has ended, well or not: look at its `status`. Dreams that wait are run by this
   * process from now on. Throws the signal's reason, and `api_error` when Reverie is closed.
   */
  finished(id: DreamId, signal?: AbortSignal): Promise<Dream>
}

/** What is left out: `embedded` (rules alone), `create_new`, no instructions, `all`. */
export type NewDream = Pick<DreamOrder, 'storeId' | 'sessionIds'> &
  Partial<Pick<DreamOrder, 'model' | 'outputBehavior' | 'instructions' | 'autoApply'>>

export interface OpenCollectiveDreams extends InOneName<Omit<WorkspaceCollectiveDreams, 'create'>> {
  /**
   * Lets stores learn from the sessions of several agents: a dream for each target, all of them or
   * none. What is left out is as for `dreams.create`.
   *
   *     const input = { agentId: 'coder', storeId: coder.id, sessionIds }
   *     const target = { storeId: qa.id, audience: qa.audience }
   *     const { id } = await collective.create({ inputs: [input], targets: [target] })
   *     const { dreams } = await collective.finished(id)
   *     const { sets } = await changes.list(dreams[0].dreamId)
   */
  create(order: NewCollectiveDream): Promise<CollectiveDream>
  /** As `dreams.finished`, once all of its dreams have ended. */
  finished(id: CollectiveDreamId, signal?: AbortSignal): Promise<CollectiveDream>
}

/** What is left out: `embedded` (rules alone), `create_new`, no instructions, `all`. */
export type NewCollectiveDream = Pick<CollectiveOrder, 'inputs' | 'targets'> &
  Partial<CollectiveOrder>

export interface OpenSchedules extends InOneName<Omit<WorkspaceSchedules, 'create'>> {
  /**
   * Lets a store dream by itself, once Reverie is started. What is left out has the published
   * defaults: 30 minutes idle, pressure, 8 hours cooldown, at the latest after 7 days.
   *
   *     const hour = 3_600_000
   *     const { id } = await schedules.create({ storeId: store.id, cooldownMs: 4 * hour })
   *     reverie.start()
   *     const { items } = await schedules.decisions(id)
   */
  create(schedule: NewSchedule): Promise<Schedule>
}

export type NewSchedule = Pick<ScheduleDraft, 'storeId'> & Partial<ScheduleDraft>

export interface OpenSessions {
  /**
   * Keeps sessions, their secrets taken out: values, and files, folders or globs of transcripts.
   * Adding them again adds only what is new. Bad events and lines are counted, never fatal.
   *
   *     const events = [{ speaker: 'user', text: 'Refunds take 5 days now.', at: '2026-11-02T09:00:00Z' }]
   *     const { sessionIds } = await sessions.add([{ title: 'Refunds', storeIds: [store.id], events }])
   *     await sessions.add(['./logs/*.jsonl'])
   */
  add(sources: readonly (string | NewSession)[]): Promise<AddedSessions>
  /** By first event time, undated last; also sessions that the wire or the command brought. */
  list(): Promise<readonly Session[]>
  /** With the events as a dream reads them. */
  get(id: SessionId): Promise<{
    readonly session: Session
    readonly events: readonly SessionEvent[]
  }>
  remove(id: SessionId): Promise<void>
}

/** A session of another system. */
export interface NewSession {
  /** As it is called there; absent = it is known by what it says first. */
  readonly id?: string
  readonly title?: string
  readonly agent?: string
  /** Whose session it is. */
  readonly user?: string
  /** The stores that it used: their schedules count it. */
  readonly storeIds?: readonly MemoryStoreId[]
  readonly metadata?: Readonly<Record<string, string>>
  /** In order: what was said, or events as the wire has them. */
  readonly events: readonly (Said | ImportedEvent)[]
}

/** One message, or one tool call with what came back. */
export interface Said {
  readonly speaker: Speaker
  readonly text: string
  /** ISO 8601; absent = nobody knows. */
  readonly at?: string
  /** For speaker `tool`: what was called, its `text` is what came back. */
  readonly tool?: {
    readonly name: string
    readonly input?: Readonly<Record<string, unknown>>
    readonly isError?: boolean
  }
}

/** What became of sessions that were added. `read` and the sum of `skipped` give `lines`. */
export interface AddedSessions {
  /** Of all sessions that were named, new or not. */
  readonly sessionIds: readonly SessionId[]
  readonly newEvents: number
  readonly lines: number
  readonly read: number
  /** Reason -> how many. */
  readonly skipped: Readonly<Record<string, number>>
  /** Kind of secret -> how many were taken out. */
  readonly redacted: Readonly<Record<string, number>>
}
