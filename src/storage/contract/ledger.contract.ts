import { describe, expect, it } from 'vitest'
import {
  type ChangeId,
  type DreamId,
  derivedId,
  type MemoryStoreId,
  type WorkspaceId,
} from '../../core/ids.ts'
import type { LedgerEntry } from '../../core/ledger.ts'
import type { Storage } from '../storage.ts'
import {
  aLedgerEntry,
  aMemoryStore,
  aSighting,
  DREAM_ID,
  LINEAGE,
  STORE_ID,
} from './builders.test-support.ts'

const OTHER_DREAM = 'drm_2' as DreamId
const CLONE = 'memstore_2' as MemoryStoreId
const LOST_STORE = 'memstore_9' as MemoryStoreId
const MISSING = { type: 'not_found_error' }

/** What `Storage.ledger`, `Storage.counters` and `Storage.steps` promise. */
export function ledgerContract(storageOf: () => Storage): void {
  describe('ledger', () => {
    it('lists newest first, by path where asked', async () => {
      const { stores, ledger } = storageOf()
      await stores.create(aMemoryStore())
      const elsewhere = aLedgerEntry(2, { path: '/b.md', unitId: null, evidence: [] })

      await ledger.append([aLedgerEntry(1), elsewhere])
      await ledger.append([aLedgerEntry(3)])

      expect(await ledger.list(STORE_ID)).toEqual([aLedgerEntry(3), elsewhere, aLedgerEntry(1)])
      expect(await ledger.list(STORE_ID, { path: '/b.md' })).toEqual([elsewhere])
    })

    it('hides reverted entries unless they are asked for', async () => {
      const { stores, ledger } = storageOf()
      await stores.create(aMemoryStore())
      const ofOther = aLedgerEntry(3, { dreamId: OTHER_DREAM })
      await ledger.append([aLedgerEntry(1), aLedgerEntry(2), ofOther])
      const shown = async (): Promise<string[]> => (await ledger.list(STORE_ID)).map(({ id }) => id)

      await ledger.markReverted(DREAM_ID, [])
      expect(await shown()).toEqual(['led_3', 'led_2', 'led_1'])
      await ledger.markReverted(DREAM_ID, ['chg_1', 'chg_3'] as ChangeId[])
      expect(await shown()).toEqual(['led_3', 'led_2'])
      await ledger.markReverted(DREAM_ID)
      expect(await shown()).toEqual(['led_3'])

      const all = await ledger.list(STORE_ID, { withReverted: true })
      expect(all.map(({ isReverted }) => isReverted)).toEqual([false, true, true])
    })

    it('appends all entries or none', async () => {
      const { stores, ledger } = storageOf()
      await stores.create(aMemoryStore())
      await ledger.append([aLedgerEntry(1)])

      const twin = ledger.append([aLedgerEntry(2), aLedgerEntry(1)])
      await expect(twin).rejects.toMatchObject({ type: 'conflict_error' })
      const lost = aLedgerEntry(4, { storeId: 'memstore_9' as MemoryStoreId })
      const astray = ledger.append([aLedgerEntry(3), lost])
      await expect(astray).rejects.toMatchObject({ type: 'not_found_error' })

      expect(await ledger.list(STORE_ID)).toEqual([aLedgerEntry(1)])
    })

    it('is copied for a clone, in order, reverted entries and evidence too', async () => {
      const { stores, ledger } = storageOf()
      await stores.create(aMemoryStore())
      await stores.create(aMemoryStore({ id: CLONE }))
      await ledger.append([aLedgerEntry(1), aLedgerEntry(2), aLedgerEntry(3)])
      await ledger.markReverted(DREAM_ID, ['chg_2' as ChangeId])
      const all = (storeId: MemoryStoreId): Promise<readonly LedgerEntry[]> =>
        ledger.list(storeId, { withReverted: true })

      await ledger.copy(STORE_ID, CLONE)
      await ledger.copy(STORE_ID, CLONE)

      const copies = await all(CLONE)
      expect(copies.map(({ id }) => id)).toEqual(
        ['led_3', 'led_2', 'led_1'].map((id) => derivedId('led', CLONE, id)),
      )
      expect(copies).toEqual(
        (await all(STORE_ID)).map((entry, n) => ({ ...entry, id: copies[n]?.id, storeId: CLONE })),
      )
      await expect(ledger.copy(STORE_ID, LOST_STORE)).rejects.toMatchObject(MISSING)
      await expect(ledger.copy(LOST_STORE, CLONE)).rejects.toMatchObject(MISSING)
    })

    it('is copied without the entries of some dreams', async () => {
      const { stores, ledger } = storageOf()
      await stores.create(aMemoryStore())
      await stores.create(aMemoryStore({ id: CLONE }))
      await ledger.append([aLedgerEntry(1), aLedgerEntry(2, { dreamId: OTHER_DREAM })])

      await ledger.copy(STORE_ID, CLONE, [OTHER_DREAM])

      expect((await ledger.list(CLONE)).map(({ dreamId }) => dreamId)).toEqual([DREAM_ID])
    })

    it('marks what a dream wrote as reverted, and not what a clone took over of it', async () => {
      const { stores, ledger } = storageOf()
      await stores.create(aMemoryStore())
      await stores.create(aMemoryStore({ id: CLONE }))
      await ledger.append([aLedgerEntry(1)])
      await ledger.copy(STORE_ID, CLONE)
      await ledger.append([aLedgerEntry(2, { storeId: CLONE })])

      await ledger.markReverted(DREAM_ID)

      expect(await ledger.list(STORE_ID)).toEqual([])
      const left = (await ledger.list(CLONE)).map(({ text, dreamId }) => [text, dreamId])
      expect(left).toEqual([['text 1', DREAM_ID]])
    })
  })

  describe('counters', () => {
    it('counts a pattern once per session, by pattern, then session', async () => {
      const { counters } = storageOf()
      const sightings = [
        aSighting('b', 'sesn_1'),
        aSighting('a', 'sesn_2'),
        aSighting('a', 'sesn_1'),
      ]

      await counters.add(DREAM_ID, sightings)
      await counters.add(OTHER_DREAM, [
        { ...aSighting('a', 'sesn_1'), evidence: [] },
        aSighting('c', 'sesn_1'),
      ])

      expect(await counters.list(LINEAGE)).toEqual([
        aSighting('a', 'sesn_1'),
        aSighting('a', 'sesn_2'),
        aSighting('b', 'sesn_1'),
        aSighting('c', 'sesn_1'),
      ])
      expect(await counters.list('lineage_2')).toEqual([])
    })

    it('gives back what a dream added', async () => {
      const { counters } = storageOf()
      await counters.add(DREAM_ID, [aSighting('a', 'sesn_1')])
      await counters.add(OTHER_DREAM, [aSighting('a', 'sesn_1'), aSighting('a', 'sesn_2')])

      await counters.giveBack(DREAM_ID)

      expect(await counters.list(LINEAGE)).toEqual([aSighting('a', 'sesn_2')])
      await counters.add(OTHER_DREAM, [aSighting('a', 'sesn_1')])
      expect(await counters.list(LINEAGE)).toHaveLength(2)
    })

    it('copies what a lineage has counted, and each goes its own way from there', async () => {
      const { counters } = storageOf()
      const lineageId = 'lineage_2'
      const own = { ...aSighting('b', 'sesn_1'), lineageId, at: null }
      await counters.add(DREAM_ID, [aSighting('b', 'sesn_1'), aSighting('a', 'sesn_1')])
      await counters.add(OTHER_DREAM, [own])

      await counters.copy(LINEAGE, lineageId)
      await counters.copy(LINEAGE, lineageId)
      await counters.add(DREAM_ID, [aSighting('c', 'sesn_1')])

      const taken = { ...aSighting('a', 'sesn_1'), lineageId }
      expect(await counters.list(lineageId)).toEqual([taken, own])
      await counters.giveBack(DREAM_ID)
      expect(await counters.list(LINEAGE)).toEqual([])
      expect(await counters.list(lineageId)).toEqual([taken, own])
      await counters.giveBack(OTHER_DREAM)
      expect(await counters.list(lineageId)).toEqual([taken])
    })
  })

  it('copies counts without those of some dreams', async () => {
    const { counters } = storageOf()
    await counters.add(DREAM_ID, [aSighting('a', 'sesn_1')])
    await counters.add(OTHER_DREAM, [aSighting('b', 'sesn_1')])

    await counters.copy(LINEAGE, 'lineage_2', [OTHER_DREAM])

    const copied = await counters.list('lineage_2')
    expect(copied.map(({ pattern }) => pattern)).toEqual(['a'])
  })

  describe('step results', () => {
    it('keeps the first result under a key', async () => {
      const { steps } = storageOf()

      expect(await steps.get('k')).toBeNull()
      await steps.put('k', '')
      await steps.put('k', 'second')

      expect(await steps.get('k')).toBe('')
    })

    it('takes and gives many at once, the first result under a key staying', async () => {
      const { steps } = storageOf()
      await steps.put('a', 'first')

      await steps.putAll([
        ['a', 'second'],
        ['b', 'with a \0 in it'],
        ['b', 'again'],
      ])
      await steps.putAll([])

      expect(await steps.getAll(['b', 'a', 'c', 'a'])).toEqual(
        new Map([
          ['a', 'first'],
          ['b', 'with a \0 in it'],
        ]),
      )
      expect(await steps.getAll([])).toEqual(new Map())
      const other = storageOf().inWorkspace('wrkspc_other' as WorkspaceId)
      expect(await other.steps.getAll(['a', 'b'])).toEqual(new Map())
    })
  })
}
