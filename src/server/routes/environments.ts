import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  deletedEnvironmentSchema,
  environmentChangeSchema,
  environmentDraftSchema,
  environmentListFields,
  wireEnvironmentSchema,
} from '../../wire/environments.ts'
import { pageSchema } from '../../wire/page.ts'
import type { ServerPorts } from '../context.ts'
import {
  archiveEnvironment,
  createEnvironment,
  environmentAt,
  pageOfEnvironments,
  removeEnvironment,
  updateEnvironment,
} from '../environments/environments.ts'
import { cursorOf, positionOf } from '../paging.ts'
import { failures, json, jsonBody, needs, type WireApp } from '../routing.ts'

const LIST = '/v1/environments'
const ONE = '/v1/environments/{environment_id}'
const tags = ['Environments']
const params = z.object({ environment_id: z.string() })
const responses = { 200: json(wireEnvironmentSchema, 'The environment.'), ...failures }

const createRequest = createRoute({
  method: 'post',
  path: LIST,
  tags,
  summary: 'Make an environment; nothing here runs in it',
  middleware: [needs('write')] as const,
  request: { body: jsonBody(environmentDraftSchema) },
  responses,
})

const listRequest = createRoute({
  method: 'get',
  path: LIST,
  tags,
  summary: 'List environments, newest first',
  middleware: [needs('read')] as const,
  request: { query: environmentListFields },
  responses: {
    200: json(pageSchema(wireEnvironmentSchema, 'EnvironmentList'), 'One page.'),
    ...failures,
  },
})

const retrieveRequest = createRoute({
  method: 'get',
  path: ONE,
  tags,
  summary: 'Look at an environment',
  middleware: [needs('read')] as const,
  request: { params },
  responses,
})

const updateRequest = createRoute({
  method: 'post',
  path: ONE,
  tags,
  summary: 'Change an environment',
  middleware: [needs('write')] as const,
  request: { params, body: jsonBody(environmentChangeSchema) },
  responses,
})

const archiveRequest = createRoute({
  method: 'post',
  path: `${ONE}/archive`,
  tags,
  summary: 'Take an environment out of use, for good',
  middleware: [needs('write')] as const,
  request: { params },
  responses,
})

const deleteRequest = createRoute({
  method: 'delete',
  path: ONE,
  tags,
  summary: 'Delete an environment',
  middleware: [needs('write')] as const,
  request: { params },
  responses: { 200: json(deletedEnvironmentSchema, 'It is gone.'), ...failures },
})

/** The six routes of environments. */
export function environmentRoutes(app: WireApp, { now, newId }: ServerPorts): void {
  app.openapi(createRequest, async (c) => {
    const deps = { storage: c.get('storage'), now, newId }
    return c.json(await createEnvironment(c.req.valid('json'), c.get('caller').actor, deps), 200)
  })

  app.openapi(listRequest, async (c) => {
    const query = c.req.valid('query')
    const scope = { workspaceId: c.get('caller').workspaceId, list: LIST }
    const page = await pageOfEnvironments(c.get('storage'), {
      limit: query.limit,
      withArchived: query.include_archived,
      ...(query.page === undefined ? {} : { after: positionOf(query.page, scope) }),
    })
    const next = page.next === null ? null : cursorOf(page.next, scope)
    return c.json({ data: page.items, next_page: next }, 200)
  })

  app.openapi(retrieveRequest, async (c) => {
    const { environment_id: id } = c.req.valid('param')
    return c.json(await environmentAt(c.get('storage'), id), 200)
  })

  app.openapi(updateRequest, async (c) => {
    const { environment_id: id } = c.req.valid('param')
    const { actor } = c.get('caller')
    const deps = { storage: c.get('storage'), now, newId }
    return c.json(await updateEnvironment(id, c.req.valid('json'), actor, deps), 200)
  })

  app.openapi(archiveRequest, async (c) => {
    const { environment_id: id } = c.req.valid('param')
    const deps = { storage: c.get('storage'), now, newId }
    return c.json(await archiveEnvironment(id, c.get('caller').actor, deps), 200)
  })

  app.openapi(deleteRequest, async (c) => {
    const { environment_id: id } = c.req.valid('param')
    const deps = { storage: c.get('storage'), now, newId }
    await removeEnvironment(id, c.get('caller').actor, deps)
    return c.json({ id, type: 'environment_deleted' as const }, 200)
  })
}
