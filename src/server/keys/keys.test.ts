import { readFileSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { DEFAULT_WORKSPACE, type WorkspaceId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import { openSqliteStorage } from '../../storage/sqlite/sqlite-storage.ts'
import { createApp } from '../app.ts'
import type { Scope, ServerPorts } from '../context.ts'
import type { LogFields } from '../log.ts'
import { needs, type WireApp } from '../routing.ts'
import { testPorts } from '../test-support/ports.test-support.ts'
import { isPlainKey, newPlainKey } from './key-format.ts'
import { type KeyDraft, keyRingOf, type NewKey } from './key-ring.ts'

const BY: Actor = { type: 'user_actor', userId: 'somebody' }
const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function aDraft(fields: Partial<KeyDraft> = {}): KeyDraft {
  const scopes: readonly Scope[] = ['read', 'write', 'dream']
  return { workspaceId: DEFAULT_WORKSPACE, name: 'laptop', scopes, expiresAt: null, ...fields }
}

function routes(app: WireApp): void {
  app.get('/v1/mine', needs('read'), (c) => c.json(c.get('caller')))
  app.post('/v1/mine', needs('write'), (c) => c.json({}))
}

function worldOf(ports: ServerPorts = testPorts()): {
  readonly app: WireApp
  readonly make: (fields?: Partial<KeyDraft>) => Promise<NewKey>
  readonly ports: ServerPorts
} {
  const make = (fields: Partial<KeyDraft> = {}): Promise<NewKey> =>
    keyRingOf(ports).create(aDraft(fields), BY)
  return { app: createApp(ports, { routes: [routes] }), make, ports }
}

const bearer = (key: string): RequestInit => ({ headers: { authorization: `Bearer ${key}` } })
const header = (key: string): RequestInit => ({ headers: { 'x-api-key': key } })

describe('a plain key', () => {
  it('is one only as a whole: a changed character is seen without a look-up', () => {
    const key = newPlainKey()
    expect(key).toMatch(/^rvk_[0-9A-Za-z]{36}$/)
    expect(isPlainKey(key)).toBe(true)
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: key.length - 1 }),
        fc.constantFrom(...'aZ09'),
        (at, to) => {
          const changed = `${key.slice(0, at)}${to}${key.slice(at + 1)}`
          return changed === key || !isPlainKey(changed)
        },
      ),
    )
  })
})

describe('without any key', () => {
  it('loopback callers need none, and one that is no key does not hurt', async () => {
    const { app } = worldOf()
    for (const init of [{}, bearer('x'), header('whatever')]) {
      expect((await app.request('/v1/mine', init)).status).toBe(200)
    }
  })

  it('others are refused', async () => {
    const places = { isLoopback: false, hosts: [], origins: [] }
    const app = createApp(testPorts(), { routes: [routes], places })
    expect((await app.request('/v1/mine')).status).toBe(401)
  })
})

describe('from the first key on', () => {
  it('either header opens the workspace of the key, and both with the same key', async () => {
    const { app, make } = worldOf()
    const { plain, key } = await make({ workspaceId: 'wrkspc_a' as WorkspaceId })
    const both = { headers: { authorization: `bearer  ${plain}`, 'x-api-key': plain } }
    for (const init of [bearer(plain), header(plain), both]) {
      const response = await app.request('/v1/mine', init)
      expect(await response.json()).toMatchObject({ workspaceId: 'wrkspc_a', keyId: key.id })
      expect(response.headers.get('anthropic-workspace-id')).toBe('wrkspc_a')
    }
  })

  it('every bad key gets the same 401', async () => {
    const { app, make, ports } = worldOf()
    const good = await make()
    const revoked = await make()
    const expired = await make({ expiresAt: new Date(Date.now() + 60_000).toISOString() })
    await keyRingOf(ports).revoke(revoked.key.id, BY)
    const later = { ...ports, now: () => new Date(Date.now() + 120_000) }
    const appLater = createApp(later, { routes: [routes] })
    const answers = [
      await app.request('/v1/mine'),
      await app.request('/v1/mine', header('sk-ant-malformed')),
      await app.request('/v1/mine', header(newPlainKey())),
      await app.request('/v1/mine', bearer(revoked.plain)),
      await appLater.request('/v1/mine', bearer(expired.plain)),
      await app.request('/v1/mine', { headers: { authorization: 'Basic eDp5' } }),
      await app.request('/v1/mine', {
        headers: { authorization: `Bearer ${good.plain}`, 'x-api-key': newPlainKey() },
      }),
    ]
    const bodies = await Promise.all(answers.map((answer) => answer.json()))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
    expect(
      new Set(bodies.map((body) => JSON.stringify(body).replace(/"request_id":"\w+"/, ''))).size,
    ).toBe(1)
    expect((await appLater.request('/v1/mine', bearer(good.plain))).status).toBe(200)
  })

  it('a key does what its scopes say, an admin key everything', async () => {
    const { app, make } = worldOf()
    const statuses = []
    for (const scopes of [['read'], ['write'], ['admin'], ['dream']] as const) {
      const { plain } = await make({ scopes })
      const post = { ...bearer(plain), method: 'POST' }
      const get = await app.request('/v1/mine', bearer(plain))
      statuses.push([get.status, (await app.request('/v1/mine', post)).status])
    }
    expect(statuses).toEqual([
      [200, 403],
      [403, 200],
      [200, 200],
      [403, 403],
    ])
  })

  it('even one that was revoked keeps the door from standing open', async () => {
    const { app, make, ports } = worldOf()
    const { key } = await make()
    await keyRingOf(ports).revoke(key.id, BY)
    expect((await app.request('/v1/mine')).status).toBe(401)
  })
})

