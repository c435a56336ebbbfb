import { describe, expect, it } from 'vitest'
import type { Storage, TextPlace, TextRow } from '../storage.ts'
import { TEXT_PLACES } from '../storage.ts'
import {
  aChange,
  aDream,
  aLedgerEntry,
  aMemoryStore,
  anEvent,
  aPlan,
  aSession,
  aSighting,
  atMinute,
  aWrite,
  DREAM_ID,
  eventEvidence,
  LINEAGE,
  OTHER_WORKSPACE,
  SESSION_ID,
  STORE_ID,
} from './builders.test-support.ts'

/** Words that stand in one row of every place. */
const WORDS = 'marmalade on Tuesdays'

/** What `Storage.erasure` promises. */
export function erasureContract(storageOf: () => Storage): void {
  const rows = async (place: TextPlace, limit = 2): Promise<TextRow[]> => {
    const found: TextRow[] = []
    for (let after: string | null | undefined; after !== null; ) {
      const query = after === undefined ? { limit } : { limit, after }
      const page = await storageOf().erasure.page(place, query)
      found.push(...page.items)
      after = page.next
    }
    return found
  }
  const holding = async (place: TextPlace): Promise<number> =>
    (await rows(place)).filter(({ texts }) => JSON.stringify(texts).includes(WORDS)).length

  describe('erasure', () => {
    it('finds the words of every place, and of this workspace alone', async () => {
      await plant(storageOf())

      const found = await Promise.all(TEXT_PLACES.map((place) => holding(place)))

      expect(found).toEqual(TEXT_PLACES.map(() => 1))
      const elsewhere = storageOf().inWorkspace(OTHER_WORKSPACE).erasure
      expect((await elsewhere.page('event', { limit: 9 })).items).toEqual([])
    })

    it('pages through every row once', async () => {
      const { steps } = storageOf()
      for (let n = 0; n < 7; n += 1) await steps.put(`step ${n}`, `result ${n}`)

      const keys = (await rows('step', 3)).map(({ key }) => key[0])

      expect(keys.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6].map((n) => `step ${n}`))
    })

    it('rewrites what a row says and cites, and leaves the rest of it', async () => {
      const storage = storageOf()
      await plant(storage)
      const before = await storage.dreams.changes.list(DREAM_ID)

      for (const place of TEXT_PLACES) {
        if (place === 'version') continue
        const clean = (await rows(place)).map(({ key, texts }) => ({
          key,
          texts: Object.fromEntries(
            Object.entries(texts).map(([name, text]) => [name, text.replaceAll(WORDS, '[erased]')]),
          ),
        }))
        await storage.erasure.rewrite(place, clean)
        expect([place, await holding(place)]).toEqual([place, 0])
      }

      const clean = JSON.parse(JSON.stringify(before).replaceAll(WORDS, '[erased]'))
      expect(await storage.dreams.changes.list(DREAM_ID)).toEqual(clean)
      expect((await storage.sessions.events(SESSION_ID)).map(({ text }) => text)).toContain(
        'I have [erased]',
      )
      expect(await storage.steps.get('read')).toBe('["[erased]"]')
      // Whoever read it before must not put it back.
      expect((await storage.documents.get('session', 'sesn_1'))?.version).toBe(2)
    })

    it('drops what a row cites', async () => {
      const storage = storageOf()
      await plant(storage)
      const [change] = await rows('change')

      await storage.erasure.rewrite('change', [
        { key: change?.key ?? [], texts: { evidence: '[]' } },
      ])

      const [kept] = await storage.dreams.changes.list(DREAM_ID)
      expect(kept?.evidence).toEqual([])
      expect(kept?.reason).toContain(WORDS)
    })

    it('removes events with what was read of them, sightings, steps and lines', async () => {
      const storage = storageOf()
      await plant(storage)
      const [event] = await storage.sessions.events(SESSION_ID)
      await storage.sessions.consumption.consume(
        LINEAGE,
        DREAM_ID,
        event === undefined ? [] : [event.id],
      )

      for (const place of ['event', 'sighting', 'step', 'line'] as const) {
        const keys = (await rows(place)).map(({ key }) => key)
        expect(await storage.erasure.remove(place, keys)).toBe(keys.length)
        expect(await storage.erasure.remove(place, keys)).toBe(0)
        expect(await rows(place)).toEqual([])
      }

      expect(await storage.sessions.consumption.unread(LINEAGE, SESSION_ID)).toEqual([])
      expect(await storage.counters.list(LINEAGE)).toEqual([])
    })

    it('never touches the audit, and rewrites no version', async () => {
      const { erasure, logs } = storageOf()
      await plant(storageOf())
      await logs.append('audit', [{ id: 'log_1', type: 'store.created', at: null, body: '{}' }])
      const line = { key: ['audit', 'log_1'], texts: { body: '' } }

      expect((await rows('line')).map(({ key }) => key[0])).not.toContain('audit')
      await expect(erasure.rewrite('line', [line])).rejects.toMatchObject({
        type: 'permission_error',
      })
      await expect(erasure.remove('line', [line.key])).rejects.toMatchObject({
        type: 'permission_error',
      })
      const [version] = await rows('version')
      await expect(
        erasure.rewrite('version', version === undefined ? [] : [version]),
      ).rejects.toMatchObject({ type: 'invalid_request_error' })
    })

    it('lets an archived store be written, and archives it again', async () => {
      const { stores, erasure, memories } = storageOf()
      await stores.create(aMemoryStore())
      await stores.archive(STORE_ID, atMinute(4))

      await erasure.setArchived(STORE_ID, null)
      await memories.write(aWrite(1))
      await erasure.setArchived(STORE_ID, atMinute(4))

      expect((await stores.get(STORE_ID))?.archivedAt).toBe(atMinute(4))
      await expect(memories.write(aWrite(2))).rejects.toMatchObject({
        type: 'invalid_request_error',
      })
    })

    it('finds the same memories in a new index', async () => {
      const storage = storageOf()
      await plant(storage)
      const before = await storage.memories.search(STORE_ID, 'marmalade', 5)

      await storage.erasure.reindex()

      expect(before).toHaveLength(1)
      expect(await storage.memories.search(STORE_ID, 'marmalade', 5)).toEqual(before)
      expect(await storage.erasure.settle()).toEqual([])
      expect(await storage.memories.search(STORE_ID, 'marmalade', 5)).toEqual(before)
    })
  })
}

