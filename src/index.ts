import { ReverieError } from './core/errors.ts'
import type { createReverie as create } from './reverie.ts'

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
export type { ServerAtWork } from './server/serve.ts'

const NODE_MIN = [22, 16] as const
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < NODE_MIN[0] || (major === NODE_MIN[0] && minor < NODE_MIN[1])) {
  throw new ReverieError(
    'invalid_request_error',
    `reverie needs Node.js ${NODE_MIN.join('.')} or newer; this is ${process.versions.node}.`,
    { next: 'Install a newer Node.js.' },
  )
}

/**
 * Opens Reverie over its state folder; see `createReverie` in `reverie.ts`. What is behind it is
 * loaded here, so that an older Node.js says that it is too old and not which module it lacks.
 */
export const createReverie: typeof create = async (options) =>
  (await import('./reverie.ts')).createReverie(options)
