import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { DreamCases, Dreamt, Transcript } from '../../harness/dream-cases.ts'

/** What happened in a session: somebody spoke, or a tool was called and answered. */
export type Turn =
  | { readonly user: string }
  | {
      readonly tool: string
      readonly input: Readonly<Record<string, unknown>>
      readonly result: string
      readonly isError: boolean
    }

export interface AgentSession {
  readonly id: string
  /** Day of the session, `yyyy-mm-dd`. */
  readonly day: string
  /** The session that this one resumed; null = it stands by itself. */
  readonly resumed: string | null
  readonly turns: readonly Turn[]
}

/**
 * One dream over an empty memory and the sessions, as Claude Code would have written them. Their
 * ids hold within the case: the same session in another case is another session.
 */
export async function dreamOver(
  sessions: readonly AgentSession[],
  cases: DreamCases,
): Promise<Dreamt> {
  const folder = mkdtempSync(join(tmpdir(), 'reverie-sessions-'))
  try {
    const transcripts = sessions.map((session, at): Transcript => {
      const path = join(folder, `${at}-${session.id}.jsonl`)
      writeFileSync(path, rowsOf(session, basename(folder)).map(asLine).join(''))
      return { path }
    })
    return await cases.dream({ memory: {}, transcripts })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function rowsOf({ id, day, resumed, turns }: AgentSession, caseName: string): readonly object[] {
  const nativeId = (of: string): string => `${caseName}-${of}`
  const common = {
    sessionId: nativeId(id),
    timestamp: `${day}T09:00:00.000Z`,
    ...(resumed === null ? {} : { forkedFrom: { sessionId: nativeId(resumed) } }),
  }
  const contents = turns.flatMap((turn, n) => contentsOf(turn, `call-${n}`))
  return contents.map(({ role, content }, n) => ({
    ...common,
    type: role,
    uuid: `${nativeId(id)}-${n}`,
    message: { role, content },
  }))
}

function contentsOf(
  turn: Turn,
  callId: string,
): readonly { readonly role: 'user' | 'assistant'; readonly content: unknown }[] {
  if ('user' in turn) return [{ role: 'user', content: turn.user }]
  const { tool, input, result, isError } = turn
  const use = { type: 'tool_use', id: callId, name: tool, input }
  const answer = { type: 'tool_result', tool_use_id: callId, content: result, is_error: isError }
  return [
    { role: 'assistant', content: [use] },
    { role: 'user', content: [answer] },
  ]
}

function asLine(row: object): string {
  return `${JSON.stringify(row)}\n`
}
