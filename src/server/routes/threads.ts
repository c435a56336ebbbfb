import { createRoute, type RouteConfig } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  eventListQuery,
  eventListSchema,
  eventStreamQuery,
} from '../../wire/session-events/event-queries.ts'
import { threadListQuery, threadListSchema, wireThreadSchema } from '../../wire/threads.ts'
import type { ServerPorts } from '../context.ts'
import { failures, json, needs, type WireApp } from '../routing.ts'
import { eventStream } from '../sessions/event-stream.ts'
import { keptSession } from '../sessions/kept-session.ts'
import { listedEvents, streamed, streamResponses } from '../sessions/listed-events.ts'
import { listedThreads } from '../sessions/listed-threads.ts'
import type { StreamSeats } from '../sessions/stream-seats.ts'
import { archiveThread, keptThread, streamOf } from '../sessions/threads.ts'
import { depsOf } from './sessions.ts'

const LIST = '/v1/sessions/{session_id}/threads'
const ONE = `${LIST}/{thread_id}` as const
const tags = ['Session threads']
const params = z.object({ session_id: z.string(), thread_id: z.string() })

const listRequest = createRoute({
  method: 'get',
  path: LIST,
  tags,
  summary: 'List the threads of a session, the primary one first',
  middleware: [needs('read')] as const,
  request: { params: z.object({ session_id: z.string() }), query: threadListQuery },
  responses: { 200: json(threadListSchema, 'One page.'), ...failures },
})

const oneThread = {
  tags,
  request: { params },
  responses: { 200: json(wireThreadSchema, 'The thread.'), ...failures },
} satisfies Partial<RouteConfig>

const retrieveRequest = createRoute({
  ...oneThread,
  method: 'get',
  path: ONE,
  summary: 'Look at a thread',
  middleware: [needs('read')] as const,
})

const archiveRequest = createRoute({
  ...oneThread,
  method: 'post',
  path: `${ONE}/archive`,
  summary: 'End a child thread',
  middleware: [needs('write')] as const,
})

const eventsRequest = createRoute({
  method: 'get',
  path: `${ONE}/events`,
  tags,
  summary: 'List the whole transcript of a thread',
  middleware: [needs('read')] as const,
  request: { params, query: eventListQuery },
  responses: { 200: json(eventListSchema, 'One page.'), ...failures },
})

const streamRequest = createRoute({
  method: 'get',
  path: `${ONE}/stream`,
  tags,
  summary: 'Follow a thread from now on',
  middleware: [needs('read')] as const,
  request: { params, query: eventStreamQuery },
  responses: streamResponses,
})

/** The routes of threads but that of their streams. */
export function threadRoutes(app: WireApp, ports: ServerPorts): void {
  app.openapi(listRequest, async (c) => {
    const { wire } = await keptSession(c.get('storage'), c.req.valid('param').session_id)
    return c.json(await listedThreads(c, wire, c.req.valid('query')), 200)
  })

  app.openapi(retrieveRequest, async (c) => {
    const { session_id, thread_id } = c.req.valid('param')
    const { wire } = await keptSession(c.get('storage'), session_id)
    return c.json(await keptThread(c.get('storage'), wire, thread_id), 200)
  })

  app.openapi(archiveRequest, async (c) => {
    const { session_id, thread_id } = c.req.valid('param')
    return c.json(await archiveThread(session_id, thread_id, depsOf(c, ports)), 200)
  })

  app.openapi(eventsRequest, async (c) => {
    const { session_id, thread_id } = c.req.valid('param')
    const { wire } = await keptSession(c.get('storage'), session_id)
    const thread = await keptThread(c.get('storage'), wire, thread_id)
    return c.json(await listedEvents(c, wire, streamOf(thread), c.req.valid('query')), 200)
  })
}

/** The stream of a thread; all streams of a server share their seats. */
export function threadStreamRoute(app: WireApp, ports: ServerPorts, seats: StreamSeats): void {
  app.openapi(streamRequest, async (c) => {
    const storage = c.get('storage')
    const { session_id, thread_id } = c.req.valid('param')
    const { wire: session } = await keptSession(storage, session_id)
    const thread = await keptThread(storage, session, thread_id)
    const threadId = thread.parent_thread_id === null ? null : thread.id
    const isStillAllowed = c.get('isStillAllowed')
    const watched = { storage, session, stream: streamOf(thread), threadId, isStillAllowed }
    return streamed(c, await eventStream(watched, seats, ports))
  })
}
