import { describe, expect, test } from 'vitest'
import type { MemoryStoreId } from '../../core/ids.ts'
import { anEvent, aSession } from '../../storage/contract/builders.test-support.ts'
import {
  KEY,
  MEMORIES_MAX,
  openWorkspace,
  STORAGES,
  type TestWorkspace,
} from './workspace.test-support.ts'

async function storeOf(at: TestWorkspace, ...contents: readonly string[]): Promise<MemoryStoreId> {
  const { id } = await at.stores.create({ name: 'notes' }, KEY)
  for (const [n, content] of contents.entries()) {
    await at.memories.create(id, { path: `/${n}.md`, content }, KEY)
  }
  return id
}

describe.each(STORAGES)('health, $name', ({ open }) => {
  test('of an empty store is all zero', async () => {
    await using at = await openWorkspace(open)
    const id = await storeOf(at)
    expect(await at.stores.health(id)).toEqual({
      storeId: id,
      memories: 0,
      bytes: 0,
      memoriesMax: MEMORIES_MAX,
      units: 0,
      duplicates: 0,
      openConflicts: 0,
      staleShare: 0,
      heldChanges: 0,
      sessionsUnread: 0,
      lastDreamAt: null,
    })
  })

  test('counts what another note says, word for word or nearly, once', async () => {
    await using at = await openWorkspace(open)
    const id = await storeOf(
      at,
      '- Deploys run from the main branch.\n- Ärger macht der Port.\n',
      '- Deploys run from the main branch.\n',
      '- Deploys run from the main branch through the build pipeline.\n- The office has a cat.\n',
    )
    const health = await at.stores.health(id)
    expect(health).toMatchObject({ memories: 3, units: 5, duplicates: 2 })
    expect(health.bytes).toBe(
      (await at.storage.memories.list(id)).reduce(
        (sum, { content }) => sum + Buffer.byteLength(content),
        0,
      ),
    )
    expect(await at.stores.health(id)).toEqual(health)
  })

  test('moves with the store: a duplicate that goes no longer counts', async () => {
    await using at = await openWorkspace(open)
    const same = '- The office has a cat.\n'
    const id = await storeOf(at, same, same)
    expect(await at.stores.health(id)).toMatchObject({ duplicates: 1 })
    const [first] = await at.storage.memories.list(id)
    if (first !== undefined) await at.memories.remove(id, first.id, null, KEY)
    expect(await at.stores.health(id)).toMatchObject({ duplicates: 0, units: 1 })
  })

  test('tells the share of notes whose own end has passed', async () => {
    await using at = await openWorkspace(open)
    const over = '- The outlet is hidden for now, until 2026-10-01.\n'
    const later = '- The outlet is hidden for now, until 2027-10-01.\n'
    const id = await storeOf(at, `${over}${later}- The office has a cat.\n- Ada likes tea.\n`)
    expect(await at.stores.health(id)).toMatchObject({ staleShare: 0.25 })
  })

  test('counts sessions that used the store and were not read', async () => {
    await using at = await openWorkspace(open)
    const id = await storeOf(at)
    const other = await storeOf(at)
    const used = [at.newId('sesn'), at.newId('sesn')]
    for (const [n, session] of used.entries()) {
      await at.storage.sessions.put(aSession({ id: session }))
      await at.storage.sessions.append(session, [anEvent(n, { sessionId: session })])
      await at.storage.documents.put({
        kind: 'session',
        id: session,
        tags: [`store:${id}`],
        createdAt: at.now().toISOString(),
        body: '{}',
      })
    }
    expect(await at.stores.health(id)).toMatchObject({ sessionsUnread: 2 })
    expect(await at.stores.health(other)).toMatchObject({ sessionsUnread: 0 })
  })
})
