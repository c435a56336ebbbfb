import { describe, expect, test } from 'vitest'
import type { SessionId } from '../../src/core/ids.ts'
import type { Actor } from '../../src/core/memory.ts'
import { type Storage, TEXT_PLACES } from '../../src/storage/storage.ts'
import { faultyStorage, InjectedFault } from '../../src/testing/faulty-storage.ts'
import { FaultWorld, type Place } from '../support/fault-world.ts'

const BY: Actor = { type: 'user_actor', userId: 'lena' }
/** What only the erased session said, and a note that was made of it. */
const WORDS = /6000/
/** How many of the calls are failed; all of them where nobody waits. */
const POINTS = Number(process.env.REVERIE_ERASURE_FAULTS ?? '8')

async function dreamt(place: Place): Promise<FaultWorld> {
  const world = await FaultWorld.open(place)
  const reverie = world.reverie()
  const { dream } = await world.dream(reverie)
  await reverie.apply(dream.id)
  return world
}

async function sessionIn(world: FaultWorld): Promise<SessionId> {
  for (const { id } of await world.storage.sessions.list()) {
    const events = await world.storage.sessions.events(id)
    if (events.some(({ text }) => text.includes('6000'))) return id
  }
  throw new Error('The session is not there.')
}

/** Every text of every place, but for the note of what folders still need. */
async function textsOf(storage: Storage): Promise<readonly string[]> {
  const texts: string[] = []
  for (const place of TEXT_PLACES) {
    const { items } = await storage.erasure.page(place, { limit: 100_000 })
    const kept = items.filter(({ key }) => key[0] !== 'erasure')
    texts.push(...kept.map((row) => `${place} ${JSON.stringify(row)}`))
  }
  return texts.sort()
}

async function erase(world: FaultWorld, storage: Storage, sessionId: SessionId): Promise<void> {
  await world.reverie(storage).erasures.erase({ kind: 'session', sessionId }, BY)
}

describe.each(['store', 'folder'] as const)(
  'a fault while a session is erased from a %s',
  (place) => {
    test('leaves all of it or nothing of it, and another try ends it', async () => {
      using counting = await dreamt(place)
      const id = await sessionIn(counting)
      const counted = faultyStorage(counting.storage, { failAt: Number.POSITIVE_INFINITY })
      await erase(counting, counted, id)
      const calls = counted.callCount()
      expect((await textsOf(counting.storage)).filter((text) => WORDS.test(text))).toEqual([])
      const clean = JSON.stringify(await counting.contents())
      expect(clean).not.toMatch(WORDS)

      let undone = 0
      for (let n = 0; n < POINTS; n += 1) {
        const failAt = 1 + Math.floor((n * calls) / POINTS)
        using world = await dreamt(place)
        const before = await textsOf(world.storage)
        const files = JSON.stringify(await world.contents())
        const faulty = faultyStorage(world.storage, { failAt })
        const [end] = await Promise.allSettled([erase(world, faulty, await sessionIn(world))])
        const after = await textsOf(world.storage)
        const where = `call ${failAt} of ${calls}`

        if (end?.status === 'rejected')
          expect(String(end.reason), where).toContain(InjectedFault.name)
        if (after.some((text) => WORDS.test(text))) {
          undone += 1
          expect(after, where).toEqual(before)
          expect(JSON.stringify(await world.contents()), where).toBe(files)
          await erase(world, world.storage, await sessionIn(world))
        } else await world.reverie().memories.list(world.memory)
        expect(
          (await textsOf(world.storage)).filter((text) => WORDS.test(text)),
          where,
        ).toEqual([])
        expect(JSON.stringify(await world.contents()), where).toBe(clean)
      }
      expect(undone).toBeGreaterThan(POINTS / 2)
    }, 120_000)
  },
)
