import { beforeEach, describe, expect, it } from 'vitest'
import type { MemoryStoreId, MemoryVersionId, SessionId } from '../../core/ids.ts'
import type { Actor, Memory } from '../../core/memory.ts'
import type { MemoryVersionQuery, Storage } from '../storage.ts'
import {
  allPages,
  aMemoryStore,
  aRemoval,
  atMinute,
  aUnit,
  aWrite,
  STORE_ID,
} from './builders.test-support.ts'

const KEY: Actor = { type: 'api_actor', apiKeyId: 'key_1' }
const SESSION: Actor = { type: 'session_actor', sessionId: 'sesn_9' as SessionId }
const DREAM: Actor = { type: 'dream_actor', dreamId: 'drm_9' }
const FOLDER: Actor = { type: 'folder_actor', firstSight: true }

/** What `Storage.memories.versions` promises of pages and redaction. */
export function memoryVersionsContract(storageOf: () => Storage): void {
  let memory: Memory

  /** `/a` created, modified and removed; `/b` created; by five actors. */
  const writeHistory = async (): Promise<void> => {
    const { stores, memories } = storageOf()
    await stores.create(aMemoryStore())
    memory = await memories.write(aWrite(1, { path: '/a' }))
    await memories.write(aWrite(2, { path: '/b', actor: KEY }))
    await memories.write(aWrite(3, { path: '/a', actor: SESSION }))
    await memories.write(aWrite(4, { path: '/b', actor: DREAM }))
    await memories.remove(aRemoval(5, { path: '/a', actor: FOLDER }))
  }
  const idsOf = async (query: Partial<MemoryVersionQuery>): Promise<readonly string[]> =>
    (await storageOf().memories.versions.page(STORE_ID, { limit: 9, ...query })).items.map(
      ({ id }) => id,
    )

  describe('pages of versions', () => {
    beforeEach(writeHistory)

    it('hold the newest first, as the list does, in pages of any size', async () => {
      const { stores, memories } = storageOf()
      const other = 'memstore_2' as MemoryStoreId
      await stores.create(aMemoryStore({ id: other }))
      await memories.write(aWrite(6, { storeId: other }))
      const listed = await memories.versions.list(STORE_ID)

      for (const limit of [1, 2, 4, 5]) {
        const paged = await allPages((query) => memories.versions.page(STORE_ID, query), limit)
        expect(paged).toEqual(listed)
      }
      expect(listed.map(({ id }) => id)).toEqual([5, 4, 3, 2, 1].map((n) => `memver_${n}`))
    })

    it('go on where they ended when there are new versions', async () => {
      const { versions, write } = storageOf().memories
      const first = await versions.page(STORE_ID, { limit: 2 })
      await write(aWrite(6, { path: '/c' }))

      expect(await idsOf({ after: first.next ?? '' })).toEqual(['memver_3', 'memver_2', 'memver_1'])
    })

    it('are narrowed by memory, operation, actor and time', async () => {
      expect(await idsOf({ memoryId: memory.id })).toEqual(['memver_5', 'memver_3', 'memver_1'])
      expect(await idsOf({ operation: 'created' })).toEqual(['memver_2', 'memver_1'])
      expect(await idsOf({ operation: 'deleted' })).toEqual(['memver_5'])
      const byActor = ['tomas', 'key_1', 'sesn_9', 'drm_9', 'nobody'].map((actorId) =>
        idsOf({ actorId }),
      )
      expect((await Promise.all(byActor)).map((ids) => ids.join())).toEqual([
        'memver_1',
        'memver_2',
        'memver_3',
        'memver_4',
        '',
      ])
      const created = { gte: atMinute(2), lt: atMinute(4) }
      expect(await idsOf({ created })).toEqual(['memver_3', 'memver_2'])
      expect(await idsOf({ memoryId: memory.id, operation: 'modified', created })).toEqual([
        'memver_3',
      ])
    })
  })

  describe('redaction', () => {
    beforeEach(writeHistory)

    const redact = (n: number, at = 7): Promise<unknown> =>
      storageOf().memories.versions.redact(`memver_${n}` as MemoryVersionId, KEY, atMinute(at))

    it('wipes what a version said, keeps its row, and does so once', async () => {
      const { versions } = storageOf().memories
      const before = await versions.get('memver_3' as MemoryVersionId)

      const redacted = await redact(3)

      expect(redacted).toEqual({
        ...before,
        path: null,
        content: null,
        contentSha256: null,
        contentSizeBytes: null,
        redactedAt: atMinute(7),
        redactedBy: KEY,
      })
      expect(await redact(3, 9)).toEqual(redacted)
      expect(await versions.get('memver_3' as MemoryVersionId)).toEqual(redacted)
      expect(await idsOf({ actorId: 'sesn_9' })).toEqual(['memver_3'])
      expect(await versions.list(STORE_ID, { path: '/a' })).toHaveLength(2)
    })

    it('reaches deletions and the last words of a removed memory, also in an archived store', async () => {
      await storageOf().stores.archive(STORE_ID, atMinute(6))

      for (const n of [5, 3, 1]) {
        expect(await redact(n)).toMatchObject({ path: null, redactedAt: atMinute(7) })
      }
    })

    it('is refused for the head of a live memory until there is a newer version', async () => {
      const { memories } = storageOf()

      await expect(redact(4)).rejects.toMatchObject({ type: 'invalid_request_error' })
      await expect(redact(8)).rejects.toMatchObject({ type: 'not_found_error' })
      await memories.write(aWrite(6, { path: '/b' }))
      await redact(4)

      expect((await memories.getByPath(STORE_ID, '/b'))?.versionId).toBe('memver_6')
    })

    it('takes the units of the version along, and lets nobody put them back', async () => {
      const { memories, units } = storageOf()
      const live = await memories.write(aWrite(6, { path: '/c' }))
      await units.record(live.id, live.versionId, [aUnit(live, 0)])
      const next = await memories.write(aWrite(7, { path: '/c', content: 'next' }))

      await redact(6)

      expect(await units.ofVersion(live.versionId)).toEqual([])
      expect(await units.list(STORE_ID)).toEqual([])
      await expect(units.record(live.id, live.versionId, [aUnit(live, 0)])).rejects.toMatchObject({
        type: 'invalid_request_error',
      })
      await units.record(next.id, next.versionId, [aUnit(next, 0)])
      expect(await units.list(STORE_ID)).toHaveLength(1)
    })
  })
}
