import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../config.ts'
import { ReverieError } from '../core/errors.ts'
import { boundedFetch } from './bounded-fetch.ts'
import { closedAddress, serve } from './local-server.test-support.ts'
import { ModelError } from './model.ts'

const LONG = 60_000
const SHORT = 40

function fetchFor(url: string, timeoutMs = LONG): typeof globalThis.fetch {
  return boundedFetch({ modelId: 'openai/m', url, timeoutMs })
}

async function failureOf(call: Promise<unknown>): Promise<ModelError> {
  const end = await call.then(
    () => 'answered',
    (error: unknown) => error,
  )
  if (end instanceof ModelError) return end
  throw new Error(`No ModelError but ${String(end)}.`)
}

describe('boundedFetch', () => {
  it('sends what it is given and gives back status, headers and body', async () => {
    const url = await serve((request, response, body) => {
      response.writeHead(418, { 'x-told': `${request.method} ${request.headers['x-key']}` })
      response.end(`heard ${body}`)
    })

    const sent = { method: 'POST', headers: { 'x-key': 'k' }, body: 'hello' }
    const answer = await fetchFor(url)(`${url}/v1`, sent)

    expect(answer.status).toBe(418)
    expect(answer.headers.get('x-told')).toBe('POST k')
    expect(await answer.text()).toBe('heard hello')
  })

  it('stops reading an answer of 50 MB at its limit', async () => {
    let sent = 0
    const url = await serve((_request, response) => {
      const piece = Buffer.alloc(65_536, 'a')
      const push = (): void => {
        while (sent < 50_000_000 && !response.destroyed) {
          sent += piece.length
          if (!response.write(piece)) {
            response.once('drain', push)
            return
          }
        }
        response.end()
      }
      push()
    })

    const failure = await failureOf(fetchFor(url)(url))

    expect(failure.fault).toBe('garbled')
    expect(failure.message).toContain('8388608 bytes')
    expect(sent).toBeLessThan(50_000_000)
  })

  it('counts the bytes of a packed answer as they are unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(LIMITS.modelAnswerBytesMax + 1))
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end(packed)
    })

    expect((await failureOf(fetchFor(url)(url))).fault).toBe('garbled')
  })

  it('lets an answer of exactly its limit through', async () => {
    const url = await serve((_request, response) => {
      response.end(Buffer.alloc(LIMITS.modelAnswerBytesMax, 'a'))
    })

    const answer = await fetchFor(url)(url)

    expect((await answer.text()).length).toBe(LIMITS.modelAnswerBytesMax)
  })

  it('gives up on an answer that never begins', async () => {
    const url = await serve(() => 'nothing is written')

    const failure = await failureOf(fetchFor(url, SHORT)(url))

    expect(failure.fault).toBe('timeout')
    expect(failure.message).toContain('did not begin to answer')
  })

  it('gives up on an answer that comes byte by byte without an end', async () => {
    let drip: NodeJS.Timeout | undefined
    const url = await serve((_request, response) => {
      response.write('{')
      drip = setInterval(() => response.write(' '), 5)
    })

    const failure = await failureOf(fetchFor(url, 500)(url))
    clearInterval(drip)

    expect(failure.fault).toBe('timeout')
    expect(failure.message).toContain('did not finish its answer')
  })

  it('calls a connection that is cut in the middle unreachable', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"half":', () => response.socket?.destroy())
    })

    expect((await failureOf(fetchFor(url)(url))).fault).toBe('unreachable')
  })

  it('says which code a refused connection has', async () => {
    const url = await closedAddress()

    const failure = await failureOf(fetchFor(url)(`${url}/v1`))

    expect(failure.fault).toBe('unreachable')
    expect(failure.message).toBe('The model "openai/m" cannot be reached (ECONNREFUSED).')
  })

  it('does not follow a redirect', async () => {
    const visited: string[] = []
    const url = await serve((request, response) => {
      visited.push(request.url ?? '')
      response.writeHead(307, { location: '/elsewhere' })
      response.end()
    })

    const failure = await failureOf(fetchFor(url)(`${url}/v1`))

    expect(failure.fault).toBe('refused_request')
    expect(failure.isPassing).toBe(false)
    expect(visited).toEqual(['/v1'])
  })

  it('sends nothing to another host, port or scheme', async () => {
    let requests = 0
    const url = await serve((_request, response) => {
      requests += 1
      response.end()
    })
    const elsewhere = fetchFor('http://127.0.0.1:1/v1')

    for (const other of [url, 'https://127.0.0.1:1/v1', 'http://localhost:1/v1']) {
      const end = await elsewhere(other).catch((error: unknown) => error)
      expect(end instanceof ReverieError && end.type).toBe('permission_error')
    }
    expect(requests).toBe(0)
  })

  it('throws the reason of a signal, before the call and during it', async () => {
    const url = await serve(() => controller.abort(reason))
    const controller = new AbortController()
    const reason = new Error('the person has gone')
    const { signal } = controller

    await expect(fetchFor(url)(url, { signal })).rejects.toBe(reason)
    await expect(fetchFor(url)(url, { signal })).rejects.toBe(reason)
  })
})
