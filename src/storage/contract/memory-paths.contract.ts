import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type MemoryId, type MemoryStoreId, sha256 } from '../../core/ids.ts'
import type { Memory } from '../../core/memory.ts'
import { pathsOverlap } from '../../core/memory-path.ts'
import type { MemoryItem, Storage } from '../storage.ts'
import {
  allPages,
  aMemoryStore,
  aMove,
  aRemoval,
  atMinute,
  aWrite,
  STORE_ID,
} from './builders.test-support.ts'

const CONFLICT = 'memory_path_conflict_error'

/** What `Storage.memories` promises of pages, moves, overlaps and the number of memories. */
export function memoryPathsContract(storageOf: () => Storage): void {
  const put = (n: number, path: string, fields = {}): Promise<Memory> =>
    storageOf().memories.write(aWrite(n, { path, ...fields }))

  describe('paths of memories', () => {
    beforeEach(() => storageOf().stores.create(aMemoryStore()))

    it('are refused above and below another one, and the conflict is named', async () => {
      const { memories } = storageOf()
      await put(1, '/notes/todo.md')
      await put(2, '/notes/a/b.md')
      await put(3, '/notes-archive')

      const at = (path: string, id: string): object => ({
        type: CONFLICT,
        details: { conflicting_path: path, conflicting_memory_id: id },
      })
      await expect(put(4, '/notes')).rejects.toMatchObject(at('/notes/a/b.md', 'mem_2'))
      await expect(put(4, '/notes/a')).rejects.toMatchObject(at('/notes/a/b.md', 'mem_2'))
      const below = put(4, '/notes/todo.md/x/y')
      await expect(below).rejects.toMatchObject(at('/notes/todo.md', 'mem_1'))

      expect(await memories.versions.list(STORE_ID)).toHaveLength(3)
      await put(4, '/notes/todo')
      await memories.remove(aRemoval(5, { path: '/notes/todo.md' }))
      await put(6, '/notes/todo.md/x/y')
    })

    it('of other stores are in nobody’s way', async () => {
      const { stores } = storageOf()
      const other = 'memstore_2' as MemoryStoreId
      await stores.create(aMemoryStore({ id: other }))
      await put(1, '/notes')

      expect(await put(2, '/notes/x', { storeId: other })).toMatchObject({ path: '/notes/x' })
    })
  })

  describe('the number of memories', () => {
    it('stops new ones at the most that is allowed, and nothing else', async () => {
      const { stores, memories } = storageOf()
      await stores.create(aMemoryStore())
      const memoriesMax = 2
      const first = await put(1, '/1', { memoriesMax })
      await put(2, '/2', { memoriesMax })

      await expect(put(3, '/3', { memoriesMax })).rejects.toMatchObject({
        type: 'invalid_request_error',
      })
      await put(4, '/1', { memoriesMax, content: 'more' })
      await memories.move(aMove(5, first))
      await memories.remove(aRemoval(6, { path: '/2' }))
      await put(7, '/7', { memoriesMax })
      await expect(put(8, '/8', { memoriesMax })).rejects.toThrow('it may hold 2')
      await put(9, '/9')
      expect(await memories.list(STORE_ID)).toHaveLength(3)
    })
  })

  describe('a move', () => {
    let memory: Memory

    beforeEach(async () => {
      await storageOf().stores.create(aMemoryStore())
      memory = await put(1, '/old.md', { content: 'port' })
    })

    it('keeps the id and makes one modified version, with a new content too', async () => {
      const { memories } = storageOf()

      const moved = await memories.move(aMove(2, memory, { path: '/new.md' }))
      const both = await memories.move(aMove(3, memory, { path: '/x.md', content: 'rewritten' }))

      const changed = { path: '/new.md', versionId: 'memver_2', updatedAt: atMinute(2) }
      expect(moved).toEqual({ ...memory, ...changed })
      expect(both).toMatchObject({ id: memory.id, path: '/x.md', content: 'rewritten' })
      expect(await memories.get(STORE_ID, memory.id)).toEqual(both)
      expect(await memories.getByPath(STORE_ID, '/old.md')).toBeNull()
      const versions = await memories.versions.list(STORE_ID)
      expect(versions.map(({ operation, path }) => [operation, path])).toEqual([
        ['modified', '/x.md'],
        ['modified', '/new.md'],
        ['created', '/old.md'],
      ])
    })

    it('is found under its new path and words alone', async () => {
      const { memories } = storageOf()

      await memories.move(aMove(2, memory, { path: '/new.md', content: 'harbour' }))

      expect(await memories.search(STORE_ID, 'port', 5)).toEqual([])
      const [hit] = await memories.search(STORE_ID, 'harbour', 5)
      expect(hit?.path).toBe('/new.md')
    })

    it('to where and what it is makes no version, whatever hash is expected', async () => {
      const { memories } = storageOf()
      const stale = { path: '/old.md', expectedSha256: sha256('stale') }

      expect(await memories.move(aMove(2, memory, stale))).toEqual(memory)
      expect(await memories.move(aMove(2, memory, { ...stale, content: 'port' }))).toEqual(memory)
      const refused = { type: 'memory_precondition_failed_error' }
      const other = memories.move(aMove(2, memory, { ...stale, content: 'x' }))
      await expect(other).rejects.toMatchObject(refused)
      const elsewhere = memories.move(aMove(2, memory, { ...stale, path: '/new.md' }))
      await expect(elsewhere).rejects.toMatchObject(refused)

      expect(await memories.versions.list(STORE_ID)).toHaveLength(1)
      const fresh = { path: '/new.md', expectedSha256: sha256('port') }
      expect((await memories.move(aMove(3, memory, fresh))).path).toBe('/new.md')
    })

    it('is refused at, above and below another memory, and not at its own old place', async () => {
      const { memories } = storageOf()
      await put(2, '/a/b')

      for (const path of ['/a/b', '/a', '/a/b/c']) {
        await expect(memories.move(aMove(3, memory, { path }))).rejects.toMatchObject({
          type: CONFLICT,
          details: { conflicting_path: '/a/b', conflicting_memory_id: 'mem_2' },
        })
      }

      const below = await memories.move(aMove(4, memory, { path: '/old.md/x' }))
      expect((await memories.move(aMove(5, below, { path: '/old.md' }))).path).toBe('/old.md')
    })

    it('finds only memories of its store', async () => {
      const { memories, stores } = storageOf()
      const none = { type: 'not_found_error' }
      const other = 'memstore_2' as MemoryStoreId
      const missing = aMove(2, memory, { id: 'mem_none' as MemoryId })

      await expect(memories.move(missing)).rejects.toMatchObject(none)
      await expect(memories.move(aMove(2, memory, { storeId: other }))).rejects.toMatchObject(none)
      await stores.create(aMemoryStore({ id: other }))
      await expect(memories.move(aMove(2, memory, { storeId: other }))).rejects.toMatchObject(none)
      expect(await memories.get(other, memory.id)).toBeNull()
    })
  })

  describe('pages of memories', () => {
    let lastStore = 0

    /** A new store with memories at those of the paths that do not overlap. */
    const storeWith = async (paths: readonly string[]): Promise<MemoryStoreId> => {
      lastStore += 1
      const storeId = `memstore_page_${lastStore}` as MemoryStoreId
      await storageOf().stores.create(aMemoryStore({ id: storeId }))
      for (const [n, path] of paths.entries()) {
        await put(lastStore * 1_000 + n, path, { storeId, content: path })
      }
      return storeId
    }
    const placesOf = (items: readonly MemoryItem[]): readonly string[] =>
      items.map((item) => ('memory' in item ? item.memory.path : item.prefix))
    const walk = async (
      storeId: MemoryStoreId,
      shape: { readonly prefix: string; readonly isShallow: boolean },
      limit: number,
    ): Promise<readonly string[]> =>
      placesOf(
        await allPages(
          (query) => storageOf().memories.page(storeId, { ...query, ...shape }),
          limit,
        ),
      )

    it('hold whole memories below a prefix, and match whole segments', async () => {
      const storeId = await storeWith(['/notes/a.md', '/notes-archive/x.md', '/notes/b/c.md', '/z'])
      const { memories } = storageOf()

      const page = await memories.page(storeId, { prefix: '/notes/', isShallow: false, limit: 9 })

      const listed = await memories.list(storeId)
      const below = listed.filter(({ path }) => path.startsWith('/notes/'))
      expect(page.items).toEqual(below.map((memory) => ({ memory })))
      expect(below).toHaveLength(2)
    })

    it('roll up what lies deeper, each folder once and where its path stands', async () => {
      const storeId = await storeWith(['/a.md', '/a/1', '/a/b/2', '/a0', '/b/c/d', '/b.md'])

      const shape = { isShallow: true } as const
      expect(await walk(storeId, { prefix: '/', ...shape }, 9)).toEqual([
        '/a.md',
        '/a/',
        '/a0',
        '/b.md',
        '/b/',
      ])
      expect(await walk(storeId, { prefix: '/a/', ...shape }, 1)).toEqual(['/a/1', '/a/b/'])
      expect(await walk(storeId, { prefix: '/none/', ...shape }, 9)).toEqual([])
    })

    it('are not disturbed by memories that come and go', async () => {
      const storeId = await storeWith(['/b', '/d/1', '/f', '/h'])
      const { memories } = storageOf()
      const shape = { prefix: '/', isShallow: true, limit: 2 } as const

      const first = await memories.page(storeId, shape)
      await put(901, '/a', { storeId })
      await put(902, '/d/0', { storeId })
      await put(903, '/g', { storeId })
      await memories.remove(aRemoval(904, { storeId, path: '/d/1' }))
      const rest = await memories.page(storeId, { ...shape, limit: 9, after: first.next ?? '' })

      expect(placesOf(first.items)).toEqual(['/b', '/d/'])
      expect(placesOf(rest.items)).toEqual(['/f', '/g', '/h'])
      expect(rest.next).toBeNull()
    })

    it('refuse a place that is not below their prefix', async () => {
      const storeId = await storeWith(['/a/1'])
      const query = { prefix: '/a/', isShallow: false, limit: 1, after: '/b/1' }

      await expect(storageOf().memories.page(storeId, query)).rejects.toMatchObject({
        type: 'invalid_request_error',
      })
    })

    it('of any size tell what all memories together tell', async () => {
      const segment = fc.constantFrom('a', 'b', 'a.md', 'é', '\uffff', '😀')
      const segments = fc.array(segment, { minLength: 1, maxLength: 4 })
      const somePath = segments.map((parts) => `/${parts.join('/')}`)
      const somePrefix = fc.constantFrom('/', '/a/', '/a/b/', '/😀/')
      const given = fc.record({
        paths: fc.uniqueArray(somePath, { maxLength: 25 }),
        prefix: somePrefix,
        isShallow: fc.boolean(),
        limit: fc.integer({ min: 1, max: 6 }),
      })

      await fc.assert(
        fc.asyncProperty(given, async ({ paths, prefix, isShallow, limit }) => {
          const free = withoutOverlaps(paths)
          const storeId = await storeWith(free)

          const places = await walk(storeId, { prefix, isShallow }, limit)

          expect(places).toEqual(expectedPlaces(free, prefix, isShallow))
        }),
        { seed: 20_261_123, numRuns: 60 },
      )
    })
  })
}

function withoutOverlaps(paths: readonly string[]): readonly string[] {
  const kept: string[] = []
  for (const path of paths) {
    if (!kept.some((other) => pathsOverlap(other, path))) kept.push(path)
  }
  return kept
}

function expectedPlaces(
  paths: readonly string[],
  prefix: string,
  isShallow: boolean,
): readonly string[] {
  const places = paths
    .filter((path) => path.startsWith(prefix))
    .map((path) => {
      const [first = '', ...deeper] = path.slice(prefix.length).split('/')
      return isShallow && deeper.length > 0 ? `${prefix}${first}/` : path
    })
  return [...new Set(places)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}
