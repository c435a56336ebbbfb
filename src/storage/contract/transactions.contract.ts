import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DreamId, MemoryStoreId } from '../../core/ids.ts'
import type { Storage } from '../storage.ts'
import {
  aChange,
  aDream,
  aHosting,
  aLedgerEntry,
  aMemoryStore,
  anEvent,
  aPlan,
  aRemoval,
  aRunningDream,
  aSession,
  aSighting,
  atMinute,
  aUnit,
  aWrite,
  DREAM_ID,
  LINEAGE,
  OTHER_WORKSPACE,
  SESSION_ID,
  STORE_ID,
} from './builders.test-support.ts'
import { aDocument } from './documents.contract.ts'
import { aLogLine } from './logs.contract.ts'

const BOOM = new Error('boom')

/** What `Storage` itself promises: transactions, workspaces, texts, lifetime. */
export function transactionsContract(storageOf: () => Storage): void {
  describe('transactions', () => {
    it('land whole, and what they read is what they wrote', async () => {
      const storage = storageOf()

      const seen = await storage.transaction(async (inside) => {
        await inside.stores.create(aMemoryStore())
        await inside.memories.write(aWrite(1))
        return inside.memories.list(STORE_ID)
      })

      expect(seen).toHaveLength(1)
      expect(await storage.memories.list(STORE_ID)).toEqual(seen)
    })

    it('leave nothing behind when the work throws', async () => {
      const storage = storageOf()
      await fill(storage)
      const before = await everything(storage)

      const work = storage.transaction(async (inside) => {
        await changeAll(inside)
        throw BOOM
      })

      await expect(work).rejects.toBe(BOOM)
      expect(await everything(storage)).toEqual(before)
    })

    it('go on after a call of theirs was refused', async () => {
      const storage = storageOf()
      await storage.stores.create(aMemoryStore())

      await storage.transaction(async (inside) => {
        await inside.memories.write(aWrite(1))
        await expect(inside.memories.write(aWrite(2, { expectedSha256: null }))).rejects.toThrow()
        await expect(inside.ledger.append([aLedgerEntry(1), aLedgerEntry(1)])).rejects.toThrow()
      })

      expect(await storage.memories.versions.list(STORE_ID)).toHaveLength(1)
      expect(await storage.ledger.list(STORE_ID)).toEqual([])
    })

    it('take turns, so that concurrent ones lose no update', async () => {
      const storage = storageOf()
      await storage.stores.create(aMemoryStore())
      await storage.memories.write(aWrite(0, { content: '0' }))
      const increment = (n: number): Promise<void> =>
        storage.transaction(async (inside) => {
          const count = Number((await written(inside)).content)
          await Promise.resolve()
          await inside.memories.write(aWrite(n, { content: String(count + 1) }))
          if (n % 3 === 0) throw BOOM
        })

      const ends = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => increment(n + 1)))

      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(8)
      expect((await written(storage)).content).toBe('8')
    })

    it('keep the writes of others out until they end', async () => {
      const storage = storageOf()
      await storage.stores.create(aMemoryStore())
      let outside: Promise<unknown> = Promise.resolve()
      const started = Promise.withResolvers<void>()
      const work = storage.transaction(async (inside) => {
        await inside.memories.write(aWrite(1))
        started.resolve()
        await new Promise(setImmediate)
        throw BOOM
      })
      await started.promise
      outside = storage.memories.write(aWrite(2, { content: 'outside' }))

      await expect(work).rejects.toBe(BOOM)
      await outside

      const versions = await storage.memories.versions.list(STORE_ID)
      expect(versions.map(({ content }) => content)).toEqual(['outside'])
    })

    it('join when nested, and a nested throw that is caught still fails the whole', async () => {
      const storage = storageOf()
      await storage.transaction((inside) =>
        inside.transaction((nested) => nested.stores.create(aMemoryStore())),
      )

      const swallowing = storage.transaction(async (inside) => {
        await inside.memories.write(aWrite(1))
        const nested = inside.transaction(async (joined) => {
          await joined.memories.write(aWrite(2, { path: '/b.md' }))
          throw BOOM
        })
        await nested.catch((error: unknown) => expect(error).toBe(BOOM))
      })

      await expect(swallowing).rejects.toBe(BOOM)
      expect(await storage.stores.list()).toHaveLength(1)
      expect(await storage.memories.list(STORE_ID)).toEqual([])
    })

    it('refuse the storage outside while inside, and their own after their end', async () => {
      const storage = storageOf()
      let leaked = storage

      const work = storage.transaction(async (inside) => {
        leaked = inside
        await storage.stores.list()
      })

      await expect(work).rejects.toMatchObject({ type: 'api_error' })
      await expect(leaked.stores.list()).rejects.toMatchObject({ type: 'api_error' })
      expect(await storage.stores.list()).toEqual([])
    })

    it('reach into another workspace and roll back there too', async () => {
      const storage = storageOf()

      const work = storage.transaction(async (inside) => {
        await inside.inWorkspace(OTHER_WORKSPACE).stores.create(aMemoryStore())
        throw BOOM
      })

      await expect(work).rejects.toBe(BOOM)
      expect(await storage.inWorkspace(OTHER_WORKSPACE).stores.list()).toEqual([])
    })
  })

  describe('workspaces', () => {
    it('hold the same ids apart, in every port', async () => {
      const storage = storageOf()
      const other = storage.inWorkspace(OTHER_WORKSPACE)
      const empty = await everything(other)
      await fill(storage)
      const filled = await everything(storage)

      expect(await everything(other)).toEqual(empty)
      await fill(other)
      expect(await everything(other)).toEqual(filled)
      await other.sessions.consumption.consume(LINEAGE, DREAM_ID, [anEvent(2).id])
      expect(await everything(storage)).toEqual(filled)
      await changeAll(other)
      expect(await everything(storage)).toEqual(filled)
    })
  })

  describe('texts', () => {
    it('come back exactly, NUL and all', async () => {
      const storage = storageOf()
      await storage.stores.create(aMemoryStore())
      await storage.sessions.put(aSession())
      let n = 0

      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
          n += 1
          const content = `\ufeff${text}\0\r\n${n}`
          const memory = await storage.memories.write(aWrite(n, { content }))
          await storage.units.record(memory.id, memory.versionId, [
            aUnit(memory, 0, { text: content }),
          ])
          await storage.sessions.append(SESSION_ID, [anEvent(n, { text: content })])
          await storage.ledger.append([aLedgerEntry(n, { text: content, path: `/${n}` })])
          await storage.steps.put(`${n}`, content)

          expect((await written(storage)).content).toBe(content)
          expect((await storage.memories.versions.get(memory.versionId))?.content).toBe(content)
          expect((await storage.units.list(STORE_ID))[0]?.text).toBe(content)
          expect((await storage.sessions.event(anEvent(n).id))?.text).toBe(content)
          expect((await storage.ledger.list(STORE_ID, { path: `/${n}` }))[0]?.text).toBe(content)
          expect(await storage.steps.get(`${n}`)).toBe(content)
        }),
        { seed: 11, numRuns: 30 },
      )
    })

    it('with half a surrogate pair are refused wherever they stand', async () => {
      const storage = storageOf()
      await storage.stores.create(aMemoryStore())
      const half = 'a\ud83d'
      const refused = { type: 'invalid_request_error' }

      await expect(storage.memories.write(aWrite(1, { content: half }))).rejects.toMatchObject(
        refused,
      )
      await expect(storage.memories.getByPath(STORE_ID, half)).rejects.toMatchObject(refused)
      const dream = aDream({ snapshot: { ...aDream().snapshot, instructions: half } })
      await expect(storage.dreams.create(dream)).rejects.toMatchObject(refused)
      const detail = { [half]: 'x' }
      const sighting = { ...aSighting('a', 'b'), detail }
      await expect(storage.counters.add(DREAM_ID, [sighting])).rejects.toMatchObject(refused)
      expect(await storage.memories.list(STORE_ID)).toEqual([])
    })
  })

  describe('closing', () => {
    it('waits for calls made before, refuses later ones, and may be done twice', async () => {
      const storage = storageOf()

      const write = storage.stores.create(aMemoryStore())
      const closed = storage.close()
      const late = storage.stores.list()

      await expect(late).rejects.toMatchObject({ type: 'api_error' })
      await Promise.all([write, closed])
      await storage.close()
    })
  })
}

