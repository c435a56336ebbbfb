import type { DreamId, MemoryStoreId, ScheduleId } from '../../../core/ids.ts'
import { derivedId } from '../../../core/ids.ts'
import { type Schedule, scheduleWithDefaults } from '../../../core/schedule.ts'
import type { Storage } from '../../../storage/storage.ts'

/** What is kept of a memory between looks whether a dream of it is due. Times are ISO 8601. */
export interface FolderSleep {
  readonly storeId: MemoryStoreId
  /** The first look. */
  readonly createdAt: string
  /** When a dream was last begun, in vain or not; null = never. */
  readonly lastTriedAt: string | null
  /** As adapted by the share of accepted changes, ms. */
  readonly adaptedCooldownMs: number
  /** The last dream that was begun here and came to its end. */
  readonly lastDreamId: DreamId | null
  /** The last dream of the memory, whoever asked for it, whose sessions are noted as read. */
  readonly settledDreamId: DreamId | null
  readonly hasFailed: boolean
  /** Since when a process has been at it; null = none is. */
  readonly busySince: string | null
  /** The last decision that was another than the one before. */
  readonly said: Said | null
}

export interface Said {
  readonly at: string
  readonly outcome: 'ran' | 'waited' | 'failed'
  readonly rule: string
  readonly reason: string
}

/** A memory's sleep with the version of its document; 0 = there is none yet. */
export interface KeptSleep {
  readonly sleep: FolderSleep
  readonly version: number
}

const KIND = 'folder_sleep'

/** What is kept of a memory; one that was never looked at starts with the published defaults. */
export async function keptSleep(
  storage: Storage,
  storeId: MemoryStoreId,
  at: string,
): Promise<KeptSleep> {
  const document = await storage.documents.get(KIND, storeId)
  if (document !== null) {
    return { sleep: JSON.parse(document.body) as FolderSleep, version: document.version }
  }
  const { cooldownMs } = defaultsOf(storeId)
  const sleep: FolderSleep = {
    storeId,
    createdAt: at,
    lastTriedAt: null,
    adaptedCooldownMs: cooldownMs,
    lastDreamId: null,
    settledDreamId: null,
    hasFailed: false,
    busySince: null,
    said: null,
  }
  return { sleep, version: 0 }
}

/** Writes what is kept in place of the version that was read; null = somebody else was faster. */
export async function keepSleep(
  storage: Storage,
  { sleep, version }: KeptSleep,
): Promise<KeptSleep | null> {
  return storage.transaction(async (tx) => {
    const { storeId: id, createdAt } = sleep
    const there = await tx.documents.get(KIND, id)
    if ((there?.version ?? 0) !== version) return null
    const body = JSON.stringify(sleep)
    const document = await tx.documents.put({ kind: KIND, id, tags: [], createdAt, body })
    return { sleep, version: document.version }
  })
}

/** Writes over what is kept, whatever was written meanwhile. */
export async function changeSleep(
  storage: Storage,
  { storeId, createdAt }: FolderSleep,
  changes: Partial<FolderSleep>,
): Promise<KeptSleep> {
  return storage.transaction(async (tx) => {
    const { sleep } = await keptSleep(tx, storeId, createdAt)
    const changed: FolderSleep = { ...sleep, ...changes }
    const body = JSON.stringify(changed)
    const document = {
      kind: KIND,
      id: storeId,
      tags: [],
      createdAt: sleep.createdAt,
      body,
    } as const
    return { sleep: changed, version: (await tx.documents.put(document)).version }
  })
}

/** The schedule that a memory at the command line has without anybody making one. */
export function scheduleOf(sleep: FolderSleep): Schedule {
  const { storeId, createdAt, adaptedCooldownMs, lastDreamId } = sleep
  return {
    ...defaultsOf(storeId),
    id: sleepId(storeId),
    createdAt,
    updatedAt: createdAt,
    adaptedCooldownMs,
    lastDreamId,
    lastDreamAt: null,
    lastCronAt: null,
    nextLookAt: createdAt,
  }
}

/** Under which name it is noted what dreams of a memory have read, applied or not. */
export function sleepId(storeId: MemoryStoreId): ScheduleId {
  return derivedId('sched', KIND, storeId)
}

function defaultsOf(storeId: MemoryStoreId): ReturnType<typeof scheduleWithDefaults> {
  return scheduleWithDefaults({ storeId, model: 'local' })
}