/** One row of every place that holds the words, beside rows that do not. */
async function plant(storage: Storage): Promise<void> {
  const evidence = [eventEvidence(WORDS)]
  await storage.stores.create(aMemoryStore({ description: WORDS }))
  await storage.memories.write(aWrite(1, { content: `- I like ${WORDS}\n` }))
  await storage.memories.write(aWrite(2, { path: '/other.md', content: '- Nothing here\n' }))
  await storage.sessions.put(aSession({ title: WORDS }))
  await storage.sessions.append(SESSION_ID, [
    anEvent(1, { text: `I have ${WORDS}` }),
    anEvent(2, { text: 'Well' }),
  ])
  await storage.dreams.create(aDream({ snapshot: instructed() }))
  const lease = await storage.dreams.runs.claim(DREAM_ID, atMinute(1), atMinute(10))
  if (lease === null) throw new Error('A pending dream was not claimed.')
  const change = aChange('chg_1', { reason: WORDS, evidence })
  await storage.dreams.runs.complete(lease, atMinute(9), aPlan(), [change])
  await storage.ledger.append([aLedgerEntry(1, { text: WORDS, evidence })])
  await storage.counters.add(DREAM_ID, [
    { ...aSighting('error:a', 'sesn_1'), detail: { message: WORDS }, evidence },
  ])
  await storage.steps.put('read', JSON.stringify([WORDS]))
  await storage.documents.put({
    kind: 'session',
    id: 'sesn_1',
    tags: [],
    createdAt: atMinute(1),
    body: JSON.stringify({ title: WORDS }),
  })
  await storage.logs.append('session:sesn_1', [
    { id: 'sevt_1', type: 'user.message', at: null, body: JSON.stringify({ text: WORDS }) },
    { id: 'sevt_2', type: 'user.message', at: null, body: null },
  ])
}

function instructed(): ReturnType<typeof aDream>['snapshot'] {
  return { ...aDream().snapshot, instructions: WORDS }
}
