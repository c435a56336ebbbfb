import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import Anthropic from '@anthropic-ai/sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { all, aSession, aStore, contentsOf, ended, orderOf } from '../e2e/sdk/sample.ts'
import { type ServerProcess, serverProcess } from '../support/server-process.ts'

/** More take minutes: `REVERIE_TEST_KILLS=100`. */
const KILLS = Number(process.env.REVERIE_TEST_KILLS ?? 6)
/** Enough for each life of a server to have some under way. */
const DREAMS = 2 * Math.ceil(KILLS / 2) + 2
const LIFE_MS_MAX = 1_500

let home = ''
const running: ServerProcess[] = []

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'reverie-kills-'))
})

afterEach(async () => {
  for (const server of running.splice(0)) await server.kill()
  rmSync(home, { recursive: true, force: true })
})

async function start(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const server = await serverProcess(home, env)
  running.push(server)
  return server
}

function clientOf({ address }: ServerProcess): Anthropic {
  return new Anthropic({ baseURL: address, apiKey: 'none-is-needed', maxRetries: 0 })
}

interface Ordered {
  readonly id: string
  readonly storeId: string
  readonly isNew: boolean
}

/** Dreams of stores of their own, by turns into a new store and into the same. */
async function order(client: Anthropic, count: number): Promise<readonly Ordered[]> {
  const ordered: Ordered[] = []
  for (let n = 0; n < count; n += 1) {
    const store = await aStore(client)
    const session = await aSession(client)
    const isNew = n % 2 === 0
    const { id } = await client.beta.dreams.create(
      orderOf(store.id, [session.id], {
        output_behavior: isNew
          ? { type: 'create_new' }
          : { type: 'update_existing', memory_store_id: store.id },
      }),
    )
    ordered.push({ id, storeId: store.id, isNew })
  }
  return ordered
}

interface Outcome {
  readonly status: string
  readonly input: Readonly<Record<string, string>>
  readonly output: Readonly<Record<string, string>>
  readonly versions: readonly string[]
  /** Types of the events of its session that there are one of. */
  readonly told: readonly string[]
  readonly isToldOnce: boolean
}

const ONCE = ['session.status_running', 'session.usage', 'session.status_idle']

async function outcomeOf(client: Anthropic, { id, storeId }: Ordered): Promise<Outcome> {
  const dream = await ended(client, id)
  const outputId = dream.outputs[0]?.memory_store_id ?? ''
  const versions = await all(client.beta.memoryStores.memoryVersions.list(outputId))
  const events = await all(client.beta.sessions.events.list(dream.session_id ?? ''))
  return {
    status: dream.status,
    input: await contentsOf(client, storeId),
    output: await contentsOf(client, outputId),
    versions: versions.map(({ operation, path }) => `${operation} ${path}`).sort(),
    told: events.map(({ type }) => type).filter((type) => ONCE.includes(type)),
    isToldOnce: new Set(events.map((event) => event.id)).size === events.length,
  }
}

/** Writes until it is aborted; what was acknowledged. */
async function writeOn(
  client: Anthropic,
  storeId: string,
  life: number,
): Promise<readonly string[]> {
  const acknowledged: string[] = []
  for (let n = 0; ; n += 1) {
    const path = `/life-${life}/note-${n}.md`
    try {
      await client.beta.memoryStores.memories.create(storeId, { path, content: `- ${n}\n` })
      acknowledged.push(path)
    } catch {
      return acknowledged
    }
  }
}

/** What the database says of itself, and how many dreams were started more than once. */
function looked(): { readonly integrity: unknown; readonly resumed: unknown } {
  const db = new DatabaseSync(join(home, 'reverie.db'))
  try {
    return {
      integrity: db.prepare('PRAGMA integrity_check').get()?.integrity_check,
      resumed: db.prepare('SELECT count(*) AS n FROM dreams WHERE lease_token > 1').get()?.n,
    }
  } finally {
    db.close()
  }
}

describe('a server that is killed', () => {
  it(`${KILLS} times: every dream ends as undisturbed ones do, no write that was confirmed is lost`, async () => {
    const first = await start({ REVERIE_DREAMS_AT_ONCE: '0' })
    const diary = await aStore(clientOf(first), 'diary')
    const dreams = await order(clientOf(first), DREAMS)
    await first.kill()

    const acknowledged: string[] = []
    for (let life = 0; life < KILLS; life += 1) {
      const server = await start()
      const writing = writeOn(clientOf(server), diary.id, life)
      await delay(Math.random() * LIFE_MS_MAX)
      await server.kill()
      acknowledged.push(...(await writing))
    }

    const last = await start()
    const client = clientOf(last)
    const undisturbed = await Promise.all(
      (await order(client, 2)).map((dream) => outcomeOf(client, dream)),
    )
    expect(undisturbed.map(({ status }) => status)).toEqual(['completed', 'completed'])
    expect(undisturbed.map(({ told }) => told)).toEqual([ONCE, ONCE])
    for (const [n, dream] of dreams.entries()) {
      expect(await outcomeOf(client, dream)).toEqual(undisturbed[n % 2])
    }
    const stores = await all(client.beta.memoryStores.list({ limit: 100 }))
    const clones = [...dreams, ...undisturbed].filter((_, n) => n % 2 === 0).length
    expect(stores).toHaveLength(1 + DREAMS + 2 + clones)
    const written = Object.keys(await contentsOf(client, diary.id))
    expect(acknowledged.filter((path) => !written.includes(path))).toEqual([])
    expect(acknowledged.length).toBeGreaterThan(0)
    await last.kill()
    const { integrity, resumed } = looked()
    expect(integrity).toBe('ok')
    process.stderr.write(
      `${KILLS} kills: ${resumed} of ${DREAMS} dreams resumed, ${acknowledged.length} writes confirmed\n`,
    )
  }, 1_800_000)
})

describe('two servers over one state folder', () => {
  it('run each dream once, also those of one that is killed', async () => {
    const [one, two] = [await start(), await start()]
    const client = clientOf(one)
    const dreams = await order(client, 10)
    await delay(Math.random() * 500)
    await two.kill()
    const [created, updated] = await Promise.all(
      dreams.slice(-2).map((dream) => outcomeOf(client, dream)),
    )
    for (const [n, dream] of dreams.entries()) {
      const outcome = await outcomeOf(client, dream)
      expect(outcome).toEqual(n % 2 === 0 ? created : updated)
      expect([outcome.status, outcome.told]).toEqual(['completed', ONCE])
    }
  })

  it('stream what the other one does', async () => {
    const server = await start({ REVERIE_DREAMS_AT_ONCE: '0' })
    const client = clientOf(server)
    const store = await aStore(client)
    const session = await aSession(client)
    const stream = await client.beta.sessions.events.stream(session.id)
    const other = clientOf(await start())
    const text = [{ type: 'text' as const, text: 'Said to the other server.' }]
    await other.beta.sessions.events.send(session.id, {
      events: [{ type: 'user.message', content: text }],
    })
    for await (const event of stream) {
      if (event.type === 'user.message' && JSON.stringify(event).includes('other server')) break
    }
    const { id } = await client.beta.dreams.create(orderOf(store.id, [session.id]))
    expect((await ended(client, id)).status).toBe('completed')
  })
})
