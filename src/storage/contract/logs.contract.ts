import { describe, expect, it } from 'vitest'
import type { LogLine, LogQuery, Storage } from '../storage.ts'
import { atMinute, OTHER_WORKSPACE } from './builders.test-support.ts'

const INVALID = { type: 'invalid_request_error' }
const STREAM = 'session:sesn_1'

/** A line by number: later ones are of a later time. */
export function aLogLine(n: number, fields: Partial<LogLine> = {}): LogLine {
  return {
    id: `sevt_${n}`,
    type: n % 2 === 0 ? 'user.message' : 'agent.message',
    at: atMinute(n),
    body: `{"n":${n}}`,
    ...fields,
  }
}

/** What `Storage.logs` promises. */
export function logsContract(storageOf: () => Storage): void {
  const append = (...lines: readonly LogLine[]): Promise<number> =>
    storageOf().logs.append(STREAM, lines)
  const page = (query: Partial<LogQuery> = {}): ReturnType<Storage['logs']['page']> =>
    storageOf().logs.page(STREAM, { limit: 9, ...query })
  const shown = async (query: Partial<LogQuery> = {}): Promise<readonly string[]> =>
    (await page(query)).items.map(({ id }) => id)

  describe('logs', () => {
    it('give lines back whole in the order of appending, or the other way round', async () => {
      const bare = aLogLine(1, { at: null, body: null })
      const long = aLogLine(2, { body: JSON.stringify({ text: 'a\0b 😀' }) })
      expect(await append(aLogLine(3), bare)).toBe(2)
      expect(await append(long)).toBe(1)
      expect(await append()).toBe(0)

      expect(await page()).toMatchObject({ items: [aLogLine(3), bare, long], next: null })
      expect((await page({ order: 'desc' })).items).toEqual([long, bare, aLogLine(3)])
      expect(await page({ limit: 9, after: (await page()).last ?? '' })).toEqual({
        items: [],
        next: null,
        last: null,
      })
    })

    it('take a line once, and the first one stays', async () => {
      await append(aLogLine(1))

      expect(await append(aLogLine(1, { body: '{}' }), aLogLine(2), aLogLine(2))).toBe(1)

      expect((await page()).items).toEqual([aLogLine(1), aLogLine(2)])
    })

    it('keep the order of lines with equal times', async () => {
      const at = atMinute(5)

      await append(...[3, 1, 2].map((n) => aLogLine(n, { at })))

      expect(await shown()).toEqual(['sevt_3', 'sevt_1', 'sevt_2'])
      expect(await shown({ order: 'desc' })).toEqual(['sevt_2', 'sevt_1', 'sevt_3'])
    })

    it('hold streams and workspaces apart', async () => {
      const { logs } = storageOf()
      const other = storageOf().inWorkspace(OTHER_WORKSPACE).logs
      await append(aLogLine(1))

      expect(await logs.append('thread:sthr_1', [aLogLine(1), aLogLine(2)])).toBe(2)
      expect(await other.append(STREAM, [aLogLine(1)])).toBe(1)
      await other.remove(STREAM)

      expect(await shown()).toEqual(['sevt_1'])
      expect((await other.page(STREAM, { limit: 9 })).items).toEqual([])
    })

    it('go on from a place in both directions while lines are appended', async () => {
      await append(...[1, 2, 3].map((n) => aLogLine(n)))
      const first = await page({ limit: 2 })
      const newest = await page({ limit: 2, order: 'desc' })

      await append(aLogLine(4), aLogLine(5))

      expect(first.next).toBe(first.last)
      expect(await shown({ after: first.next ?? '' })).toEqual(['sevt_3', 'sevt_4', 'sevt_5'])
      expect(await shown({ order: 'desc', after: newest.next ?? '' })).toEqual(['sevt_1'])
      const end = await page({ limit: 3, after: first.next ?? '' })
      expect(end.next).toBeNull()
      await append(aLogLine(6))
      expect(await shown({ after: end.last ?? '' })).toEqual(['sevt_6'])
      await expect(page({ after: 'nowhere' })).rejects.toMatchObject(INVALID)
    })

    it('are narrowed by types and by time, which leaves out lines of no time', async () => {
      await append(...[1, 2, 3, 4].map((n) => aLogLine(n)), aLogLine(6, { at: null }))
      const types = ['user.message']

      expect(await shown({ types })).toEqual(['sevt_2', 'sevt_4', 'sevt_6'])
      expect(await shown({ types: [] })).toEqual([])
      expect(await shown({ created: {} })).toHaveLength(5)
      expect(await shown({ created: { gt: atMinute(2) } })).toEqual(['sevt_3', 'sevt_4'])
      expect(await shown({ created: { gte: atMinute(2), lt: atMinute(4) } })).toEqual([
        'sevt_2',
        'sevt_3',
      ])
      expect(await shown({ created: { lte: atMinute(2) }, types })).toEqual(['sevt_2'])
      const one = await page({ types, order: 'desc', limit: 2 })
      expect(one.items.map(({ id }) => id)).toEqual(['sevt_6', 'sevt_4'])
      expect(await shown({ types, order: 'desc', after: one.next ?? '' })).toEqual(['sevt_2'])
    })

    it('know their last line and its number', async () => {
      const { logs } = storageOf()
      expect(await logs.head(STREAM)).toBeNull()

      await append(aLogLine(3), aLogLine(1))
      await append(aLogLine(1), aLogLine(2))
      await logs.append('thread:sthr_1', [aLogLine(9)])

      expect(await logs.head(STREAM)).toEqual({ sequence: 3, line: aLogLine(2) })
      await logs.remove(STREAM)
      expect(await logs.head(STREAM)).toBeNull()
      await append(aLogLine(7))
      expect(await logs.head(STREAM)).toEqual({ sequence: 1, line: aLogLine(7) })
    })

    it('have one head for all who append behind it at once', async () => {
      const behind = (n: number): Promise<unknown> =>
        storageOf().transaction(async ({ logs }) => {
          const head = await logs.head(STREAM)
          await Promise.resolve()
          const body = JSON.stringify({ follows: head?.line.id ?? null })
          await logs.append(STREAM, [aLogLine(n, { body })])
        })

      await Promise.all(Array.from({ length: 20 }, (_, n) => behind(n)))

      const { items } = await page({ limit: 20 })
      const followed = items.map(({ body }) => JSON.parse(body ?? '').follows as string | null)
      expect(followed).toEqual([null, ...items.slice(0, -1).map(({ id }) => id)])
    })

    it('are removed whole, but for the audit', async () => {
      const { logs } = storageOf()
      await append(aLogLine(1), aLogLine(2))
      await logs.append('audit', [aLogLine(1)])

      await logs.remove(STREAM)
      await logs.remove(STREAM)

      expect(await shown()).toEqual([])
      await expect(logs.remove('audit')).rejects.toMatchObject({ type: 'permission_error' })
      expect((await logs.page('audit', { limit: 9 })).items).toEqual([aLogLine(1)])
      expect(await append(aLogLine(2))).toBe(1)
      expect(await shown()).toEqual(['sevt_2'])
    })

    it('give every line once, however long the stream and short the pages', async () => {
      const lines = Array.from({ length: 2_500 }, (_, n) => aLogLine(n, { at: atMinute(n % 7) }))
      expect(await append(...lines)).toBe(lines.length)

      const read: LogLine[] = []
      for (let after: string | null | undefined; after !== null; ) {
        const next = await page({ limit: 100, ...(after === undefined ? {} : { after }) })
        read.push(...next.items)
        after = next.next
      }

      expect(read).toEqual(lines)
    })
  })
}
