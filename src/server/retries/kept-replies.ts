import type { Context, MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { LIMITS } from '../../config.ts'
import { isReverieError, ReverieError } from '../../core/errors.ts'
import { digestOf } from '../../core/ids.ts'
import type { Document, Storage } from '../../storage/storage.ts'
import type { ServerEnv, ServerPorts } from '../context.ts'
import { failureBody } from '../failure-body.ts'
import { isStreamed } from '../request-body.ts'

export const IDEMPOTENCY_KEY = 'idempotency-key'

/** The first answer to a request that named an idempotency key. */
interface Kept {
  /** Method, path, query and body of the request, as a digest. */
  readonly request: string
  /** Which run of the server works on it, or did. */
  readonly process: string
  /** Null = it is still being worked on. */
  readonly reply: { readonly status: number; readonly body: string } | null
}

/** Refused before anything was done: such answers are not kept, and the key stays free. */
const NOT_BEGUN: ReadonlySet<number> = new Set([400, 401, 403, 413, 429])

/**
 * A POST with an `Idempotency-Key` is worked on once: equal requests with the same key get the kept
 * answer, failures of the server too, for at least a day. Keys are apart by caller and workspace.
 */
export function keptReplies({ now }: ServerPorts, process: string): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const key = c.req.header(IDEMPOTENCY_KEY)
    if (key === undefined || c.req.method !== 'POST' || isStreamed(c.req.path)) return next()
    assertKey(key)
    const mine: Kept = { request: await requestOf(c), process, reply: null }
    const id = digestOf({ caller: c.get('caller').keyId, key })
    const begun = await begin(c.get('storage'), id, mine, now)
    if ('kept' in begun) return answerAgain(c, begun.kept, mine)
    c.set('isTakenOver', begun.isTakenOver)
    await next()
    await keep(c, begun.document, mine)
  }
}

/** Work of one's own, perhaps after a run that has ended; or what another request began or kept. */
type Begun =
  | { readonly document: Document; readonly isTakenOver: boolean }
  | { readonly kept: Kept }

/** Notes that work begins; or what stands there already. */
async function begin(
  storage: Storage,
  id: string,
  mine: Kept,
  now: ServerPorts['now'],
): Promise<Begun> {
  const createdAt = now().toISOString()
  const { documents } = storage
  await documents.removeBefore(
    'reply',
    new Date(now().getTime() - LIMITS.replyKeptMs).toISOString(),
  )
  const body = JSON.stringify(mine)
  const fresh = await unlessTaken(
    documents.put({ kind: 'reply', id, tags: [], createdAt, body }, 0),
  )
  if (fresh !== null) return { document: fresh, isTakenOver: false }
  const document = await documents.get('reply', id)
  // It was given free since.
  if (document === null) return begin(storage, id, mine, now)
  const kept = JSON.parse(document.body) as Kept
  const isLeft = kept.reply === null && kept.process !== mine.process
  if (!isLeft || kept.request !== mine.request) return { kept }
  // The run that worked on it has ended, and nobody knows how far it came.
  const { version, ...rest } = document
  const taken = await unlessTaken(documents.put({ ...rest, body }, version))
  return taken === null ? { kept } : { document: taken, isTakenOver: true }
}

async function keep(c: Context<ServerEnv>, document: Document, mine: Kept): Promise<void> {
  const { documents } = c.get('storage')
  const { status } = c.res
  const isJson = c.res.headers.get('content-type')?.startsWith('application/json') === true
  if (NOT_BEGUN.has(status) || !isJson) {
    await documents.remove('reply', document.id)
    return
  }
  const { version, ...rest } = document
  const reply = { status, body: await c.res.clone().text() }
  await documents.put({ ...rest, body: JSON.stringify({ ...mine, reply }) }, version)
}

function answerAgain(c: Context<ServerEnv>, kept: Kept, mine: Kept): Response {
  if (kept.request !== mine.request) {
    throw new ReverieError(
      'invalid_request_error',
      'This idempotency key came with another request before.',
      { next: 'Use a new key for a new request.' },
    )
  }
  if (kept.reply === null) return stillRunning(c)
  const { status, body } = kept.reply
  c.header('content-type', 'application/json')
  c.header('idempotent-replayed', 'true')
  if (status === 409) c.header('x-should-retry', 'false')
  return c.body(body, status as ContentfulStatusCode)
}

/** The one conflict that asking again does mend. */
function stillRunning(c: Context<ServerEnv>): Response {
  const error = new ReverieError(
    'conflict_error',
    'The first request with this idempotency key is still being worked on.',
    { next: 'Ask again in a moment.' },
  )
  return c.json(failureBody(error, c.get('requestId')), 409, {
    'x-should-retry': 'true',
    'retry-after': '1',
  })
}

function assertKey(key: string): void {
  if (key.trim() !== '' && key.length <= LIMITS.idempotencyKeyCharsMax) return
  throw new ReverieError('invalid_request_error', 'The idempotency key is empty or too long.', {
    next: `Use 1 to ${LIMITS.idempotencyKeyCharsMax} characters, such as a UUID.`,
  })
}

async function requestOf(c: Context<ServerEnv>): Promise<string> {
  const { pathname, search } = new URL(c.req.url)
  return digestOf({ method: c.req.method, pathname, search, body: await c.req.text() })
}

async function unlessTaken(put: Promise<Document>): Promise<Document | null> {
  try {
    return await put
  } catch (error) {
    if (isReverieError(error, 'conflict_error')) return null
    throw error
  }
}
