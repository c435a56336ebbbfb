import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { DEFAULT_WORKSPACE } from '../../core/ids.ts'
import { audit } from '../../engine/workspace/audit.ts'
import { openEphemeralStorage } from '../../storage/ephemeral/ephemeral-storage.ts'
import { createApp } from '../app.ts'
import { keyRingOf } from '../keys/key-ring.ts'
import { testPorts } from '../test-support/ports.test-support.ts'
import { plainPage } from './api-page.ts'
import { createMetrics } from './metrics.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const BY = { type: 'user_actor', userId: 'somebody' } as const

describe('health', () => {
  it('needs no key, where everything else does', async () => {
    const ports = testPorts()
    const workspaceId = DEFAULT_WORKSPACE
    await keyRingOf(ports).create({ workspaceId, name: 'k', scopes: ['read'], expiresAt: null }, BY)
    const app = createApp(ports)
    const paths = ['/healthz', '/readyz', '/openapi.json', '/docs', '/docs/start.js']
    const statuses = await Promise.all(paths.map(async (path) => (await app.request(path)).status))
    expect(statuses).toEqual(paths.map(() => 200))
    expect((await app.request('/v1/memory_stores')).status).toBe(401)
  })

  it('tells of a storage that cannot be written', async () => {
    const ports = testPorts()
    const broken = {
      ...ports.storage,
      inWorkspace: () => ({ documents: { put: () => Promise.reject(new Error('disk full')) } }),
    }
    const home = mkdtempSync(join(tmpdir(), 'reverie-home-'))
    folders.push(home)
    const app = createApp(
      { ...ports, storage: broken as unknown as typeof ports.storage },
      { home },
    )
    const response = await app.request('/readyz')
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({
      status: 'failing',
      checks: { storage: false, disk: true },
    })
  })
})

describe('metrics', () => {
  it('count requests by the pattern of their route, and what the audit tells since the start', async () => {
    const storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
    const ports = testPorts({ storage })
    const createdAt = '2020-01-01T00:00:00.000Z'
    await storage.documents.put({ kind: 'agent', id: 'agent_1', tags: [], createdAt, body: '{}' })
    const entry = { act: 'change.accepted', subject: 'chg_1', by: BY } as const
    await audit(storage, { ...entry, at: createdAt }, ports.newId)
    const metrics = createMetrics(ports)
    const app = createApp(ports, { metrics })
    await app.request('/v1/memory_stores/memstore_secret')
    await app.request('/readyz')
    for (const act of ['change.accepted', 'change.accepted', 'dream.reverted'] as const) {
      await audit(storage, { ...entry, act, at: new Date().toISOString() }, ports.newId)
      await metrics.text()
    }
    const text = await (await app.request('/metrics')).text()
    expect(text).toContain('reverie_changes_total{op="change_set",decision="accepted"} 2')
    expect(text).toContain('reverie_reverts_total 1')
    expect(text).toContain('reverie_queue_depth 0')
    expect(text).toMatch(/http_request_duration_seconds_count\{.*route="\/readyz",status="200"\} 1/)
    expect(text).not.toContain('secret')
  })

  it('are not on a listener that others reach', async () => {
    const ports = testPorts()
    const places = { isLoopback: false, hosts: [], origins: [] }
    const app = createApp(ports, { metrics: createMetrics(ports), places })
    expect((await app.request('/metrics')).status).toBe(404)
  })
})

describe('the API page', () => {
  it('asks no other host for anything', async () => {
    const app = createApp(testPorts())
    const page = await app.request('/docs')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    const texts = [await page.text(), await (await app.request('/docs/start.js')).text()]
    for (const text of texts) expect(text).not.toMatch(/https?:|\/\//)
    const script = await app.request('/docs/reference.js')
    expect(script.headers.get('content-type')).toContain('text/javascript')
    expect((await script.text()).length).toBeGreaterThan(1_000_000)
  })

  it('is a plain list of the routes where its script is missing', () => {
    const page = plainPage({ paths: { '/v1/<x>': { get: { summary: 'A & B' } } } })
    expect(page).toContain('<td>GET</td>')
    expect(page).toContain('/v1/&#60;x&#62;')
    expect(page).toContain('A &#38; B')
  })

  it('has every route of the API in its document, each with every way to fail', async () => {
    const document = await (await createApp(testPorts()).request('/openapi.json')).json()
    const { openapi, paths } = document as {
      readonly openapi: string
      readonly paths: Record<string, Record<string, { readonly responses: object }>>
    }
    expect(openapi).toBe('3.1.0')
    const operations = Object.values(paths).flatMap((item) => Object.values(item))
    expect(operations.length).toBeGreaterThan(30)
    for (const { responses } of operations) {
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '401', '404', '500']))
    }
  })
})
