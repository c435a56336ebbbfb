import { describe, expect, test } from 'vitest'
import { KEY, openWorkspace, PERSON, STORAGES } from './workspace.test-support.ts'

const pairs = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`key${n}`, 'value']))

describe.each(STORAGES)('stores, $name', ({ open }) => {
  test('a store is made, renamed and archived; each act leaves a line', async () => {
    await using at = await openWorkspace(open)
    const store = await at.stores.create({ name: 'notes', metadata: { team: 'a' } }, PERSON)
    expect(store).toMatchObject({ name: 'notes', description: '', metadata: { team: 'a' } })

    const change = { description: 'about us', metadata: { team: null, repo: 'b' } }
    const updated = await at.stores.update(store.id, change, KEY)
    expect(updated).toMatchObject({ description: 'about us', metadata: { repo: 'b' } })
    expect(updated.updatedAt > store.updatedAt).toBe(true)

    const archived = await at.stores.archive(store.id, PERSON)
    expect(archived.archivedAt).not.toBeNull()
    expect(await at.stores.archive(store.id, PERSON)).toEqual(archived)
    await expect(at.stores.update(store.id, { name: 'x' }, PERSON)).rejects.toMatchObject({
      type: 'invalid_request_error',
    })
    expect((await at.audited()).map(({ act, subject, by }) => [act, subject, by])).toEqual([
      ['store.created', store.id, PERSON],
      ['store.updated', store.id, KEY],
      ['store.archived', store.id, PERSON],
    ])
  })

  test('a removed store is gone with its memories, its line stays', async () => {
    await using at = await openWorkspace(open)
    const store = await at.stores.create({ name: 'notes' }, PERSON)
    await at.memories.create(store.id, { path: '/a.md', content: 'x' }, PERSON)

    await at.stores.remove(store.id, PERSON)

    await expect(at.stores.get(store.id)).rejects.toMatchObject({ type: 'not_found_error' })
    expect((await at.audited()).at(-1)).toMatchObject({ act: 'store.removed', subject: store.id })
  })

  test('another workspace sees neither the store nor its audit', async () => {
    await using at = await openWorkspace(open)
    const { id } = await at.stores.create({ name: 'notes' }, PERSON)
    const memory = await at.memories.create(id, { path: '/a.md', content: 'x' }, PERSON)
    const refused = { type: 'not_found_error' }

    await expect(at.abroad.stores.get(id)).rejects.toMatchObject(refused)
    await expect(at.abroad.stores.health(id)).rejects.toMatchObject(refused)
    await expect(at.abroad.stores.remove(id, PERSON)).rejects.toMatchObject(refused)
    await expect(at.abroad.memories.get(id, memory.id)).rejects.toMatchObject(refused)
    await expect(at.abroad.versions.get(id, memory.versionId)).rejects.toMatchObject(refused)
    expect((await at.abroad.stores.page({ limit: 10 })).items).toEqual([])
  })
})

describe('limits of a store', () => {
  const legal = { name: 'n', description: 'd', metadata: {} }
  const fits = [
    { ...legal, name: 'n'.repeat(254) },
    { ...legal, name: 'n'.repeat(255) },
    { ...legal, description: 'd'.repeat(1_023) },
    { ...legal, description: 'd'.repeat(1_024) },
    { ...legal, description: '' },
    { ...legal, metadata: pairs(15) },
    { ...legal, metadata: pairs(16) },
    { ...legal, metadata: { ['k'.repeat(63)]: 'v' } },
    { ...legal, metadata: { ['k'.repeat(64)]: '' } },
    { ...legal, metadata: { k: 'v'.repeat(511) } },
    { ...legal, metadata: { k: 'v'.repeat(512) } },
    { ...legal, metadata: { audience: 'team:core' } },
  ]
  const breaks = [
    { ...legal, name: '' },
    { ...legal, name: 'n'.repeat(256) },
    { ...legal, name: 'a\u0007b' },
    { ...legal, name: 'a\nb' },
    { ...legal, description: 'd'.repeat(1_025) },
    { ...legal, metadata: pairs(17) },
    { ...legal, metadata: { '': 'v' } },
    { ...legal, metadata: { ['k'.repeat(65)]: 'v' } },
    { ...legal, metadata: { k: 'v'.repeat(513) } },
    { ...legal, metadata: { audience: 'everybody' } },
    { ...legal, metadata: { audience: 'team:' } },
  ]
  test.each(fits.map((draft) => [draft]))('holds %j', async (draft) => {
    await using at = await openWorkspace()
    const { id } = await at.stores.create({ name: 'plain' }, KEY)
    const created = await at.stores.create(draft, KEY)
    expect(await at.stores.get(created.id)).toMatchObject(draft)
    if ('audience' in draft.metadata) return
    expect(await at.stores.update(id, draft, KEY)).toMatchObject(draft)
  })

  test.each(breaks.map((draft) => [draft]))('refuses %j, and nothing is written', async (draft) => {
    await using at = await openWorkspace()
    const refused = { type: 'invalid_request_error' }
    const { id } = await at.stores.create({ name: 'plain' }, KEY)
    const before = await at.stores.get(id)

    await expect(at.stores.create(draft, KEY)).rejects.toMatchObject(refused)
    await expect(at.stores.update(id, draft, KEY)).rejects.toMatchObject(refused)

    expect(await at.stores.get(id)).toEqual(before)
    expect(await at.audited()).toHaveLength(1)
  })

  test('counts the pairs of the metadata after the change', async () => {
    await using at = await openWorkspace()
    const { id } = await at.stores.create({ name: 'plain', metadata: pairs(16) }, KEY)
    const refused = at.stores.update(id, { metadata: { more: 'v' } }, KEY)
    await expect(refused).rejects.toMatchObject({ type: 'invalid_request_error' })
    const { metadata } = await at.stores.update(id, { metadata: { more: 'v', key0: null } }, KEY)
    expect(Object.keys(metadata)).toHaveLength(16)
  })
})

describe('audience', () => {
  test('is what the metadata says, and stays', async () => {
    await using at = await openWorkspace()
    const metadata = { audience: 'team:core' }
    const { id, audience } = await at.stores.create({ name: 'ours', metadata }, PERSON)
    expect(audience).toBe('team:core')

    for (const value of ['org:all', null]) {
      const change = { metadata: { audience: value } }
      await expect(at.stores.update(id, change, PERSON)).rejects.toMatchObject({
        type: 'invalid_request_error',
      })
    }
    await at.memories.create(id, { path: '/a.md', content: '- Ports are even.\n' }, PERSON)
    expect((await at.storage.units.list(id)).map((unit) => unit.audience)).toEqual(['team:core'])
  })
})
