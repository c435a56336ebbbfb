import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { MemoryStoreId } from '../../core/ids.ts'
import { healthReport, healthReportSchema } from '../../wire/extensions/health.ts'
import type { ServerPorts } from '../context.ts'
import { failures, json, needs, type WireApp } from '../routing.ts'

const healthRequest = createRoute({
  method: 'get',
  path: '/v1/reverie/memory_stores/{memory_store_id}/health',
  tags: ['Memory stores'],
  summary: 'Sizes of a store, and what a dream would find to do in it',
  middleware: [needs('read')] as const,
  request: { params: z.object({ memory_store_id: z.string() }) },
  responses: { 200: json(healthReportSchema, 'The figures.'), ...failures },
})

/** Health of a store. */
export function healthRoutes(app: WireApp, _ports: ServerPorts): void {
  app.openapi(healthRequest, async (c) => {
    const id = c.req.valid('param').memory_store_id as MemoryStoreId
    return c.json(healthReport(await c.get('workspace').stores.health(id)), 200)
  })
}
