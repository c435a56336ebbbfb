import { describe, expect, it } from 'vitest'
import type { Dream, HostedDream, TokenUsage } from '../../core/dream.ts'
import type { DreamId, MemoryStoreId, MemoryVersionId, SessionId } from '../../core/ids.ts'
import type { DreamQuery, Lease, Storage } from '../storage.ts'
import {
  aChange,
  aDream,
  aHosting,
  aMemoryStore,
  aPlan,
  atMinute,
  OTHER_WORKSPACE,
  STORE_ID,
} from './builders.test-support.ts'

const CONFLICT = { type: 'conflict_error' }
const INVALID = { type: 'invalid_request_error' }
const MISSING = { type: 'not_found_error' }
const OTHER_STORE = 'memstore_2' as MemoryStoreId
const FAILURE = { type: 'internal_error', message: 'It broke.' } as const
const USAGE: TokenUsage = { inputTokens: 30, outputTokens: 7, cachedInputTokens: 20 }
const UPDATING = { outputBehavior: 'update_existing' } as const

function drm(n: number): DreamId {
  return `drm_${n}` as DreamId
}

/** A dream of the server by number: later ones are made later. */
function hosted(n: number, hosting: Partial<HostedDream> = {}, fields: Partial<Dream> = {}): Dream {
  return aDream({ id: drm(n), createdAt: atMinute(n), hosted: aHosting(hosting), ...fields })
}

async function claimed(storage: Storage, id: DreamId, minute = 1): Promise<Lease> {
  const lease = await storage.dreams.runs.claim(id, atMinute(minute), atMinute(minute + 9))
  if (lease === null) throw new Error(`The dream ${id} was not claimed.`)
  return lease
}

