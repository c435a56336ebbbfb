import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_WORKSPACE, type SessionId } from '../../src/core/ids.ts'
import { openEphemeralStorage } from '../../src/storage/ephemeral/ephemeral-storage.ts'
import { interceptStorage } from '../../src/storage/intercept-storage.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { DreamWorld, type WorldOptions } from '../support/dream-world.ts'
import { maskSmallSecret, type SmallWorld, smallWorld } from '../support/small-world.ts'

const CASES = { numRuns: Number(process.env.BATCH_CASES ?? 40), seed: 34 }
const PATIENCE = { timeout: 120_000 }

type Reading = Pick<WorldOptions, 'sessionsPerBatch' | 'room'>

async function openWorld(
  small: Pick<SmallWorld, 'memories' | 'sessions'>,
  reading: Reading,
  of: (storage: Storage) => Storage = (storage) => storage,
): Promise<DreamWorld> {
  const storage = of(await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE }))
  const options = { storage, mask: maskSmallSecret, ...reading }
  const world = await DreamWorld.open(options, small.memories)
  for (const { name, said } of small.sessions) await world.hear(name, said)
  return world
}

/** So many sessions, each a day later than the one before it, the last one undated. */
function days(count: number): Pick<SmallWorld, 'memories' | 'sessions'> {
  return {
    memories: { '/notes.md': '- The gateway listens on port 8080.\n' },
    sessions: Array.from({ length: count }, (_, n) => ({
      name: `day-${count - n}`,
      said: [
        {
          text: `Remember: the worker ${n} runs in Lisbon.`,
          at: n === count - 1 ? null : `2026-10-0${n + 1}T10:00:00Z`,
        },
        { text: 'Thank you.', at: null },
      ],
    })),
  }
}

describe('sessions in batches', () => {
  test('the size of a batch changes no byte of the plan', PATIENCE, async () => {
    await fc.assert(
      fc.asyncProperty(smallWorld, async (small) => {
        const [one, three, all] = [1, 3, 100].map((sessionsPerBatch) =>
          openWorld(small, { sessionsPerBatch }).then((world) => world.dream()),
        )
        const whole = await all
        expect(await one).toEqual(whole)
        expect(await three).toEqual(whole)
      }),
      CASES,
    )
  })

  test('one transcript is opened at a time, and what it gave is kept before the next', async () => {
    const calls: string[] = []
    const world = await openWorld(days(5), { sessionsPerBatch: 2 }, (storage) =>
      interceptStorage(storage, ({ name }) => {
        if (name === 'sessions.events' || name === 'steps.put') calls.push(name)
      }),
    )
    calls.length = 0
    await world.dream()

    const opened = calls.slice(0, calls.lastIndexOf('sessions.events') + 2)
    expect(opened).toEqual(Array.from({ length: 5 }, () => ['sessions.events', 'steps.put']).flat())
  })

  test('one plan reads the oldest, undated ones last; the rest is pending', async () => {
    const world = await openWorld(days(5), { room: { sessions: 2, events: 1_000 } })
    const read: (readonly SessionId[])[] = []
    const pending: unknown[] = []
    for (let n = 0; n < 4; n += 1) {
      const { dream } = await world.dream()
      read.push(dream.snapshot.sessions.map(({ id }) => id))
      pending.push(dream.plan?.report.read.sessions)
      if (dream.planStatus === 'waiting') await world.apply(dream)
    }

    const ids = (await world.storage.sessions.list()).map(({ id }) => id)
    expect(read.map((some) => some.toSorted())).toEqual([
      ids.slice(0, 2).sort(),
      ids.slice(2, 4).sort(),
      ids.slice(4),
      [],
    ])
    expect(pending).toEqual([
      { read: 2, pending: 3 },
      { read: 2, pending: 1 },
      { read: 1, pending: 0 },
      { read: 0, pending: 0 },
    ])
  })

  test('too many new events wait too, but for the first session whatever its length', async () => {
    const reads: unknown[] = []
    for (const events of [1, 2, 5]) {
      const world = await openWorld(days(4), { room: { sessions: 100, events } })
      const { dream } = await world.dream()
      reads.push(dream.plan?.report.read.sessions)
    }

    expect(reads).toEqual([
      { read: 1, pending: 3 },
      { read: 1, pending: 3 },
      { read: 2, pending: 2 },
    ])
  })

  test('of what was read no text is looked up but what changes quote', async () => {
    const cited: string[] = []
    const world = await openWorld(days(5), {}, (storage) =>
      interceptStorage(storage, ({ name }) => {
        if (name === 'sessions.event') cited.push(name)
      }),
    )
    const { changes } = await world.dream()

    const quoted = changes.flatMap(({ evidence }) => evidence)
    expect(changes.length).toBeGreaterThan(0)
    expect(new Set(quoted.map((item) => ('eventId' in item ? item.eventId : ''))).size).toBe(5)
    // Once for the rails and once for the quotes.
    expect(cited.length).toBeLessThanOrEqual(2 * quoted.length)
  })
})
