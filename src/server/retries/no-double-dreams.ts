import type { Context, MiddlewareHandler } from 'hono'
import { LIMITS } from '../../config.ts'
import type { ServerEnv, ServerPorts } from '../context.ts'
import type { ServerLog } from '../log.ts'
import { type Deliveries, sameRequest } from './deliveries.ts'
import { type Ending, type Exchange, endingOf, exchangeOf, heardAgain } from './delivery-watch.ts'
import type { DreamRequest } from './dream-requests.ts'
import { IDEMPOTENCY_KEY } from './kept-replies.ts'

/** What retries of requests for dreams need. */
export interface RetryPorts {
  readonly ports: ServerPorts
  readonly deliveries: Deliveries
  readonly log: ServerLog
  readonly shown: DreamRequest['shown']
}

/** Tells that a connection is used again; for every request. */
export function heard(): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const exchange = exchangeOf(c)
    if (exchange !== null) heardAgain(exchange)
    await next()
  }
}

/**
 * For requests that make a dream, or a collective one. A client that saw no whole answer asks again; it gets the dream
 * that it asked for, and two clients that want the same get two dreams.
 */
export function noDoubleDreams(retry: RetryPorts): MiddlewareHandler<ServerEnv> {
  const underWay = new Map<string, Set<Promise<void>>>()
  return async (c, next) => {
    const idempotencyKey = c.req.header(IDEMPOTENCY_KEY) ?? null
    const same = sameRequest(c.get('caller'), c.req.path, await c.req.text(), idempotencyKey)
    const isAgain =
      Number(c.req.header('x-stainless-retry-count')) > 0 || c.get('isTakenOver') === true
    const before = [...(underWay.get(same) ?? [])]
    let made = isAgain ? await takenOnce(c, same, before, retry) : null
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    add(underWay, same, ended)
    try {
      const known = made === null ? null : await retry.shown(c.get('workspace'), made)
      if (known !== null) c.res = c.json(known, 200)
      else {
        const open = retry.deliveries.open(same)
        c.set('alongside', async (one, tx) => {
          made = one.id
          await open(one, tx)
        })
        await next()
      }
    } finally {
      const settled = made === null ? Promise.resolve() : settle(c, made, retry)
      void settled.finally(() => {
        remove(underWay, same, ended)
        end()
      })
    }
  }
}

/** Waits for equal requests whose delivery is not known yet, as long as none of them was cut. */
async function takenOnce(
  c: Context<ServerEnv>,
  same: string,
  before: readonly Promise<void>[],
  { deliveries, ports }: RetryPorts,
): Promise<string | null> {
  const storage = c.get('storage')
  const stop = new AbortController()
  const tooLong = ports.wait(LIMITS.deliveryWaitMs, stop.signal).then(nothing, nothing)
  let left = [...before]
  try {
    for (;;) {
      const found = await deliveries.take(storage, same)
      if (found !== null || left.length === 0) return found
      const first = await Promise.race([...left.map((one) => one.then(() => ({ one }))), tooLong])
      if (first === null) return await deliveries.take(storage, same)
      left = left.filter((one) => one !== first.one)
    }
  } finally {
    stop.abort()
  }
}

const nothing = (): null => null

/** Never fails the request: at worst a dream can be asked for once more. */
async function settle(c: Context<ServerEnv>, id: string, retry: RetryPorts): Promise<void> {
  const { ports, deliveries, log } = retry
  const exchange = exchangeOf(c)
  const storage = c.get('storage')
  const requestId = c.get('requestId')
  try {
    await deliveries.settle(storage, id, await endingAt(c.res.status, exchange, ports))
  } catch (error) {
    const name = error instanceof Error ? error.name : 'thrown'
    log.warn({ request_id: requestId, name }, 'delivery not noted')
  }
}

/** An answer that is a failure tells nobody of the dream. */
async function endingAt(
  status: number,
  exchange: Exchange | null,
  { wait }: ServerPorts,
): Promise<Ending> {
  if (status !== 200) return 'cut'
  return exchange === null ? 'delivered' : endingOf(exchange, wait)
}

function add(all: Map<string, Set<Promise<void>>>, same: string, one: Promise<void>): void {
  const known = all.get(same) ?? new Set()
  all.set(same, known.add(one))
}

function remove(all: Map<string, Set<Promise<void>>>, same: string, one: Promise<void>): void {
  const known = all.get(same)
  known?.delete(one)
  if (known?.size === 0) all.delete(same)
}
