import { beforeAll, describe, expect, it } from 'vitest'
import type { Asked, Cell, Ground } from './limits/cell.ts'
import { COLLECTIVE_CELLS } from './limits/collective-cells.ts'
import { DREAM_CELLS, LONGEST_MODEL } from './limits/dream-cells.ts'
import { ERASURE_CELLS } from './limits/erasure-cells.ts'
import { FIELD_CELLS } from './limits/field-cells.ts'
import { groundOf } from './limits/ground.ts'
import { MEMORY_CELLS } from './limits/memory-cells.ts'
import { REVIEW_CELLS } from './limits/review-cells.ts'
import { TRANSPORT_CELLS } from './limits/transport-cells.ts'
import { serverForTests } from './sdk/sdk-world.ts'

const TABLES: Readonly<Record<string, readonly Cell[]>> = {
  memories: MEMORY_CELLS,
  fields: FIELD_CELLS,
  dreams: DREAM_CELLS,
  'collective dreams': COLLECTIVE_CELLS,
  erasures: ERASURE_CELLS,
  'held changes and the audit': REVIEW_CELLS,
  transport: TRANSPORT_CELLS,
}
const CELLS_MIN = 90

const server = serverForTests({
  REVERIE_MEMORIES_PER_STORE: '120',
  REVERIE_MODELS: `${LONGEST_MODEL}=embedded,${LONGEST_MODEL}m=embedded`,
})
let ground: Ground

beforeAll(async () => {
  ground = await groundOf(async (asked) => {
    const { status, body } = await ask(asked)
    if (status !== 200) throw new Error(`${asked.path}: ${status} ${JSON.stringify(body)}`)
    return body
  })
})

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

async function ask({ method, path, body, raw, headers = {} }: Asked): Promise<Answer> {
  const sent = raw ?? (body === undefined ? null : JSON.stringify(body))
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const response = await fetch(`${server().address}${path}`, {
    method,
    headers: { ...type, ...headers },
    body: sent,
    ...(sent instanceof ReadableStream ? { duplex: 'half' as const } : {}),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : {},
  }
}

for (const [name, cells] of Object.entries(TABLES)) {
  describe(`limits of ${name}`, () => {
    for (const cell of cells) {
      it(`${cell.what} -> ${cell.status}`, async () => {
        const { status, headers, body } = await ask(cell.ask(ground))
        expect(status, JSON.stringify(body).slice(0, 300)).toBe(cell.status)
        const { tells = {}, itemsMax } = cell
        if (itemsMax !== undefined && status === 200) {
          expect((body.data as readonly unknown[]).length).toBeLessThanOrEqual(itemsMax)
        }
        expect(status === 200 ? body : (body.error ?? {})).toMatchObject(tells)
        if (status === 409) expect(headers.get('x-should-retry')).toBe('false')
      })
    }
  })
}

it('the table has enough cells, and no two of one name', () => {
  const names = Object.values(TABLES).flatMap((cells) => cells.map(({ what }) => what))
  expect(names.length).toBeGreaterThanOrEqual(CELLS_MIN)
  expect(new Set(names).size).toBe(names.length)
})

describe('a memory that is written as it is', () => {
  it('gets no version', async () => {
    const versions = `/v1/memory_stores/${ground.tree}/memory_versions`
    const count = async (): Promise<number> =>
      ((await ask({ method: 'GET', path: versions })).body.data as readonly unknown[]).length
    const made = await ask({
      method: 'POST',
      path: `/v1/memory_stores/${ground.tree}/memories`,
      body: { path: '/same', content: 'as it is' },
    })
    const one = `/v1/memory_stores/${ground.tree}/memories/${made.body.id}`
    const before = await count()
    const stale = { type: 'content_sha256', content_sha256: 'f'.repeat(64) }
    for (const precondition of [undefined, stale]) {
      const body = { path: '/same', content: 'as it is', precondition }
      expect((await ask({ method: 'POST', path: one, body })).status).toBe(200)
    }
    expect(await count()).toBe(before)
  })
})

describe('a dream', () => {
  it('is not canceled once it has ended', async () => {
    const { body } = await ask({
      method: 'POST',
      path: '/v1/dreams',
      body: {
        inputs: [
          { type: 'memory_store', memory_store_id: ground.stores[5] },
          { type: 'sessions', session_ids: ground.sessions.slice(0, 1) },
        ],
        model: 'embedded',
      },
    })
    const at = `/v1/dreams/${body.id}`
    while ((await ask({ method: 'GET', path: at })).body.ended_at === null) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect((await ask({ method: 'POST', path: `${at}/cancel` })).status).toBe(400)
    expect((await ask({ method: 'POST', path: `${at}/archive` })).status).toBe(200)
  })
})
