import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_WORKSPACE, type KeyId } from '../../src/core/ids.ts'
import { type OpenInstallation, openInstallation } from '../../src/reverie.ts'
import { createApp } from '../../src/server/app.ts'
import type { Scope } from '../../src/server/context.ts'
import { newPlainKey } from '../../src/server/keys/key-format.ts'
import { type KeyRing, keyRingOf } from '../../src/server/keys/key-ring.ts'
import { createLog } from '../../src/server/log.ts'
import type { WireApp } from '../../src/server/routing.ts'
import { testPorts } from '../../src/server/test-support/ports.test-support.ts'
import { cliEntry } from '../support/cli-entry.ts'
import { callAt } from './tenants/call.ts'

const KEYS = 200
const BY = { type: 'user_actor', userId: 'person' } as const
const HOUR_MS = 3_600_000
/** What lists show of a key. */
const SHOWN_CHARS = 8

const draftOf = (name: string, scopes: readonly Scope[] = ['admin']) =>
  ({ workspaceId: DEFAULT_WORKSPACE, name, scopes, expiresAt: null }) as const

const home = mkdtempSync(join(tmpdir(), 'reverie-key-safety-'))
const logged: string[] = []
let installation: OpenInstallation
let keys: KeyRing
let app: WireApp
let nowMs = Date.parse('2027-01-01T00:00:00.000Z')

beforeAll(async () => {
  const now = (): Date => new Date(nowMs)
  installation = await openInstallation({ home, env: {}, now })
  const { ports } = installation
  keys = keyRingOf(ports)
  const log = createLog('debug', { write: (line) => void logged.push(line) })
  app = createApp(ports, { home, log })
})

afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('the text of a key', () => {
  it('is not looked up when it is mistyped: any other character, or two swapped', async () => {
    const ports = testPorts()
    let lookups = 0
    const { storage } = ports
    const counted: typeof storage = Object.assign(Object.create(storage), {
      inWorkspace(id: typeof DEFAULT_WORKSPACE) {
        const place = storage.inWorkspace(id)
        const get: typeof place.documents.get = (kind, one) => {
          lookups += 1
          return place.documents.get(kind, one)
        }
        return { ...place, documents: { ...place.documents, get } }
      },
    })
    const ring = keyRingOf({ ...ports, storage: counted })
    const { plain } = await ring.create(draftOf('a'), BY)
    expect(await ring.callerOf(plain)).not.toBeNull()
    expect(lookups).toBe(1)
    for (const wrong of mistyped(plain)) expect(await ring.callerOf(wrong), wrong).toBeNull()
    expect(lookups).toBe(1)
    expect(await ring.callerOf(newPlainKey())).toBeNull()
    expect(lookups).toBe(2)
  })
})

describe('a key ends', () => {
  it('at the exact millisecond, in whichever form its end was given', async () => {
    for (const end of [
      '2027-02-01T00:00:00.000Z',
      '2027-02-01T00:00:00Z',
      '2027-02-01T02:00:00+02:00',
      '2027-01-31T19:00:00.000-05:00',
    ]) {
      nowMs = Date.parse('2027-01-01T00:00:00.000Z')
      const { plain } = await keys.create({ ...draftOf('ends'), expiresAt: end }, BY)
      nowMs = Date.parse(end) - 1
      expect((await ask(plain)).status, end).toBe(200)
      nowMs += 1
      expect((await ask(plain)).status, end).toBe(401)
    }
    for (const end of ['tomorrow', '', '2027-13-01T00:00:00Z', 'zzzz']) {
      const making = keys.create({ ...draftOf('never'), expiresAt: end }, BY)
      await expect(making, end).rejects.toMatchObject({ type: 'invalid_request_error' })
    }
  })

  it('and with it every stream that it opened, before the next event', async () => {
    const watcher = await keys.create(draftOf('watcher', ['read']), BY)
    const { plain } = await keys.create(draftOf('writer'), BY)
    const path = await sessionPath(plain)
    const stream = await app.request(`http://127.0.0.1${path}/events/stream`, {
      headers: { host: '127.0.0.1', 'x-api-key': watcher.plain },
    })
    const said = async (text: string): Promise<void> => {
      const events = [{ type: 'user.message', content: [{ type: 'text', text }] }]
      await ask(plain, { method: 'POST', path: `${path}/events`, body: { events } })
    }
    const told = stream.text()
    await said('before')
    await said('before')
    await new Promise((resolve) => setTimeout(resolve, 50))
    await keys.revoke(watcher.key.id, BY)
    await said('afterwards')
    const text = await told
    expect(text).toContain('before')
    expect(text).not.toContain('afterwards')
  })
})

