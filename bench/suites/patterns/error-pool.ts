import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DataFolder } from '../../harness/data-folder.ts'
import type { Turn } from './agent-transcript.ts'

export type ToolTurn = Extract<Turn, { readonly tool: string }>

/** A failed call of a real session with the calls that followed it. */
export interface ErrorChunk {
  readonly turns: readonly ToolTurn[]
  /** File name of the session that it comes from, without its ending. */
  readonly session: string
}

const FOLLOWING_MAX = 4
const RESULT_CHARS_MAX = 4_000

/**
 * The errors of real sessions in groups that share no line of output, numbers, names and places
 * apart: whatever a reader takes for one error lies in one group. Own code, not the product's.
 */
export function errorGroups(data: DataFolder): readonly (readonly ErrorChunk[])[] {
  const chunks = [...sessionsOf(data)].flatMap(([session, turns]) => chunksOf(turns, session))
  return joinedByLines(chunks)
}

/** The calls of each session by its file name, in order. */
export function sessionsOf(data: DataFolder): ReadonlyMap<string, readonly ToolTurn[]> {
  return new Map([
    ...filesIn(data.path('sessions/claude-code'), '.jsonl').map(
      ([name, path]) => [name, turnsOfRows(readFileSync(path, 'utf8'))] as const,
    ),
    ...filesIn(data.path('sessions/tau-airline'), '.json').map(
      ([name, path]) => [name, turnsOfRun(readFileSync(path, 'utf8'))] as const,
    ),
  ])
}

function filesIn(folder: string, ending: string): readonly (readonly [string, string])[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => [name.slice(0, -ending.length), join(folder, name)])
}

interface Block {
  readonly type?: string
  readonly id?: string
  readonly name?: string
  readonly input?: Readonly<Record<string, unknown>>
  readonly tool_use_id?: string
  readonly content?: unknown
  readonly is_error?: boolean
}

function turnsOfRows(text: string): readonly ToolTurn[] {
  const rows = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as { readonly message?: { readonly content?: unknown } })
  const blocks = rows.flatMap(({ message }): readonly Block[] =>
    Array.isArray(message?.content) ? message.content : [],
  )
  const uses = new Map(blocks.map((block) => [block.id, block]))
  return blocks.flatMap(({ type, tool_use_id, content, is_error }) => {
    const use = type === 'tool_result' ? uses.get(tool_use_id) : undefined
    if (use?.name === undefined) return []
    const result = plainText(content)
    return [turnOf(use.name, use.input ?? {}, result, is_error === true)]
  })
}

function plainText(content: unknown): string {
  if (typeof content === 'string') return content
  const parts = Array.isArray(content) ? (content as readonly { readonly text?: string }[]) : []
  return parts.map(({ text = '' }) => text).join('\n')
}

interface RunMessage {
  readonly role: string
  readonly content?: string | null
  readonly tool_calls?: readonly {
    readonly function: { readonly name: string; readonly arguments: string }
  }[]
}

function turnsOfRun(text: string): readonly ToolTurn[] {
  const { messages } = JSON.parse(text) as { readonly messages: readonly RunMessage[] }
  return messages.flatMap(({ tool_calls }, at) => {
    const call = tool_calls?.[0]?.function
    const answer = messages[at + 1]
    if (call === undefined || answer?.role !== 'tool') return []
    const result = answer.content ?? ''
    const input = JSON.parse(call.arguments) as Readonly<Record<string, unknown>>
    return [turnOf(call.name, input, result, result.startsWith('Error'))]
  })
}

function turnOf(tool: string, input: ToolTurn['input'], text: string, isError: boolean): ToolTurn {
  return { tool, input, result: text.slice(-RESULT_CHARS_MAX), isError }
}

/** A failure and what followed, up to the next failure with other words. */
function chunksOf(turns: readonly ToolTurn[], session: string): readonly ErrorChunk[] {
  return turns.flatMap((failed, at) => {
    if (!failed.isError) return []
    const later = turns.slice(at + 1, at + 1 + FOLLOWING_MAX)
    const end = later.findIndex(({ isError }) => isError)
    return [{ turns: [failed, ...later.slice(0, end === -1 ? undefined : end)], session }]
  })
}

/** Connected components over the lines that failures have in common. */
function joinedByLines(chunks: readonly ErrorChunk[]): readonly (readonly ErrorChunk[])[] {
  let groups: { readonly chunks: ErrorChunk[]; readonly lines: Set<string> }[] = []
  for (const chunk of chunks) {
    const lines = new Set(errorLines(chunk))
    const near = groups.filter((group) => [...lines].some((line) => group.lines.has(line)))
    const joined = {
      chunks: [...near.flatMap((group) => group.chunks), chunk],
      lines: new Set([...near.flatMap((group) => [...group.lines]), ...lines]),
    }
    groups = [...groups.filter((group) => !near.includes(group)), joined]
  }
  return groups.map((group) => group.chunks)
}

const LETTERS_MIN = 8

function errorLines({ turns: [failed] }: ErrorChunk): readonly string[] {
  return (failed?.result ?? '')
    .split('\n')
    .map((line) =>
      line
        .toLowerCase()
        .replace(/"[^"]*"|'[^']*'|`[^`]*`|\S*[\d/_-]\S*/g, '')
        .replace(/[^a-z]+/g, ' ')
        .trim(),
    )
    .filter((line) => line.length >= LETTERS_MIN)
}
