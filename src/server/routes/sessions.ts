import { createRoute, type RouteConfig } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { z } from 'zod'
import type { DocumentQuery } from '../../storage/storage.ts'
import { createdWithin } from '../../wire/page.ts'
import {
  ARCHIVED_TAG,
  DREAM_TAG,
  deletedSessionSchema,
  sessionPageSchema,
  type WireSessionPage,
  wireSessionSchema,
} from '../../wire/sessions.ts'
import {
  type SessionListFields,
  sessionChangeSchema,
  sessionDraftSchema,
  sessionListQuery,
  wantedTags,
} from '../../wire/sessions-requests.ts'
import type { ServerEnv, ServerPorts } from '../context.ts'
import { type CursorScope, cursorOf, positionOf } from '../paging.ts'
import { failures, json, jsonBody, needs, type WireApp } from '../routing.ts'
import { archiveSession, removeSession, updateSession } from '../sessions/change-session.ts'
import { createSession } from '../sessions/create-session.ts'
import { keptSession, sessionIn } from '../sessions/kept-session.ts'
import type { SessionDeps } from '../sessions/session-deps.ts'

const LIST = '/v1/sessions'
const ONE = '/v1/sessions/{session_id}'
const tags = ['Sessions']
const sessionPath = z.object({ session_id: z.string() })

const createRequest = createRoute({
  method: 'post',
  path: LIST,
  tags,
  summary: 'Keep a new session; no agent runs in it',
  middleware: [needs('write')] as const,
  request: { body: jsonBody(sessionDraftSchema) },
  responses: { 200: json(wireSessionSchema, 'The session, idle.'), ...failures },
})

const listRequest = createRoute({
  method: 'get',
  path: LIST,
  tags,
  summary: 'List sessions, newest first; those of dreams are left out',
  middleware: [needs('read')] as const,
  request: { query: sessionListQuery },
  responses: { 200: json(sessionPageSchema, 'One page.'), ...failures },
})

const oneSession = {
  tags,
  request: { params: sessionPath },
  responses: { 200: json(wireSessionSchema, 'The session.'), ...failures },
} satisfies Partial<RouteConfig>

const retrieveRequest = createRoute({
  ...oneSession,
  method: 'get',
  path: ONE,
  summary: 'Look at a session',
  middleware: [needs('read')] as const,
})

const updateRequest = createRoute({
  ...oneSession,
  method: 'post',
  path: ONE,
  summary: 'Change title, metadata, tools or budget of a session',
  middleware: [needs('write')] as const,
  request: { params: sessionPath, body: jsonBody(sessionChangeSchema) },
})

const archiveRequest = createRoute({
  ...oneSession,
  method: 'post',
  path: `${ONE}/archive`,
  summary: 'End a session; it takes no more events',
  middleware: [needs('write')] as const,
})

const deleteRequest = createRoute({
  method: 'delete',
  path: ONE,
  tags,
  summary: 'Remove a session with its events',
  middleware: [needs('write')] as const,
  request: { params: sessionPath },
  responses: { 200: json(deletedSessionSchema, 'It is gone.'), ...failures },
})

/** The six routes of sessions. */
export function sessionRoutes(app: WireApp, ports: ServerPorts): void {
  app.openapi(createRequest, async (c) =>
    c.json(await createSession(c.req.valid('json'), depsOf(c, ports)), 200),
  )
  app.openapi(listRequest, async (c) => c.json(await listed(c, c.req.valid('query')), 200))
  app.openapi(retrieveRequest, async (c) => {
    const { session_id } = c.req.valid('param')
    return c.json((await keptSession(c.get('storage'), session_id)).wire, 200)
  })
  app.openapi(updateRequest, async (c) => {
    const { session_id } = c.req.valid('param')
    return c.json(await updateSession(session_id, c.req.valid('json'), depsOf(c, ports)), 200)
  })
  app.openapi(archiveRequest, async (c) => {
    const { session_id } = c.req.valid('param')
    return c.json(await archiveSession(session_id, depsOf(c, ports)), 200)
  })
  app.openapi(deleteRequest, async (c) => {
    const { session_id } = c.req.valid('param')
    await removeSession(session_id, depsOf(c, ports))
    return c.json({ id: session_id, type: 'session_deleted' } as const, 200)
  })
}

/** What acts on sessions need, from a request. */
export function depsOf(c: Context<ServerEnv>, ports: ServerPorts): SessionDeps {
  const { redact, bell, now, newId } = ports
  return { redact, bell, now, newId, storage: c.get('storage'), caller: c.get('caller') }
}

async function listed(c: Context<ServerEnv>, query: SessionListFields): Promise<WireSessionPage> {
  const { order } = query
  const scope = { workspaceId: c.get('caller').workspaceId, list: `${LIST} ${order}` }
  const created = createdWithin(query)
  const { all, any } = wantedTags(query)
  const page = await c.get('storage').documents.page({
    kind: 'session',
    limit: query.limit,
    order,
    all,
    none: [DREAM_TAG, ...(query.include_archived ? [] : [ARCHIVED_TAG])],
    ...(any.length === 0 ? {} : { any }),
    ...(created === undefined ? {} : { created }),
    ...placeOf(query.page, scope),
  })
  return {
    data: page.items.map((document) => sessionIn(document).wire),
    next_page: page.next === null ? null : cursorOf(`${FORWARD}${page.next}`, scope),
    prev_page: page.previous === null ? null : cursorOf(`${BACKWARD}${page.previous}`, scope),
  }
}

/** A cursor says in which direction it goes. */
const FORWARD = 'after '
const BACKWARD = 'before '

function placeOf(
  cursor: string | undefined,
  scope: CursorScope,
): Pick<DocumentQuery, 'after' | 'before'> {
  if (cursor === undefined) return {}
  const position = positionOf(cursor, scope)
  return position.startsWith(BACKWARD)
    ? { before: position.slice(BACKWARD.length) }
    : { after: position.slice(FORWARD.length) }
}
