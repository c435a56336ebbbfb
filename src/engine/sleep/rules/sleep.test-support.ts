import { LOCAL_AUDIENCE } from '../../../core/audience.ts'
import type { MemoryStoreId, ScheduleId } from '../../../core/ids.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import type { Schedule, ScheduleDraft } from '../../../core/schedule.ts'
import type { SleepFacts } from './sleep-facts.ts'

export const HOUR: number = 3_600_000
export const DAY: number = 24 * HOUR
export const MADE_AT: string = '2026-03-01T00:00:00.000Z'

/** A schedule by pressure with the published figures. */
export function draft(given: Partial<ScheduleDraft> = {}): ScheduleDraft {
  return {
    storeId: 'memstore_a' as MemoryStoreId,
    agentId: null,
    isEnabled: true,
    idleMs: HOUR / 2,
    sessionsMin: null,
    tokensMin: null,
    unitsMin: null,
    cooldownMs: 8 * HOUR,
    latestByMs: null,
    cron: null,
    timeZone: 'UTC',
    quietHours: null,
    tokensPerDay: null,
    model: 'embedded',
    instructions: null,
    outputBehavior: 'update_existing',
    autoApply: 'all',
    ...given,
  }
}

export function schedule(given: Partial<Schedule> = {}): Schedule {
  const drafted = draft(given)
  return {
    ...drafted,
    id: 'sched_a' as ScheduleId,
    createdAt: MADE_AT,
    updatedAt: MADE_AT,
    adaptedCooldownMs: drafted.cooldownMs,
    lastDreamId: null,
    lastDreamAt: null,
    lastCronAt: null,
    nextLookAt: MADE_AT,
    ...given,
  }
}

/** Enough is new, nothing is in the way. */
export function facts(given: Partial<SleepFacts> = {}): SleepFacts {
  return {
    isStoreOpen: true,
    dreamUnderWay: null,
    lastActivityAt: null,
    fresh: { sessions: 5, tokens: 1_000, units: 0 },
    hasSessions: true,
    store: { duplicateShare: 0, openConflicts: 0, sizeShare: 0 },
    tokensToday: 0,
    unreviewedSessions: 0,
    acceptedShare: null,
    hasFailed: false,
    lastTriedAt: null,
    ...given,
  }
}

export function store(id: MemoryStoreId, createdAt: string): MemoryStore {
  return {
    id,
    name: id,
    description: '',
    metadata: {},
    folder: null,
    lineageId: id,
    audience: LOCAL_AUDIENCE,
    createdAt,
    updatedAt: createdAt,
    archivedAt: null,
  }
}
