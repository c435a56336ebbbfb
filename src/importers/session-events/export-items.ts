import type { TallyDraft } from '../import-tally.ts'
import type { ImportSource } from '../importer.ts'
import { asObject, asText, type JsonObject, parseJson } from '../json-value.ts'
import { type SourceLine, sourceLines } from '../source-lines.ts'
import { sourceValues } from '../values/source-values.ts'

/** One thing that an export tells, in order. */
export type ExportItem =
  /** The events that follow belong to this session. */
  | { readonly kind: 'session'; readonly fields: JsonObject; readonly line: number }
  /** The events that follow belong to this thread. */
  | { readonly kind: 'thread'; readonly fields: JsonObject; readonly line: number }
  | { readonly kind: 'event'; readonly fields: JsonObject; readonly line: number }
  | { readonly kind: 'other'; readonly line: number }

const EVENT_TYPE = /^(?:user|agent|session|span|system|workflow_run)\.[a-z_]{1,60}$/
/** Frames of a stream that only repeat pieces of the events that follow. */
const FRAME_TYPES: ReadonlySet<unknown> = new Set(['event_start', 'event_delta'])
const FRAME = /^(?:event|data|id|retry)?:/
/** Lists in lists: sessions, their pages, events. */
const DEEP_MAX = 4

export function isEventType(type: unknown): boolean {
  return typeof type === 'string' && EVENT_TYPE.test(type)
}

/** Everything that an export tells: JSON lines, documents, pages, or a recorded stream of events. */
export async function* exportItems(
  source: ImportSource,
  tally: TallyDraft,
  signal?: AbortSignal,
): AsyncGenerator<ExportItem> {
  if (await isStream(source, signal)) {
    for await (const line of sourceLines(source, signal)) yield* frameItems(line, tally)
    return
  }
  for await (const { value, line } of sourceValues(source, tally, signal)) {
    yield* itemsOf(value, line)
  }
}

/** The items in a value: an event, a session with its events, a page of either, or a list. */
export function* itemsOf(value: unknown, line: number, deep = 0): Generator<ExportItem> {
  if (Array.isArray(value) && deep < DEEP_MAX) {
    for (const part of value) yield* itemsOf(part, line, deep + 1)
    return
  }
  const fields = asObject(value)
  if (fields === null || deep >= DEEP_MAX) return yield { kind: 'other', line }
  if (isEventType(fields.type) || FRAME_TYPES.has(fields.type)) {
    return yield { kind: 'event', fields, line }
  }
  const { session, thread, events, data, sessions, event } = fields
  const header = headerOf(asObject(session) ?? asObject(thread) ?? fields, line)
  if (header !== null) yield header
  const held = [events, data, sessions, event].filter(
    (part) => asObject(part) ?? Array.isArray(part),
  )
  for (const part of held) yield* itemsOf(part, line, deep + 1)
  if (header === null && held.length === 0) yield { kind: 'other', line }
}

/** A session or a thread as the wire shows it, or as an import names it. */
function headerOf(fields: JsonObject, line: number): ExportItem | null {
  if (fields.type === 'session_thread') return { kind: 'thread', fields, line }
  const isSession = fields.type === 'session' || asText(fields.id)?.startsWith('sesn_') === true
  const isImported = fields.type === undefined && asText(fields.id) !== null
  return isSession || isImported ? { kind: 'session', fields, line } : null
}

async function isStream(source: ImportSource, signal?: AbortSignal): Promise<boolean> {
  for await (const { text } of sourceLines(source, signal)) {
    if (text === null || text.trim() !== '') return text !== null && FRAME.test(text)
  }
  return false
}

function* frameItems(
  { text, number, isEnded }: SourceLine,
  tally: TallyDraft,
): Generator<ExportItem> {
  if (text?.startsWith('data:')) {
    const value = parseJson(text.slice('data:'.length))
    if (value !== undefined) return yield* itemsOf(value, number)
  }
  tally.countLine()
  if (text === null) return tally.skipBad('line too long', number)
  if (text.trim() === '') return tally.skip('blank')
  if (FRAME.test(text) && !text.startsWith('data:')) return tally.skip('frame of a stream')
  return tally.skipBad(isEnded ? 'not JSON' : 'torn line', number)
}
