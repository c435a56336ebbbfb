import { beforeEach, describe, expect, it } from 'vitest'
import type { MemoryId, MemoryVersionId, UnitId } from '../../core/ids.ts'
import type { Memory } from '../../core/memory.ts'
import type { Storage } from '../storage.ts'
import {
  aMemoryStore,
  aRemoval,
  atMinute,
  aUnit,
  aWrite,
  STORE_ID,
} from './builders.test-support.ts'

/** What `Storage.units` promises. */
export function unitsContract(storageOf: () => Storage): void {
  describe('units', () => {
    let memory: Memory

    beforeEach(async () => {
      await storageOf().stores.create(aMemoryStore())
      memory = await storageOf().memories.write(aWrite(1))
    })

    it('lists the current units by path, then ordinal', async () => {
      const { memories, units } = storageOf()
      const earlier = await memories.write(aWrite(2, { path: '/a.md' }))
      await units.record(memory.id, memory.versionId, [aUnit(memory, 1), aUnit(memory, 0)])
      const ofEarlier = [aUnit(earlier, 0, { id: 'unit_a' as UnitId, statedAt: atMinute(1) })]
      await units.record(earlier.id, earlier.versionId, ofEarlier)

      const expected = [...ofEarlier, aUnit(memory, 0), aUnit(memory, 1)]
      expect(await units.list(STORE_ID)).toEqual(expected)
    })

    it('keeps the units of earlier versions, and lists none of removed memories', async () => {
      const { memories, units } = storageOf()
      await units.record(memory.id, memory.versionId, [aUnit(memory, 0)])
      const next = await memories.write(aWrite(2))
      await units.record(next.id, next.versionId, [aUnit(next, 0, { text: 'new' })])

      expect(await units.ofVersion(memory.versionId)).toEqual([aUnit(memory, 0)])
      expect((await units.list(STORE_ID)).map(({ text }) => text)).toEqual(['new'])
      await memories.remove(aRemoval(3))
      expect(await units.list(STORE_ID)).toEqual([])
      expect(await units.ofVersion(next.versionId)).toHaveLength(1)
    })

    it('puts what is recorded again in place of what was', async () => {
      const { units } = storageOf()
      await units.record(memory.id, memory.versionId, [aUnit(memory, 0), aUnit(memory, 1)])

      await units.record(memory.id, memory.versionId, [aUnit(memory, 1)])

      expect(await units.list(STORE_ID)).toEqual([aUnit(memory, 1)])
    })

    it('pins a unit beyond later versions, until it is let go', async () => {
      const { memories, units } = storageOf()
      const id = 'unit_0' as UnitId
      const pinned = async (): Promise<boolean[]> =>
        (await units.list(STORE_ID)).map(({ isPinned }) => isPinned)
      await units.record(memory.id, memory.versionId, [aUnit(memory, 0)])

      await units.setPinned(id, true)
      await units.setPinned(id, true)
      const next = await memories.write(aWrite(2))
      await units.record(next.id, next.versionId, [aUnit(next, 0), aUnit(next, 1)])

      expect(await pinned()).toEqual([true, false])
      await units.setPinned(id, false)
      expect(await pinned()).toEqual([false, false])
      await expect(units.setPinned('unit_9' as UnitId, true)).rejects.toMatchObject({
        type: 'not_found_error',
      })
    })

    it('refuses units of another version, twins, and unknown owners', async () => {
      const { stores, units } = storageOf()
      const missing = { type: 'not_found_error' }
      const refused = { type: 'invalid_request_error' }
      const none = 'memver_9' as MemoryVersionId
      const { id, versionId } = memory

      await expect(units.record(id, none, [])).rejects.toMatchObject(missing)
      await expect(units.record('mem_9' as MemoryId, versionId, [])).rejects.toMatchObject(missing)
      const stray = [aUnit(memory, 0, { versionId: none })]
      await expect(units.record(id, versionId, stray)).rejects.toMatchObject(refused)
      const twins = [aUnit(memory, 0), aUnit(memory, 0, { id: 'unit_9' as UnitId })]
      await expect(units.record(id, versionId, twins)).rejects.toMatchObject(refused)
      await stores.archive(STORE_ID, atMinute(5))
      await expect(units.record(id, versionId, [])).rejects.toMatchObject(refused)
      expect(await units.list(STORE_ID)).toEqual([])
    })
  })
}
