import { beforeEach, describe, expect, it } from 'vitest'
import type { ChangeId, MemoryStoreId, MemoryVersionId, UnitId } from '../../core/ids.ts'
import type { Storage } from '../storage.ts'
import {
  aChange,
  aDream,
  aHosting,
  aLedgerEntry,
  allPages,
  aMemoryStore,
  anEvent,
  aPlan,
  aRunningDream,
  aSession,
  aSighting,
  atMinute,
  aUnit,
  aWrite,
  DREAM_ID,
  LINEAGE,
  SESSION_ID,
  STORE_ID,
} from './builders.test-support.ts'

const CLONE = 'memstore_2' as MemoryStoreId
const PINNED = 'unit_0' as UnitId

/** What `Storage.stores.remove` promises. */
export function storeRemovalContract(storageOf: () => Storage): void {
  /** A store with a completed dream, and something in everything that belongs to it. */
  const fill = async (): Promise<void> => {
    const storage = storageOf()
    const { dreamId, token } = await aRunningDream(storage)
    await storage.dreams.runs.complete({ dreamId, token }, atMinute(2), aPlan(), [aChange('chg_1')])
    await storage.sessions.put(aSession())
    await storage.sessions.append(SESSION_ID, [anEvent(1)])
    await storage.sessions.consumption.consume(LINEAGE, dreamId, [anEvent(1).id])
    await storage.counters.add(dreamId, [aSighting('p', SESSION_ID)])
    await storage.ledger.append([aLedgerEntry(1)])
    const memory = await storage.memories.write(aWrite(1))
    await storage.units.record(memory.id, memory.versionId, [aUnit(memory, 0)])
    await storage.units.setPinned(PINNED, true)
  }

  describe('removal of a memory store', () => {
    beforeEach(fill)

    it('leaves nothing of its memories, ledger, changes and what its lineage has read', async () => {
      const storage = storageOf()

      await storage.stores.remove(STORE_ID)

      expect(await storage.stores.get(STORE_ID)).toBeNull()
      expect(await storage.stores.list()).toEqual([])
      expect(await allPages((query) => storage.stores.page(query), 5)).toEqual([])
      expect(await storage.memories.list(STORE_ID)).toEqual([])
      expect(await storage.memories.versions.list(STORE_ID)).toEqual([])
      expect(await storage.memories.search(STORE_ID, 'text', 5)).toEqual([])
      expect(await storage.units.ofVersion('memver_1' as MemoryVersionId)).toEqual([])
      expect(await storage.ledger.list(STORE_ID, { withReverted: true })).toEqual([])
      expect(await storage.dreams.changes.list(DREAM_ID)).toEqual([])
      expect(await storage.dreams.changes.find('chg_1' as ChangeId)).toBeNull()
      expect(await storage.counters.list(LINEAGE)).toEqual([])
      const unread = await storage.sessions.consumption.unread(LINEAGE, SESSION_ID)
      expect(unread).toEqual([anEvent(1).id])
    })

    it('keeps its dreams as rows without texts', async () => {
      const { stores, dreams } = storageOf()
      const before = await dreams.get(DREAM_ID)

      await stores.remove(STORE_ID)

      const after = await dreams.get(DREAM_ID)
      expect(after).toMatchObject({ id: DREAM_ID, storeId: STORE_ID, status: 'completed' })
      expect(after?.snapshot).toEqual({
        ...before?.snapshot,
        memories: [],
        pinnedUnits: [],
        settledChanges: [],
        settledPatterns: [],
      })
      expect(after?.plan).toEqual({ ...before?.plan, dispositions: [] })
      expect(await dreams.list(STORE_ID)).toEqual([after])
      const late = dreams.create(aDream({ id: 'drm_2' as typeof DREAM_ID }))
      await expect(late).rejects.toMatchObject({ type: 'not_found_error' })
    })

    it('leaves changes to the store that they went to, and takes them when that goes', async () => {
      const { stores, dreams } = storageOf()
      const id = 'drm_cloned' as typeof DREAM_ID
      await stores.create(aMemoryStore({ id: CLONE }))
      const output = { storeId: CLONE, memories: [] }
      await dreams.create(aDream({ id, hosted: aHosting({ outputBehavior: 'create_new' }) }))
      const lease = await dreams.runs.claim(id, atMinute(1), atMinute(2))
      if (lease === null) throw new Error('Nobody else holds the dream.')
      await dreams.runs.begin(lease, { sessionId: null, output })
      await dreams.runs.complete(lease, atMinute(2), aPlan(), [aChange('chg_7')])
      const before = await dreams.get(id)

      await stores.remove(STORE_ID)

      expect(await dreams.changes.list(id)).toHaveLength(1)
      expect(await dreams.get(id)).toEqual(before)
      await stores.remove(CLONE)
      expect(await dreams.changes.list(id)).toEqual([])
    })

    it('keeps its id taken, ends every use of it and frees its folder', async () => {
      const { stores, memories } = storageOf()
      const other = 'memstore_3' as MemoryStoreId
      await stores.create(aMemoryStore({ id: other, folder: '/m' }))

      await stores.remove(STORE_ID)
      await stores.remove(other)

      const none = { type: 'not_found_error' }
      await expect(stores.create(aMemoryStore())).rejects.toMatchObject({ type: 'conflict_error' })
      await expect(stores.remove(STORE_ID)).rejects.toMatchObject(none)
      await expect(stores.archive(STORE_ID, atMinute(9))).rejects.toMatchObject(none)
      await expect(stores.update(STORE_ID, {}, atMinute(9))).rejects.toMatchObject(none)
      await expect(memories.write(aWrite(9))).rejects.toMatchObject(none)
      await stores.create(aMemoryStore({ id: CLONE, folder: '/m' }))
      expect((await stores.findByFolder('/m'))?.id).toBe(CLONE)
    })

    it('reaches archived stores, and no other store, lineage or pin', async () => {
      const { stores, memories, units, counters, ledger } = storageOf()
      await stores.create(aMemoryStore({ id: CLONE }))
      const copy = await memories.write(aWrite(2, { storeId: CLONE }))
      await units.record(copy.id, copy.versionId, [aUnit(copy, 0)])
      await ledger.append([aLedgerEntry(2, { storeId: CLONE })])
      await stores.archive(STORE_ID, atMinute(5))

      await stores.remove(STORE_ID)

      expect(await memories.list(CLONE)).toEqual([copy])
      expect(await memories.search(CLONE, 'text', 5)).toHaveLength(1)
      expect(await ledger.list(CLONE)).toHaveLength(1)
      expect(await counters.list(LINEAGE)).toHaveLength(1)
      expect((await units.list(CLONE)).map(({ isPinned }) => isPinned)).toEqual([true])
      await stores.remove(CLONE)
      expect(await counters.list(LINEAGE)).toEqual([])
      await expect(units.setPinned(PINNED, false)).rejects.toMatchObject({
        type: 'not_found_error',
      })
    })

    it('takes pins along: a unit of the same id is not pinned later', async () => {
      const { stores, memories, units } = storageOf()
      await stores.remove(STORE_ID)
      await stores.create(aMemoryStore({ id: CLONE }))
      const memory = await memories.write(aWrite(2, { storeId: CLONE }))

      await units.record(memory.id, memory.versionId, [aUnit(memory, 0)])

      expect((await units.list(CLONE)).map(({ isPinned }) => isPinned)).toEqual([false])
    })
  })
}
