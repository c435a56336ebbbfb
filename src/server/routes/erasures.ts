import { createRoute } from '@hono/zod-openapi'
import { ReverieError } from '../../core/errors.ts'
import type { SessionId } from '../../core/ids.ts'
import type { ErasureSubject } from '../../engine/erasure/erasure-api.ts'
import {
  type ErasureRequest,
  erasureReport,
  erasureReportSchema,
  erasureRequestSchema,
} from '../../wire/extensions/erasure.ts'
import type { ServerPorts } from '../context.ts'
import { failures, json, jsonBody, needs, type WireApp } from '../routing.ts'

const eraseRequest = createRoute({
  method: 'post',
  path: '/v1/reverie/erasures',
  tags: ['Erasures'],
  summary: 'Erase a session, a user or a quote, with all that was made of it',
  middleware: [needs('admin')] as const,
  request: { body: jsonBody(erasureRequestSchema) },
  responses: {
    200: json(erasureReportSchema, 'What went; of a dry run, what would go.'),
    ...failures,
  },
})

/** Erasures of the workspace. */
export function erasureRoutes(app: WireApp, _ports: ServerPorts): void {
  app.openapi(eraseRequest, async (c) => {
    const body = c.req.valid('json')
    const subject = subjectIn(body)
    const { erasures } = c.get('workspace')
    const told =
      body.dry_run === true
        ? await erasures.trace(subject)
        : await erasures.erase(subject, c.get('caller').actor)
    return c.json(erasureReport(told), 200)
  })
}

function subjectIn({ session_id, user_id, quote }: ErasureRequest): ErasureSubject {
  const subjects: readonly ErasureSubject[] = [
    ...(session_id === undefined
      ? []
      : [{ kind: 'session', sessionId: session_id as SessionId } as const]),
    ...(user_id === undefined ? [] : [{ kind: 'user', userId: user_id } as const]),
    ...(quote === undefined ? [] : [{ kind: 'quote', text: quote } as const]),
  ]
  const [subject, another] = subjects
  if (subject !== undefined && another === undefined) return subject
  throw new ReverieError('invalid_request_error', 'An erasure names exactly one subject.', {
    next: 'Give `session_id`, `user_id` or `quote`.',
  })
}
