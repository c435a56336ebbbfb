import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change } from '../../src/core/change.ts'
import { DEFAULT_WORKSPACE } from '../../src/core/ids.ts'
import { STAGES, type StageName } from '../../src/engine/dream-ports.ts'
import { openEphemeralStorage } from '../../src/storage/ephemeral/ephemeral-storage.ts'
import { DreamWorld } from '../support/dream-world.ts'
import { maskSmallSecret, type SmallWorld, smallWorld } from '../support/small-world.ts'

/** CI runs all of them on the Node.js of the project, fewer on the oldest one, which is slower. */
const CASES = { numRuns: Number(process.env.LAW_CASES ?? 1_000), seed: 20_261_120 }
/** A thousand whole dreams take their time where cores are shared. */
const PATIENCE = { timeout: 300_000 }

async function openWorld(small: SmallWorld, order: readonly number[] = []): Promise<DreamWorld> {
  const storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
  const world = await DreamWorld.open({ storage, mask: maskSmallSecret }, small.memories)
  const sessions =
    order.length === 0 ? small.sessions : order.flatMap((n) => small.sessions[n] ?? [])
  for (const { name, said } of sessions) await world.hear(name, said)
  return world
}

/** What a change does, without the ids of versions that differ by the order of import. */
function essence(changes: readonly Change[]): readonly unknown[] {
  return changes.map(({ id, kind, changeSet, before, after, edits, status }) => ({
    id,
    kind,
    changeSet,
    before,
    after,
    edits,
    status,
  }))
}

class Killed extends Error {}

describe('laws of a dream', () => {
  test(
    'planning writes nothing, and an identical run returns the waiting dream',
    PATIENCE,
    async () => {
      await fc.assert(
        fc.asyncProperty(smallWorld, async (small) => {
          const world = await openWorld(small)
          const first = await world.dream()
          expect(await world.contents()).toEqual(small.memories)
          const again = await world.dream()
          if (first.dream.planStatus === 'empty') {
            expect(again.dream.planStatus).toBe('empty')
          } else {
            expect(again.dream.id).toBe(first.dream.id)
            expect(again.isNew).toBe(false)
          }
        }),
        CASES,
      )
    },
  )

  test(
    'after apply it plans nothing; revert restores every byte and the same plan',
    PATIENCE,
    async () => {
      await fc.assert(
        fc.asyncProperty(smallWorld, async (small) => {
          const world = await openWorld(small)
          const first = await world.dream()
          fc.pre(first.dream.planStatus === 'waiting')
          await world.apply(first.dream)
          const after = await world.dream()
          expect(essence(after.changes)).toEqual([])
          expect(after.dream.planStatus).toBe('empty')
          await world.revert(first.dream)
          expect(await world.contents()).toEqual(small.memories)
          const again = await world.dream()
          expect(again.changes.map(({ id }) => id)).toEqual(first.changes.map(({ id }) => id))
        }),
        CASES,
      )
    },
  )

  test('the order in which sessions arrive does not matter', PATIENCE, async () => {
    await fc.assert(
      fc.asyncProperty(smallWorld, async (small) => {
        const reversed = small.sessions.map((_, n) => small.sessions.length - 1 - n)
        const one = await (await openWorld(small)).dream()
        const other = await (await openWorld(small, reversed)).dream()
        expect(essence(other.changes)).toEqual(essence(one.changes))
      }),
      CASES,
    )
  })

  test('killed at any stage boundary and run again, it gives the same plan', PATIENCE, async () => {
    const stage: fc.Arbitrary<StageName> = fc.constantFrom(...STAGES)
    await fc.assert(
      fc.asyncProperty(smallWorld, stage, async (small, killAt) => {
        const whole = await (await openWorld(small)).dream()
        const world = await openWorld(small)
        let isKilled = false
        const kill = (progress: { stage: StageName }): void => {
          if (progress.stage === killAt) throw new Killed(killAt)
        }
        await world.dream(kill).catch((error: unknown) => {
          if (!(error instanceof Killed)) throw error
          isKilled = true
        })
        // A world without sessions never comes to the stages that read them.
        fc.pre(isKilled)
        const resumed = await world.dream()
        expect(resumed.dream.plan?.digest).toBe(whole.dream.plan?.digest)
        expect(resumed.changes).toEqual(whole.changes)
      }),
      CASES,
    )
  })
})
