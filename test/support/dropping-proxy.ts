import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What happens to one request: whole, lost on its way, answered into nothing, or half answered. */
export type Fate = 'pass' | 'lose_request' | 'lose_answer' | 'halve_answer'

/** Less than the head of any answer: a client that has the head does not ask again. */
const HEAD_BYTES = 60

export interface DroppingProxy {
  readonly port: number
  readonly fates: ReadonlyMap<Fate, number>
  stop(): Promise<void>
}

/** A TCP proxy on loopback that treats each request as `fateOf` says of its first packet. */
export async function droppingProxy(
  target: number,
  fateOf: (head: string) => Fate,
): Promise<DroppingProxy> {
  const fates = new Map<Fate, number>()
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    let fate: Fate = 'pass'
    const drop = (): void => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', drop).on('close', () => {
        sockets.delete(socket)
        // As proxies do, it keeps the connection behind it where nothing is under way on it.
        if (fate !== 'lose_request') drop()
      })
    }
    client.on('data', (chunk) => {
      const head = chunk.toString('latin1')
      if (/^[A-Z]+ \/\S* HTTP\/1\.1\r\n/.test(head)) {
        fate = fateOf(head)
        fates.set(fate, (fates.get(fate) ?? 0) + 1)
      }
      if (fate === 'lose_request') client.destroy()
      else upstream.write(chunk)
    })
    upstream.on('data', (chunk) => {
      if (fate === 'pass') client.write(chunk)
      else if (fate === 'lose_answer') drop()
      else client.write(chunk.subarray(0, HEAD_BYTES), drop)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    fates,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
