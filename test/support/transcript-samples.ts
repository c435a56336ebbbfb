import { everyFormat } from '../../src/importers/every-format.ts'
import type { Importer } from '../../src/importers/importer.ts'

/** A turn of a made session: who says what, or calls a tool and gets its answer. */
export interface Turn {
  readonly by: 'user' | 'agent' | 'tool'
  readonly text: string
}

/** How one format writes a session down. */
export interface TranscriptSample {
  readonly importer: Importer
  /** The whole session, as the format's program would have written it by now. */
  readonly written: (turns: readonly Turn[]) => string
  /** What a second file holds that begins later; null = the format has no such files. */
  readonly from: ((turns: readonly Turn[], start: number) => string) | null
}

const NATIVE_ID = '0f0e0d0c-0000-4000-8000-00000000abcd'

/** One sample for each format, in the order in which a source is judged. */
export const transcriptSamples: readonly TranscriptSample[] = [
  lines('claude-code', claudeCodeRow),
  { ...lines('codex', codexRow, [codexMeta()]), from: null },
  lines('session-events', wireEvent, [{ type: 'session', id: 'sesn_made' }]),
  lines('langchain', langChainMessage),
  document('chatgpt', chatGptExport),
  {
    importer: importerOf('messages-api'),
    written: (turns) => jsonl(turns.map((_turn, n) => request(turns.slice(0, n + 1)))),
    from: (turns, start) =>
      jsonl(turns.slice(start).map((_turn, n) => request(turns.slice(0, start + n + 1)))),
  },
  lines('chat', chatMessage),
]

function importerOf(format: string): Importer {
  const importer = everyFormat.find((it) => it.format === format)
  if (importer === undefined) throw new Error(`There is no importer of ${format}.`)
  return importer
}

function lines(
  format: string,
  row: (turn: Turn, n: number) => unknown,
  head: readonly unknown[] = [],
): TranscriptSample {
  const from = (turns: readonly Turn[], start: number): string =>
    jsonl([...head, ...turns.map(row).slice(start)])
  return { importer: importerOf(format), written: (turns) => from(turns, 0), from }
}

function document(format: string, whole: (turns: readonly Turn[]) => unknown): TranscriptSample {
  const written = (turns: readonly Turn[]): string => JSON.stringify(whole(turns))
  return { importer: importerOf(format), written, from: null }
}

function jsonl(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

function uuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
}

function timeOf(n: number): string {
  return new Date(Date.UTC(2026, 2, 1, 9, 0, n)).toISOString()
}

function claudeCodeRow({ by, text }: Turn, n: number): unknown {
  const block =
    by === 'tool'
      ? { type: 'tool_result', tool_use_id: 'toolu_1', content: text }
      : { type: 'text', text }
  const role = by === 'agent' ? 'assistant' : 'user'
  const place = { uuid: uuid(n + 1), parentUuid: n === 0 ? null : uuid(n) }
  const row = { type: role, ...place, sessionId: NATIVE_ID, timestamp: timeOf(n) }
  return { ...row, message: { role, content: [block] } }
}

function codexMeta(): unknown {
  const payload = { id: NATIVE_ID, cwd: '/home/me', source: 'cli' }
  return { timestamp: timeOf(0), type: 'session_meta', payload }
}

function codexRow({ by, text }: Turn, n: number): unknown {
  const kind = by === 'agent' ? 'output_text' : 'input_text'
  const role = by === 'agent' ? 'assistant' : 'user'
  const payload =
    by === 'tool'
      ? { type: 'function_call_output', call_id: 'call_1', output: text }
      : { type: 'message', role, content: [{ type: kind, text }] }
  return { timestamp: timeOf(n), type: 'response_item', payload }
}

function wireEvent({ by, text }: Turn, n: number): unknown {
  const type = { user: 'user.message', agent: 'agent.message', tool: 'agent.tool_result' }[by]
  const call = by === 'tool' ? { tool_use_id: 'sevt_call' } : {}
  const content = [{ type: 'text', text }]
  return { id: `sevt_${n}`, type, ...call, content, processed_at: timeOf(n) }
}

function langChainMessage({ by, text }: Turn, n: number): unknown {
  const type = { user: 'human', agent: 'ai', tool: 'tool' }[by]
  return { values: { messages: [{ type, content: text, id: uuid(n) }] }, config: threadConfig() }
}

function threadConfig(): unknown {
  return { configurable: { thread_id: NATIVE_ID } }
}

function chatGptExport(turns: readonly Turn[]): unknown {
  const mapping = Object.fromEntries(
    turns.map(({ by, text }, n) => {
      const role = { user: 'user', agent: 'assistant', tool: 'tool' }[by]
      const content = { content_type: 'text', parts: [text] }
      const message = {
        id: uuid(n),
        author: { role },
        content,
        recipient: 'all',
        create_time: n + 1.5,
      }
      const parent = n === 0 ? null : `node-${n - 1}`
      const children = n === turns.length - 1 ? [] : [`node-${n + 1}`]
      return [`node-${n}`, { id: `node-${n}`, message, parent, children }]
    }),
  )
  return [
    {
      title: 'Made',
      conversation_id: NATIVE_ID,
      mapping,
      current_node: `node-${turns.length - 1}`,
    },
  ]
}

function request(turns: readonly Turn[]): unknown {
  const messages = turns.map(({ by, text }) =>
    by === 'tool'
      ? { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: text }] }
      : { role: by === 'agent' ? 'assistant' : 'user', content: text },
  )
  return { model: 'claude', max_tokens: 9, messages }
}

function chatMessage({ by, text }: Turn, n: number): unknown {
  const role = { user: 'user', agent: 'assistant', tool: 'tool' }[by]
  return { session: 'made', id: `m-${n}`, role, content: text, at: timeOf(n) }
}
