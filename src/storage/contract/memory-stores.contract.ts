import { describe, expect, it } from 'vitest'
import type { MemoryStoreId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Storage } from '../storage.ts'
import { allPages, aMemoryStore, atMinute, aWrite, STORE_ID } from './builders.test-support.ts'

/** What `Storage.stores` promises of pages and updates. */
export function memoryStoresContract(storageOf: () => Storage): void {
  const create = async (n: number, fields: Partial<MemoryStore> = {}): Promise<MemoryStore> => {
    const id = `memstore_${n}` as MemoryStoreId
    const store = aMemoryStore({ id, createdAt: atMinute(n), updatedAt: atMinute(n), ...fields })
    await storageOf().stores.create(store)
    return store
  }

  describe('pages of memory stores', () => {
    it('hold what was written last first, whatever the ids and times say', async () => {
      const { stores } = storageOf()
      const first = await create(5)
      const second = await create(9)
      const third = await create(2)

      const page = await stores.page({ limit: 3 })

      expect(page.items).toEqual([third, second, first])
      expect(page.next).toBeNull()
      expect(page.last).not.toBeNull()
    })

    it.each([1, 2, 3, 4])(
      'of %i go on where the last one ended, also after a new store',
      async (limit) => {
        const { stores } = storageOf()
        for (let n = 1; n <= 4; n += 1) await create(n)
        const first = await stores.page({ limit })

        await create(5)
        const rest =
          first.next === null
            ? []
            : (await stores.page({ limit: 9, after: first.next })).items.map(({ id }) => id)

        const seen = [...first.items.map(({ id }) => id), ...rest]
        expect(seen).toEqual(['memstore_4', 'memstore_3', 'memstore_2', 'memstore_1'])
        expect(first.items).toHaveLength(limit)
        expect((await allPages((query) => stores.page(query), limit)).length).toBe(5)
      },
    )

    it('leave out folders, and archived stores unless they are asked for', async () => {
      const { stores } = storageOf()
      await create(1)
      await create(2, { folder: '/m' })
      await create(3)
      await stores.archive('memstore_1' as MemoryStoreId, atMinute(4))

      const ids = async (withArchived: boolean): Promise<readonly string[]> =>
        (await stores.page({ limit: 9, withArchived })).items.map(({ id }) => id)

      expect(await ids(false)).toEqual(['memstore_3'])
      expect(await ids(true)).toEqual(['memstore_3', 'memstore_1'])
      expect((await stores.page({ limit: 9 })).items.map(({ id }) => id)).toEqual(['memstore_3'])
    })

    it('keep to bounds of the creation time, with and without the bound itself', async () => {
      const { stores } = storageOf()
      for (let n = 1; n <= 4; n += 1) await create(n)
      const minutes = async (created: Record<string, string>): Promise<readonly string[]> =>
        (await stores.page({ limit: 9, created })).items.map(({ createdAt }) => createdAt)

      expect(await minutes({ gt: atMinute(3) })).toEqual([atMinute(4)])
      expect(await minutes({ gte: atMinute(3) })).toEqual([atMinute(4), atMinute(3)])
      expect(await minutes({ lt: atMinute(2) })).toEqual([atMinute(1)])
      expect(await minutes({ lte: atMinute(2), gt: atMinute(1) })).toEqual([atMinute(2)])
    })

    it('are empty where there is nothing, and refuse a place of no list', async () => {
      const { stores } = storageOf()

      expect(await stores.page({ limit: 2 })).toEqual({ items: [], next: null, last: null })
      await expect(stores.page({ limit: 2, after: 'x' })).rejects.toMatchObject({
        type: 'invalid_request_error',
      })
    })
  })

  describe('an update of a memory store', () => {
    it('changes what is given, and the time of the store alone', async () => {
      const { stores, memories } = storageOf()
      const store = await create(1, { metadata: { team: 'shop', tier: 'a' } })

      const renamed = await stores.update(store.id, { name: 'Böse\0Shop' }, atMinute(5))
      const described = await stores.update(
        store.id,
        { description: '', metadata: { ['__proto__']: 'kept', tier: 'b' } },
        atMinute(6),
      )
      await memories.write(aWrite(7, { storeId: store.id }))

      expect(renamed).toEqual({ ...store, name: 'Böse\0Shop', updatedAt: atMinute(5) })
      expect(described).toEqual({
        ...renamed,
        description: '',
        metadata: { ['__proto__']: 'kept', tier: 'b' },
        updatedAt: atMinute(6),
      })
      expect(Object.keys(described.metadata)).toHaveLength(2)
      expect(await stores.get(store.id)).toEqual(described)
    })

    it('is refused where the store is archived or not there; archiving is one too', async () => {
      const { stores } = storageOf()
      const missing = stores.update(STORE_ID, { name: 'x' }, atMinute(2))
      await expect(missing).rejects.toMatchObject({ type: 'not_found_error' })
      await create(1)
      await stores.archive(STORE_ID, atMinute(3))
      await stores.archive(STORE_ID, atMinute(4))

      const late = stores.update(STORE_ID, { name: 'x' }, atMinute(5))
      await expect(late).rejects.toMatchObject({ type: 'invalid_request_error' })

      expect(await stores.get(STORE_ID)).toMatchObject({
        name: 'Shop',
        updatedAt: atMinute(3),
        archivedAt: atMinute(3),
      })
    })
  })
}
