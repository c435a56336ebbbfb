import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { AUDIT_ACTS, auditPage } from '../../engine/workspace/audit.ts'
import { auditReport, auditReportSchema } from '../../wire/extensions/audit-line.ts'
import { createdAt, createdWithin, pageFields, pageSchema } from '../../wire/page.ts'
import type { ServerPorts } from '../context.ts'
import { cursorOf, positionOf } from '../paging.ts'
import { failures, json, needs, type WireApp } from '../routing.ts'

const LIST = '/v1/reverie/audit'
const act = z.enum(AUDIT_ACTS)
const acts = z.union([z.array(act), act]).optional()

const auditRequest = createRoute({
  method: 'get',
  path: LIST,
  tags: ['Audit'],
  summary: 'Who did what in this workspace, newest first',
  middleware: [needs('admin')] as const,
  request: {
    query: z.object({
      ...pageFields(),
      ...createdAt('gt', 'gte', 'lt', 'lte'),
      'acts[]': acts,
      acts,
    }),
  },
  responses: { 200: json(pageSchema(auditReportSchema, 'AuditPage'), 'One page.'), ...failures },
})

/** The workspace's audit. */
export function auditRoutes(app: WireApp, _ports: ServerPorts): void {
  app.openapi(auditRequest, async (c) => {
    const query = c.req.valid('query')
    const wanted = [query['acts[]'] ?? [], query.acts ?? []].flat()
    const created = createdWithin(query)
    // A place among some acts is a place among all: lines stand in one order.
    const scope = { workspaceId: c.get('caller').workspaceId, list: LIST }
    const page = await auditPage(c.get('storage'), {
      limit: query.limit,
      ...(query.page === undefined ? {} : { after: positionOf(query.page, scope) }),
      ...(created === undefined ? {} : { created }),
      ...(wanted.length === 0 ? {} : { acts: wanted }),
    })
    const next = page.next === null ? null : cursorOf(page.next, scope)
    return c.json({ data: page.items.map(auditReport), next_page: next }, 200)
  })
}