describe('a rotated key', () => {
  it('stays good until its named end, and never longer than it would have', async () => {
    const { make, ports } = worldOf()
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    const late = new Date(Date.now() + 7_200_000).toISOString()
    const ring = keyRingOf(ports)
    const open = await make()
    const ending = await make({ expiresAt: soon })
    const rotated = await ring.rotate(open.key.id, soon, BY)
    expect(rotated.old.expiresAt).toBe(soon)
    expect((await ring.rotate(ending.key.id, late, BY)).old.expiresAt).toBe(soon)
    expect(await ring.callerOf(open.plain)).not.toBeNull()
    expect(await ring.callerOf(rotated.plain)).toMatchObject({ scopes: open.key.scopes })
    const afterwards = keyRingOf({ ...ports, now: () => new Date(Date.parse(soon)) })
    expect(await afterwards.callerOf(open.plain)).toBeNull()
    expect(await afterwards.callerOf(rotated.plain)).not.toBeNull()
  })
})

it('leaves lines in the audit of the workspace that it opens, without the key', async () => {
  const { make, ports } = worldOf()
  const workspaceId = 'wrkspc_a' as WorkspaceId
  const { key, plain } = await make({ workspaceId })
  await keyRingOf(ports).rotate(key.id, new Date(Date.now() + 60_000).toISOString(), BY)
  await keyRingOf(ports).revoke(key.id, BY)
  const { items } = await ports.storage
    .inWorkspace(workspaceId)
    .logs.page('audit', { limit: 10, order: 'asc' })
  expect(items.map(({ type }) => type)).toEqual(['key.created', 'key.rotated', 'key.revoked'])
  expect(JSON.stringify(items)).not.toContain(plain)
})

it('stands nowhere: not in the database, the log or an error', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reverie-keys-'))
  folders.push(folder)
  const path = join(folder, 'reverie.db')
  const workspaceId = DEFAULT_WORKSPACE
  const storage = await openSqliteStorage({ path, workspaceId, busyTimeoutMs: 1_000 })
  const ports = testPorts({ storage })
  const lines: LogFields[] = []
  const keep = (fields: LogFields): void => {
    lines.push(fields)
  }
  const log = { info: keep, warn: keep, error: keep }
  const { plain, key } = await keyRingOf(ports).create(aDraft(), BY)
  const app = createApp(ports, { routes: [routes], log })
  const answers = [
    await app.request('/v1/mine', bearer(plain)),
    await app.request(`/v1/${plain}`, header(plain)),
    await app.request('/v1/mine', { ...bearer(plain), method: 'PUT' }),
    await app.request('/v1/mine', header(`${plain}x`)),
  ]
  const bodies = await Promise.all(answers.map((answer) => answer.text()))
  await storage.close()
  const kept = readFileSync(path).toString('latin1')
  expect(kept).toContain(key.id)
  expect(lines).toHaveLength(4)
  for (const text of [kept, JSON.stringify(lines), ...bodies]) {
    expect(text).not.toContain(plain)
    expect(text).not.toContain(plain.slice(8, 34))
  }
})
