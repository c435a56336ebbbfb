import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { MemoryStoreId } from '../../core/ids.ts'
import type { MemoryStoreChange, NewMemoryStore } from '../../engine/workspace-api.ts'
import {
  deletedMemoryStoreSchema,
  memoryStoreChangeSchema,
  memoryStoreDraftSchema,
  memoryStoreListFields,
  toWireMemoryStore,
  type WireMemoryStoreChange,
  type WireMemoryStoreDraft,
  wireMemoryStoreSchema,
} from '../../wire/memory-stores.ts'
import { createdWithin, pageSchema } from '../../wire/page.ts'
import type { ServerPorts } from '../context.ts'
import { cursorOf, positionOf } from '../paging.ts'
import { failures, json, jsonBody, needs, type WireApp } from '../routing.ts'

const LIST = '/v1/memory_stores'
const ONE = '/v1/memory_stores/{memory_store_id}'
const tags = ['Memory stores']
const params = z.object({ memory_store_id: z.string() })
const responses = { 200: json(wireMemoryStoreSchema, 'The memory store.'), ...failures }

const createRequest = createRoute({
  method: 'post',
  path: LIST,
  tags,
  summary: 'Make a memory store',
  middleware: [needs('write')] as const,
  request: { body: jsonBody(memoryStoreDraftSchema) },
  responses,
})

const listRequest = createRoute({
  method: 'get',
  path: LIST,
  tags,
  summary: 'List memory stores, newest first',
  middleware: [needs('read')] as const,
  request: { query: memoryStoreListFields },
  responses: {
    200: json(pageSchema(wireMemoryStoreSchema, 'MemoryStoreList'), 'One page.'),
    ...failures,
  },
})

const retrieveRequest = createRoute({
  method: 'get',
  path: ONE,
  tags,
  summary: 'Look at a memory store',
  middleware: [needs('read')] as const,
  request: { params },
  responses,
})

const updateRequest = createRoute({
  method: 'post',
  path: ONE,
  tags,
  summary: 'Change name, description or metadata',
  middleware: [needs('write')] as const,
  request: { params, body: jsonBody(memoryStoreChangeSchema) },
  responses,
})

const archiveRequest = createRoute({
  method: 'post',
  path: `${ONE}/archive`,
  tags,
  summary: 'Make a memory store read-only, for good',
  middleware: [needs('write')] as const,
  request: { params },
  responses,
})

const deleteRequest = createRoute({
  method: 'delete',
  path: ONE,
  tags,
  summary: 'Delete a memory store with its memories and versions, for good',
  middleware: [needs('write')] as const,
  request: { params },
  responses: { 200: json(deletedMemoryStoreSchema, 'It is gone.'), ...failures },
})

/** The six routes of memory stores. */
export function memoryStoreRoutes(app: WireApp, _ports: ServerPorts): void {
  app.openapi(createRequest, async (c) => {
    const draft = draftOf(c.req.valid('json'))
    const store = await c.get('workspace').stores.create(draft, c.get('caller').actor)
    return c.json(toWireMemoryStore(store), 200)
  })

  app.openapi(listRequest, async (c) => {
    const query = c.req.valid('query')
    const scope = { workspaceId: c.get('caller').workspaceId, list: LIST }
    const created = createdWithin(query)
    const page = await c.get('workspace').stores.page({
      limit: query.limit,
      withArchived: query.include_archived,
      ...(query.page === undefined ? {} : { after: positionOf(query.page, scope) }),
      ...(created === undefined ? {} : { created }),
    })
    const next = page.next === null ? null : cursorOf(page.next, scope)
    return c.json({ data: page.items.map(toWireMemoryStore), next_page: next }, 200)
  })

  app.openapi(retrieveRequest, async (c) => {
    const store = await c.get('workspace').stores.get(idIn(c.req.valid('param')))
    return c.json(toWireMemoryStore(store), 200)
  })

  app.openapi(updateRequest, async (c) => {
    const id = idIn(c.req.valid('param'))
    const change = changeOf(c.req.valid('json'))
    const store = await c.get('workspace').stores.update(id, change, c.get('caller').actor)
    return c.json(toWireMemoryStore(store), 200)
  })

  app.openapi(archiveRequest, async (c) => {
    const id = idIn(c.req.valid('param'))
    const store = await c.get('workspace').stores.archive(id, c.get('caller').actor)
    return c.json(toWireMemoryStore(store), 200)
  })

  app.openapi(deleteRequest, async (c) => {
    const id = idIn(c.req.valid('param'))
    await c.get('workspace').stores.remove(id, c.get('caller').actor)
    return c.json({ id, type: 'memory_store_deleted' as const }, 200)
  })
}

function idIn(path: { readonly memory_store_id: string }): MemoryStoreId {
  return path.memory_store_id as MemoryStoreId
}

function draftOf({ name, description, metadata }: WireMemoryStoreDraft): NewMemoryStore {
  return {
    name,
    ...(description === undefined ? {} : { description }),
    ...(metadata === undefined ? {} : { metadata }),
  }
}

function changeOf({ name, description, metadata }: WireMemoryStoreChange): MemoryStoreChange {
  return {
    ...(name === undefined || name === null ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(metadata === undefined || metadata === null ? {} : { metadata }),
  }
}
