import { createRoute, type RouteConfig } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Dream } from '../../core/dream.ts'
import { notFound, ReverieError } from '../../core/errors.ts'
import type { DreamId, MemoryStoreId, SessionId } from '../../core/ids.ts'
import type { DreamOrder } from '../../engine/workspace-api.ts'
import {
  dreamOrderSchema,
  dreamStatusSchema,
  toWireDream,
  type WireDream,
  type WireDreamOrder,
  wireDreamSchema,
} from '../../wire/dreams.ts'
import { createdAt, createdWithin, flag, pageFields, pageSchema } from '../../wire/page.ts'
import type { ServerPorts } from '../context.ts'
import { cursorOf, positionOf } from '../paging.ts'
import { failures, json, jsonBody, needs, requireWriteFor, type WireApp } from '../routing.ts'

const LIST = '/v1/dreams'
const dreamPath = z.object({ dream_id: z.string() })
const statuses = z.union([z.array(dreamStatusSchema), dreamStatusSchema]).optional()

const createRequest = createRoute({
  method: 'post',
  path: LIST,
  tags: ['Dreams'],
  summary: 'Start a dream',
  middleware: [needs('dream')] as const,
  request: { body: jsonBody(dreamOrderSchema) },
  responses: { 200: json(wireDreamSchema, 'The dream, pending.'), ...failures },
})

const listRequest = createRoute({
  method: 'get',
  path: LIST,
  tags: ['Dreams'],
  summary: 'List dreams, newest first',
  middleware: [needs('read')] as const,
  request: {
    query: z.object({
      ...pageFields(),
      ...createdAt('gt', 'lt'),
      include_archived: flag,
      'statuses[]': statuses,
      statuses,
    }),
  },
  responses: { 200: json(pageSchema(wireDreamSchema, 'DreamList'), 'One page.'), ...failures },
})

const oneDream = {
  tags: ['Dreams'],
  request: { params: dreamPath },
  responses: { 200: json(wireDreamSchema, 'The dream.'), ...failures },
} satisfies Partial<RouteConfig>

const retrieveRequest = createRoute({
  ...oneDream,
  method: 'get',
  path: '/v1/dreams/{dream_id}',
  summary: 'Look at a dream',
  middleware: [needs('read')] as const,
})
const cancelRequest = createRoute({
  ...oneDream,
  method: 'post',
  path: '/v1/dreams/{dream_id}/cancel',
  summary: 'Stop a pending or running dream',
  middleware: [needs('dream')] as const,
})
const archiveRequest = createRoute({
  ...oneDream,
  method: 'post',
  path: '/v1/dreams/{dream_id}/archive',
  summary: 'Hide an ended dream from default lists',
  middleware: [needs('dream')] as const,
})

/** The five routes of dreams. */
export function dreamRoutes(app: WireApp, _ports: ServerPorts): void {
  app.openapi(createRequest, async (c) => {
    const order = orderOf(c.req.valid('json'))
    requireWriteFor('A dream', order.outputBehavior, c.get('caller'))
    const by = c.get('caller').actor
    const dream = await c.get('workspace').dreams.create(order, by, c.get('alongside'))
    return c.json(shown(dream), 200)
  })

  app.openapi(listRequest, async (c) => {
    const query = c.req.valid('query')
    const scope = { workspaceId: c.get('caller').workspaceId, list: LIST }
    const created = createdWithin(query)
    const wanted = [query['statuses[]'] ?? [], query.statuses ?? []].flat()
    const page = await c.get('workspace').dreams.page({
      limit: query.limit,
      withArchived: query.include_archived,
      ...(query.page === undefined ? {} : { after: positionOf(query.page, scope) }),
      ...(created === undefined ? {} : { created }),
      ...(wanted.length === 0 ? {} : { statuses: wanted }),
    })
    const next = page.next === null ? null : cursorOf(page.next, scope)
    return c.json({ data: page.items.map(shown), next_page: next }, 200)
  })

  app.openapi(retrieveRequest, async (c) => {
    const dream = await c.get('workspace').dreams.get(idIn(c.req.valid('param')))
    return c.json(shown(dream), 200)
  })

  app.openapi(cancelRequest, async (c) => {
    const id = idIn(c.req.valid('param'))
    return c.json(shown(await c.get('workspace').dreams.cancel(id, c.get('caller').actor)), 200)
  })

  app.openapi(archiveRequest, async (c) => {
    const id = idIn(c.req.valid('param'))
    return c.json(shown(await c.get('workspace').dreams.archive(id, c.get('caller').actor)), 200)
  })
}

function idIn(params: { readonly dream_id: string }): DreamId {
  return params.dream_id as DreamId
}

function shown(dream: Dream): WireDream {
  const wire = toWireDream(dream)
  if (wire === null) throw notFound('dream', dream.id)
  return wire
}

function orderOf(body: WireDreamOrder): DreamOrder {
  const store = body.inputs.find((input) => input.type === 'memory_store')
  const sessions = body.inputs.find((input) => input.type === 'sessions')
  if (store === undefined || sessions === undefined) {
    throw new Error('The schema lets no order without both inputs through.')
  }
  const behavior = body.output_behavior ?? { type: 'create_new' }
  const isElsewhere =
    behavior.type === 'update_existing' && behavior.memory_store_id !== store.memory_store_id
  if (isElsewhere) {
    throw new ReverieError(
      'invalid_request_error',
      '`output_behavior.memory_store_id` is not the memory store of `inputs`.',
      { next: 'Name the input store, or leave `output_behavior` out for a new one.' },
    )
  }
  return {
    storeId: store.memory_store_id as MemoryStoreId,
    sessionIds: sessions.session_ids as readonly SessionId[],
    model: typeof body.model === 'string' ? body.model : body.model.id,
    outputBehavior: behavior.type,
    instructions: body.instructions ?? null,
  }
}
