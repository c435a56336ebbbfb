import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { LIMITS } from '../../config.ts'
import type { ServerPorts } from '../context.ts'
import { isStreamed } from '../request-body.ts'

/** Limits of a listener that HTTP itself has no words for. */
export interface ConnectionRules {
  readonly wait: ServerPorts['wait']
  /** False where all callers share an address: loopback, or behind a proxy. */
  readonly isAddressCounted: boolean
}

/** Cuts off who sends too slowly, who does not read its answer, and who holds too many connections. */
export function keepConnections(server: Server, rules: ConnectionRules): void {
  const busy = new WeakSet<Socket>()
  server.maxConnections = LIMITS.connectionsMax
  server.timeout = LIMITS.slowClientMs
  server.on('request', (incoming, outgoing) => {
    busy.add(incoming.socket)
    outgoing.once('close', () => busy.delete(incoming.socket))
    if (!isStreamed(pathOf(incoming))) void cutSlowBody(incoming, outgoing, rules.wait)
  })
  server.on('timeout', (socket: Socket) => {
    // Nothing to send and an answer under way: it is us who take long.
    if (busy.has(socket) && socket.writableLength === 0) socket.setTimeout(LIMITS.slowClientMs)
    else socket.destroy()
  })
  if (rules.isAddressCounted) countAddresses(server)
}

async function cutSlowBody(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  wait: ServerPorts['wait'],
): Promise<void> {
  // Most bodies come with their headers; the parser tells when it is through with both.
  await new Promise((resolve) => setImmediate(resolve))
  if (incoming.complete || incoming.destroyed) return
  const whole = new AbortController()
  const stop = (): void => whole.abort()
  incoming.once('end', stop).once('close', stop)
  outgoing.once('close', stop)
  const isLate = await wait(LIMITS.bodyMs, whole.signal).then(
    () => true,
    () => false,
  )
  if (isLate) incoming.socket.destroy()
}

function countAddresses(server: Server): void {
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const count = (open.get(address) ?? 0) + 1
    open.set(address, count)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left === 0) open.delete(address)
      else open.set(address, left)
    })
    if (count > LIMITS.connectionsPerAddressMax) socket.destroy()
  })
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/'
}
