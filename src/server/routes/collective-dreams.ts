import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Audience } from '../../core/audience.ts'
import type { CollectiveDreamId, MemoryStoreId, SessionId } from '../../core/ids.ts'
import type { CollectiveOrder } from '../../engine/collective/collective-api.ts'
import {
  collectiveOrderSchema,
  toWireCollectiveDream,
  type WireCollectiveOrder,
  wireCollectiveDreamSchema,
} from '../../wire/extensions/collective/collective-dream.ts'
import { pageFields, pageSchema } from '../../wire/page.ts'
import type { ServerPorts } from '../context.ts'
import { cursorOf, positionOf } from '../paging.ts'
import { failures, json, jsonBody, needs, requireWriteFor, type WireApp } from '../routing.ts'

const LIST = '/v1/reverie/collective_dreams'
const ONE = '/v1/reverie/collective_dreams/{collective_dream_id}'
const tags = ['Collective dreams']
const params = z.object({ collective_dream_id: z.string() })
const responses = { 200: json(wireCollectiveDreamSchema, 'The collective dream.'), ...failures }

const createRequest = createRoute({
  method: 'post',
  path: LIST,
  tags,
  summary: 'Let memory stores learn from the sessions of several agents',
  middleware: [needs('dream')] as const,
  request: { body: jsonBody(collectiveOrderSchema) },
  responses,
})

const listRequest = createRoute({
  method: 'get',
  path: LIST,
  tags,
  summary: 'List collective dreams, newest first',
  middleware: [needs('read')] as const,
  request: { query: z.object(pageFields()) },
  responses: {
    200: json(pageSchema(wireCollectiveDreamSchema, 'CollectiveDreamList'), 'One page.'),
    ...failures,
  },
})

const retrieveRequest = createRoute({
  method: 'get',
  path: ONE,
  tags,
  summary: 'Look at a collective dream',
  middleware: [needs('read')] as const,
  request: { params },
  responses,
})

const cancelRequest = createRoute({
  method: 'post',
  path: `${ONE}/cancel`,
  tags,
  summary: 'Stop those of its dreams that have not ended',
  middleware: [needs('dream')] as const,
  request: { params },
  responses,
})

/** The four routes of collective dreams. */
export function collectiveDreamRoutes(app: WireApp, _ports: ServerPorts): void {
  app.openapi(createRequest, async (c) => {
    const order = orderOf(c.req.valid('json'))
    const caller = c.get('caller')
    requireWriteFor('A dream', order.outputBehavior, caller)
    const { collective } = c.get('workspace')
    const made = await collective.create(order, caller.actor, c.get('alongside'))
    return c.json(toWireCollectiveDream(made), 200)
  })

  app.openapi(listRequest, async (c) => {
    const { limit, page } = c.req.valid('query')
    const scope = { workspaceId: c.get('caller').workspaceId, list: LIST }
    const after = page === undefined ? {} : { after: positionOf(page, scope) }
    const { items, next } = await c.get('workspace').collective.page({ limit, ...after })
    const nextPage = next === null ? null : cursorOf(next, scope)
    return c.json({ data: items.map(toWireCollectiveDream), next_page: nextPage }, 200)
  })

  app.openapi(retrieveRequest, async (c) => {
    const id = idIn(c.req.valid('param'))
    return c.json(toWireCollectiveDream(await c.get('workspace').collective.get(id)), 200)
  })

  app.openapi(cancelRequest, async (c) => {
    const id = idIn(c.req.valid('param'))
    const canceled = await c.get('workspace').collective.cancel(id, c.get('caller').actor)
    return c.json(toWireCollectiveDream(canceled), 200)
  })
}

function idIn(path: { readonly collective_dream_id: string }): CollectiveDreamId {
  return path.collective_dream_id as CollectiveDreamId
}

function orderOf(body: WireCollectiveOrder): CollectiveOrder {
  return {
    inputs: body.inputs.map((input) => ({
      agentId: input.agent_id,
      storeId: input.memory_store_id as MemoryStoreId,
      sessionIds: input.session_ids as readonly SessionId[],
    })),
    targets: body.targets.map(({ memory_store_id, audience }) => ({
      storeId: memory_store_id as MemoryStoreId,
      audience: audience as Audience,
    })),
    model: body.model,
    instructions: body.instructions ?? null,
    outputBehavior: body.output_behavior?.type ?? 'create_new',
    ...(body.auto_apply === undefined ? {} : { autoApply: body.auto_apply }),
  }
}
