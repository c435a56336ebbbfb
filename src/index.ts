export type { Change, ChangeKind, ChangeStatus } from './core/change.ts'
export type { Dream, DreamStatus, Plan, PlanReport } from './core/dream.ts'
export { type ErrorType, isReverieError, ReverieError } from './core/errors.ts'
export type { Evidence } from './core/evidence.ts'
export type { ChangeId, DreamId, MemoryId, MemoryStoreId, SessionId } from './core/ids.ts'
export type { Actor, Memory, MemoryVersion } from './core/memory.ts'
export type { MemoryStore } from './core/memory-store.ts'
export type { Schedule, ScheduleDecision, ScheduleDraft } from './core/schedule.ts'
export type { Session } from './core/session.ts'
export type { SessionEvent } from './core/session-event.ts'
export type { DreamOutcome, DreamRequest, FolderOperations, ReverieOptions } from './engine/api.ts'
export type {
  FoundText,
  MemorySearch,
  ReviewDecision,
  ShownDream,
  StoreHealth,
} from './engine/workspace-api.ts'
export type * from './library/reverie-api.ts'
export { createReverie } from './reverie.ts'
export type { ServerAtWork } from './server/serve.ts'
