import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_WORKSPACE } from '../../src/core/ids.ts'
import { openEphemeralStorage } from '../../src/storage/ephemeral/ephemeral-storage.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { DreamWorld } from '../support/dream-world.ts'
import { maskSmallSecret, type SmallWorld, smallWorld } from '../support/small-world.ts'

const CASES = { numRuns: Number(process.env.LAW_CASES ?? 200), seed: 20_261_123 }
const PATIENCE = { timeout: 300_000 }

/** Nothing that an earlier dream found out about a text or a pair is known any more. */
function forgetful(storage: Storage): Storage {
  const { steps } = storage
  return {
    ...storage,
    steps: {
      ...steps,
      get: async (key) => (key.startsWith('decided:') ? null : steps.get(key)),
      getAll: async () => new Map(),
    },
  }
}

/** The plan of a second dream, over what was applied of the first and what came after. */
async function secondDream(
  before: SmallWorld,
  after: SmallWorld,
  view: (storage: Storage) => Storage,
): Promise<unknown> {
  const storage = view(await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE }))
  const world = await DreamWorld.open({ storage, mask: maskSmallSecret }, before.memories)
  for (const { name, said } of before.sessions) await world.hear(name, said)
  const first = await world.dream()
  if (first.dream.planStatus === 'waiting') await world.apply(first.dream)
  for (const [path, content] of Object.entries(after.memories)) await world.write(path, content)
  for (const { name, said } of after.sessions) await world.hear(`later-${name}`, said)
  const { dream, changes } = await world.dream()
  return { changes, plan: dream.plan }
}

test(
  'a dream that remembers plans the same as one that judges everything anew',
  PATIENCE,
  async () => {
    await fc.assert(
      fc.asyncProperty(smallWorld, smallWorld, async (before, after) => {
        const remembered = await secondDream(before, after, (storage) => storage)
        const judgedAnew = await secondDream(before, after, forgetful)
        expect(remembered).toEqual(judgedAnew)
      }),
      CASES,
    )
  },
)
