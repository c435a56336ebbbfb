import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { LIMITS } from '../../config.ts'
import { ANCHOR, readAnchor } from '../../core/audit/audit-check.ts'
import { AUDIT_ACTS, auditHead, auditPage, verifyAudit } from '../../engine/workspace/audit.ts'
import {
  auditHeadReport,
  auditHeadReportSchema,
  auditReport,
  auditReportSchema,
  auditVerdictReport,
  auditVerdictReportSchema,
} from '../../wire/extensions/audit-line.ts'
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
      subject: z.string().min(1).max(LIMITS.idCharsMax).optional(),
    }),
  },
  responses: { 200: json(pageSchema(auditReportSchema, 'AuditPage'), 'One page.'), ...failures },
})

const headRequest = createRoute({
  method: 'get',
  path: `${LIST}/head`,
  tags: ['Audit'],
  summary: 'Where the audit ends: keep it elsewhere, and nobody can cut it unseen',
  middleware: [needs('admin')] as const,
  responses: { 200: json(auditHeadReportSchema, 'Its last line.'), ...failures },
})

const verifyRequest = createRoute({
  method: 'get',
  path: `${LIST}/verify`,
  tags: ['Audit'],
  summary: 'Whether every line of the audit is as it was written',
  middleware: [needs('admin')] as const,
  request: {
    query: z.object({ anchor: z.string().regex(ANCHOR).optional() }),
  },
  responses: { 200: json(auditVerdictReportSchema, 'What was found.'), ...failures },
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
      ...(query.subject === undefined ? {} : { subject: query.subject }),
    })
    const next = page.next === null ? null : cursorOf(page.next, scope)
    return c.json({ data: page.items.map(auditReport), next_page: next }, 200)
  })

  app.openapi(headRequest, async (c) =>
    c.json(auditHeadReport(await auditHead(c.get('storage'))), 200),
  )

  app.openapi(verifyRequest, async (c) => {
    const { anchor } = c.req.valid('query')
    const kept = anchor === undefined ? null : readAnchor(anchor)
    const verdict = await verifyAudit(c.get('storage'), kept)
    return c.json(auditVerdictReport(verdict, kept !== null), 200)
  })
}
