import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_WORKSPACE } from '../../src/core/ids.ts'
import { openKeys, openServer, type ServerAtWork } from '../../src/reverie.ts'

/** `$` stands for the port that the server really has. */
interface Place {
  readonly host: string
  readonly origin?: string
  readonly isAllowed: boolean
}

const allowed = (host: string, origin?: string): Place =>
  origin === undefined ? { host, isAllowed: true } : { host, origin, isAllowed: true }
const refused = (host: string, origin?: string): Place =>
  origin === undefined ? { host, isAllowed: false } : { host, origin, isAllowed: false }

const PLACES: readonly Place[] = [
  allowed('127.0.0.1:$'),
  allowed('localhost:$'),
  allowed('LOCALHOST:$'),
  allowed('LocalHost'),
  allowed('[::1]:$'),
  allowed('127.0.0.1'),
  allowed('127.0.0.2:$'),
  // A forwarded port has another number on the caller's side.
  allowed('localhost:8080'),
  allowed('127.0.0.1:$', 'http://127.0.0.1:$'),
  allowed('localhost:$', 'http://localhost:$'),
  allowed('LOCALHOST:$', 'http://localhost:$'),
  allowed('[::1]:$', 'http://[::1]:$'),
  refused('evil.example'),
  refused('evil.example:$'),
  refused('evil.example:$', 'http://evil.example:$'),
  refused('evil.example:$', 'http://127.0.0.1:$'),
  refused('127.0.0.1.evil.example:$'),
  refused('127.0.0.1.nip.io:$'),
  refused('localhost.evil.example:$'),
  refused('a.localhost:$'),
  refused('localhost.:$'),
  refused('127.0.0.1.:$'),
  refused('127.1:$'),
  refused('127.0.0.1.1:$'),
  refused('127.0.0.256:$'),
  refused('2130706433:$'),
  refused('0x7f.0.0.1:$'),
  refused('0177.0.0.1:$'),
  refused('0.0.0.0:$'),
  refused('[::]:$'),
  refused('[::ffff:127.0.0.1]:$'),
  refused('[::1%25lo]:$'),
  refused('::1'),
  refused('192.168.1.10:$'),
  refused('169.254.169.254'),
  refused('127.0.0.1:$:80'),
  refused('user@127.0.0.1:$'),
  refused('evil.example#127.0.0.1'),
  refused('127.0.0.1:$, evil.example'),
  refused('127.0.0.1:$', 'null'),
  refused('127.0.0.1:$', ''),
  refused('127.0.0.1:$', 'http://evil.example'),
  refused('127.0.0.1:$', 'http://127.0.0.1'),
  refused('127.0.0.1:$', 'http://127.0.0.1:3000'),
  refused('127.0.0.1:$', 'http://localhost:$'),
  refused('127.0.0.1:$', 'http://127.0.0.1:$/'),
  refused('127.0.0.1:$', 'http://127.0.0.1:$.evil.example'),
  refused('127.0.0.1:$', 'http://127.0.0.1:$@evil.example'),
  refused('127.0.0.1:$', 'http://127.0.0.1:$, http://evil.example'),
  refused('127.0.0.1:$', 'HTTP://127.0.0.1:$'),
  refused('127.0.0.1:$', 'http://[::1]:$'),
  refused('127.0.0.1:$', 'file://'),
  refused('127.0.0.1:$', 'chrome-extension://abcdef'),
]

const folders: string[] = []

function freshHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'reverie-places-'))
  folders.push(home)
  return home
}

const ENV = { ...process.env, REVERIE_LOG_LEVEL: 'silent' }

let server: ServerAtWork
let stream = ''

beforeAll(async () => {
  server = await openServer({ home: freshHome(), env: ENV, port: 0 })
  const made = async (path: string, body: object): Promise<string> => {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    const answer = (await (await fetch(`${server.address}${path}`, init)).json()) as { id: string }
    return answer.id
  }
  const agent = await made('/v1/agents', { name: 'coder', model: 'embedded' })
  const environment_id = await made('/v1/environments', { name: 'laptop' })
  const session = await made('/v1/sessions', { agent, environment_id })
  stream = `/v1/sessions/${session}/events/stream`
})

afterAll(async () => {
  await server.stop()
  for (const home of folders) rmSync(home, { recursive: true, force: true })
})

