import { citedMessage, type Dreamt, type Message } from '../../harness/dream-cases.ts'
import type { Findable, Question, SearchCase } from './search-case.ts'

/** A session with a name for each turn; questions name the turns that answer them. */
export interface NamedSession {
  readonly name: string
  readonly messages: readonly Message[]
  /** Of each message. */
  readonly turnIds: readonly string[]
}

/** An empty memory that dreams of sessions, against the sessions kept whole, a file for each. */
export function historyCase(
  sessions: readonly NamedSession[],
  questions: readonly Question[],
): SearchCase {
  return {
    before: sessions.map(({ name, messages, turnIds }) => ({
      path: `${name}.md`,
      content: messages.map(({ content }) => `- ${oneLine(content)}\n`).join(''),
      holds: new Set(turnIds),
    })),
    memory: {},
    transcripts: sessions.map(({ messages }) => messages),
    turns: sessions.flatMap(turnsOf),
    heldAfter: (dreamt) => citedTurns(dreamt, sessions),
    questions,
  }
}

function turnsOf({ messages, turnIds }: NamedSession): readonly Findable[] {
  return messages.map(({ content }, n) => {
    const id = turnIds[n] ?? ''
    return { path: id, content, holds: new Set([id]) }
  })
}

/** The turns that each memory cites. */
function citedTurns(
  { current }: Dreamt,
  sessions: readonly NamedSession[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const held = new Map<string, Set<string>>()
  for (const { path, evidence } of current) {
    const turns = held.get(path) ?? new Set<string>()
    for (const item of evidence) {
      const cited = citedMessage(item)
      const id = cited === null ? undefined : sessions[cited.transcript]?.turnIds[cited.message]
      if (id !== undefined) turns.add(id)
    }
    held.set(path, turns)
  }
  return held
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
