import { notFound } from '../../core/errors.ts'
import type { DreamId, LogLineId, ScheduleId } from '../../core/ids.ts'
import type { Schedule, ScheduleDecision, ScheduleOutcome } from '../../core/schedule.ts'
import type { Document, Storage } from '../../storage/storage.ts'

/** A schedule with what only the sleeper needs of it. */
export interface KeptSchedule {
  readonly schedule: Schedule
  readonly sleep: SleepState
  /** Of the document, for optimistic writes. */
  readonly version: number
}

export interface SleepState {
  /** When a dream was last asked for, in vain or not; ISO 8601. */
  readonly lastTriedAt: string | null
  readonly hasFailed: boolean
  /** The last dream whose end was taken note of. */
  readonly settledDreamId: DreamId | null
  /** The last dream that came to its end: its result gives way to the next one's if nobody looks. */
  readonly completedDreamId: DreamId | null
  /** What the log said last, so that only changes of mind are appended; empty = nothing yet. */
  readonly lastSaid: string
}

export const NEW_SLEEP: SleepState = {
  lastTriedAt: null,
  hasFailed: false,
  settledDreamId: null,
  completedDreamId: null,
  lastSaid: '',
}

/** Reads a schedule out of its document. */
export function keptIn({ body, version }: Document): KeptSchedule {
  const { schedule, sleep } = JSON.parse(body) as Pick<KeptSchedule, 'schedule' | 'sleep'>
  return { schedule, sleep, version }
}

/** The schedule with this id; throws `not_found_error`. */
export async function keptSchedule(storage: Storage, id: ScheduleId): Promise<KeptSchedule> {
  const document = await storage.documents.get('schedule', id)
  if (document === null) throw notFound('schedule', id)
  return keptIn(document)
}

/** Writes a schedule in place of the version that was read (0 = none); else `conflict_error`. */
export async function keep(tx: Storage, kept: KeptSchedule): Promise<KeptSchedule> {
  const { schedule, sleep } = kept
  const document = await tx.documents.put(
    {
      kind: 'schedule',
      id: schedule.id,
      tags: [`store:${schedule.storeId}`],
      createdAt: schedule.createdAt,
      body: JSON.stringify({ schedule, sleep }),
    },
    kept.version,
  )
  return keptIn(document)
}

/** Name of the log of a schedule's decisions. */
export function decisionStream(id: ScheduleId): string {
  return `schedule:${id}`
}

/** Appends to the log of a schedule's decisions. */
export async function note(
  tx: Storage,
  id: ScheduleId,
  lineId: LogLineId,
  decision: ScheduleDecision,
): Promise<void> {
  const { at, outcome, rule, reason, dreamId } = decision
  const body = JSON.stringify({ rule, reason, dreamId })
  await tx.logs.append(decisionStream(id), [{ id: lineId, type: outcome, at, body }])
}

/** Reads a decision out of its line. */
export function decisionIn(line: {
  readonly type: string
  readonly at: string | null
  readonly body: string | null
}): ScheduleDecision {
  const told = JSON.parse(line.body ?? '{}') as Omit<ScheduleDecision, 'at' | 'outcome'>
  return { at: line.at ?? '', outcome: line.type as ScheduleOutcome, ...told }
}
