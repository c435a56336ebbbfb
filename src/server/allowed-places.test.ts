import { describe, expect, it } from 'vitest'
import type { AllowedPlaces } from './allowed-places.ts'
import { createApp } from './app.ts'
import { testPorts } from './test-support/ports.test-support.ts'

const HERE: AllowedPlaces = { isLoopback: true, hosts: [], origins: [] }
const OUT: AllowedPlaces = {
  isLoopback: false,
  hosts: ['dreams.example'],
  origins: ['https://board.example'],
}

async function statusOf(places: AllowedPlaces, headers: Record<string, string>): Promise<number> {
  const app = createApp(testPorts(), { routes: [], places })
  const statuses = await Promise.all(
    ['/healthz', '/docs', '/openapi.json'].map(async (path) => {
      return (await app.request(path, { headers })).status
    }),
  )
  expect(new Set(statuses).size).toBe(1)
  return statuses[0] ?? 0
}

const FOREIGN_HOSTS = [
  'evil.example',
  'evil.example:4983',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  '127.0.0.1@evil.example',
  'evil.example#127.0.0.1',
  '127.0.0.1:4983:80',
  '127.0.0.1 ',
  '0.0.0.0',
  '[::]',
  '192.168.1.10:4983',
  'localhost.',
  'xn--localhost-x',
].map((host) => host.trimEnd())

describe('on loopback', () => {
  it.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST:4983', '127.0.0.1:80'])(
    'answers to %s',
    async (host) => {
      expect(await statusOf(HERE, { host })).toBe(200)
    },
  )

  it.each(FOREIGN_HOSTS.filter((host) => host !== '127.0.0.1'))('refuses %s', async (host) => {
    expect(await statusOf(HERE, { host })).toBe(403)
  })

  it.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1:3000',
    'http://localhost:4983',
    'http://127.0.0.1:4983.evil.example',
    'http://evil.example/127.0.0.1:4983',
    '',
    'file://',
    'chrome-extension://abc',
  ])('refuses pages of %j', async (origin) => {
    expect(await statusOf(HERE, { host: '127.0.0.1:4983', origin })).toBe(403)
  })

  it('lets its own pages through', async () => {
    expect(await statusOf(HERE, { host: '127.0.0.1:4983', origin: 'http://127.0.0.1:4983' })).toBe(
      200,
    )
  })

  it('tells with the type of the wire', async () => {
    const app = createApp(testPorts(), { routes: [] })
    const response = await app.request('/v1/dreams', { headers: { host: 'evil.example' } })
    expect(await response.json()).toMatchObject({ error: { type: 'permission_error' } })
  })
})

describe('for others', () => {
  it('answers to addresses, which nobody can rebind, and to the names it was given', async () => {
    for (const host of ['10.0.0.7:4983', '[2001:db8::1]', 'dreams.example', 'localhost']) {
      expect(await statusOf(OUT, { host }), host).toBe(200)
    }
    for (const host of ['evil.example', 'board.example', 'x.dreams.example']) {
      expect(await statusOf(OUT, { host }), host).toBe(403)
    }
  })

  it('lets the named pages call, and tells their browsers so', async () => {
    const app = createApp(testPorts(), { routes: [], places: OUT })
    const headers = { host: 'dreams.example', origin: 'https://board.example' }
    const preflight = await app.request('/v1/dreams', { method: 'OPTIONS', headers })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://board.example')
    expect(await statusOf(OUT, { ...headers, origin: 'https://evil.example' })).toBe(403)
  })
})