async function written(
  storage: Storage,
): Promise<Awaited<ReturnType<Storage['memories']['write']>>> {
  const memory = await storage.memories.getByPath(STORE_ID, '/orders.md')
  if (memory === null) throw new Error('There is no memory at /orders.md.')
  return memory
}

/** Something in every port. */
async function fill(storage: Storage): Promise<void> {
  const lease = await aRunningDream(storage)
  const memory = await storage.memories.write(aWrite(1))
  await storage.units.record(memory.id, memory.versionId, [aUnit(memory, 0)])
  await storage.sessions.put(aSession())
  await storage.sessions.append(SESSION_ID, [anEvent(1), anEvent(2)])
  await storage.sessions.consumption.consume(LINEAGE, DREAM_ID, [anEvent(1).id])
  await storage.dreams.runs.complete(lease, atMinute(3), aPlan(), [aChange('chg_1')])
  await storage.ledger.append([aLedgerEntry(1)])
  await storage.counters.add(DREAM_ID, [aSighting('pattern', SESSION_ID)])
  await storage.steps.put('key', 'result')
  for (const [n, outputBehavior] of (['update_existing', 'create_new'] as const).entries()) {
    await storage.dreams.create(aDream({ id: hostedId(n), hosted: aHosting({ outputBehavior }) }))
  }
  await storage.documents.put(aDocument(1))
  await storage.documents.put(aDocument(2))
  await storage.logs.append(STREAM, [aLogLine(1)])
}

