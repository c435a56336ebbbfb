import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import {
  eventListQuery,
  eventListSchema,
  eventStreamQuery,
} from '../../wire/session-events/event-queries.ts'
import { eventsToSendSchema } from '../../wire/session-events/sent-events.ts'
import { wireSentEventsSchema } from '../../wire/session-events/vocabulary.ts'
import { sessionStream } from '../../wire/sessions.ts'
import type { ServerPorts } from '../context.ts'
import { failures, json, jsonBody, needs, type WireApp } from '../routing.ts'
import { eventStream } from '../sessions/event-stream.ts'
import { keptSession } from '../sessions/kept-session.ts'
import { listedEvents, streamed, streamResponses } from '../sessions/listed-events.ts'
import { sendEvents } from '../sessions/send-events.ts'
import { StreamSeats } from '../sessions/stream-seats.ts'
import { depsOf } from './sessions.ts'
import { threadStreamRoute } from './threads.ts'

const EVENTS = '/v1/sessions/{session_id}/events'
const tags = ['Session events']
const params = z.object({ session_id: z.string() })

const sendRequest = createRoute({
  method: 'post',
  path: EVENTS,
  tags,
  summary: 'Keep what a user said; nobody answers',
  middleware: [needs('write')] as const,
  request: { params, body: jsonBody(eventsToSendSchema) },
  responses: { 200: json(wireSentEventsSchema, 'The events as they were kept.'), ...failures },
})

const listRequest = createRoute({
  method: 'get',
  path: EVENTS,
  tags,
  summary: 'List the events of a session, in order',
  middleware: [needs('read')] as const,
  request: { params, query: eventListQuery },
  responses: { 200: json(eventListSchema, 'One page.'), ...failures },
})

const streamRequest = createRoute({
  method: 'get',
  path: `${EVENTS}/stream`,
  tags,
  summary: 'Follow a session from now on',
  middleware: [needs('read')] as const,
  request: { params, query: eventStreamQuery },
  responses: streamResponses,
})

/** Sending, listing and following the events of a session, and following its threads. */
export function sessionEventRoutes(app: WireApp, ports: ServerPorts): void {
  const seats = new StreamSeats()
  threadStreamRoute(app, ports, seats)
  app.openapi(sendRequest, async (c) => {
    const { session_id } = c.req.valid('param')
    const data = await sendEvents(session_id, c.req.valid('json').events, depsOf(c, ports))
    return c.json({ data }, 200)
  })

  app.openapi(listRequest, async (c) => {
    const { session_id } = c.req.valid('param')
    const { wire } = await keptSession(c.get('storage'), session_id)
    const stream = sessionStream(session_id)
    return c.json(await listedEvents(c, wire, stream, c.req.valid('query')), 200)
  })

  app.openapi(streamRequest, async (c) => {
    const storage = c.get('storage')
    const { wire: session } = await keptSession(storage, c.req.valid('param').session_id)
    const isStillAllowed = c.get('isStillAllowed')
    const stream = sessionStream(session.id)
    const watched = { storage, session, stream, threadId: null, isStillAllowed }
    return streamed(c, await eventStream(watched, seats, ports))
  })
}
