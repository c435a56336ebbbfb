import type { ReadEvent, ReadSession } from '../read-session.ts'
import { type ShellSegment, shellSegments } from './shell-command.ts'

/** A tool call together with its result. */
export interface ToolStep {
  /** The tool's name; every shell tool is `shell`, so that signatures outlive a harness. */
  readonly tool: string
  readonly use: ReadEvent
  readonly result: ReadEvent
  readonly input: Readonly<Record<string, unknown>>
  /** The commands of a shell call; empty for every other tool. */
  readonly segments: readonly ShellSegment[]
  /** Present when the call writes a file. */
  readonly edit: FileEdit | null
  /** Place of the call among the events of its thread. */
  readonly place: number
  readonly isFailed: boolean
}

export interface FileEdit {
  readonly path: string
  /** Lines that stand in the new text and not in the old one, trimmed. */
  readonly addedLines: readonly string[]
}

export const SHELL = 'shell'

/** The calls of a session that have a result, one list per thread, in order; echoes left out. */
export function toolSteps(session: ReadSession): readonly (readonly ToolStep[])[] {
  const threads = Map.groupBy(session.events, ({ event }) => event.threadId ?? '')
  return [...threads.values()].map(stepsOfThread)
}

function stepsOfThread(events: readonly ReadEvent[]): readonly ToolStep[] {
  const waiting: { use: ReadEvent; place: number }[] = []
  const steps: ToolStep[] = []
  events.forEach((read, place) => {
    const { type, tool } = read.event
    if (type === 'agent.tool_use' && tool !== null) waiting.push({ use: read, place })
    if (type !== 'agent.tool_result' || tool === null) return
    // A source without ids answers its calls in order.
    const found = waiting.findIndex(({ use }) => use.event.tool?.useId === tool.useId)
    const call = found === -1 ? undefined : waiting.splice(found, 1)[0]
    if (call === undefined || call.use.isEcho || read.isEcho) return
    steps.push(stepOf(call.use, call.place, read))
  })
  return steps.sort((a, b) => a.place - b.place)
}

function stepOf(use: ReadEvent, place: number, result: ReadEvent): ToolStep {
  const input = parseInput(use.event.tool?.input ?? null)
  const line = shellLine(input)
  return {
    tool: line === null ? (use.event.tool?.name ?? '') : SHELL,
    use,
    result,
    input,
    segments: line === null ? [] : shellSegments(line),
    edit: line === null ? fileEdit(input) : null,
    place,
    isFailed: isFailure(result, line !== null),
  }
}

/** Longest one-line answer of a tool that is read as `Error: …`; longer ones may be file text. */
const ERROR_ANSWER_CHARS_MAX = 400
const EXIT_CODE = /^\s*(?:Exit code|exit status|Process exited with code) [1-9]\d*\b/i
const ERROR_ANSWER = /^\s*(?:<tool_use_error>|(?:Error|ERROR)\b\s*:)/

/** Conservative: the source says so, or the text begins with a failure's own words. */
function isFailure({ event }: ReadEvent, isShell: boolean): boolean {
  if (event.tool?.isError === true || EXIT_CODE.test(event.text)) return true
  return !isShell && event.text.length <= ERROR_ANSWER_CHARS_MAX && ERROR_ANSWER.test(event.text)
}

function parseInput(json: string | null): Readonly<Record<string, unknown>> {
  if (json === null) return {}
  try {
    const value: unknown = JSON.parse(json)
    return isRecord(value) ? value : {}
  } catch (error) {
    // Redaction can cut through JSON; such a call has no arguments that could be compared.
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

/** The shell line of a call by the shape of its arguments, whatever the tool is called. */
function shellLine(input: Readonly<Record<string, unknown>>): string | null {
  const command = input.command ?? input.cmd
  if (typeof command === 'string') return 'file_path' in input || 'path' in input ? null : command
  if (!Array.isArray(command)) return null
  const words = command.filter((word): word is string => typeof word === 'string')
  return /^-l?c$/.test(words[1] ?? '') ? (words[2] ?? null) : words.join(' ')
}

function fileEdit(input: Readonly<Record<string, unknown>>): FileEdit | null {
  const path = stringOf(input.file_path) ?? stringOf(input.path) ?? stringOf(input.filePath)
  if (path === null) return null
  const edits = Array.isArray(input.edits) ? input.edits.filter(isRecord) : [input]
  const after = edits.map(
    (edit) =>
      stringOf(edit.new_string) ??
      stringOf(edit.new_str) ??
      stringOf(edit.content) ??
      stringOf(edit.file_text) ??
      stringOf(edit.insert_text),
  )
  if (after.every((text) => text === null)) return null
  const before = edits.map((edit) => stringOf(edit.old_string) ?? stringOf(edit.old_str) ?? '')
  const known = new Set(before.flatMap(trimmedLines))
  const added = after.flatMap((text) => trimmedLines(text ?? ''))
  return { path, addedLines: added.filter((line) => line !== '' && !known.has(line)) }
}

function trimmedLines(text: string): readonly string[] {
  return text.split('\n').map((line) => line.trim())
}

function stringOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
