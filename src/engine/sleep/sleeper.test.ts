import { describe, expect, it } from 'vitest'
import type { IdPrefixes, MemoryStoreId, NewId, WorkspaceId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import type { Schedule } from '../../core/schedule.ts'
import { openEphemeralStorage } from '../../storage/ephemeral/ephemeral-storage.ts'
import type { StoreHealth } from '../workspace-api.ts'
import { DAY, draft, store } from './rules/sleep.test-support.ts'
import { schedulesOf } from './schedules.ts'
import { createSleeper } from './sleeper.ts'
import type { SleeperDeps } from './sleeper-deps.ts'

const BY: Actor = { type: 'user_actor', userId: 'mira' }
const START = Date.parse('2026-03-10T12:00:00.000Z')

/** Two empty stores with a schedule each; nothing that waits ends by itself. */
async function open(given: Partial<SleeperDeps> = {}) {
  const clock = { now: START }
  const now = (): Date => new Date(clock.now)
  let count = 0
  const newId: NewId = <P extends keyof IdPrefixes>(prefix: P) => {
    count += 1
    return `${prefix}_${String(count).padStart(4, '0')}` as IdPrefixes[P]
  }
  const storage = await openEphemeralStorage({ workspaceId: 'wrkspc_a' as WorkspaceId })
  const schedules = schedulesOf({ storage, now, newId })
  const made: Schedule[] = []
  for (const name of ['a', 'b']) {
    const storeId = `memstore_${name}` as MemoryStoreId
    await storage.stores.create(store(storeId, now().toISOString()))
    made.push(await schedules.create(draft({ storeId }), BY))
  }
  const reported: unknown[] = []
  const waits: number[] = []
  const sleeper = createSleeper({
    storage,
    dreamsOf: () => ({ create: () => Promise.reject(new Error('There is nothing to dream.')) }),
    healthOf: async () => ({ units: 0, duplicates: 0, openConflicts: 0 }) as StoreHealth,
    runDreams: () => undefined,
    now,
    newId,
    wait: (ms, signal) => {
      waits.push(ms)
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
    },
    report: (error) => reported.push(error),
    ...given,
  })
  const rulesOf = async () => {
    const logs = await Promise.all(made.map(({ id }) => schedules.decisions(id, { limit: 10 })))
    return logs.map(({ items }) => items.map(({ rule }) => rule))
  }
  return { clock, storage, sleeper, schedules, made, reported, waits, rulesOf }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}

describe('a sleeper', () => {
  it('looks, rests, looks at once when woken, and ends when aborted', async () => {
    const { sleeper, waits, reported, rulesOf } = await open()
    const stop = new AbortController()
    const running = sleeper.run(stop.signal)
    await until(() => waits.length === 1)
    sleeper.wake()
    await until(() => waits.length === 2)
    stop.abort()
    await running
    expect(await rulesOf()).toEqual([['nothing_new'], ['nothing_new']])
    expect(waits).toEqual([60_000, 60_000])
    expect(reported).toEqual([])
  })

  it('a look that fails is reported, and the other schedules are looked at all the same', async () => {
    const fault = new Error('The disk is gone.')
    const { sleeper, reported, rulesOf } = await open({
      healthOf: async (id) => {
        if (id === 'memstore_a') throw fault
        return { units: 0, duplicates: 0, openConflicts: 0 } as StoreHealth
      },
    })
    await sleeper.look()
    expect(reported).toEqual([fault])
    expect(await rulesOf()).toEqual([[], ['nothing_new']])
  })

  it('a change of a schedule or a clock set back is seen before its next look is due', async () => {
    const { sleeper, schedules, made, clock, rulesOf, storage } = await open()
    const [first] = made
    if (first === undefined) throw new Error('There is a schedule.')
    await schedules.update(first.id, { isEnabled: false }, BY)
    await sleeper.look()
    await schedules.update(first.id, { isEnabled: true }, BY)
    await sleeper.look()
    expect((await rulesOf())[0]).toEqual(['nothing_new', 'disabled'])
    await storage.stores.archive(first.storeId, new Date(clock.now).toISOString())
    clock.now += 1
    await sleeper.look()
    expect((await rulesOf())[0]).toEqual(['nothing_new', 'disabled'])
    clock.now -= DAY
    await sleeper.look()
    expect((await rulesOf())[0]).toEqual(['store_unavailable', 'nothing_new', 'disabled'])
  })
})
