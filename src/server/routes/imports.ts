import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { ReverieError } from '../../core/errors.ts'
import type { SessionId } from '../../core/ids.ts'
import {
  eventsToImportSchema,
  sessionImportSchema,
  sessionsToImportSchema,
} from '../../wire/session-events/session-import.ts'
import type { ServerPorts } from '../context.ts'
import type { ImportPorts } from '../imports/import-ports.ts'
import { ImportReport } from '../imports/import-report.ts'
import { readUpload, WIRE_FORMAT } from '../imports/read-upload.ts'
import { SessionImport } from '../imports/session-import.ts'
import { openUpload } from '../imports/upload.ts'
import { failures, json, jsonBody, needs, type WireApp } from '../routing.ts'
import { keptSession, requireOpen } from '../sessions/kept-session.ts'
import { depsOf } from './sessions.ts'

const IMPORT = '/v1/reverie/sessions/import'
const tags = ['Import']
const NAME_CHARS_MAX = 255
const uploadQuery = z.object({
  format: z.string().max(NAME_CHARS_MAX).optional(),
  name: z.string().min(1).max(NAME_CHARS_MAX).optional(),
})

const importRequest = createRoute({
  method: 'post',
  path: IMPORT,
  tags,
  summary: 'Import sessions of other systems: JSON, JSON lines or a transcript',
  request: {
    query: uploadQuery,
    body: {
      required: true,
      content: {
        'application/json': { schema: sessionsToImportSchema },
        'application/x-ndjson': { schema: z.string() },
      },
    },
  },
  responses: { 200: json(sessionImportSchema, 'What was read and what was not.'), ...failures },
})

const appendRequest = createRoute({
  method: 'post',
  path: '/v1/reverie/sessions/{session_id}/events',
  tags,
  summary: 'Append events of any type to a session',
  middleware: [needs('write')] as const,
  request: { params: z.object({ session_id: z.string() }), body: jsonBody(eventsToImportSchema) },
  responses: { 200: json(sessionImportSchema, 'What was kept and what was not.'), ...failures },
})

/** What clients cannot send on the wire: whole sessions, and what their agents did. */
export function importRoutes(app: WireApp, ports: ServerPorts): void {
  if (ports.imports !== undefined) uploadRoute(app, ports, ports.imports)
  app.openapi(appendRequest, async (c) => {
    const { session_id } = c.req.valid('param')
    requireOpen(await keptSession(c.get('storage'), session_id))
    const report = new ImportReport()
    const sessions = new SessionImport(depsOf(c, ports), report)
    sessions.into({ id: session_id as SessionId })
    report.sessionGrew(session_id, 0)
    for (const [at, event] of c.req.valid('json').events.entries()) {
      await sessions.event(event, at + 1, 0)
    }
    await sessions.flush()
    return c.json(report.finish(), 200)
  })
}

function uploadRoute(app: WireApp, ports: ServerPorts, imports: ImportPorts): void {
  // Declared alone: a validator would read the whole body.
  app.openAPIRegistry.registerPath(importRequest)
  app.post(IMPORT, needs('write'), async (c) => {
    const query = uploadQuery.safeParse(oneOrMore(c.req.queries()))
    if (!query.success) {
      throw new ReverieError(
        'invalid_request_error',
        '`format` or `name` is empty, too long or given twice.',
      )
    }
    const { format = null, name = 'upload' } = query.data
    const upload = await openUpload(c.req.raw.body)
    const order = { format: knownFormat(format, imports), name, signal: c.req.raw.signal }
    return c.json(await readUpload(upload, order, depsOf(c, ports), imports), 200)
  })
}

/** A value that is given once stands alone, as elsewhere. */
function oneOrMore(
  queries: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(queries).map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
  )
}

function knownFormat(format: string | null, { transcripts }: ImportPorts): string | null {
  const known = [WIRE_FORMAT, ...transcripts.formats]
  if (format === null || known.includes(format)) return format
  throw new ReverieError('invalid_request_error', 'There is no such `format` of transcripts.', {
    next: `Use one of: ${known.join(', ')}; or leave it out.`,
  })
}
