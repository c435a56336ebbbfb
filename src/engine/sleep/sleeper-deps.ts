import type { MemoryStoreId, NewId, ScheduleId } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'
import type { StoreHealth, WorkspaceDreams } from '../workspace-api.ts'

/** What a sleeper needs; `storage` sees every workspace. */
export interface SleeperDeps {
  readonly storage: Storage
  /** Over the storage as one workspace sees it, or a transaction of that: a dream is made in one. */
  readonly dreamsOf: (storage: Storage) => Pick<WorkspaceDreams, 'create'>
  readonly healthOf: (id: MemoryStoreId, storage: Storage) => Promise<StoreHealth>
  /** Told after a commit that a dream waits to be run. */
  readonly runDreams: () => void
  readonly now: () => Date
  readonly newId: NewId
  /** Resolves after `ms`; rejects when aborted. */
  readonly wait: (ms: number, signal: AbortSignal | null) => Promise<void>
  /** Told what went wrong with a look, of which schedule; null = with all of them. */
  readonly report: (error: unknown, scheduleId: ScheduleId | null) => void
}
