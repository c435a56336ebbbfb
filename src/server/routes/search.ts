import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { MemoryStoreId } from '../../core/ids.ts'
import {
  searchReport,
  searchReportSchema,
  searchRequestSchema,
} from '../../wire/extensions/search.ts'
import type { ServerPorts } from '../context.ts'
import { failures, json, jsonBody, needs, type WireApp } from '../routing.ts'

const searchRequest = createRoute({
  method: 'post',
  path: '/v1/reverie/memory_stores/{memory_store_id}/search',
  tags: ['Memory stores'],
  summary: 'Search a store by words and by near words',
  middleware: [needs('read')] as const,
  request: {
    params: z.object({ memory_store_id: z.string() }),
    body: jsonBody(searchRequestSchema),
  },
  responses: { 200: json(searchReportSchema, 'Best first.'), ...failures },
})

/** Search in a store. What is looked for stands in the body: addresses end up in logs. */
export function searchRoutes(app: WireApp, _ports: ServerPorts): void {
  app.openapi(searchRequest, async (c) => {
    const id = c.req.valid('param').memory_store_id as MemoryStoreId
    const { query, mode, limit, path_prefix: prefix } = c.req.valid('json')
    const search = { query, mode, limit, ...(prefix === undefined ? {} : { prefix }) }
    return c.json(searchReport(await c.get('workspace').stores.search(id, search)), 200)
  })
}
