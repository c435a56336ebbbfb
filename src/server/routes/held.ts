import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { LIMITS } from '../../config.ts'
import { HELD_REASONS } from '../../core/change.ts'
import type { MemoryStoreId } from '../../core/ids.ts'
import {
  heldChangeReport,
  heldChangeSchema,
  heldRejectedSchema,
  rejectHeldSchema,
} from '../../wire/extensions/held-change.ts'
import { pageFields, pageSchema } from '../../wire/page.ts'
import type { ServerPorts } from '../context.ts'
import { cursorOf, positionOf } from '../paging.ts'
import { failures, json, jsonBody, needs, type WireApp } from '../routing.ts'

const LIST = '/v1/reverie/held'

const listRequest = createRoute({
  method: 'get',
  path: LIST,
  tags: ['Held changes'],
  summary: 'What rails hold and nobody has decided on, newest dream first',
  middleware: [needs('read')] as const,
  request: {
    query: z.object({
      ...pageFields(),
      memory_store_id: z.string().min(1).max(LIMITS.idCharsMax).optional(),
      reason: z.enum(HELD_REASONS).optional(),
    }),
  },
  responses: { 200: json(pageSchema(heldChangeSchema, 'HeldPage'), 'One page.'), ...failures },
})

const rejectRequest = createRoute({
  method: 'post',
  path: `${LIST}/reject`,
  tags: ['Held changes'],
  summary: 'Reject all that is held in a store for one reason',
  middleware: [needs('write')] as const,
  request: { body: jsonBody(rejectHeldSchema) },
  responses: { 200: json(heldRejectedSchema, 'How many change-sets there were.'), ...failures },
})

/** Held changes of all dreams; one by one they are decided on like any other change. */
export function heldRoutes(app: WireApp, _ports: ServerPorts): void {
  app.openapi(listRequest, async (c) => {
    const { limit, page: place, memory_store_id, reason } = c.req.valid('query')
    const filter = { memory_store_id, reason }
    const scope = { workspaceId: c.get('caller').workspaceId, list: LIST, filter }
    const page = await c.get('workspace').changes.held({
      limit,
      ...(place === undefined ? {} : { after: positionOf(place, scope) }),
      ...(memory_store_id && { storeId: memory_store_id as MemoryStoreId }),
      ...(reason && { reason }),
    })
    const next = page.next === null ? null : cursorOf(page.next, scope)
    return c.json({ data: page.items.map(heldChangeReport), next_page: next }, 200)
  })

  app.openapi(rejectRequest, async (c) => {
    const { memory_store_id, reason } = c.req.valid('json')
    const { changes } = c.get('workspace')
    const by = c.get('caller').actor
    const rejected = await changes.rejectHeld(memory_store_id as MemoryStoreId, reason, by)
    return c.json({ type: 'held_changes_rejected' as const, rejected }, 200)
  })
}