describe(`${KEYS} keys that were made, rotated and revoked`, () => {
  const plains: string[] = []
  const made: { readonly id: KeyId; readonly plain: string }[] = []

  it('are good as long as they should be, and not a millisecond longer', async () => {
    for (let n = 0; n < KEYS; n += 1) {
      const { key, plain } = await keys.create(draftOf(`key ${n}`), BY)
      made.push({ id: key.id, plain })
      plains.push(plain)
    }
    const ends = new Date(nowMs + HOUR_MS).toISOString()
    for (const [n, { id, plain }] of made.entries()) {
      if (n % 3 === 0) await keys.revoke(id, BY)
      if (n % 3 === 1) plains.push((await keys.rotate(id, ends, BY)).plain)
      expect((await ask(plain)).status).toBe(n % 3 === 0 ? 401 : 200)
    }
    nowMs += HOUR_MS - 1
    const rotated = made.filter((_, n) => n % 3 === 1)
    for (const { plain } of rotated) expect((await ask(plain)).status).toBe(200)
    nowMs += 1
    for (const { plain } of rotated) expect((await ask(plain)).status).toBe(401)
    for (const plain of plains.slice(KEYS)) expect((await ask(plain)).status).toBe(200)
    expect(new Set(plains).size).toBe(plains.length)
  })

  it('stand nowhere: not in files, logs, answers or lists', async () => {
    const answers: string[] = []
    const [first = ''] = plains
    for (const plain of plains) {
      for (const call of [
        { method: 'GET', path: `/v1/${plain}` },
        { method: 'POST', path: '/v1/memory_stores', body: { name: '', [plain]: plain } },
        { method: 'GET', path: `/v1/memory_stores/${plain.slice(4)}?limit=no` },
      ]) {
        const { text } = await ask(plain, call)
        if (call.method === 'GET' && !call.path.includes('memory_stores')) answers.push(text)
      }
      const bearer = { authorization: `Bearer ${plain}x`, 'x-api-key': plain }
      answers.push((await callAt(app, null, { ...STORES, headers: bearer })).text)
    }
    answers.push(JSON.stringify(await keys.list()))
    answers.push((await ask(plains.at(-1) ?? '', { ...STORES, path: '/v1/reverie/audit' })).text)
    answers.push(await commandPrints('key', 'ls'), await commandPrints('key', 'ls', '--json'))
    const files = filesOf(home)
    expect(files.map(({ name }) => name)).toContain('reverie.db-wal')
    await installation.close()
    const places = [
      ...files,
      ...filesOf(home),
      { name: 'answers', text: answers.join('\n') },
      { name: 'log', text: logged.join('') },
    ]
    expect(logged.length).toBeGreaterThan(plains.length * 4)
    expect(answers.join('\n')).toContain(first.slice(0, SHOWN_CHARS))
    for (const { name, text } of places) {
      const told = plains.filter((plain) => text.includes(plain.slice(SHOWN_CHARS)))
      expect(told, name).toEqual([])
    }
  })

  it('lie in files that nobody else may read', () => {
    expect(statSync(home).mode & 0o077).toBe(0)
    for (const name of readdirSync(home).filter((one) => one.startsWith('reverie.db'))) {
      expect(statSync(join(home, name)).mode & 0o077, name).toBe(0)
    }
  })
})

const STORES = { method: 'GET', path: '/v1/memory_stores' }

function ask(plain: string, call: Parameters<typeof callAt>[2] = STORES) {
  return callAt(app, plain, call)
}

async function sessionPath(plain: string): Promise<string> {
  const made = async (path: string, body: object): Promise<unknown> =>
    (await ask(plain, { method: 'POST', path, body })).json.id
  const agent = await made('/v1/agents', { name: 'coder', model: 'embedded' })
  const environment_id = await made('/v1/environments', { name: 'laptop' })
  return `/v1/sessions/${await made('/v1/sessions', { agent, environment_id })}`
}

function filesOf(folder: string): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ name, text: readFileSync(join(folder, name)).toString('latin1') }))
}

async function commandPrints(...args: readonly string[]): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: home, REVERIE_HOME: home }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [cliEntry(), ...args], {
    env,
  })
  return stdout + stderr
}

function mistyped(plain: string): readonly string[] {
  const chars = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-']
  const texts = [...plain].flatMap((char, at) => [
    ...chars
      .filter((other) => other !== char)
      .map((other) => plain.slice(0, at) + other + plain.slice(at + 1)),
    plain.slice(0, at) + (plain[at + 1] ?? '') + char + plain.slice(at + 2),
    plain.slice(0, at) + plain.slice(at + 1),
    plain.slice(0, at) + char + plain.slice(at),
  ])
  return [...new Set(texts)].filter((text) => text !== plain)
}
