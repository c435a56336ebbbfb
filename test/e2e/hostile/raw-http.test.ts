import { connect } from 'node:net'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/config.ts'
import { serverForTests } from '../sdk/sdk-world.ts'
import { BROKEN, type BrokenRequest, SHAPES } from './broken-requests.ts'

const server = serverForTests()
const REQUESTS = 300
const SEED = 27
const AT_ONCE = 20
/** No answer and no end within this is a hang. */
const HANG_MS = 30_000

/** What comes back until the connection ends; the client ends its own side. */
function talk({ bytes }: BrokenRequest): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const socket = connect({ host: '127.0.0.1', port: server().port })
  let heard = ''
  const timer = setTimeout(() => {
    socket.destroy()
    reject(new Error('It hangs.'))
  }, HANG_MS)
  const end = (): void => {
    clearTimeout(timer)
    resolve(heard)
  }
  socket.setEncoding('latin1')
  socket.on('data', (text: string) => {
    heard += text
  })
  // A server that hears enough cuts the connection while we still send.
  socket.on('error', end).on('close', end)
  socket.on('connect', () => socket.end(Buffer.from(bytes, 'latin1')))
  return promise
}

function statusesIn(heard: string): readonly number[] {
  return [...heard.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status))
}

async function isWell(): Promise<boolean> {
  return (await fetch(`${server().address}/healthz`)).status === 200
}

async function answersTo(requests: readonly BrokenRequest[]): Promise<readonly [string, string][]> {
  const answers: [string, string][] = []
  for (let from = 0; from < requests.length; from += AT_ONCE) {
    const some = requests.slice(from, from + AT_ONCE)
    const heard = await Promise.all(some.map((request) => talk(request)))
    for (const [n, { what }] of some.entries()) answers.push([what, heard[n] ?? ''])
  }
  return answers
}

/** Odd and yet valid: answered as HTTP says, or of no consequence to what is asked. */
const HARMLESS: ReadonlySet<string> = new Set([
  'an address of another server',
  'bytes that are no UTF-8 in a header',
  'an upgrade',
])

describe('requests that are none', () => {
  it(`are answered with 4xx or cut off, and nothing hidden in them is heard: ${SHAPES.length} shapes`, async () => {
    const answers = await answersTo(SHAPES)
    const wrong = answers.flatMap(([what, heard]) => {
      const statuses = statusesIn(heard)
      const isRefused = statuses.every((status) => status >= 400 && status < 500)
      const isOne = statuses.length <= 1
      return (isRefused || HARMLESS.has(what)) && isOne ? [] : [`${what}: ${statuses.join(', ')}`]
    })
    expect(wrong).toEqual([])
    expect(await isWell()).toBe(true)
  })

  it(`never make the server fail or hang: ${REQUESTS} edited ones`, async () => {
    const requests = fc.sample(BROKEN, { seed: SEED, numRuns: REQUESTS })
    const answers = await answersTo(requests)
    const failed = answers.filter(([, heard]) => statusesIn(heard).some((status) => status >= 500))
    expect(failed).toEqual([])
    expect(answers.some(([, heard]) => statusesIn(heard).includes(400))).toBe(true)
    expect(await isWell()).toBe(true)
  })
})

/** Four of these in one body of a megabyte. */
const PART_BYTES = 268_435_456
const PARTS = 4
const post =
  (body: Uint8Array<ArrayBuffer> | string, headers: Readonly<Record<string, string>>) =>
  (path: string): Promise<Response> =>
    fetch(`${server().address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })

describe('bodies that grow', () => {
  const ROUTES = ['/v1/memory_stores', '/v1/dreams', '/v1/reverie/sessions/import']

  it('are never inflated', async () => {
    const plain = Buffer.alloc(PART_BYTES)
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }
    const bombs = {
      gzip: Buffer.concat(new Array(PARTS).fill(gzipSync(plain))),
      br: brotliCompressSync(plain, quality),
      'gzip, br': gzipSync(Buffer.from('{}')),
      zstd: Buffer.from('{}'),
      deflate: Buffer.from('{}'),
    }
    expect(bombs.gzip.length).toBeLessThan(LIMITS.requestBytesMax)
    const before = process.memoryUsage().rss
    for (const [encoding, bomb] of Object.entries(bombs)) {
      for (const route of ROUTES) {
        const body = Uint8Array.from(bomb)
        const { status } = await post(body, { 'content-encoding': encoding })(route)
        expect([400, 413], `${encoding} ${route}`).toContain(status)
      }
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(PART_BYTES / 2)
    expect(await isWell()).toBe(true)
  })

  it('are refused when they are nested 10,000 deep', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const body = `${open.repeat(10_000)}1${close.repeat(10_000)}`
      for (const route of ROUTES.slice(0, 2)) {
        expect((await post(body, {})(route)).status).toBe(400)
      }
    }
    expect(await isWell()).toBe(true)
  })
})
