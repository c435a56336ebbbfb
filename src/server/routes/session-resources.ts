import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { notFound, ReverieError } from '../../core/errors.ts'
import { pageFields } from '../../wire/page.ts'
import {
  resourceListSchema,
  sessionResourceSchema,
  type WireSessionResource,
} from '../../wire/session-resources.ts'
import type { ServerPorts } from '../context.ts'
import { cursorOf, positionOf } from '../paging.ts'
import { failures, json, needs, type WireApp } from '../routing.ts'
import { keptSession } from '../sessions/kept-session.ts'

const LIST = '/v1/sessions/{session_id}/resources'
const ONE = `${LIST}/{resource_id}` as const
const tags = ['Session resources']
const inSession = z.object({ session_id: z.string() })
const params = z.object({ session_id: z.string(), resource_id: z.string() })

const listRequest = createRoute({
  method: 'get',
  path: LIST,
  tags,
  summary: 'List what is attached to a session',
  middleware: [needs('read')] as const,
  request: { params: inSession, query: z.object(pageFields()) },
  responses: { 200: json(resourceListSchema, 'One page.'), ...failures },
})

const retrieveRequest = createRoute({
  method: 'get',
  path: ONE,
  tags,
  summary: 'Look at a resource; a memory store goes by its own id',
  middleware: [needs('read')] as const,
  request: { params },
  responses: { 200: json(sessionResourceSchema, 'The resource.'), ...failures },
})

const addRequest = createRoute({
  method: 'post',
  path: LIST,
  tags,
  summary: 'Out of scope: there are no files here',
  middleware: [needs('write')] as const,
  request: { params: inSession },
  responses: failures,
})

const updateRequest = createRoute({
  method: 'post',
  path: ONE,
  tags,
  summary: 'Out of scope: no tokens are kept here',
  middleware: [needs('write')] as const,
  request: { params },
  responses: failures,
})

const deleteRequest = createRoute({
  method: 'delete',
  path: ONE,
  tags,
  summary: 'Out of scope: what a session began with stays',
  middleware: [needs('write')] as const,
  request: { params },
  responses: failures,
})

/** The resources of a session are what it began with: they are read and never changed. */
export function sessionResourceRoutes(app: WireApp, _ports: ServerPorts): void {
  app.openapi(listRequest, async (c) => {
    const { session_id } = c.req.valid('param')
    const { limit, page } = c.req.valid('query')
    const { resources } = (await keptSession(c.get('storage'), session_id)).wire
    const { workspaceId } = c.get('caller')
    const scope = { workspaceId, list: `/v1/sessions/${session_id}/resources` }
    const from = page === undefined ? 0 : Number(positionOf(page, scope))
    const end = from + limit
    const next = end < resources.length ? cursorOf(String(end), scope) : null
    return c.json({ data: resources.slice(from, end), next_page: next }, 200)
  })

  app.openapi(retrieveRequest, async (c) => {
    const { session_id, resource_id } = c.req.valid('param')
    const { resources } = (await keptSession(c.get('storage'), session_id)).wire
    const resource = resources.find((one) => idOf(one) === resource_id)
    if (resource === undefined) throw notFound('session resource', resource_id)
    return c.json(resource, 200)
  })

  for (const request of [addRequest, updateRequest, deleteRequest]) {
    app.openapi(request, async (c) => {
      await keptSession(c.get('storage'), c.req.valid('param').session_id)
      throw new ReverieError('not_found_error', 'Resources of a session are not changed here.', {
        next: 'Attach memory stores when the session is made; see docs/compatibility.md.',
      })
    })
  }
}

function idOf(resource: WireSessionResource): string {
  return resource.type === 'memory_store' ? resource.memory_store_id : resource.id
}