/** Status of an answer to headers that no client library would send. */
function statusAt({ port }: { readonly port: number }, path: string, place: Place) {
  const filled = (text: string): string => text.replaceAll('$', String(port))
  const { host, origin } = place
  const headers = {
    host: filled(host),
    ...(origin === undefined ? {} : { origin: filled(origin) }),
  }
  return new Promise<number>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers, setHost: false }, (answer) => {
      resolve(answer.statusCode ?? 0)
      answer.destroy()
    })
    asked.once('error', reject).end()
  })
}

describe(`${PLACES.length} pairs of host and origin on loopback`, () => {
  it.each([
    ['the API', () => '/v1/memory_stores'],
    ['the API page', () => '/docs'],
    ['its document', () => '/openapi.json'],
    ['metrics', () => '/metrics'],
    ['a stream of events', () => stream],
    ['what is not there', () => '/nothing'],
  ])('are let in and kept out at %s', async (_name, path) => {
    const good = path() === '/nothing' ? 404 : 200
    for (const place of PLACES) {
      const told = `${place.host} ${place.origin ?? ''}`
      const status = await statusAt(server, path(), place)
      // What is no host at all is refused before anybody looks at it.
      if (place.isAllowed) expect(status, told).toBe(good)
      else expect([400, 403], told).toContain(status)
    }
  })

  it('read nothing across pages: no answer allows another origin', async () => {
    for (const path of ['/v1/memory_stores', '/docs', '/metrics', stream]) {
      const answer = await fetch(`${server.address}${path}`)
      await answer.body?.cancel()
      expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(answer.headers.get('cross-origin-resource-policy'), path).toBe('same-origin')
      expect(answer.headers.get('request-id'), path).toMatch(/^req_/)
    }
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await fetch(`${server.address}/v1/memory_stores`, {
        method,
        headers: { 'access-control-request-method': 'GET' },
      })
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

describe('a server that others reach', () => {
  const making = async (home: string): Promise<string> => {
    const { keys, close } = await openKeys({ home, env: ENV })
    const draft = { workspaceId: DEFAULT_WORKSPACE, name: 'x', scopes: ['admin'] } as const
    const by = { type: 'user_actor', userId: 'person' } as const
    const { plain } = await keys.create({ ...draft, expiresAt: null }, by)
    await close()
    return plain
  }

  it.each(['null', '*', '', 'app.example', 'https://app.example/', 'https://App.example'])(
    'is not started for pages of %j, which is no origin',
    async (origin) => {
      const starting = openServer({
        home: freshHome(),
        env: ENV,
        port: 0,
        allowedOrigins: [origin],
      })
      await expect(starting).rejects.toThrow(/is no origin/)
    },
  )

  it('does not start without a key, nor in clear text', async () => {
    const home = freshHome()
    for (const options of [
      { host: '0.0.0.0' },
      { host: '::' },
      { host: '0.0.0.0', isBehindProxy: true },
      { host: '127.0.0.1', isBehindProxy: true },
    ]) {
      const starting = openServer({ home, env: ENV, port: 0, ...options })
      await expect(starting).rejects.toThrow(/there is no key/)
    }
    await making(home)
    const starting = openServer({ home, env: ENV, port: 0, host: '0.0.0.0' })
    await expect(starting).rejects.toThrow(/clear text/)
  })

  it('behind a proxy on this machine takes nobody without a key, and tells metrics elsewhere', async () => {
    const home = freshHome()
    const key = await making(home)
    const allowedHosts = ['dreams.example']
    const proxied = { isBehindProxy: true, allowedHosts }
    const public_ = await openServer({ home, env: ENV, port: 0, ...proxied })
    try {
      const { address, port, metricsAddress } = public_
      expect((await fetch(`${address}/v1/memory_stores`)).status).toBe(401)
      const headers = { 'x-api-key': key }
      expect((await fetch(`${address}/v1/memory_stores`, { headers })).status).toBe(200)
      expect((await fetch(`${address}/metrics`)).status).toBe(404)
      expect((await fetch(metricsAddress)).status).toBe(200)
      expect(await statusAt(public_, '/healthz', allowed('dreams.example'))).toBe(200)
      expect(await statusAt(public_, '/healthz', refused('evil.example'))).toBe(403)
      const evil = refused('evil.example')
      expect(await statusAt({ port: Number(new URL(metricsAddress).port) }, '/metrics', evil)).toBe(
        403,
      )
      expect(port).not.toBe(Number(new URL(metricsAddress).port))
    } finally {
      await public_.stop()
    }
  })
})
