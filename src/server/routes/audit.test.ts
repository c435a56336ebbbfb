import { describe, expect, it } from 'vitest'
import { openWireWorld, type WireWorld } from '../test-support/wire-world.test-support.ts'
import { auditRoutes } from './audit.ts'
import { memoryStoreRoutes } from './memory-stores.ts'

const AUDIT = '/v1/reverie/audit'

async function openStores(names: readonly string[]): Promise<WireWorld> {
  const world = await openWireWorld([memoryStoreRoutes, auditRoutes])
  for (const name of names) await world.post('/v1/memory_stores', { name })
  return world
}

describe('audit routes', () => {
  it('link each line to the one before it', async () => {
    const { get } = await openStores(['one', 'two', 'three'])
    const { data } = await get(AUDIT)

    const chains = data.map(({ chain }) => chain as { sequence: number; previous: string })
    expect(chains.map(({ sequence }) => sequence)).toEqual([3, 2, 1])
    expect(chains[0]?.previous).toBe((data[1]?.chain as { link: string } | undefined)?.link)
  })

  it('tell the lines of one subject', async () => {
    const { get, post } = await openStores(['one', 'two'])
    const { body } = await post('/v1/memory_stores', { name: 'three' })
    await post(`/v1/memory_stores/${body.id}/archive`, {})
    await post('/v1/memory_stores', { name: 'four' })

    const { data } = await get(AUDIT, { subject: String(body.id) })

    expect(data.map(({ act }) => act)).toEqual(['store.archived', 'store.created'])
    const first = await get(AUDIT, { subject: String(body.id), limit: '1' })
    expect(first.data).toHaveLength(1)
    const next = await get(AUDIT, {
      subject: String(body.id),
      limit: '1',
      page: String(first.body.next_page),
    })
    expect(next.data.map(({ act }) => act)).toEqual(['store.created'])
    expect((await get(AUDIT, { subject: 'memstore_none' })).data).toEqual([])
  })

  it('say that every line is as it was written, and where the audit ends', async () => {
    const { get } = await openStores(['one', 'two'])
    const { body: head } = await get(`${AUDIT}/head`)
    const { body } = await get(`${AUDIT}/verify`)

    expect(head).toEqual({
      type: 'audit_head',
      sequence: 2,
      link: expect.stringMatching(/^[0-9a-f]{64}$/),
      anchor: `2:${head.link}`,
    })
    expect(body).toEqual({
      type: 'audit_verdict',
      is_whole: true,
      lines: 2,
      unlinked: 0,
      broken: null,
      head,
      is_anchored: false,
    })
    const anchored = await get(`${AUDIT}/verify`, { anchor: String(head.anchor) })
    expect(anchored.body).toEqual({ ...body, is_anchored: true })
  })

  it('say where an audit is not as an anchor has it', async () => {
    const { get } = await openStores(['one'])
    const anchor = `4:${'a'.repeat(64)}`

    const { status, body } = await get(`${AUDIT}/verify`, { anchor })

    expect(status).toBe(200)
    expect(body).toMatchObject({ is_whole: false, broken: { index: 1, fault: 'cut' } })
    expect((await get(`${AUDIT}/verify`, { anchor: 'nothing' })).status).toBe(400)
  })

  it('answer an empty audit', async () => {
    const { get } = await openStores([])

    expect((await get(`${AUDIT}/head`)).body).toEqual({
      type: 'audit_head',
      sequence: null,
      link: null,
      anchor: null,
    })
    expect((await get(`${AUDIT}/verify`)).body).toMatchObject({ is_whole: true, lines: 0 })
  })
})
