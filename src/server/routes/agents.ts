import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  agentChangeSchema,
  agentDraftSchema,
  agentListFields,
  agentVersionFields,
  wireAgentSchema,
} from '../../wire/agents.ts'
import { createdWithin, pageFields, pageSchema } from '../../wire/page.ts'
import {
  agentAt,
  archiveAgent,
  createAgent,
  pageOfAgents,
  pageOfAgentVersions,
  updateAgent,
} from '../agents/agents.ts'
import type { ServerPorts } from '../context.ts'
import { cursorOf, positionOf } from '../paging.ts'
import { failures, json, jsonBody, needs, type WireApp } from '../routing.ts'

const LIST = '/v1/agents'
const ONE = '/v1/agents/{agent_id}'
const VERSIONS = `${ONE}/versions` as const
const tags = ['Agents']
const params = z.object({ agent_id: z.string() })
const responses = { 200: json(wireAgentSchema, 'The agent.'), ...failures }
const pageResponses = {
  200: json(pageSchema(wireAgentSchema, 'AgentList'), 'One page.'),
  ...failures,
}

const createRequest = createRoute({
  method: 'post',
  path: LIST,
  tags,
  summary: 'Make an agent; nothing here runs it',
  middleware: [needs('write')] as const,
  request: { body: jsonBody(agentDraftSchema) },
  responses,
})

const listRequest = createRoute({
  method: 'get',
  path: LIST,
  tags,
  summary: 'List agents, newest first',
  middleware: [needs('read')] as const,
  request: { query: agentListFields },
  responses: pageResponses,
})

const retrieveRequest = createRoute({
  method: 'get',
  path: ONE,
  tags,
  summary: 'Look at an agent, or at one of its versions',
  middleware: [needs('read')] as const,
  request: { params, query: agentVersionFields },
  responses,
})

const updateRequest = createRoute({
  method: 'post',
  path: ONE,
  tags,
  summary: 'Make the next version of an agent',
  middleware: [needs('write')] as const,
  request: { params, body: jsonBody(agentChangeSchema) },
  responses,
})

const archiveRequest = createRoute({
  method: 'post',
  path: `${ONE}/archive`,
  tags,
  summary: 'Hide an agent from default lists, for good',
  middleware: [needs('write')] as const,
  request: { params },
  responses,
})

const versionsRequest = createRoute({
  method: 'get',
  path: VERSIONS,
  tags,
  summary: 'List the versions of an agent, newest first',
  middleware: [needs('read')] as const,
  request: { params, query: z.object(pageFields()) },
  responses: pageResponses,
})

/** The six routes of agents and their versions. */
export function agentRoutes(app: WireApp, { now, newId }: ServerPorts): void {
  app.openapi(createRequest, async (c) => {
    const deps = { storage: c.get('storage'), now, newId }
    return c.json(await createAgent(c.req.valid('json'), c.get('caller').actor, deps), 200)
  })

  app.openapi(listRequest, async (c) => {
    const query = c.req.valid('query')
    const scope = { workspaceId: c.get('caller').workspaceId, list: LIST }
    const created = createdWithin(query)
    const page = await pageOfAgents(c.get('storage'), {
      limit: query.limit,
      withArchived: query.include_archived,
      ...(query.page === undefined ? {} : { after: positionOf(query.page, scope) }),
      ...(created === undefined ? {} : { created }),
    })
    const next = page.next === null ? null : cursorOf(page.next, scope)
    return c.json({ data: page.items, next_page: next }, 200)
  })

  app.openapi(retrieveRequest, async (c) => {
    const { agent_id: id } = c.req.valid('param')
    return c.json(await agentAt(c.get('storage'), id, c.req.valid('query').version), 200)
  })

  app.openapi(updateRequest, async (c) => {
    const { agent_id: id } = c.req.valid('param')
    const deps = { storage: c.get('storage'), now, newId }
    return c.json(await updateAgent(id, c.req.valid('json'), c.get('caller').actor, deps), 200)
  })

  app.openapi(archiveRequest, async (c) => {
    const { agent_id: id } = c.req.valid('param')
    const deps = { storage: c.get('storage'), now, newId }
    return c.json(await archiveAgent(id, c.get('caller').actor, deps), 200)
  })

  app.openapi(versionsRequest, async (c) => {
    const { agent_id: id } = c.req.valid('param')
    const query = c.req.valid('query')
    const scope = { workspaceId: c.get('caller').workspaceId, list: `${VERSIONS} ${id}` }
    const page = await pageOfAgentVersions(c.get('storage'), id, {
      limit: query.limit,
      ...(query.page === undefined ? {} : { after: positionOf(query.page, scope) }),
    })
    const next = page.next === null ? null : cursorOf(page.next, scope)
    return c.json({ data: page.items, next_page: next }, 200)
  })
}
