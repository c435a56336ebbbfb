import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Context } from 'hono'
import { LIMITS } from '../../config.ts'
import type { ServerEnv, ServerPorts } from '../context.ts'

/** How the delivery of an answer ended, as far as a server can tell. */
export type Ending = 'delivered' | 'cut'

/** A request as Node.js sees it, where the app runs behind a socket. */
export interface Exchange {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
}

/** Null = the app was called without a network. */
export function exchangeOf(c: Context<ServerEnv>): Exchange | null {
  const env = c.env as Partial<Exchange> | undefined
  return env?.incoming === undefined || env.outgoing === undefined
    ? null
    : { incoming: env.incoming, outgoing: env.outgoing }
}

const waiting = new WeakMap<Socket, () => void>()

/** Another request on a connection: whoever sends it has read the answer before. */
export function heardAgain({ incoming }: Exchange): void {
  waiting.get(incoming.socket)?.()
}

/**
 * Watches an answer until its connection has stayed open for a while after the last byte, or has
 * ended before. A server cannot know more: nothing tells it what its peer has read.
 */
export function endingOf(
  { incoming: { socket }, outgoing }: Exchange,
  wait: ServerPorts['wait'],
): Promise<Ending> {
  return new Promise((resolve) => {
    const grace = new AbortController()
    const end = (ending: Ending) => (): void => {
      outgoing.off('finish', finished).off('close', closed)
      socket.off('close', cut).off('end', cut)
      waiting.delete(socket)
      grace.abort()
      resolve(ending)
    }
    const cut = end('cut')
    const delivered = end('delivered')
    const finished = (): void => {
      // A connection that was to end with this answer says nothing by ending.
      if (!outgoing.shouldKeepAlive) {
        delivered()
        return
      }
      waiting.set(socket, delivered)
      // After a busy stretch the timer is due before the end of the connection is read.
      const isOver = (): unknown => setImmediate(delivered)
      wait(LIMITS.deliveryGraceMs, grace.signal).then(isOver, () => grace.abort())
    }
    const closed = (): void => {
      if (!outgoing.writableFinished) cut()
    }
    if (socket.destroyed || socket.readableEnded) return cut()
    socket.once('close', cut).once('end', cut)
    outgoing.once('close', closed)
    if (outgoing.writableFinished) finished()
    else outgoing.once('finish', finished)
  })
}
