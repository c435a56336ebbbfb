import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { MemoryId, MemoryStoreId, MemoryVersionId } from '../../core/ids.ts'
import { itemsOf, viewFields } from '../../wire/memories.ts'
import {
  memoryVersionListFields,
  toWireMemoryVersion,
  wireMemoryVersionSchema,
} from '../../wire/memory-versions.ts'
import { createdWithin, pageSchema } from '../../wire/page.ts'
import type { ServerPorts } from '../context.ts'
import { sessionsOfWriters, writersNamed } from '../dream-sessions.ts'
import { cursorOf, positionOf } from '../paging.ts'
import { failures, json, needs, type WireApp } from '../routing.ts'

const LIST = '/v1/memory_stores/{memory_store_id}/memory_versions'
const ONE = `${LIST}/{memory_version_id}` as const
const tags = ['Memory versions']
const storePath = z.object({ memory_store_id: z.string() })
const versionPath = z.object({ memory_store_id: z.string(), memory_version_id: z.string() })
const responses = { 200: json(wireMemoryVersionSchema, 'The version.'), ...failures }

const listRequest = createRoute({
  method: 'get',
  path: LIST,
  tags,
  summary: 'List versions of all memories, newest first',
  middleware: [needs('read')] as const,
  request: { params: storePath, query: memoryVersionListFields },
  responses: {
    200: json(pageSchema(wireMemoryVersionSchema, 'MemoryVersionList'), 'One page.'),
    ...failures,
  },
})

const retrieveRequest = createRoute({
  method: 'get',
  path: ONE,
  tags,
  summary: 'Read a version',
  middleware: [needs('read')] as const,
  request: { params: versionPath, query: viewFields('full') },
  responses,
})

const redactRequest = createRoute({
  method: 'post',
  path: `${ONE}/redact`,
  tags,
  summary: 'Wipe content, path, hash and size of a version, for good',
  middleware: [needs('write')] as const,
  request: { params: versionPath },
  responses,
})

/** The three routes of memory versions. */
export function memoryVersionRoutes(app: WireApp, _ports: ServerPorts): void {
  app.openapi(listRequest, async (c) => {
    const storeId = c.req.valid('param').memory_store_id as MemoryStoreId
    const query = c.req.valid('query')
    const storage = c.get('storage')
    const { versions } = c.get('workspace')
    const scope = { workspaceId: c.get('caller').workspaceId, list: `${LIST} ${storeId}` }
    const after = query.page === undefined ? {} : { after: positionOf(query.page, scope) }
    const created = createdWithin(query)
    const writers = await writersNamed(query, storage)
    const page = await versions.page(storeId, {
      limit: writers === 'nobody' ? 1 : itemsOf(query),
      ...after,
      ...(query.memory_id === undefined ? {} : { memoryId: query.memory_id as MemoryId }),
      ...(query.operation === undefined ? {} : { operation: query.operation }),
      ...(writers === 'anybody' || writers === 'nobody' ? {} : { actorId: writers.actorId }),
      ...(created === undefined ? {} : { created }),
    })
    if (writers === 'nobody') return c.json({ data: [], next_page: null }, 200)
    const sessionOf = await sessionsOfWriters(page.items, storage)
    const data = page.items.map((version) => toWireMemoryVersion(version, query.view, sessionOf))
    const next = page.next === null ? null : cursorOf(page.next, scope)
    return c.json({ data, next_page: next }, 200)
  })

  app.openapi(retrieveRequest, async (c) => {
    const { storeId, versionId } = idsIn(c.req.valid('param'))
    const version = await c.get('workspace').versions.get(storeId, versionId)
    const sessionOf = await sessionsOfWriters([version], c.get('storage'))
    return c.json(toWireMemoryVersion(version, c.req.valid('query').view, sessionOf), 200)
  })

  app.openapi(redactRequest, async (c) => {
    const { storeId, versionId } = idsIn(c.req.valid('param'))
    const { versions } = c.get('workspace')
    const version = await versions.redact(storeId, versionId, c.get('caller').actor)
    const sessionOf = await sessionsOfWriters([version], c.get('storage'))
    return c.json(toWireMemoryVersion(version, 'full', sessionOf), 200)
  })
}

function idsIn(path: { readonly memory_store_id: string; readonly memory_version_id: string }): {
  readonly storeId: MemoryStoreId
  readonly versionId: MemoryVersionId
} {
  return {
    storeId: path.memory_store_id as MemoryStoreId,
    versionId: path.memory_version_id as MemoryVersionId,
  }
}
