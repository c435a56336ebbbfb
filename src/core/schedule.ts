import { AUTO_APPLY_LEVELS, type AutoApply, type OutputBehavior } from './dream.ts'
import type { DreamId, MemoryStoreId, ScheduleId } from './ids.ts'

/**
 * When a store dreams by itself. Times are in milliseconds unless they say otherwise; null switches
 * a rule off.
 */
export interface ScheduleDraft {
  readonly storeId: MemoryStoreId
  /** Only sessions of this agent are read; null = all sessions that used the store. */
  readonly agentId: string | null
  readonly isEnabled: boolean
  /** No event of its sessions and no write to the store for so long. */
  readonly idleMs: number
  /**
   * What is new since the lineage last read. Each of these alone is enough; all null = the pressure
   * of all of them counts.
   */
  readonly sessionsMin: number | null
  readonly tokensMin: number | null
  readonly unitsMin: number | null
  /** Between two tries, before it adapts to how many changes are accepted. */
  readonly cooldownMs: number
  /** Runs with anything new at all when the last dream is so long ago, idle or not. */
  readonly latestByMs: number | null
  /**
   * Five fields: dreams at these times, with anything new at all, and by `latestByMs`; minimums,
   * cooldown and idle time do not count then. Null = whenever the rules say so.
   */
  readonly cron: string | null
  /** IANA name, for `cron`, `quietHours` and the day of the budget. */
  readonly timeZone: string
  /** `HH:MM` in the time zone; no dream starts from the first until the second. */
  readonly quietHours: { readonly from: string; readonly until: string } | null
  /** Tokens of models that its dreams may use in one day of the time zone. */
  readonly tokensPerDay: number | null
  readonly model: string
  readonly instructions: string | null
  readonly outputBehavior: OutputBehavior
  readonly autoApply: AutoApply
}

/**
 * A draft with the published defaults: 30 minutes idle, pressure, 8 hours cooldown, at the latest
 * after 7 days. A store that exists is not changed by itself unless somebody says so.
 */
export function scheduleWithDefaults(
  given: Pick<ScheduleDraft, 'storeId' | 'model'> & Partial<ScheduleDraft>,
): ScheduleDraft {
  const outputBehavior = given.outputBehavior ?? 'create_new'
  return {
    agentId: null,
    isEnabled: true,
    idleMs: 1_800_000,
    sessionsMin: null,
    tokensMin: null,
    unitsMin: null,
    cooldownMs: 28_800_000,
    latestByMs: 604_800_000,
    cron: null,
    timeZone: 'UTC',
    quietHours: null,
    tokensPerDay: null,
    instructions: null,
    autoApply: outputBehavior === 'create_new' ? 'all' : 'off',
    outputBehavior,
    ...given,
  }
}

/** A schedule with what it has come to. */
export interface Schedule extends ScheduleDraft {
  readonly id: ScheduleId
  readonly createdAt: string
  readonly updatedAt: string
  /** The cooldown as adapted by the share of accepted changes. */
  readonly adaptedCooldownMs: number
  readonly lastDreamId: DreamId | null
  readonly lastDreamAt: string | null
  /** The cron time that the last dream or decision stood for; a missed one runs once. */
  readonly lastCronAt: string | null
  /** The earliest time at which looking again can give another answer, ISO 8601. */
  readonly nextLookAt: string
}

/** `failed`: a dream was asked for and did not come to its end, or could not be made. */
export type ScheduleOutcome = 'ran' | 'waited' | 'failed'

/** Why a schedule ran or not. Only changes of mind are kept, not every look. */
export interface ScheduleDecision {
  readonly at: string
  readonly outcome: ScheduleOutcome
  /** A word for programs: `not_idle`, `cooldown`, `nothing_new`, `pressure`, `cron`, ... */
  readonly rule: string
  /** One sentence for people, with the figures that decided. */
  readonly reason: string
  readonly dreamId: DreamId | null
}

/** What a dream that nobody sees may write into a folder. */
export type FolderAutoApply = Exclude<AutoApply, 'all'>

export function isFolderLevel(word: string): word is FolderAutoApply {
  return word !== 'all' && AUTO_APPLY_LEVELS.some((level) => level === word)
}