/** What `Storage.dreams` promises of dreams of the server. */
export function hostedDreamsContract(storageOf: () => Storage): void {
  const start = async (...dreams: readonly Dream[]): Promise<Storage> => {
    const storage = storageOf()
    await storage.stores.create(aMemoryStore())
    await storage.stores.create(aMemoryStore({ id: OTHER_STORE, lineageId: 'lineage_2' }))
    for (const dream of dreams) await storage.dreams.create(dream)
    return storage
  }
  const shown = async (query: Partial<DreamQuery>): Promise<readonly string[]> =>
    (await storageOf().dreams.page({ limit: 9, ...query })).items.map(({ id }) => id)

  describe('hosted dreams', () => {
    it('come back as they were given', async () => {
      const place = {
        storeId: OTHER_STORE,
        memories: [{ path: '/a.md', versionId: 'memver_1' as MemoryVersionId, sha256: 'a' }],
      }
      const dream = hosted(1, { sessionId: 'sesn_9' as SessionId, output: place, usage: USAGE })
      const { dreams } = await start(dream)

      expect(await dreams.get(drm(1))).toEqual(dream)
      expect(await dreams.list()).toEqual([dream])
    })

    it('lose the paths of what they wrote when the store that it went to is removed', async () => {
      const memories = [{ path: '/a.md', versionId: 'memver_1' as MemoryVersionId, sha256: 'a' }]
      const { dreams, stores } = await start(
        hosted(1, { output: { storeId: OTHER_STORE, memories } }),
        hosted(2, { output: { storeId: STORE_ID, memories } }),
      )
      const kept = await dreams.get(drm(1))

      await stores.remove(STORE_ID)

      const place = { storeId: STORE_ID, memories: [] }
      expect(await dreams.get(drm(1))).toEqual(kept)
      expect((await dreams.get(drm(2)))?.hosted).toEqual(aHosting({ output: place }))
    })

    it('update a store one at a time, and the second is told the first', async () => {
      const { dreams, inWorkspace } = await start(hosted(1, UPDATING))
      const second = (): Promise<void> => dreams.create(hosted(2, UPDATING))
      const taken = { ...CONFLICT, details: { dream_id: drm(1) } }

      await expect(second()).rejects.toMatchObject(taken)
      const lease = await claimed(storageOf(), drm(1))
      await expect(second()).rejects.toMatchObject(taken)
      await dreams.create(hosted(3, UPDATING, { storeId: OTHER_STORE }))
      const elsewhere = inWorkspace(OTHER_WORKSPACE)
      await elsewhere.stores.create(aMemoryStore())
      await elsewhere.dreams.create(hosted(1, UPDATING))
      await dreams.runs.complete(lease, atMinute(5), aPlan(), [aChange('chg_1')])

      await second()
      expect(await shown({})).toEqual([drm(2), drm(3), drm(1)])
    })

    it('update a store after the one before has failed or was canceled', async () => {
      const { dreams } = await start(hosted(1, UPDATING))
      await dreams.runs.fail(await claimed(storageOf(), drm(1)), atMinute(2), FAILURE)
      await dreams.create(hosted(2, UPDATING))
      await dreams.runs.cancel(drm(2), atMinute(3))

      await dreams.create(hosted(3, UPDATING))

      expect(await shown({ statuses: ['pending'] })).toEqual([drm(3)])
    })

    it('that make a new store, and dreams of the command line, keep nobody out', async () => {
      const { dreams } = await start(hosted(1), aDream({ id: drm(2) }))

      await dreams.create(hosted(3, UPDATING))
      await dreams.create(hosted(4))
      await dreams.create(aDream({ id: drm(5) }))

      expect(await dreams.list()).toHaveLength(5)
    })

    it('are refused as known before they are refused as second', async () => {
      const { dreams } = await start(hosted(1, UPDATING))

      const again = dreams.create(hosted(1, UPDATING))

      await expect(again).rejects.toMatchObject({ ...CONFLICT, details: {} })
    })

    it('of many orders at once, one is taken', async () => {
      const { dreams } = await start()

      const orders = Array.from({ length: 12 }, (_, n) => dreams.create(hosted(n, UPDATING)))
      const ends = await Promise.allSettled(orders)

      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await shown({})).toHaveLength(1)
    })
  })

  describe('pages of dreams', () => {
    it('hold hosted ones only, newest first, and go on where they ended', async () => {
      const { dreams } = await start(hosted(1), hosted(2), aDream({ id: drm(3) }), hosted(4))

      const first = await dreams.page({ limit: 2 })
      await dreams.create(hosted(5))
      const second = await dreams.page({ limit: 2, after: first.next ?? '' })

      expect(first.items.map(({ id }) => id)).toEqual([drm(4), drm(2)])
      expect(first.next).toBe(first.last)
      expect(second.items).toEqual([hosted(1)])
      expect(second.next).toBeNull()
      const end = await dreams.page({ limit: 2, after: second.last ?? '' })
      expect(end).toEqual({ items: [], next: null, last: null })
      await expect(dreams.page({ limit: 2, after: 'nowhere' })).rejects.toMatchObject(INVALID)
    })

    it('end exactly: a full last page has no next one', async () => {
      const { dreams } = await start(hosted(1), hosted(2))

      expect((await dreams.page({ limit: 2 })).next).toBeNull()
      expect((await dreams.page({ limit: 1 })).next).not.toBeNull()
    })

    it('are narrowed by status, by who asked, and by time with and without the bound', async () => {
      const trigger = 'sched_1'
      const { dreams } = await start(hosted(1), hosted(2, { trigger }), hosted(3), hosted(4))
      await claimed(storageOf(), drm(3))
      await dreams.runs.cancel(drm(4), atMinute(5))

      expect(await shown({ statuses: ['running', 'canceled'] })).toEqual([drm(4), drm(3)])
      expect(await shown({ statuses: [] })).toEqual([])
      expect(await shown({ trigger })).toEqual([drm(2)])
      expect(await shown({ created: { gt: atMinute(2) } })).toEqual([drm(4), drm(3)])
      expect(await shown({ created: { gte: atMinute(2), lt: atMinute(3) } })).toEqual([drm(2)])
      expect(await shown({ created: { gt: atMinute(1), lte: atMinute(3) } })).toEqual([
        drm(3),
        drm(2),
      ])
      expect(await shown({ trigger, statuses: ['running'] })).toEqual([])
    })

    it('leave archived dreams out unless they are asked for', async () => {
      const { dreams } = await start(hosted(1), hosted(2))
      await dreams.runs.cancel(drm(1), atMinute(5))

      const archived = await dreams.archive(drm(1), atMinute(6))

      expect(archived.hosted?.archivedAt).toBe(atMinute(6))
      expect(await shown({})).toEqual([drm(2)])
      expect(await shown({ withArchived: true })).toEqual([drm(2), drm(1)])
      expect(await dreams.archive(drm(1), atMinute(7))).toEqual(archived)
      expect(await dreams.get(drm(1))).toEqual(archived)
    })

    it('archive only hosted dreams that have ended', async () => {
      const { dreams } = await start(hosted(1), hosted(2), aDream({ id: drm(3) }))
      await claimed(storageOf(), drm(2))
      await dreams.runs.cancel(drm(3), atMinute(5))

      for (const id of [drm(1), drm(2), drm(3)]) {
        await expect(dreams.archive(id, atMinute(6))).rejects.toMatchObject(INVALID)
      }
      await expect(dreams.archive(drm(9), atMinute(6))).rejects.toMatchObject(MISSING)
    })
  })

  describe('runs of hosted dreams', () => {
    it('wait while pending or left alone, oldest first', async () => {
      const { dreams } = await start(hosted(1), hosted(2), aDream({ id: drm(3) }), hosted(4))
      await claimed(storageOf(), drm(1))
      await dreams.runs.cancel(drm(4), atMinute(2))
      await dreams.create(hosted(5))

      expect(await dreams.runs.waiting(atMinute(9), 9)).toEqual([drm(2), drm(5)])
      expect(await dreams.runs.waiting(atMinute(10), 9)).toEqual([drm(1), drm(2), drm(5)])
      expect(await dreams.runs.waiting(atMinute(10), 1)).toEqual([drm(1)])
      await claimed(storageOf(), drm(1), 10)
      expect(await dreams.runs.waiting(atMinute(10), 9)).toEqual([drm(2), drm(5)])
    })

    it('note where a dream works, for their holder only', async () => {
      const storage = await start(hosted(1), aDream({ id: drm(2) }))
      const { runs } = storage.dreams
      const place = {
        sessionId: 'sesn_9' as SessionId,
        output: { storeId: OTHER_STORE, memories: [] },
      }
      const old = await claimed(storage, drm(1))
      const lease = await claimed(storage, drm(1), 20)

      await expect(runs.begin(old, place)).rejects.toMatchObject(CONFLICT)
      await runs.begin(lease, { ...place, output: null })
      await runs.begin(lease, place)

      expect(await storage.dreams.get(drm(1))).toEqual(hosted(1, place, { status: 'running' }))
      const plain = await claimed(storage, drm(2))
      await expect(runs.begin(plain, place)).rejects.toMatchObject(INVALID)
      await runs.fail(lease, atMinute(22), FAILURE)
      await expect(runs.begin(lease, place)).rejects.toMatchObject(CONFLICT)
    })

    it('end with what the plan says was used', async () => {
      const storage = await start(hosted(1))
      const plan = aPlan()
      const usage = { ...plan.report.usage, ...USAGE }
      const used = { ...plan, report: { ...plan.report, usage } }

      await storage.dreams.runs.complete(await claimed(storage, drm(1)), atMinute(5), used, [])

      expect((await storage.dreams.get(drm(1)))?.hosted?.usage).toEqual(USAGE)
    })

    it('fail with what was used up to then', async () => {
      const storage = await start(hosted(1), hosted(2, { usage: USAGE }), aDream({ id: drm(3) }))
      const { dreams } = storage

      await dreams.runs.fail(await claimed(storage, drm(1)), atMinute(5), FAILURE, USAGE)
      await dreams.runs.fail(await claimed(storage, drm(2)), atMinute(5), FAILURE)
      await dreams.runs.fail(await claimed(storage, drm(3)), atMinute(5), FAILURE, USAGE)

      const ended = { status: 'failed', endedAt: atMinute(5), error: FAILURE } as const
      expect(await dreams.get(drm(1))).toEqual(hosted(1, { usage: USAGE }, ended))
      expect(await dreams.get(drm(2))).toEqual(hosted(2, { usage: USAGE }, ended))
      expect((await dreams.get(drm(3)))?.hosted).toBeNull()
    })

    it('are canceled while pending or running, and their lease is worth nothing then', async () => {
      const storage = await start(hosted(1), hosted(2))
      const { runs } = storage.dreams
      const lease = await claimed(storage, drm(2))
      const end = { status: 'canceled', endedAt: atMinute(5) } as const

      expect(await runs.cancel(drm(1), atMinute(5))).toEqual(hosted(1, {}, end))
      expect(await runs.cancel(drm(2), atMinute(5))).toEqual(hosted(2, {}, end))

      const late = [
        runs.renew(lease, atMinute(50)),
        runs.begin(lease, { sessionId: null, output: null }),
        runs.complete(lease, atMinute(6), aPlan(), [aChange('chg_1')]),
        runs.fail(lease, atMinute(6), FAILURE),
      ]
      for (const write of late) await expect(write).rejects.toMatchObject(CONFLICT)
      expect(await runs.claim(drm(2), atMinute(50), atMinute(60))).toBeNull()
      expect(await storage.dreams.get(drm(2))).toEqual(hosted(2, {}, end))
      expect(await storage.dreams.changes.list(drm(2))).toEqual([])
      expect(await runs.waiting(atMinute(50), 9)).toEqual([])
    })

    it('keep what they had used when they are canceled', async () => {
      const storage = await start(hosted(1))
      const { runs } = storage.dreams
      const lease = await claimed(storage, drm(1))

      await runs.renew(lease, atMinute(50), USAGE)
      await runs.renew(lease, atMinute(51))
      expect((await storage.dreams.get(drm(1)))?.hosted?.usage).toEqual(USAGE)

      expect((await runs.cancel(drm(1), atMinute(5))).hosted?.usage).toEqual(USAGE)
    })

    it('stay canceled with the first time, and ended ones cannot be canceled', async () => {
      const storage = await start(hosted(1), hosted(2), hosted(3))
      const { runs } = storage.dreams
      const first = await runs.cancel(drm(1), atMinute(5))
      await runs.complete(await claimed(storage, drm(2)), atMinute(5), aPlan(), [])
      await runs.fail(await claimed(storage, drm(3)), atMinute(5), FAILURE)

      expect(await runs.cancel(drm(1), atMinute(8))).toEqual(first)
      await expect(runs.cancel(drm(2), atMinute(8))).rejects.toMatchObject(INVALID)
      await expect(runs.cancel(drm(3), atMinute(8))).rejects.toMatchObject(INVALID)
      await expect(runs.cancel(drm(9), atMinute(8))).rejects.toMatchObject(MISSING)
    })
  })
}
