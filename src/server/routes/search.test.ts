import { describe, expect, it } from 'vitest'
import { allPages, openWireWorld, type WireWorld } from '../test-support/wire-world.test-support.ts'
import { auditRoutes } from './audit.ts'
import { healthRoutes } from './health.ts'
import { memoryRoutes } from './memories.ts'
import { memoryStoreRoutes } from './memory-stores.ts'
import { searchRoutes } from './search.ts'

const AUDIT = '/v1/reverie/audit'
const ROUTES = [memoryStoreRoutes, memoryRoutes, healthRoutes, searchRoutes, auditRoutes]

async function openStore(): Promise<WireWorld & { readonly path: string; readonly id: string }> {
  const world = await openWireWorld(ROUTES)
  const { body } = await world.post('/v1/memory_stores', { name: 'Notes' })
  for (const [path, content] of [
    ['/ports.md', '- The staging database listens on port 5432.\n'],
    ['/team/rules.md', '- Never deploy on a Friday.\n'],
  ]) {
    await world.post(`/v1/memory_stores/${body.id}/memories`, { path, content })
  }
  return { ...world, id: String(body.id), path: `/v1/reverie/memory_stores/${body.id}` }
}

describe('search', () => {
  it('answers what it found, best first', async () => {
    const { post, path } = await openStore()
    const { status, body } = await post(`${path}/search`, { query: 'staging database' })
    expect(status).toBe(200)
    expect(body).toEqual({
      data: [
        {
          type: 'found_text',
          path: '/ports.md',
          memory_id: expect.stringMatching(/^mem_/),
          snippet: expect.stringContaining('staging database'),
          score: expect.any(Number),
          is_current: true,
          true_from: null,
          true_until: null,
        },
      ],
    })
    const below = { query: 'deploy', path_prefix: '/team/', mode: 'history', limit: 1 }
    expect((await post(`${path}/search`, below)).data).toHaveLength(1)
  })

  it('refuses other fields, limits, modes and prefixes', async () => {
    const { post, path } = await openStore()
    for (const wrong of [
      {},
      { query: 1 },
      { query: 'x'.repeat(1_001) },
      { query: 'x', limit: 0 },
      { query: 'x', limit: 101 },
      { query: 'x', mode: 'all' },
      { query: 'x', path_prefix: 'team' },
      { query: 'x', more: 1 },
    ]) {
      const { status, error } = await post(`${path}/search`, wrong)
      expect([status, error.type], JSON.stringify(wrong)).toEqual([400, 'invalid_request_error'])
    }
  })
})

describe('health', () => {
  it('answers every figure', async () => {
    const { get, path, id } = await openStore()
    const { status, body } = await get(`${path}/health`)
    expect(status).toBe(200)
    expect(body).toEqual({
      type: 'memory_store_health',
      memory_store_id: id,
      memories: 2,
      memories_max: expect.any(Number),
      bytes: 73,
      units: 2,
      duplicates: 0,
      open_conflicts: 0,
      stale_share: 0,
      held_changes: 0,
      sessions_unread: 0,
      last_dream_at: null,
    })
  })

  it('is of a store that there is', async () => {
    const { get, post } = await openStore()
    const none = '/v1/reverie/memory_stores/memstore_none'
    expect((await get(`${none}/health`)).status).toBe(404)
    expect((await post(`${none}/search`, { query: 'x' })).status).toBe(404)
  })
})

describe('audit', () => {
  it('tells who did what, newest first, page by page, without contents', async () => {
    const world = await openStore()
    const { data } = await world.get(AUDIT)
    expect(data.map(({ act }) => act)).toEqual([
      'memory.created',
      'memory.created',
      'store.created',
    ])
    expect(data.at(-1)).toEqual({
      type: 'audit_line',
      id: expect.stringMatching(/^log_/),
      at: expect.stringMatching(/Z$/),
      act: 'store.created',
      subject: world.id,
      by: { type: expect.any(String), id: expect.any(String) },
      details: {},
      chain: { sequence: 1, previous: expect.any(String), link: expect.any(String) },
    })
    const pages = await allPages(world, AUDIT, { limit: '1' })
    expect(pages.flat()).toEqual(data)
    expect(JSON.stringify(data)).not.toMatch(/ports\.md|staging/)
  })

  it('narrows by act and time', async () => {
    const world = await openStore()
    const stores = await world.get(AUDIT, { 'acts[]': 'store.created' })
    expect(stores.data).toHaveLength(1)
    const at = String(stores.data[0]?.at)
    expect((await world.get(AUDIT, { 'created_at[gt]': at })).data).toHaveLength(2)
    expect((await world.get(AUDIT, { acts: 'store.eaten' })).status).toBe(400)
  })
})
