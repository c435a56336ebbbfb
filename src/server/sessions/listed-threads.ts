import type { Context } from 'hono'
import type { WirePage } from '../../wire/page.ts'
import type { WireSession } from '../../wire/sessions.ts'
import { primaryThread, type ThreadListFields, type WireThread } from '../../wire/threads.ts'
import type { ServerEnv } from '../context.ts'
import { cursorOf, positionOf } from '../paging.ts'
import { primaryThreadId } from './threads.ts'

/** Where the children begin, for a first page that the primary thread fills. */
const FIRST_CHILD = ''

/** The threads of a session in the order in which they began; the primary one heads the first page. */
export async function listedThreads(
  c: Context<ServerEnv>,
  session: WireSession,
  query: ThreadListFields,
): Promise<WirePage<WireThread>> {
  const { limit } = query
  const statuses = [query['statuses[]'] ?? [], query.statuses ?? []].flat()
  const { workspaceId } = c.get('caller')
  const scope = { workspaceId, list: `/v1/sessions/${session.id}/threads` }
  const isWanted = statuses.length === 0 || statuses.includes(session.status)
  const head =
    query.page === undefined && isWanted
      ? [primaryThread(session, primaryThreadId(session.id))]
      : []
  const after = query.page === undefined ? FIRST_CHILD : positionOf(query.page, scope)
  const room = limit - head.length
  const page = await c.get('storage').documents.page({
    kind: 'thread',
    all: [`session:${session.id}`],
    order: 'asc',
    limit: Math.max(room, 1),
    ...(statuses.length === 0 ? {} : { any: statuses.map((status) => `status:${status}`) }),
    ...(after === FIRST_CHILD ? {} : { after }),
  })
  const children = page.items.map(({ body }) => JSON.parse(body) as WireThread)
  if (room === 0) {
    const next = children.length === 0 ? null : cursorOf(FIRST_CHILD, scope)
    return { data: head, next_page: next }
  }
  const next = page.next === null ? null : cursorOf(page.next, scope)
  return { data: [...head, ...children], next_page: next }
}
