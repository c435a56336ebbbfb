import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Document, DocumentQuery, Storage } from '../storage.ts'
import {
  aMemoryStore,
  atMinute,
  OTHER_WORKSPACE,
  STORE_ID,
  WORKSPACE,
} from './builders.test-support.ts'

const CONFLICT = { type: 'conflict_error' }
const INVALID = { type: 'invalid_request_error' }

/** A document by number: later ones are first put later. */
export function aDocument(
  n: number,
  fields: Partial<Omit<Document, 'version'>> = {},
): Omit<Document, 'version'> {
  return {
    kind: 'agent',
    id: `agent_${n}`,
    tags: ['live', `parity:${n % 2}`],
    createdAt: atMinute(n),
    body: `{"n":${n}}`,
    ...fields,
  }
}

/** What `Storage.documents` promises, and `Storage.workspaces`. */
export function documentsContract(storageOf: () => Storage): void {
  const put = async (...documents: readonly Omit<Document, 'version'>[]): Promise<void> => {
    for (const document of documents) await storageOf().documents.put(document)
  }
  const page = (query: Partial<DocumentQuery> = {}): ReturnType<Storage['documents']['page']> =>
    storageOf().documents.page({ kind: 'agent', limit: 9, ...query })
  const shown = async (query: Partial<DocumentQuery> = {}): Promise<readonly string[]> =>
    (await page(query)).items.map(({ id }) => id)

  describe('documents', () => {
    it('are written, read whole, written over and removed', async () => {
      const { documents } = storageOf()
      const body = JSON.stringify({ text: 'a\0b "é" 😀' })

      const first = await documents.put(aDocument(1, { body, tags: ['b', 'a', 'b'] }))
      expect(first).toEqual({ ...aDocument(1, { body, tags: ['b', 'a', 'b'] }), version: 1 })
      expect(await documents.get('agent', 'agent_1')).toEqual(first)
      const second = await documents.put(aDocument(1, { tags: [], createdAt: atMinute(30) }))

      expect(second).toEqual({ ...aDocument(1, { tags: [] }), version: 2 })
      expect(await documents.get('agent', 'agent_1')).toEqual(second)
      expect(await documents.get('environment', 'agent_1')).toBeNull()
      expect(await documents.remove('agent', 'agent_1')).toBe(true)
      expect(await documents.remove('agent', 'agent_1')).toBe(false)
      expect(await documents.get('agent', 'agent_1')).toBeNull()
      expect((await documents.put(aDocument(1))).version).toBe(1)
    })

    it('are written only over the version that is expected', async () => {
      const { documents } = storageOf()

      await expect(documents.put(aDocument(1), 1)).rejects.toMatchObject(CONFLICT)
      await documents.put(aDocument(1), 0)
      await expect(documents.put(aDocument(1, { body: '{}' }), 0)).rejects.toMatchObject(CONFLICT)
      await documents.put(aDocument(1), 1)
      await expect(documents.put(aDocument(1, { body: '{}' }), 1)).rejects.toMatchObject(CONFLICT)

      expect(await documents.get('agent', 'agent_1')).toEqual({ ...aDocument(1), version: 2 })
    })

    it('have one winner where many expect the same version', async () => {
      const { documents } = storageOf()

      const ends = await Promise.allSettled(
        Array.from({ length: 12 }, (_, n) => documents.put(aDocument(1, { body: `${n}` }), 0)),
      )

      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })

    it('of one kind are listed, newest first or oldest first', async () => {
      await put(aDocument(2), aDocument(3), aDocument(1), aDocument(4, { kind: 'key' }))

      expect(await shown()).toEqual(['agent_3', 'agent_2', 'agent_1'])
      expect(await shown({ order: 'asc' })).toEqual(['agent_1', 'agent_2', 'agent_3'])
      expect(await shown({ kind: 'reply' })).toEqual([])
    })

    it('keep their place when they are written over, and equal times keep their order', async () => {
      const createdAt = atMinute(5)
      await put(...[3, 1, 2].map((n) => aDocument(n, { createdAt })))

      await put(aDocument(3, { createdAt: atMinute(9) }))

      expect(await shown({ order: 'asc' })).toEqual(['agent_3', 'agent_1', 'agent_2'])
      expect(await shown()).toEqual(['agent_2', 'agent_1', 'agent_3'])
    })

    it('are narrowed by tags: all of some, one of some, none of some', async () => {
      await put(aDocument(1, { tags: ['a'] }), aDocument(2, { tags: ['a', 'b'] }))
      await put(aDocument(3, { tags: ['b', 'c'] }), aDocument(4, { tags: [] }))
      await put(aDocument(5, { kind: 'key', tags: ['a', 'b'] }))

      expect(await shown({ all: ['a'] })).toEqual(['agent_2', 'agent_1'])
      expect(await shown({ all: ['b', 'a', 'b'] })).toEqual(['agent_2'])
      expect(await shown({ all: [] })).toHaveLength(4)
      expect(await shown({ any: ['a', 'c'] })).toEqual(['agent_3', 'agent_2', 'agent_1'])
      expect(await shown({ any: [] })).toEqual([])
      expect(await shown({ none: ['a', 'c'] })).toEqual(['agent_4'])
      expect(await shown({ none: [] })).toHaveLength(4)
      expect(await shown({ all: ['b'], any: ['a', 'c'], none: ['a'] })).toEqual(['agent_3'])
      await put(aDocument(2, { tags: ['c'] }))
      expect(await shown({ all: ['a'] })).toEqual(['agent_1'])
      expect(await shown({ all: ['c'] })).toEqual(['agent_3', 'agent_2'])
      await storageOf().documents.remove('agent', 'agent_3')
      expect(await shown({ all: ['c'] })).toEqual(['agent_2'])
    })

    it('are narrowed by the time of their first put, with and without the bound', async () => {
      await put(aDocument(1), aDocument(2), aDocument(3))
      await put(aDocument(1, { createdAt: atMinute(9) }))

      expect(await shown({ created: { gt: atMinute(1) } })).toEqual(['agent_3', 'agent_2'])
      expect(await shown({ created: { gte: atMinute(2), lt: atMinute(3) } })).toEqual(['agent_2'])
      expect(await shown({ created: { lte: atMinute(1) }, all: ['live'] })).toEqual(['agent_1'])
    })

    it('are removed by age, within their kind', async () => {
      await put(aDocument(1), aDocument(2), aDocument(3), aDocument(1, { kind: 'reply' }))

      expect(await storageOf().documents.removeBefore('agent', atMinute(3))).toBe(2)
      expect(await storageOf().documents.removeBefore('agent', atMinute(3))).toBe(0)

      expect(await shown()).toEqual(['agent_3'])
      expect(await shown({ kind: 'reply' })).toEqual(['agent_1'])
    })
  })

  describe('pages of documents', () => {
    it('lead on and back, and new documents move nothing', async () => {
      await put(...[1, 2, 3, 4, 5].map((n) => aDocument(n)))

      const first = await page({ limit: 2 })
      await put(aDocument(6))
      const second = await page({ limit: 2, after: first.next ?? '' })
      const third = await page({ limit: 2, after: second.next ?? '' })

      expect(first).toMatchObject({ previous: null, next: first.last })
      expect(second.items.map(({ id }) => id)).toEqual(['agent_3', 'agent_2'])
      expect(third.items.map(({ id }) => id)).toEqual(['agent_1'])
      expect(third.next).toBeNull()
      const back = await page({ limit: 2, before: third.previous ?? '' })
      expect(back).toEqual(second)
      const start = await page({ limit: 2, before: back.previous ?? '' })
      expect(start.items).toEqual(first.items)
      expect(start.next).toBe(first.next)
      const newest = await page({ limit: 2, before: start.previous ?? '' })
      expect(newest.items.map(({ id }) => id)).toEqual(['agent_6'])
      expect(newest).toMatchObject({ previous: null, next: newest.last })
    })

    it('lead back from behind the end, and on from ahead of the start', async () => {
      await put(aDocument(1), aDocument(2))
      const all = await page()
      const behind = await page({ after: all.last ?? '' })
      const ahead = await page({ before: (await page({ order: 'asc' })).last ?? '' })

      expect(behind).toMatchObject({ items: [], next: null, last: null })
      expect((await page({ before: behind.previous ?? '' })).items).toEqual(all.items)
      expect(ahead).toMatchObject({ items: [], previous: null, last: null })
      expect((await page({ after: ahead.next ?? '' })).items).toEqual(all.items)
    })

    it('of nothing lead nowhere', async () => {
      expect(await page()).toEqual({ items: [], next: null, last: null, previous: null })
    })

    it('refuse two places at once, and places that they did not make', async () => {
      await put(aDocument(1))
      const place = (await page()).last ?? ''

      await expect(page({ after: place, before: place })).rejects.toMatchObject(INVALID)
      await expect(page({ after: 'nowhere' })).rejects.toMatchObject(INVALID)
    })

    it('walked in either direction give every fitting document once, in order', async () => {
      const minutes = fc.array(fc.nat({ max: 3 }), { maxLength: 9 })
      const order = fc.constantFrom('asc', 'desc')
      let run = 0
      await fc.assert(
        fc.asyncProperty(
          minutes,
          order,
          fc.integer({ min: 1, max: 4 }),
          async (at, order, limit) => {
            run += 1
            const tag = `run:${run}`
            const tags = (n: number): string[] => (n % 3 === 0 ? [tag, 'no'] : [tag])
            for (const [n, minute] of at.entries()) {
              const id = `agent_${run}_${n}`
              await put(aDocument(n, { id, tags: tags(n), createdAt: atMinute(minute) }))
            }
            const query = { all: [tag], none: ['no'], order, limit } as const
            const wanted = await shown({ ...query, limit: 99 })
            const expected = [...at.entries()]
              .filter(([n]) => n % 3 !== 0)
              .sort(([a, left], [b, right]) => left - right || a - b)
              .map(([n]) => `agent_${run}_${n}`)

            expect(wanted).toEqual(order === 'asc' ? expected : expected.reverse())
            const pages = [await page(query)]
            for (let next = pages[0]?.next; next != null; next = pages.at(-1)?.next) {
              pages.push(await page({ ...query, after: next }))
            }
            expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(wanted)
            for (const [nth, { previous }] of pages.entries()) {
              const back = previous === null ? null : await page({ ...query, before: previous })
              expect(back).toEqual(pages[nth - 1] ?? null)
            }
          },
        ),
        { seed: 7, numRuns: 25 },
      )
    })
  })

  describe('workspaces', () => {
    it('are told in binary order while they hold a memory store or a document', async () => {
      const storage = storageOf()
      await storage.steps.put('key', 'result')
      expect(await storage.workspaces()).toEqual([])
      await storage.inWorkspace(OTHER_WORKSPACE).documents.put(aDocument(1))
      await storage.documents.put(aDocument(1))
      await storage.documents.put(aDocument(2))

      expect(await storage.workspaces()).toEqual([WORKSPACE, OTHER_WORKSPACE])
      expect(await storage.inWorkspace(OTHER_WORKSPACE).workspaces()).toHaveLength(2)
      await storage.documents.removeBefore('agent', atMinute(9))
      expect(await storage.workspaces()).toEqual([OTHER_WORKSPACE])
      await storage.stores.create(aMemoryStore())
      expect(await storage.workspaces()).toEqual([WORKSPACE, OTHER_WORKSPACE])
      await storage.stores.remove(STORE_ID)
      expect(await storage.workspaces()).toEqual([OTHER_WORKSPACE])
    })
  })
}
