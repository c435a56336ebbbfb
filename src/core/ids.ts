import { hash } from 'node:crypto'

declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

export type WorkspaceId = Id<'WorkspaceId'>
export type MemoryStoreId = Id<'MemoryStoreId'>
export type MemoryId = Id<'MemoryId'>
export type MemoryVersionId = Id<'MemoryVersionId'>
export type SessionId = Id<'SessionId'>
export type SessionEventId = Id<'SessionEventId'>
export type DreamId = Id<'DreamId'>
export type ChangeId = Id<'ChangeId'>
export type ChangeSetId = Id<'ChangeSetId'>
export type UnitId = Id<'UnitId'>
export type ClaimId = Id<'ClaimId'>
export type LedgerEntryId = Id<'LedgerEntryId'>
export type AgentId = Id<'AgentId'>
export type EnvironmentId = Id<'EnvironmentId'>
export type ThreadId = Id<'ThreadId'>
export type SessionResourceId = Id<'SessionResourceId'>
export type ScheduleId = Id<'ScheduleId'>
export type KeyId = Id<'KeyId'>
export type RequestId = Id<'RequestId'>
export type LogLineId = Id<'LogLineId'>
export type SightingId = Id<'SightingId'>
export type CollectiveDreamId = Id<'CollectiveDreamId'>
export type ErasureId = Id<'ErasureId'>

/** The wire's prefixes, and ours in the same form. */
export interface IdPrefixes {
  readonly memstore: MemoryStoreId
  readonly mem: MemoryId
  readonly memver: MemoryVersionId
  readonly sesn: SessionId
  readonly sevt: SessionEventId
  readonly drm: DreamId
  readonly chg: ChangeId
  readonly cset: ChangeSetId
  readonly unit: UnitId
  readonly clm: ClaimId
  readonly led: LedgerEntryId
  readonly agent: AgentId
  readonly env: EnvironmentId
  readonly sthr: ThreadId
  readonly sesrsc: SessionResourceId
  readonly sched: ScheduleId
  readonly key: KeyId
  readonly req: RequestId
  readonly log: LogLineId
  readonly sight: SightingId
  readonly cdrm: CollectiveDreamId
  readonly erase: ErasureId
}

/** Makes a fresh id: the only source of randomness of the engine, so it is injected. */
export type NewId = <P extends keyof IdPrefixes>(prefix: P) => IdPrefixes[P]

/** An id that is a function of what it names: equal parts give an equal id on every machine. */
export function derivedId<P extends keyof IdPrefixes>(
  prefix: P,
  ...parts: readonly string[]
): IdPrefixes[P] {
  return `${prefix}_${sha256(JSON.stringify(parts)).slice(0, 24)}` as IdPrefixes[P]
}

/** Lower-case hex SHA-256 over the UTF-8 bytes, unnormalised, as the wire's `content_sha256`. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}

/** SHA-256 of a value's canonical JSON: keys sorted, so key order never changes a digest. */
export function digestOf(value: unknown): string {
  return sha256(canonicalJson(value))
}

export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, nested: unknown) =>
    nested !== null && typeof nested === 'object' && !Array.isArray(nested)
      ? Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : nested,
  )
}

export const DEFAULT_WORKSPACE: WorkspaceId = 'wrkspc_default' as WorkspaceId
/** Holds what belongs to the installation and to no workspace: keys. */
export const INSTALLATION: WorkspaceId = 'wrkspc_installation' as WorkspaceId
