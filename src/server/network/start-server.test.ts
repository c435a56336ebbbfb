import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import { isReverieError } from '../../core/errors.ts'
import { createApp } from '../app.ts'
import type { ServerPorts } from '../context.ts'
import type { WireApp } from '../routing.ts'
import { testPorts } from '../test-support/ports.test-support.ts'
import { type ListenOptions, type RunningServer, startServer } from './start-server.ts'

const running: RunningServer[] = []

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})

/** Waits end at once where they are this long: time that a test does not have. */
function hurried(...lengths: readonly number[]): ServerPorts['wait'] {
  return async (ms, signal) => {
    const length = lengths.includes(ms) ? 50 : ms
    await delay(length, undefined, signal === null ? {} : { signal })
  }
}

async function serving(
  routes: (app: WireApp) => void,
  options: Partial<ListenOptions> & { readonly wait?: ServerPorts['wait'] } = {},
): Promise<RunningServer> {
  const ports = testPorts(options.wait === undefined ? {} : { wait: options.wait })
  const app = createApp(ports, { routes: [routes] })
  const server = await startServer({ app, ports, host: '127.0.0.1', port: 0, ...options })
  running.push(server)
  return server
}

/** What a raw client gets until the connection ends. */
function rawAnswer(port: number, ...chunks: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve) => {
    const got: Buffer[] = []
    const socket: Socket = connect(port, '127.0.0.1', () => {
      for (const chunk of chunks) socket.write(chunk)
    })
    socket.on('data', (chunk) => got.push(chunk)).on('error', () => socket.destroy())
    socket.on('close', () => resolve(Buffer.concat(got).toString('latin1')))
  })
}

const echo = (app: WireApp): void => {
  app.post('/v1/echo', async (c) => c.body(await c.req.text()))
}

describe('a listener', () => {
  it('names the address that it really has', async () => {
    const { address, port } = await serving(echo)
    expect(address).toBe(`http://127.0.0.1:${port}`)
    const answer = await fetch(`${address}/v1/echo`, {
      method: 'POST',
      body: '[1]',
      headers: { 'content-type': 'application/json' },
    })
    expect(await answer.json()).toEqual([1])
  })

  it('says which port is taken', async () => {
    const { port } = await serving(echo)
    const second = serving(echo, { port })
    await expect(second).rejects.toSatisfy((error) => isReverieError(error, 'conflict_error'))
    await expect(second).rejects.toThrow(String(port))
  })

  it.each([
    ['GET /\\..\\x HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'],
    ['GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'],
    ['GET / HTTP/1.1\r\nHost: [::::]\r\nConnection: close\r\n\r\n'],
    ['\u0000\u0001\u0002\r\n\r\n'],
    ['GET /%ff%00%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'],
    [`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nx: ${'a'.repeat(LIMITS.headerBytesMax)}\r\n\r\n`],
    [
      'POST /v1/nothing HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nConnection: close\r\n\r\n\u0000{"',
    ],
  ])('never answers odd bytes with a fault of its own: %j', async (bytes) => {
    const { port } = await serving(echo)
    expect(await rawAnswer(port, bytes)).toMatch(/^(?:HTTP\/1\.1 4\d\d |$)/)
  })

  it('cuts off a body that does not come', async () => {
    const { port } = await serving(echo, { wait: hurried(LIMITS.bodyMs) })
    const head = 'POST /v1/echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n'
    expect(await rawAnswer(port, head, '{"a":')).not.toContain('200 OK')
  })

  it('keeps a connection on which it works longer than its patience with clients', async () => {
    const done = Promise.withResolvers<void>()
    const { address } = await serving(
      (app) => {
        app.post('/v1/slow', async (c) => {
          await done.promise
          return c.json({})
        })
      },
      { wait: hurried(LIMITS.bodyMs) },
    )
    const answer = fetch(`${address}/v1/slow`, { method: 'POST' })
    await delay(150)
    done.resolve()
    expect((await answer).status).toBe(200)
  })
})

describe('stopping', () => {
  it('lets a request under way end, and takes no new connection', async () => {
    const begun = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    const server = await serving((app) => {
      app.get('/v1/slow', async (c) => {
        begun.resolve()
        await go.promise
        return c.json({ done: true })
      })
    })
    const answer = fetch(`${server.address}/v1/slow`)
    await begun.promise
    const stopped = server.stop()
    await expect(fetch(`${server.address}/v1/slow`)).rejects.toThrow()
    go.resolve()
    expect(await (await answer).json()).toEqual({ done: true })
    await stopped
  })

  it('refuses a request on a connection that is open already, in the words of the wire', async () => {
    const go = Promise.withResolvers<void>()
    const server = await serving((app) => {
      app.get('/v1/slow', async (c) => {
        await go.promise
        return c.json({})
      })
    })
    const request = 'GET /v1/slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'
    const answers = rawAnswer(server.port, request, request)
    await delay(50)
    const stopped = server.stop()
    go.resolve()
    expect(await answers).toMatch(/200 OK[\s\S]*|529 [\s\S]*overloaded_error/)
    await stopped
  })

  it('cuts what does not end', async () => {
    const begun = Promise.withResolvers<void>()
    const server = await serving(
      (app) => {
        app.get('/v1/never', () => {
          begun.resolve()
          return new Promise<Response>(() => undefined)
        })
      },
      { wait: hurried(LIMITS.stopMs) },
    )
    const answer = fetch(`${server.address}/v1/never`)
    await begun.promise
    await Promise.all([server.stop(), expect(answer).rejects.toThrow()])
  })
})
