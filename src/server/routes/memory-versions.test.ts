import { describe, expect, it } from 'vitest'
import { derivedId, type MemoryStoreId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import { aDream, aHosting } from '../../storage/contract/builders.test-support.ts'
import {
  allPages,
  type Json,
  openWireWorld,
  type WireWorld,
} from '../test-support/wire-world.test-support.ts'
import { memoryRoutes } from './memories.ts'
import { memoryStoreRoutes } from './memory-stores.ts'
import { memoryVersionRoutes } from './memory-versions.ts'

interface History extends WireWorld {
  readonly storeId: MemoryStoreId
  readonly list: string
  readonly memoryId: string
  /** Newest first. */
  versions(query?: Readonly<Record<string, string>>): Promise<readonly Json[]>
  writeAs(actor: Actor, path: string): Promise<void>
}

/** A memory that was made, changed, renamed and deleted, and one that was made. */
async function openHistory(): Promise<History> {
  const world = await openWireWorld([memoryStoreRoutes, memoryRoutes, memoryVersionRoutes])
  const store = await world.post('/v1/memory_stores', { name: 'Notes' })
  const storeId = String(store.body.id) as MemoryStoreId
  const memories = `/v1/memory_stores/${storeId}/memories`
  const list = `/v1/memory_stores/${storeId}/memory_versions`
  const made = await world.post(memories, { path: '/a', content: 'one' })
  const memoryId = String(made.body.id)
  await world.post(`${memories}/${memoryId}`, { content: 'two' })
  await world.post(`${memories}/${memoryId}`, { path: '/b' })
  await world.remove(`${memories}/${memoryId}`)
  await world.post(memories, { path: '/other', content: 'x' })
  return {
    ...world,
    storeId,
    list,
    memoryId,
    versions: async (query = {}) => (await world.get(list, query)).data,
    writeAs: async (actor, path) => {
      await world.storage.memories.write({
        storeId,
        path,
        content: 'text',
        actor,
        at: '2026-11-22T12:00:00.000Z',
        newIds: { memory: world.newId('mem'), version: world.newId('memver') },
      })
    },
  }
}

const told = (versions: readonly Json[]) =>
  versions.map(({ operation, path }) => `${operation} ${path}`)

describe('listing versions', () => {
  it('is newest first, with the deletion, and without contents', async () => {
    const history = await openHistory()
    const versions = await history.versions()
    expect(told(versions)).toEqual([
      'created /other',
      'deleted /b',
      'modified /b',
      'modified /a',
      'created /a',
    ])
    expect(versions.every(({ content }) => content === null)).toBe(true)
    expect(versions[1]).toMatchObject({ content_sha256: null, content_size_bytes: null })
    expect(versions[4]).toEqual({
      id: expect.stringMatching(/^memver_/),
      type: 'memory_version',
      memory_id: history.memoryId,
      memory_store_id: history.storeId,
      operation: 'created',
      path: '/a',
      content: null,
      content_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      content_size_bytes: 3,
      created_at: expect.stringMatching(/Z$/),
      created_by: { type: 'api_actor', api_key_id: expect.any(String) },
      redacted_at: null,
      redacted_by: null,
    })
  })

  it('narrows by memory, operation and time, and pages through all', async () => {
    const history = await openHistory()
    const all = await history.versions()
    expect(await history.versions({ memory_id: history.memoryId })).toHaveLength(4)
    expect(told(await history.versions({ operation: 'modified' }))).toEqual([
      'modified /b',
      'modified /a',
    ])
    const from = String(all[1]?.created_at)
    expect(await history.versions({ 'created_at[gte]': from })).toEqual(all.slice(0, 2))
    expect(await history.versions({ 'created_at[lte]': from })).toEqual(all.slice(1))
    const pages = await allPages(history, history.list, { limit: '2', operation: 'modified' })
    expect(told(pages.flat())).toEqual(['modified /b', 'modified /a'])
    expect((await history.get(history.list, { operation: 'renamed' })).status).toBe(400)
  })

  it('narrows by who wrote, and nobody is two writers at once', async () => {
    const history = await openHistory()
    await history.writeAs({ type: 'api_actor', apiKeyId: 'key_1' }, '/by-key')
    const sessionId = derivedId('sesn', 'one')
    await history.writeAs({ type: 'session_actor', sessionId }, '/by-session')
    const byKey = await history.versions({ api_key_id: 'key_1' })
    expect(told(byKey)).toEqual(['created /by-key'])
    expect(byKey[0]?.created_by).toEqual({ type: 'api_actor', api_key_id: 'key_1' })
    const bySession = await history.versions({ session_id: sessionId })
    expect(told(bySession)).toEqual(['created /by-session'])
    expect(bySession[0]?.created_by).toEqual({ type: 'session_actor', session_id: sessionId })
    expect(await history.versions({ api_key_id: 'key_1', session_id: sessionId })).toEqual([])
    expect(await history.versions({ service_account_id: 'svac_1' })).toEqual([])
  })

  it('a dream acts as its session, and is found by it', async () => {
    const history = await openHistory()
    const { storage, storeId } = history
    const sessionId = derivedId('sesn', 'dream')
    const dream = aDream({ storeId, hosted: aHosting({ sessionId }) })
    await storage.dreams.create(dream)
    await storage.documents.put({
      kind: 'session',
      id: sessionId,
      tags: ['dream'],
      createdAt: dream.createdAt,
      body: JSON.stringify({ metadata: { dream_id: dream.id } }),
    })
    await history.writeAs({ type: 'dream_actor', dreamId: dream.id }, '/by-dream')
    const versions = await history.versions({ session_id: sessionId })
    expect(told(versions)).toEqual(['created /by-dream'])
    expect(versions[0]?.created_by).toEqual({ type: 'session_actor', session_id: sessionId })
  })

  it('a dream without a session acts as nobody', async () => {
    const history = await openHistory()
    await history.writeAs({ type: 'dream_actor', dreamId: 'drm_unknown' }, '/by-dream')
    expect((await history.versions())[0]).toMatchObject({ path: '/by-dream', created_by: null })
  })

  it('the full view shows contents, except of deletions', async () => {
    const history = await openHistory()
    const versions = await history.versions({ view: 'full', memory_id: history.memoryId })
    expect(versions.map(({ content }) => content)).toEqual([null, 'two', 'two', 'one'])
  })

  it('the full view gives 20 a page at most and goes on from there', async () => {
    const history = await openHistory()
    const memory = (await history.versions())[0]?.memory_id
    const path = `/v1/memory_stores/${history.storeId}/memories/${memory}`
    for (let at = 0; at < 22; at += 1) await history.post(path, { content: `${at}` })
    const full = await allPages(history, history.list, { view: 'full', limit: '100' })
    expect(full.map((page) => page.length)).toEqual([20, 7])
    expect(await allPages(history, history.list, { limit: '100' })).toHaveLength(1)
  })

  it('of an unknown or deleted store answers 404', async () => {
    const history = await openHistory()
    await history.remove(`/v1/memory_stores/${history.storeId}`)
    expect((await history.get(history.list)).error.type).toBe('not_found_error')
    const query = { service_account_id: 'svac_1' }
    expect((await history.get(history.list, query)).status).toBe(404)
  })
})

describe('reading a version', () => {
  it('shows its content unless the basic view is asked for', async () => {
    const history = await openHistory()
    const path = `${history.list}/${(await history.versions()).at(-1)?.id}`
    expect((await history.get(path)).body.content).toBe('one')
    expect((await history.get(path, { view: 'basic' })).body.content).toBeNull()
    expect((await history.get(`${history.list}/memver_unknown`)).status).toBe(404)
  })
})

describe('redacting a version', () => {
  it('wipes content, path, hash and size, and keeps who wrote it and when', async () => {
    const history = await openHistory()
    const version = (await history.versions()).at(-1)
    const path = `${history.list}/${version?.id}`
    const { status, body } = await history.post(`${path}/redact`)
    expect(status).toBe(200)
    expect(body).toEqual({
      ...version,
      content: null,
      path: null,
      content_sha256: null,
      content_size_bytes: null,
      redacted_at: expect.stringMatching(/Z$/),
      redacted_by: { type: 'api_actor', api_key_id: expect.any(String) },
    })
    expect((await history.get(path)).body).toEqual(body)
    expect((await history.post(`${path}/redact`)).body).toEqual(body)
  })

  it('refuses the head of a live memory, until it is written anew', async () => {
    const history = await openHistory()
    const head = (await history.versions())[0]
    const path = `${history.list}/${head?.id}/redact`
    expect((await history.post(path)).error.type).toBe('invalid_request_error')
    const memory = `/v1/memory_stores/${history.storeId}/memories/${head?.memory_id}`
    await history.post(memory, { content: 'y' })
    expect((await history.post(path)).body.path).toBeNull()
  })
})
