import { LIMITS } from '../../config.ts'
import { ReverieError } from '../../core/errors.ts'
import type { SessionImportReport } from '../../wire/session-events/session-import.ts'
import type { SessionDeps } from '../sessions/session-deps.ts'
import type { ImportPorts } from './import-ports.ts'
import { ImportReport } from './import-report.ts'
import { parsedJson } from './parsed-json.ts'
import { SessionImport } from './session-import.ts'
import { keepTranscript } from './transcript-import.ts'
import { passing, spooled, type Upload, wholeText } from './upload.ts'

/** Sessions and events in the wire's own shapes. */
export const WIRE_FORMAT = 'wire'

export interface UploadOrder {
  /** Null = by its content. */
  readonly format: string | null
  /** Name of the file it comes from, for people. */
  readonly name: string
  readonly signal: AbortSignal
}

/**
 * Imports an upload: the wire's sessions and events as one JSON document or as JSON lines, or a
 * transcript of a known format. Throws `invalid_request_error` for JSON that is none of these.
 */
export async function readUpload(
  upload: Upload,
  order: UploadOrder,
  deps: SessionDeps,
  ports: ImportPorts,
): Promise<SessionImportReport> {
  const report = new ImportReport()
  const isWire = order.format === WIRE_FORMAT
  if (isWire ? !isLines(upload.head) : order.format === null && isDocument(upload.head)) {
    await readDocument(upload, new SessionImport(deps, report), report)
  } else if (isWire || (order.format === null && isLines(upload.head))) {
    await readLines(upload, order, new SessionImport(deps, report), report, ports)
  } else {
    await spooled(upload, order.name, { ...ports, newId: deps.newId }, async (source) => {
      const result = await ports.transcripts.read(source, order.format, order.signal)
      await keepTranscript(result, deps, report)
    })
  }
  return report.finish()
}

function isDocument(head: string): boolean {
  return /^\uFEFF?\s*\{\s*"sessions"\s*:/.test(head)
}

function isLines(head: string): boolean {
  return /^\uFEFF?\s*\{\s*"(?:session|event)"\s*:/.test(head)
}

/** One line at a time: never the whole upload. */
async function readLines(
  upload: Upload,
  { name, signal }: UploadOrder,
  sessions: SessionImport,
  report: ImportReport,
  { linesOf }: ImportPorts,
): Promise<void> {
  for await (const { number, text, isEnded } of linesOf(passing(upload, name), signal)) {
    if (text === null) report.skip('line too long', number)
    else if (text.trim() === '') report.skip('empty', null)
    else {
      const row = objectIn(parsedJson(text))
      if (row === null) report.skip(isEnded ? 'not a JSON object' : 'torn line', number)
      else if ('session' in row) await sessions.session(row.session, number)
      else if ('event' in row) await sessions.event(row.event, number, text.length)
      else report.skip('neither session nor event', number)
    }
  }
  await sessions.flush()
}

async function readDocument(
  upload: Upload,
  sessions: SessionImport,
  report: ImportReport,
): Promise<void> {
  const document = objectIn(parsedJson(await wholeText(upload)))
  const items = document?.sessions
  if (!Array.isArray(items)) {
    throw new ReverieError('invalid_request_error', 'The body is no JSON document of `sessions`.', {
      next: `Send {"sessions": [{…, "events": […]}]}, or JSON lines as application/x-ndjson.`,
    })
  }
  let place = 0
  for (const item of items as readonly unknown[]) {
    place += 1
    const { events, ...header } = objectIn(item) ?? { events: [] }
    await sessions.session(objectIn(item) === null ? item : header, place)
    if (events !== undefined && !Array.isArray(events)) report.skip('bad events', place)
    for (const event of Array.isArray(events) ? (events as readonly unknown[]) : []) {
      place += 1
      await sessions.event(event, place, EVENT_BYTES)
    }
  }
  await sessions.flush()
}

/** What an event of a document counts: the document is in memory anyway. */
const EVENT_BYTES = Math.ceil(LIMITS.jsonSourceBytesMax / LIMITS.importLinesAtOnce / 64)

function objectIn(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null
}
