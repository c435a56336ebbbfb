import type { Message } from '../../harness/dream-cases.ts'
import { isoOfWritten } from '../../harness/written-day.ts'

/** A long talk of one person with an assistant. */
export interface Chat {
  readonly id: string
  readonly turns: readonly Turn[]
}

export interface Turn {
  /** Counts through the talk. */
  readonly id: number
  readonly role: 'user' | 'assistant'
  /** `March-15-2024` where the talk goes on at another day; null = the same. */
  readonly time_anchor: string | null
  readonly text: string
}

/** What a chat is asked about afterwards. */
export type ChatQuestion =
  | {
      readonly kind: 'knowledge_update'
      readonly oldTurns: readonly number[]
      readonly newTurns: readonly number[]
      /** Stand in the new turn and not in the old. */
      readonly tokens: readonly string[]
    }
  | {
      readonly kind: 'contradiction'
      /** The turns of each side. */
      readonly sides: readonly (readonly number[])[]
    }
  /** Nothing in the chat answers it. */
  | { readonly kind: 'abstention'; readonly question: string }

/** A session of a chat: the turns of one day. */
export interface ChatSession {
  readonly turns: readonly Turn[]
  readonly messages: readonly Message[]
}

/** A new session begins at each new time anchor. */
export function sessionsOf({ turns }: Chat): readonly ChatSession[] {
  const sessions: { readonly at: string | null; readonly turns: Turn[] }[] = []
  for (const turn of turns) {
    const last = sessions.at(-1)
    const at = turn.time_anchor === null ? (last?.at ?? null) : isoOfWritten(turn.time_anchor)
    if (last === undefined || at !== last.at) sessions.push({ at, turns: [turn] })
    else last.turns.push(turn)
  }
  return sessions.map(({ at, turns: ofDay }) => ({
    turns: ofDay,
    messages: ofDay.map(({ role, text }) => ({
      role,
      content: text,
      ...(at === null ? {} : { at: `${at}T12:00:00Z` }),
    })),
  }))
}

/**
 * A question as a file gives it; null = a kind that is not scored, or an update whose new turn is
 * the earlier one. The kind is the value of one of its fields, whatever the field is called.
 */
export function readQuestion(fields: Readonly<Record<string, unknown>>): ChatQuestion | null {
  const isOf = (kind: ChatQuestion['kind']): boolean => Object.values(fields).includes(kind)
  if (isOf('knowledge_update')) {
    if (fields.newer_is_later === false) return null
    return {
      kind: 'knowledge_update',
      oldTurns: turnIds(fields.old_turns),
      newTurns: turnIds(fields.new_turns),
      tokens: listOf(fields.gold_tokens).map(String),
    }
  }
  if (isOf('contradiction')) {
    const sides = listOf(fields.statement_turns).map((side) => turnIds(side))
    return { kind: 'contradiction', sides }
  }
  return isOf('abstention') ? { kind: 'abstention', question: String(fields.question) } : null
}

/** Whether a question names the chat, as its `conversation` or in another field. */
export function isAbout(fields: Readonly<Record<string, unknown>>, { id }: Chat): boolean {
  return 'conversation' in fields ? fields.conversation === id : Object.values(fields).includes(id)
}

function turnIds(value: unknown): readonly number[] {
  return listOf(value).map(Number)
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
