import type { Context } from 'hono'
import type { z } from 'zod'
import { createdWithin, type WirePage } from '../../wire/page.ts'
import type { EventListFields } from '../../wire/session-events/event-queries.ts'
import {
  type WireSessionEvent,
  wireSessionEventSchema,
} from '../../wire/session-events/vocabulary.ts'
import type { ServerEnv } from '../context.ts'
import { cursorOf, positionOf } from '../paging.ts'
import { type FailureStatus, failures, type JsonResponse } from '../routing.ts'
import { pageOfEvents, type SessionOfStream } from './event-pages.ts'

/** A page of a stream as a query asks for it. */
export async function listedEvents(
  c: Context<ServerEnv>,
  session: SessionOfStream,
  stream: string,
  query: EventListFields,
): Promise<WirePage<WireSessionEvent>> {
  const { limit, order } = query
  const scope = { workspaceId: c.get('caller').workspaceId, list: `${stream} ${order}` }
  const types = [query['types[]'] ?? [], query.types ?? []].flat()
  const created = createdWithin(query)
  const page = await pageOfEvents(c.get('storage'), session, stream, {
    limit,
    order,
    ...(types.length === 0 ? {} : { types }),
    ...(created === undefined ? {} : { created }),
    ...(query.page === undefined ? {} : { after: positionOf(query.page, scope) }),
  })
  const next = page.next === null ? null : cursorOf(page.next, scope)
  return { data: page.items, next_page: next }
}

/** What a stream answers, for the OpenAPI document. */
export const streamResponses: {
  readonly 200: {
    readonly description: string
    readonly content: {
      readonly 'text/event-stream': { readonly schema: z.ZodType<WireSessionEvent> }
    }
  }
} & Readonly<Record<FailureStatus, JsonResponse<z.ZodType>>> = {
  200: {
    description: 'Server-sent events, each with the data of one event.',
    content: { 'text/event-stream': { schema: wireSessionEventSchema } },
  },
  ...failures,
}

/** A stream as a response; nothing between here and the reader is to hold it back. */
export function streamed(c: Context<ServerEnv>, frames: ReadableStream<Uint8Array>): Response {
  return c.body(frames, 200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
}
