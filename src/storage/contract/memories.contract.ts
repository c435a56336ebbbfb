import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MemoryStoreId } from '../../core/ids.ts'
import { sha256 } from '../../core/ids.ts'
import type { Storage } from '../storage.ts'
import {
  aMemoryStore,
  aMove,
  aRemoval,
  atMinute,
  aWrite,
  STORE_ID,
} from './builders.test-support.ts'

/** What `Storage.stores` and `Storage.memories` promise. */
export function memoriesContract(storageOf: () => Storage): void {
  describe('memory stores', () => {
    it('gives back a store as it was created, by id and by folder', async () => {
      const { stores } = storageOf()
      const store = aMemoryStore({ folder: '/home/tomas/memory' })

      await stores.create(store)

      expect(await stores.get(STORE_ID)).toEqual(store)
      expect(await stores.findByFolder('/home/tomas/memory')).toEqual(store)
      expect(await stores.findByFolder('/home/tomas')).toBeNull()
      expect(await stores.get('memstore_none' as MemoryStoreId)).toBeNull()
    })

    it('lists by creation time, then id', async () => {
      const { stores } = storageOf()
      for (const [id, minute] of [
        ['b', 5],
        ['c', 1],
        ['a', 5],
      ] as const) {
        await stores.create(aMemoryStore({ id: id as MemoryStoreId, createdAt: atMinute(minute) }))
      }

      expect((await stores.list()).map(({ id }) => id)).toEqual(['c', 'a', 'b'])
    })

    it('refuses an id or a live folder that is taken', async () => {
      const { stores } = storageOf()
      await stores.create(aMemoryStore({ folder: '/m' }))
      const second = aMemoryStore({ id: 'memstore_2' as MemoryStoreId, folder: '/m' })

      await expect(stores.create(aMemoryStore())).rejects.toMatchObject({ type: 'conflict_error' })
      await expect(stores.create(second)).rejects.toMatchObject({ type: 'conflict_error' })
      await stores.archive(STORE_ID, atMinute(3))
      await stores.create(second)

      expect(await stores.findByFolder('/m')).toEqual(second)
    })

    it('archives once, and only what is there', async () => {
      const { stores } = storageOf()
      await stores.create(aMemoryStore())

      await stores.archive(STORE_ID, atMinute(3))
      await stores.archive(STORE_ID, atMinute(4))

      expect((await stores.get(STORE_ID))?.archivedAt).toBe(atMinute(3))
      await expect(
        stores.archive('memstore_2' as MemoryStoreId, atMinute(4)),
      ).rejects.toMatchObject({ type: 'not_found_error' })
    })

    it('lets nobody write into an archived store, or into none, but remove what is there', async () => {
      const { stores, memories } = storageOf()
      const none = { type: 'not_found_error', message: 'There is no memory store "memstore_1".' }
      await expect(memories.write(aWrite(1))).rejects.toMatchObject(none)
      await expect(memories.remove(aRemoval(1))).rejects.toMatchObject(none)
      await stores.create(aMemoryStore())
      const memory = await memories.write(aWrite(1))
      await stores.archive(STORE_ID, atMinute(2))

      const refused = { type: 'invalid_request_error' }
      await expect(memories.write(aWrite(2))).rejects.toMatchObject(refused)
      await expect(memories.move(aMove(2, memory))).rejects.toMatchObject(refused)
      expect(await memories.versions.list(STORE_ID)).toHaveLength(1)
      expect((await memories.remove(aRemoval(3))).operation).toBe('deleted')
      expect(await memories.list(STORE_ID)).toEqual([])
    })
  })

  describe('memories', () => {
    it('makes one version per write, newest first, and keeps the id of the memory', async () => {
      const { stores, memories } = storageOf()
      await stores.create(aMemoryStore())

      const first = await memories.write(aWrite(1))
      const second = await memories.write(aWrite(2, { content: 'naïve 😀\n' }))

      expect(second).toEqual({
        ...first,
        content: 'naïve 😀\n',
        contentSha256: sha256('naïve 😀\n'),
        versionId: 'memver_2',
        updatedAt: atMinute(2),
      })
      expect(await memories.getByPath(STORE_ID, '/orders.md')).toEqual(second)
      const versions = await memories.versions.list(STORE_ID)
      expect(versions.map(({ id, operation }) => [id, operation])).toEqual([
        ['memver_2', 'modified'],
        ['memver_1', 'created'],
      ])
      expect(versions[0]?.contentSizeBytes).toBe(12)
      expect(await memories.versions.get(second.versionId)).toEqual(versions[0])
    })

    it('makes no version of an equal content', async () => {
      const { stores, memories } = storageOf()
      await stores.create(aMemoryStore())
      const first = await memories.write(aWrite(1, { content: 'same' }))

      const again = await memories.write(aWrite(2, { content: 'same' }))

      expect(again).toEqual(first)
      expect(await memories.versions.list(STORE_ID)).toHaveLength(1)
    })

    it('writes nothing when the hash is not the expected one', async () => {
      const { stores, memories } = storageOf()
      await stores.create(aMemoryStore())
      const stale = { type: 'memory_precondition_failed_error' }
      const hash = sha256('one')

      const early = aWrite(1, { content: 'one', expectedSha256: hash })
      await expect(memories.write(early)).rejects.toMatchObject(stale)
      await memories.write(aWrite(2, { content: 'one', expectedSha256: null }))
      const sameAgain = aWrite(3, { content: 'one', expectedSha256: null })
      await expect(memories.write(sameAgain)).rejects.toMatchObject(stale)
      const gone = aRemoval(4, { expectedSha256: sha256('two') })
      await expect(memories.remove(gone)).rejects.toMatchObject(stale)
      await memories.write(aWrite(5, { content: 'two', expectedSha256: hash }))

      expect(await memories.versions.list(STORE_ID)).toHaveLength(2)
    })

    it('keeps the history of what it removes, and starts a new memory at the path', async () => {
      const { stores, memories } = storageOf()
      await stores.create(aMemoryStore())
      await memories.write(aWrite(1))

      const removed = await memories.remove(aRemoval(2))
      await expect(memories.remove(aRemoval(3))).rejects.toMatchObject({ type: 'not_found_error' })
      expect(await memories.getByPath(STORE_ID, '/orders.md')).toBeNull()
      const next = await memories.write(aWrite(4))

      expect(removed).toMatchObject({ memoryId: 'mem_1', operation: 'deleted', content: null })
      expect(next.id).toBe('mem_4')
      const history = await memories.versions.list(STORE_ID, { path: '/orders.md' })
      expect(history.map(({ operation }) => operation)).toEqual(['created', 'deleted', 'created'])
      expect(await memories.versions.list(STORE_ID, { path: '/orders.md', limit: 1 })).toHaveLength(
        1,
      )
      expect(await memories.versions.list(STORE_ID, { path: '/none.md' })).toEqual([])
    })

    it('refuses version and memory ids that are taken, and writes nothing', async () => {
      const { stores, memories } = storageOf()
      await stores.create(aMemoryStore())
      await memories.write(aWrite(1))
      const { newIds } = aWrite(1)
      const newVersion = { ...newIds, version: aWrite(2).newIds.version }

      const taken = { type: 'conflict_error' }
      await expect(memories.write(aWrite(2, { newIds }))).rejects.toMatchObject(taken)
      const elsewhere = aWrite(2, { path: '/b.md', newIds: newVersion })
      await expect(memories.write(elsewhere)).rejects.toMatchObject(taken)

      expect(await memories.versions.list(STORE_ID)).toHaveLength(1)
    })

    it('lists by the bytes of the path', async () => {
      const { stores, memories } = storageOf()
      await stores.create(aMemoryStore())
      const paths = ['/a.md', '/B.md', '/a/b.md', '/\ufffd.md', '/😀.md', '/é.md', '/a0']
      for (const [n, path] of paths.entries()) await memories.write(aWrite(n, { path }))

      const listed = (await memories.list(STORE_ID)).map(({ path }) => path)

      const byBytes = (a: string, b: string): number =>
        Buffer.compare(Buffer.from(a), Buffer.from(b))
      expect(listed).toEqual([...paths].sort(byBytes))
    })
  })

  describe('search', () => {
    it('finds stems in live memories of the store, best first', async () => {
      const { stores, memories } = storageOf()
      await stores.create(aMemoryStore())
      const texts = [
        'The café runs daily.\nTests: run, running.',
        'nothing',
        'one run of many words',
      ]
      for (const [n, content] of texts.entries()) {
        await memories.write(aWrite(n, { path: `/${n}.md`, content }))
      }

      const hits = await memories.search(STORE_ID, 'Running', 10)

      expect(hits.map(({ path }) => path)).toEqual(['/0.md', '/2.md'])
      expect(hits[0]?.snippet).toBe('The café runs daily.')
      expect(await memories.search(STORE_ID, 'CAFE', 10)).toHaveLength(1)
      expect(await memories.search(STORE_ID, 'run', 1)).toHaveLength(1)
      await memories.write(aWrite(7, { path: '/0.md', content: 'gone' }))
      await memories.remove(aRemoval(8, { path: '/2.md' }))
      expect(await memories.search(STORE_ID, 'run', 10)).toEqual([])
    })

    it('takes any text for a query, with no syntax in it', async () => {
      const { stores, memories } = storageOf()
      await stores.create(aMemoryStore())
      await memories.write(aWrite(1, { content: 'NEAR the "port" AND path:x OR -y*' }))
      const anyText = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string(),
        fc
          .array(fc.constantFrom('"', '*', 'AND', 'NEAR(', 'path:', '^', '\0', '\ud83d', 'port'))
          .map((parts) => parts.join(' ')),
      )

      await fc.assert(
        fc.asyncProperty(anyText, async (query) => {
          expect((await memories.search(STORE_ID, query, 5)).length).toBeLessThanOrEqual(1)
        }),
        { seed: 7, numRuns: 100 },
      )
      expect(await memories.search(STORE_ID, 'NEAR("port', 5)).toHaveLength(1)
      expect(await memories.search(STORE_ID, '', 5)).toEqual([])
    })
  })
}
