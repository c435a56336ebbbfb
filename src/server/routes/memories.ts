import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { MemoryId, MemoryStoreId } from '../../core/ids.ts'
import type { MemoryChange } from '../../engine/workspace-api.ts'
import type { MemoryItem } from '../../storage/storage.ts'
import {
  deletedMemorySchema,
  itemsOf,
  type MemoryView,
  memoryChangeSchema,
  memoryDeleteFields,
  memoryDraftSchema,
  memoryListFields,
  toWireMemory,
  viewFields,
  type WireMemoryChange,
  type WireMemoryItem,
  wireMemoryItemSchema,
  wireMemorySchema,
} from '../../wire/memories.ts'
import { pageSchema } from '../../wire/page.ts'
import type { ServerPorts } from '../context.ts'
import { cursorOf, positionOf } from '../paging.ts'
import { failures, json, jsonBody, needs, type WireApp } from '../routing.ts'

const LIST = '/v1/memory_stores/{memory_store_id}/memories'
const ONE = `${LIST}/{memory_id}` as const
const tags = ['Memories']
const storePath = z.object({ memory_store_id: z.string() })
const memoryPath = z.object({ memory_store_id: z.string(), memory_id: z.string() })
const responses = { 200: json(wireMemorySchema, 'The memory.'), ...failures }

const createRequest = createRoute({
  method: 'post',
  path: LIST,
  tags,
  summary: 'Make a memory at a path',
  middleware: [needs('write')] as const,
  request: { params: storePath, query: viewFields('basic'), body: jsonBody(memoryDraftSchema) },
  responses,
})

const listRequest = createRoute({
  method: 'get',
  path: LIST,
  tags,
  summary: 'List memories by path',
  middleware: [needs('read')] as const,
  request: { params: storePath, query: memoryListFields },
  responses: {
    200: json(pageSchema(wireMemoryItemSchema, 'MemoryList'), 'One page.'),
    ...failures,
  },
})

const retrieveRequest = createRoute({
  method: 'get',
  path: ONE,
  tags,
  summary: 'Read a memory',
  middleware: [needs('read')] as const,
  request: { params: memoryPath, query: viewFields('full') },
  responses,
})

const updateRequest = createRoute({
  method: 'post',
  path: ONE,
  tags,
  summary: 'Give a memory another content, path, or both',
  middleware: [needs('write')] as const,
  request: { params: memoryPath, query: viewFields('basic'), body: jsonBody(memoryChangeSchema) },
  responses,
})

const deleteRequest = createRoute({
  method: 'delete',
  path: ONE,
  tags,
  summary: 'Delete a memory; its versions stay',
  middleware: [needs('write')] as const,
  request: { params: memoryPath, query: memoryDeleteFields },
  responses: { 200: json(deletedMemorySchema, 'It is gone.'), ...failures },
})

/** The five routes of memories. */
export function memoryRoutes(app: WireApp, _ports: ServerPorts): void {
  app.openapi(createRequest, async (c) => {
    const { storeId } = idsIn(c.req.valid('param'))
    const draft = c.req.valid('json')
    const memory = await c.get('workspace').memories.create(storeId, draft, c.get('caller').actor)
    return c.json(toWireMemory(memory, c.req.valid('query').view), 200)
  })

  app.openapi(listRequest, async (c) => {
    const { storeId } = idsIn(c.req.valid('param'))
    const query = c.req.valid('query')
    const { workspaceId } = c.get('caller')
    // A place in one folder of one store means nothing in another.
    const list = `${LIST} ${storeId} ${query.path_prefix} ${query.depth}`
    const scope = { workspaceId, list }
    const page = await c.get('workspace').memories.page(storeId, {
      limit: itemsOf(query),
      prefix: query.path_prefix,
      isShallow: query.depth === 1,
      ...(query.page === undefined ? {} : { after: positionOf(query.page, scope) }),
    })
    const next = page.next === null ? null : cursorOf(page.next, scope)
    return c.json({ data: page.items.map((item) => shown(item, query.view)), next_page: next }, 200)
  })

  app.openapi(retrieveRequest, async (c) => {
    const { storeId, memoryId } = idsIn(c.req.valid('param'))
    const memory = await c.get('workspace').memories.get(storeId, memoryId)
    return c.json(toWireMemory(memory, c.req.valid('query').view), 200)
  })

  app.openapi(updateRequest, async (c) => {
    const { storeId, memoryId } = idsIn(c.req.valid('param'))
    const change = changeOf(c.req.valid('json'))
    const { memories } = c.get('workspace')
    const memory = await memories.update(storeId, memoryId, change, c.get('caller').actor)
    return c.json(toWireMemory(memory, c.req.valid('query').view), 200)
  })

  app.openapi(deleteRequest, async (c) => {
    const { storeId, memoryId } = idsIn(c.req.valid('param'))
    const expected = c.req.valid('query').expected_content_sha256 ?? null
    const { memories } = c.get('workspace')
    await memories.remove(storeId, memoryId, expected, c.get('caller').actor)
    return c.json({ id: memoryId, type: 'memory_deleted' as const }, 200)
  })
}

function idsIn(path: { readonly memory_store_id: string; readonly memory_id?: string }): {
  readonly storeId: MemoryStoreId
  readonly memoryId: MemoryId
} {
  return {
    storeId: path.memory_store_id as MemoryStoreId,
    memoryId: (path.memory_id ?? '') as MemoryId,
  }
}

function shown(item: MemoryItem, view: MemoryView): WireMemoryItem {
  return 'memory' in item
    ? toWireMemory(item.memory, view)
    : { type: 'memory_prefix', path: item.prefix }
}

function changeOf({ content, path, precondition }: WireMemoryChange): MemoryChange {
  return {
    ...(content === undefined || content === null ? {} : { content }),
    ...(path === undefined || path === null ? {} : { path }),
    ...(precondition === undefined ? {} : { expectedSha256: precondition.content_sha256 }),
  }
}