const STREAM = 'session:sesn_1'
const CLONE = 'memstore_clone' as MemoryStoreId

function hostedId(n: number): DreamId {
  return `drm_hosted_${n}` as DreamId
}

/** Every kind of write there is, over what `fill` wrote. */
async function changeAll(storage: Storage): Promise<void> {
  const { sessions, memories, dreams } = storage
  await storage.units.setPinned(aUnit(await written(storage), 0).id, true)
  const memory = await memories.write(aWrite(7, { content: 'text text text' }))
  await storage.units.record(memory.id, memory.versionId, [aUnit(memory, 5)])
  await memories.remove(aRemoval(8))
  await sessions.put(aSession({ title: 'Other' }))
  await sessions.consumption.consume(LINEAGE, DREAM_ID, [anEvent(2).id])
  await sessions.consumption.copy(LINEAGE, 'lineage_2')
  await sessions.consumption.giveBack(DREAM_ID)
  await sessions.remove(SESSION_ID)
  await dreams.changes.decide(DREAM_ID, aChange('chg_1').id, {
    status: 'accepted',
    heldReason: null,
    decidedBy: null,
    at: atMinute(8),
  })
  await dreams.changes.reword(DREAM_ID, aChange('chg_1', { after: [], edits: [] }))
  await dreams.setPlanStatus(DREAM_ID, 'discarded')
  await storage.ledger.markReverted(DREAM_ID)
  await storage.counters.copy(LINEAGE, 'lineage_2')
  await storage.counters.giveBack(DREAM_ID)
  await storage.steps.put('other', 'result')
  await storage.steps.putAll([['third', 'result']])
  await storage.stores.archive(STORE_ID, atMinute(9))
  await storage.stores.create(aMemoryStore({ id: CLONE }))
  await storage.ledger.copy(STORE_ID, CLONE)
  await changeWhatTheServerKeeps(storage)
}

async function changeWhatTheServerKeeps({ dreams, documents, logs }: Storage): Promise<void> {
  const lease = await dreams.runs.claim(hostedId(0), atMinute(4), atMinute(5))
  if (lease === null) throw new Error('not claimed')
  await dreams.runs.renew(lease, atMinute(6))
  await dreams.runs.begin(lease, { sessionId: SESSION_ID, output: null })
  await dreams.runs.fail(lease, atMinute(5), { type: 'timeout', message: 'late' })
  await dreams.runs.cancel(hostedId(1), atMinute(5))
  await dreams.archive(hostedId(1), atMinute(6))
  await documents.put(aDocument(1, { tags: ['other'] }))
  await documents.put(aDocument(3))
  await documents.remove('agent', aDocument(2).id)
  await documents.removeBefore('agent', atMinute(2))
  await logs.append(STREAM, [aLogLine(2)])
  await logs.append('thread:sthr_1', [aLogLine(1)])
  await logs.remove(STREAM)
}

/** All that the port tells about what `fill` wrote. */
async function everything(storage: Storage): Promise<unknown> {
  const { sessions, memories, dreams } = storage
  return {
    stores: await storage.stores.list(),
    memories: await memories.list(STORE_ID),
    versions: await memories.versions.list(STORE_ID),
    hits: await memories.search(STORE_ID, 'text', 5),
    units: await storage.units.list(STORE_ID),
    sessions: await sessions.list(),
    events: await sessions.events(SESSION_ID),
    unread: await sessions.consumption.unread(LINEAGE, SESSION_ID),
    dreams: await dreams.list(),
    changes: await dreams.changes.list(DREAM_ID),
    proposed: await dreams.changes.idsWith(STORE_ID, ['proposed']),
    found: await dreams.changes.find(aChange('chg_1').id),
    ledger: await storage.ledger.list(STORE_ID),
    counters: await storage.counters.list(LINEAGE),
    steps: await storage.steps.getAll(['key', 'other', 'third']),
    unitsOfVersion: await storage.units.ofVersion(aWrite(1).newIds.version),
    version: await memories.versions.get(aWrite(1).newIds.version),
    event: await sessions.event(anEvent(1).id),
    labels: await sessions.labels(SESSION_ID),
    unreadOfClone: await sessions.consumption.unread('lineage_2', SESSION_ID),
    countersOfClone: await storage.counters.list('lineage_2'),
    ledgerOfClone: await storage.ledger.list(CLONE, { withReverted: true }),
    hosted: await dreams.page({ limit: 9 }),
    waiting: await dreams.runs.waiting(atMinute(9), 9),
    documents: await storage.documents.page({ kind: 'agent', limit: 9 }),
    tagged: await storage.documents.page({ kind: 'agent', all: ['live'], limit: 9 }),
    document: await storage.documents.get('agent', aDocument(1).id),
    lines: await storage.logs.page(STREAM, { limit: 9 }),
    thread: await storage.logs.page('thread:sthr_1', { limit: 9 }),
  }
}
