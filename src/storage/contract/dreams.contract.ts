import { describe, expect, it } from 'vitest'
import type { ChangeStatus } from '../../core/change.ts'
import type { ChangeId, DreamId, MemoryStoreId } from '../../core/ids.ts'
import type { ChangeDecision, Storage } from '../storage.ts'
import {
  aChange,
  aDream,
  aLedgerEntry,
  aMemoryStore,
  aPlan,
  aRunningDream,
  atMinute,
  DREAM_ID,
  STORE_ID,
} from './builders.test-support.ts'

const CONFLICT = { type: 'conflict_error' }
const MISSING = { type: 'not_found_error' }
const OTHER_DREAM = 'drm_2' as DreamId
const FAILURE = { type: 'timeout', message: 'It took too long.' } as const

function to(status: ChangeStatus): ChangeDecision {
  return { status, heldReason: null, decidedBy: 'tomas', at: atMinute(20) }
}

/** What `Storage.dreams` promises. */
export function dreamsContract(storageOf: () => Storage): void {
  describe('dreams', () => {
    it('gives back dreams, newest first, of all stores or of one', async () => {
      const { stores, dreams } = storageOf()
      const otherStore = 'memstore_2' as MemoryStoreId
      await stores.create(aMemoryStore())
      await stores.create(aMemoryStore({ id: otherStore }))
      const second = aDream({ id: OTHER_DREAM, storeId: otherStore })
      await dreams.create(aDream())
      await dreams.create(second)

      expect(await dreams.get(DREAM_ID)).toEqual(aDream())
      expect(await dreams.list()).toEqual([second, aDream()])
      expect(await dreams.list(STORE_ID)).toEqual([aDream()])
      await expect(dreams.create(aDream())).rejects.toMatchObject(CONFLICT)
      const lost = aDream({ id: 'drm_3' as DreamId, storeId: 'memstore_9' as MemoryStoreId })
      await expect(dreams.create(lost)).rejects.toMatchObject(MISSING)
    })

    it('lets one of many claim a dream', async () => {
      const storage = storageOf()
      await storage.stores.create(aMemoryStore())
      await storage.dreams.create(aDream())

      const claims = await Promise.all(
        Array.from({ length: 8 }, () =>
          storage.dreams.runs.claim(DREAM_ID, atMinute(1), atMinute(10)),
        ),
      )

      expect(claims.filter((lease) => lease !== null)).toHaveLength(1)
      expect((await storage.dreams.get(DREAM_ID))?.status).toBe('running')
      await expect(
        storage.dreams.runs.claim(OTHER_DREAM, atMinute(1), atMinute(10)),
      ).rejects.toMatchObject(MISSING)
    })

    it('hands an expired lease on and fences off the old holder', async () => {
      const { dreams } = storageOf()
      const old = await aRunningDream(storageOf())

      expect(await dreams.runs.claim(DREAM_ID, atMinute(9), atMinute(20))).toBeNull()
      const next = await dreams.runs.claim(DREAM_ID, atMinute(10), atMinute(20))

      expect(next).not.toBeNull()
      const late = dreams.runs.complete(old, atMinute(11), aPlan(), [aChange('chg_1')])
      await expect(late).rejects.toMatchObject(CONFLICT)
      await expect(dreams.runs.fail(old, atMinute(11), FAILURE)).rejects.toMatchObject(CONFLICT)
      expect(await dreams.changes.list(DREAM_ID)).toEqual([])
      await dreams.runs.complete(next ?? old, atMinute(12), aPlan(), [])
      expect(await dreams.runs.claim(DREAM_ID, atMinute(50), atMinute(60))).toBeNull()
    })

    it('prolongs a lease for its holder only', async () => {
      const { dreams } = storageOf()
      const first = await aRunningDream(storageOf())

      await dreams.runs.renew(first, atMinute(20))

      expect(await dreams.runs.claim(DREAM_ID, atMinute(15), atMinute(30))).toBeNull()
      const next = await dreams.runs.claim(DREAM_ID, atMinute(20), atMinute(30))
      expect(next).not.toBeNull()
      await expect(dreams.runs.renew(first, atMinute(40))).rejects.toMatchObject(CONFLICT)
    })

    it('completes with plan and changes in plan order, once', async () => {
      const { dreams } = storageOf()
      const lease = await aRunningDream(storageOf())
      const worded = aChange('chg_m', { isWordedByModel: true })
      const changes = [aChange('chg_z'), aChange('chg_a', { evidence: [] }), worded]

      await dreams.runs.complete(lease, atMinute(5), aPlan(), changes)

      expect(await dreams.get(DREAM_ID)).toEqual(
        aDream({
          status: 'completed',
          planStatus: 'waiting',
          endedAt: atMinute(5),
          plan: aPlan(),
        }),
      )
      expect(await dreams.changes.list(DREAM_ID)).toEqual(changes)
      const again = dreams.runs.complete(lease, atMinute(6), aPlan(), [])
      await expect(again).rejects.toMatchObject(CONFLICT)
    })

    it('writes nothing of a completion whose changes share an id', async () => {
      const { dreams } = storageOf()
      const lease = await aRunningDream(storageOf())

      const twins = dreams.runs.complete(lease, atMinute(5), aPlan(), [aChange('a'), aChange('a')])

      await expect(twins).rejects.toMatchObject({ type: 'invalid_request_error' })
      expect((await dreams.get(DREAM_ID))?.status).toBe('running')
    })

    it('fails with the reason, and never runs again', async () => {
      const { dreams } = storageOf()
      const lease = await aRunningDream(storageOf())

      await dreams.runs.fail(lease, atMinute(5), FAILURE)

      const failed = aDream({ status: 'failed', endedAt: atMinute(5), error: FAILURE })
      expect(await dreams.get(DREAM_ID)).toEqual(failed)
      expect(await dreams.runs.claim(DREAM_ID, atMinute(50), atMinute(60))).toBeNull()
    })

    it('moves a plan by legal steps only', async () => {
      const { dreams } = storageOf()
      const lease = await aRunningDream(storageOf())
      await expect(dreams.setPlanStatus(DREAM_ID, 'applied')).rejects.toMatchObject(CONFLICT)
      await dreams.runs.complete(lease, atMinute(5), aPlan(), [aChange('chg_1')])

      await dreams.setPlanStatus(DREAM_ID, 'applied')
      await dreams.setPlanStatus(DREAM_ID, 'reverted')

      await expect(dreams.setPlanStatus(DREAM_ID, 'applied')).rejects.toMatchObject(CONFLICT)
      await expect(dreams.setPlanStatus(OTHER_DREAM, 'applied')).rejects.toMatchObject(MISSING)
      expect((await dreams.get(DREAM_ID))?.planStatus).toBe('reverted')
    })

    it('calls a plan without changes empty', async () => {
      const { dreams } = storageOf()
      const lease = await aRunningDream(storageOf())

      await dreams.runs.complete(lease, atMinute(5), aPlan(), [])

      expect((await dreams.get(DREAM_ID))?.planStatus).toBe('empty')
    })
  })

  describe('changes', () => {
    it('decides by legal steps only', async () => {
      const { dreams } = storageOf()
      const { changes } = dreams
      const lease = await aRunningDream(storageOf())
      const id = 'chg_1' as ChangeId
      await dreams.runs.complete(lease, atMinute(5), aPlan(), [aChange(id)])

      await changes.decide(DREAM_ID, id, { ...to('held'), heldReason: 'pinned' })

      const held = aChange(id, { status: 'held', heldReason: 'pinned' })
      expect(await changes.find(id)).toEqual({ dreamId: DREAM_ID, change: held })
      await expect(changes.decide(DREAM_ID, id, to('applied'))).rejects.toMatchObject(CONFLICT)
      await changes.decide(DREAM_ID, id, to('rejected'))
      expect(await changes.list(DREAM_ID)).toEqual([aChange(id, { status: 'rejected' })])
      const none = changes.decide(DREAM_ID, 'chg_9' as ChangeId, to('accepted'))
      await expect(none).rejects.toMatchObject(MISSING)
      expect(await changes.find('chg_9' as ChangeId)).toBeNull()
    })

    it('finds an id in the newest dream, and tells ids by status without discarded dreams', async () => {
      const { dreams } = storageOf()
      const { changes } = dreams
      const first = await aRunningDream(storageOf())
      await dreams.runs.complete(first, atMinute(5), aPlan(), [aChange('b'), aChange('a')])
      await dreams.create(aDream({ id: OTHER_DREAM }))
      const second = await dreams.runs.claim(OTHER_DREAM, atMinute(6), atMinute(9))
      if (second === null) throw new Error('not claimed')
      await dreams.runs.complete(second, atMinute(7), aPlan(), [aChange('a'), aChange('c')])
      await changes.decide(OTHER_DREAM, 'c' as ChangeId, to('rejected'))

      expect((await changes.find('a' as ChangeId))?.dreamId).toBe(OTHER_DREAM)
      expect(await changes.idsWith(STORE_ID, ['proposed'])).toEqual(['a', 'b'])
      expect(await changes.idsWith(STORE_ID, ['rejected', 'held'])).toEqual(['c'])
      expect(await changes.idsWith(STORE_ID, [])).toEqual([])
      await dreams.setPlanStatus(OTHER_DREAM, 'discarded')
      expect(await changes.idsWith(STORE_ID, ['rejected', 'proposed'])).toEqual(['a', 'b'])
      expect(await changes.idsWith('memstore_2' as MemoryStoreId, ['proposed'])).toEqual([])
    })

    it("takes a person's words, and leaves all else as it was decided", async () => {
      const { dreams } = storageOf()
      const { changes } = dreams
      const lease = await aRunningDream(storageOf())
      const id = 'chg_1' as ChangeId
      const held = aChange(id, { status: 'held', heldReason: 'pinned', isWordedByModel: true })
      await dreams.runs.complete(lease, atMinute(5), aPlan(), [aChange('chg_0'), held])
      const { kind, unitId, path, text, interval, reason, evidence } = aLedgerEntry(1)
      const words = {
        before: [],
        after: [{ path: '/orders.md', text: 'port\0 9091' }],
        edits: [],
        ledger: [{ kind, unitId, path, text, interval, reason, evidence }],
        isWordedByModel: false,
      }

      await changes.reword(DREAM_ID, aChange(id, { ...words, reason: 'other', trust: 'external' }))

      expect(await changes.list(DREAM_ID)).toEqual([aChange('chg_0'), { ...held, ...words }])
      await changes.decide(DREAM_ID, id, to('accepted'))
      await changes.reword(DREAM_ID, aChange(id))
      await changes.decide(DREAM_ID, id, to('applied'))
      await expect(changes.reword(DREAM_ID, aChange(id, words))).rejects.toMatchObject(CONFLICT)
      await changes.decide(DREAM_ID, id, to('reverted'))
      await expect(changes.reword(DREAM_ID, aChange(id, words))).rejects.toMatchObject(CONFLICT)
      await expect(changes.reword(OTHER_DREAM, aChange(id))).rejects.toMatchObject(MISSING)
      expect(await changes.list(DREAM_ID)).toEqual([
        aChange('chg_0'),
        { ...aChange(id), status: 'reverted' },
      ])
    })
  })
}
