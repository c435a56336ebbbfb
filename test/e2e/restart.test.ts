import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Anthropic from '@anthropic-ai/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServer } from '../../src/reverie.ts'
import { cliEntry } from '../support/cli-entry.ts'

const SESSIONS = 16
const MODEL = 'claude-opus-5'
/** Often enough to see a dream under way. */
const LOOK_MS = 5
/** Seldom enough to leave the server its time. */
const SELDOM_MS = 100
const TIMEOUT_MS = 90_000

const base = mkdtempSync(join(tmpdir(), 'reverie-restart-'))
const ordered = join(base, 'ordered')
const running = new Set<ChildProcess>()
let dreamId = ''
let expected: Output

interface Serving {
  readonly client: Anthropic
  /** Sends the signal and waits until the process is gone. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** `reverie serve` as a process of its own. */
async function serve(home: string): Promise<Serving> {
  const child = spawn(process.execPath, [cliEntry(), 'serve', '--port', '0'], {
    env: { PATH: process.env.PATH, HOME: home, REVERIE_HOME: home, REVERIE_LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  running.add(child)
  const gone = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      running.delete(child)
      resolve(code)
    })
  })
  const baseURL = await new Promise<string>((resolve, reject) => {
    let told = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text
      const [address] = /http:\/\/127\.0\.0\.1:\d+(?=\s)/.exec(told) ?? []
      if (address !== undefined) resolve(address)
    })
    child.once('close', () => reject(new Error(`It ended at once: ${told}`)))
  })
  return {
    client: clientAt(baseURL),
    end(signal) {
      child.kill(signal)
      return gone
    },
  }
}

function clientAt(baseURL: string): Anthropic {
  return new Anthropic({ baseURL, apiKey: 'none', maxRetries: 0 })
}

/** What a dream leaves behind: of its store and of the one it started from. */
interface Output {
  readonly dreams: number
  readonly stores: number
  readonly input: Readonly<Record<string, string>>
  readonly output: Readonly<Record<string, string>>
}

async function outputOf({ beta }: Anthropic): Promise<Output> {
  const { inputs, outputs } = await beta.dreams.retrieve(dreamId)
  const textsOf = async (id: string | undefined): Promise<Record<string, string>> => {
    const texts: [string, string][] = []
    for await (const item of beta.memoryStores.memories.list(id ?? '', { view: 'full' })) {
      if (item.type === 'memory') texts.push([item.path, item.content ?? ''])
    }
    return Object.fromEntries(texts)
  }
  const [input] = inputs.filter((one) => one.type === 'memory_store')
  return {
    dreams: (await beta.dreams.list()).data.length,
    stores: (await beta.memoryStores.list()).data.length,
    input: await textsOf(input?.memory_store_id),
    output: await textsOf(outputs[0]?.memory_store_id),
  }
}

async function until({ beta }: Anthropic, isThere: (status: string) => boolean): Promise<string> {
  for (;;) {
    const { status } = await beta.dreams.retrieve(dreamId)
    if (isThere(status)) return status
    const ms = isThere === hasEnded ? SELDOM_MS : LOOK_MS
    await new Promise((resolve) => setTimeout(resolve, ms))
  }
}

const hasEnded = (status: string): boolean => status !== 'pending' && status !== 'running'

/** Status in a state folder that nobody works on. */
async function keptStatus(home: string): Promise<string> {
  const env = { REVERIE_LOG_LEVEL: 'silent', REVERIE_DREAMS_AT_ONCE: '0' }
  const server = await openServer({ home, env, port: 0 })
  try {
    return (await clientAt(server.address).beta.dreams.retrieve(dreamId)).status
  } finally {
    await server.stop()
  }
}

function copied(name: string): string {
  const home = join(base, name)
  cpSync(ordered, home, { recursive: true })
  return home
}

beforeAll(async () => {
  const env = { REVERIE_LOG_LEVEL: 'silent', REVERIE_DREAMS_AT_ONCE: '0' }
  const server = await openServer({ home: ordered, env, port: 0 })
  dreamId = await orderDream(clientAt(server.address), server.address)
  await server.stop()
  const undisturbed = await serve(copied('undisturbed'))
  expect(await until(undisturbed.client, hasEnded)).toBe('completed')
  expected = await outputOf(undisturbed.client)
  await undisturbed.end('SIGTERM')
}, TIMEOUT_MS)

afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(base, { recursive: true, force: true })
})

describe('a dream under way when its server ends', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'by %s goes on with the next one, to the same output',
    async (signal) => {
      const home = copied(signal)
      const first = await serve(home)
      await until(first.client, (status) => status === 'running')
      const code = await first.end(signal)
      expect(code).toBe(signal === 'SIGTERM' ? 0 : null)
      expect(hasEnded(await keptStatus(home))).toBe(false)

      const second = await serve(home)
      expect(await until(second.client, hasEnded)).toBe('completed')
      expect(await outputOf(second.client)).toEqual(expected)
      expect(await second.end('SIGTERM')).toBe(0)
    },
    TIMEOUT_MS,
  )

  it('changes something, and leaves what it started from as it was', () => {
    expect(expected).toMatchObject({ dreams: 1, stores: 2 })
    expect(expected.output).not.toEqual(expected.input)
  })
})

async function orderDream({ beta }: Anthropic, address: string): Promise<string> {
  const store = await beta.memoryStores.create({ name: 'shop' })
  for (let n = 0; n < SESSIONS; n += 1) {
    await beta.memoryStores.memories.create(store.id, {
      path: `/service-${n}.md`,
      content: `# Service ${n}\n\n- Service number ${n} listens on port ${3_000 + n}.\n`,
    })
  }
  const said = (n: number): string =>
    `Service number ${n} listens on port ${4_000 + n} now, not ${3_000 + n}.`
  const sessions = Array.from({ length: SESSIONS }, (_, n) => ({
    created_at: '2026-11-20T10:00:00Z',
    events: [
      {
        type: 'user.message',
        content: [{ type: 'text', text: said(n) }],
        processed_at: '2026-11-20T10:00:00Z',
      },
    ],
  }))
  const imported = await fetch(`${address}/v1/reverie/sessions/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sessions }),
  })
  const report = (await imported.json()) as { readonly sessions: readonly { id: string }[] }
  const dream = await beta.dreams.create({
    inputs: [
      { type: 'memory_store', memory_store_id: store.id },
      { type: 'sessions', session_ids: report.sessions.map(({ id }) => id) },
    ],
    model: MODEL,
  })
  return dream.id
}
