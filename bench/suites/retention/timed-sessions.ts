import type { Evidence } from '../../../src/core/evidence.ts'
import type { CurrentEntry, Message } from '../../harness/dream-cases.ts'

/** One turn of a conversation. */
export interface Turn {
  readonly role: 'user' | 'assistant'
  readonly content: string
}

/** A dated conversation; times of one history never meet, so that a time names a turn. */
export interface TimedSession {
  readonly id: string
  /** Of each turn, ISO 8601, in their order. */
  readonly times: readonly string[]
  readonly messages: readonly Message[]
}

const TURN_MS = 1_000

/**
 * A conversation as a transcript. Sources give no time of a turn: its place stands for the seconds,
 * the conversation's place in its history for the thousandths.
 */
export function timedSession(
  id: string,
  startsAt: Date,
  turns: readonly Turn[],
  place: number,
): TimedSession {
  const times = turns.map((_turn, n) =>
    new Date(startsAt.getTime() + n * TURN_MS + (place % TURN_MS)).toISOString(),
  )
  const messages = turns.map((turn, n) => ({ ...turn, at: times[n] ?? '' }))
  return { id, times, messages }
}

/** When the words were said that current entries cite. */
export function citedTimes(entries: readonly CurrentEntry[]): ReadonlySet<string> {
  return timesOf(entries.flatMap(({ evidence }) => evidence))
}

/** When the cited words of sessions were said. */
export function timesOf(evidence: readonly Evidence[]): ReadonlySet<string> {
  return new Set(
    evidence.flatMap((item) => (item.kind === 'event' && item.at !== null ? [item.at] : [])),
  )
}

/** Characters for one token of English text. */
const TOKEN_LENGTH = 4

/** Tokens of a text, estimated: a ratio of two of these does not depend on the estimate. */
export function tokensIn(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0) / TOKEN_LENGTH
}
