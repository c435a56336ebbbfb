import type { ReadEvent } from '../read-session.ts'
import { headOf, type ShownEvent, tailOf } from './shown-event.ts'

/** Characters kept of long tool results and summaries, of errors, and of a call's arguments. */
const HEAD_CHARS = 200
const TAIL_CHARS = 120
const ERROR_CHARS = 2_000
const ARGUMENT_CHARS = 160

const CODE_LINES_MAX = 40
const CODE_LINES_KEPT = 10
const CODE_BLOCK = /^([^\S\n]*(?:```|~~~))[^\n]*\n([\s\S]*?)\n[^\S\n]*(?:```|~~~)[^\S\n]*$/gm
/** Long runs without a space or a slash that are neither words nor paths. */
const ENCODED = /(?:data:[\w/+.-]+;base64,)?(?=[^\s]{0,200}\d)[A-Za-z0-9+/]{200,}={0,2}/g
const BINARY = /\p{Cc}/gu
const BINARY_SHARE_MAX = 0.1

/**
 * What a model is shown of a session: all that people wrote; system prompts not at all; an
 * identical tool result once, a long one by its ends, errors in full up to a bound; calls as one
 * line; long code of the agent by its first lines; nothing encoded or binary.
 */
export function reduceForModel(events: readonly ReadEvent[]): readonly ShownEvent[] {
  const seen = new Set<string>()
  return events.map((read) => ({ read, text: reducedText(read, seen) }))
}

/** Everything but system prompts: what reducing is measured against. */
export function showWhole(events: readonly ReadEvent[]): readonly ShownEvent[] {
  return events.map((read) => ({
    read,
    text: read.event.type === 'system.message' ? '' : read.event.text,
  }))
}

function reducedText({ event }: ReadEvent, seen: Set<string>): string {
  switch (event.type) {
    case 'system.message':
      return ''
    case 'user.message':
      return event.text
    case 'agent.tool_use':
      return callLine(event.tool?.name ?? 'tool', event.tool?.input ?? event.text)
    case 'agent.tool_result':
      return resultText(event.text, event.tool?.isError ?? false, seen)
    case 'agent.thread_context_compacted':
      return byEnds(plain(event.text), HEAD_CHARS, TAIL_CHARS)
    case 'agent.message':
      return event.voice === 'summary'
        ? byEnds(plain(event.text), HEAD_CHARS, TAIL_CHARS)
        : shortCode(plain(event.text))
  }
}

function callLine(name: string, input: string): string {
  const line = plain(input).replace(/\s+/g, ' ').trim()
  return `${name} ${line.length > ARGUMENT_CHARS ? `${headOf(line, ARGUMENT_CHARS)}…` : line}`
}

function resultText(text: string, isError: boolean, seen: Set<string>): string {
  if (isError) return byEnds(plain(text), ERROR_CHARS / 2, ERROR_CHARS / 2)
  if (seen.has(text)) return ''
  seen.add(text)
  return byEnds(plain(text), HEAD_CHARS, TAIL_CHARS)
}

function byEnds(text: string, headChars: number, tailChars: number): string {
  if (text.length <= headChars + tailChars) return text
  return `${headOf(text, headChars)}\n[…]\n${tailOf(text, tailChars)}`
}

function plain(text: string): string {
  const binary = text.replace(/[\n\r\t]/g, '').match(BINARY)?.length ?? 0
  if (binary > text.length * BINARY_SHARE_MAX) return '[binary, not shown]'
  return text.replace(ENCODED, '[encoded data, not shown]')
}

function shortCode(text: string): string {
  return text.replace(CODE_BLOCK, (block: string, mark: string, code: string) => {
    const lines = code.split('\n')
    if (lines.length <= CODE_LINES_MAX) return block
    const left = lines.length - CODE_LINES_KEPT
    const kept = block.split('\n').slice(0, CODE_LINES_KEPT + 1)
    return [...kept, `[${left} more lines]`, mark].join('\n')
  })
}
