import type { Audience } from './audience.ts'
import type { SessionId } from './ids.ts'
import { parseJson } from './text/parsed-json.ts'

/** Where the label of a session comes from, the most reliable first. */
export const OUTCOME_SOURCES = ['reward', 'success', 'test_result', 'user_correction'] as const

export type OutcomeSource = (typeof OUTCOME_SOURCES)[number]

/** How a session ended, as its source or its last events tell. */
export interface SessionOutcome {
  readonly isSuccess: boolean
  readonly source: OutcomeSource
  /** The task or family of tasks that the session belongs to: comparisons stay inside it; null = unknown. */
  readonly task: string | null
}

/** A reward from here on is a success (as tau-bench counts). */
const FULL_REWARD = 1 - 1e-6

/** What a source says of the end of a session; null = nothing. */
interface StatedEnd {
  /** 0 to 1. */
  readonly reward: number | null
  readonly isSuccess: boolean | null
  readonly task: string | null
}

/** How a session ended as its source states it, by the reward first; null = it states nothing. */
export function outcomeOfEnd({ reward, isSuccess, task }: StatedEnd): SessionOutcome | null {
  if (reward !== null) return { isSuccess: reward >= FULL_REWARD, source: 'reward', task }
  return isSuccess === null ? null : { isSuccess, source: 'success', task }
}

/** A past conversation of one or more agents, as imported. Its events are stored apart. */
export interface Session {
  readonly id: SessionId
  /** The importer's name: `claude-code`, `chat`. */
  readonly format: string
  readonly title: string
  /** Path of the source as given, for people; never used as evidence of time. */
  readonly sourcePath: string
  /** Earliest and latest event time, ISO 8601 UTC; null where the source states none. */
  readonly startedAt: string | null
  readonly endedAt: string | null
  /** Principals the source names. Empty = nobody named, the `local` principal. */
  readonly userIds: readonly string[]
  readonly agentIds: readonly string[]
  /** The session this one was continued or forked from; such two are not independent. */
  readonly parentSessionId: SessionId | null
  readonly audience: Audience
  readonly archivedAt: string | null
  /** Stated by the source; absent = it states none. */
  readonly outcome?: SessionOutcome
  /** When its events left the storage; absent = they are there. */
  readonly purgedAt?: string
}

/**
 * Independent sessions for counting: sessions linked by `parentSessionId` count once
 * (pseudo-replication). Maps every session to the root of its family.
 */
export function familyRoots(sessions: readonly Session[]): ReadonlyMap<SessionId, SessionId> {
  const parents = new Map(sessions.map((session) => [session.id, session.parentSessionId]))
  const rootOf = (start: SessionId): SessionId => {
    let current = start
    for (const seen = new Set<SessionId>(); !seen.has(current); ) {
      seen.add(current)
      current = parents.get(current) ?? current
    }
    return current
  }
  return new Map(sessions.map((session) => [session.id, rootOf(session.id)]))
}

/** That an agent told us a session is over: it is at rest, however short ago it was written to. */
export interface SessionEnd {
  /** Absolute path of its transcript. */
  readonly transcript: string
  /** ISO 8601. */
  readonly at: string
}

/** Name of the file of the state folder that ends are told in until they are noted. */
export const SESSION_ENDS_FILE = 'session-ends.jsonl'

/** One line of that file. */
export function sessionEndLine({ transcript, at }: SessionEnd): string {
  return `${JSON.stringify({ transcript, at })}\n`
}

/** What a line tells; null = it was cut off, or nobody can read it. */
export function sessionEndIn(line: string): SessionEnd | null {
  const told = parseJson(line)
  if (told === null || typeof told !== 'object') return null
  const { transcript, at } = told as Partial<Record<keyof SessionEnd, unknown>>
  if (typeof transcript !== 'string' || !transcript.startsWith('/')) return null
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return null
  return { transcript, at: new Date(at).toISOString() }
}
