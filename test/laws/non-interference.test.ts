import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Audience, audience } from '../../src/core/audience.ts'
import type { SessionId } from '../../src/core/ids.ts'
import type { MemoryStore } from '../../src/core/memory-store.ts'
import { echoModel, promptDigests } from '../support/echo-model.ts'
import { SeveralUsers, type Turn } from '../support/several-users.ts'

const WORLDS = {
  numRuns: Number(process.env.REVERIE_WORLDS ?? 6),
  seed: 20_261_123,
  endOnFailure: true,
}
const PATIENCE = { timeout: 1_200_000 }

const TEAM = audience('team', 'shop')

/** What is the same in both worlds: how many things of which kind, and when. */
type Shape = 'says' | 'corrects' | 'fails' | 'fails like all' | 'secret name'

/** Words of one person; in another world the same places hold other words. */
type Words = (n: number) => string

const shape: fc.Arbitrary<Shape> = fc.constantFrom(
  'says',
  'corrects',
  'fails',
  'fails like all',
  'secret name',
)
const session = fc.array(shape, { minLength: 1, maxLength: 4 })
const sessions = fc.array(session, { minLength: 1, maxLength: 3 })
const letters = fc.constantFrom(...'bcdfghjklmnpqrstvwz')
const word = fc
  .array(fc.tuple(letters, fc.constantFrom(...'aeiou')), { minLength: 4, maxLength: 4 })
  .map((pairs) => pairs.flat().join(''))
const vocabulary = fc.uniqueArray(word, { minLength: 24, maxLength: 24 })

interface World {
  readonly ann: readonly (readonly Shape[])[]
  readonly bob: readonly (readonly Shape[])[]
  readonly cy: readonly (readonly Shape[])[]
  readonly team: readonly (readonly Shape[])[]
  readonly words: readonly string[]
  /** Bob's words in the one world and in the other. */
  readonly bobs: readonly [readonly string[], readonly string[]]
}

const world: fc.Arbitrary<World> = fc
  .record({
    ann: sessions,
    bob: sessions,
    cy: sessions,
    team: sessions,
    all: fc.uniqueArray(word, { minLength: 96, maxLength: 96 }),
    other: vocabulary,
  })
  .map(({ all, other, ...shapes }) => ({
    ...shapes,
    words: all.slice(0, 72),
    bobs: [all.slice(72), other.map((it) => `${it}x`)] as const,
  }))

function turnsOf(shapes: readonly Shape[], words: Words, from: number): readonly Turn[] {
  return shapes.flatMap((of, n): readonly Turn[] => {
    const [a, b, c] = [words(from + n), words(from + n + 1), words(from + n + 2)]
    const said: Readonly<Record<Shape, readonly Turn[]>> = {
      says: [{ user: `Remember: the ${a} service listens on port 7${n}${from % 10}0 at ${b}.` }],
      corrects: [{ user: `No, always write ${a} before ${b}, never ${c}.` }],
      fails: failing('ship', { parcel: a, depot: b }, `Error: the ${a} of ${b} is not ${c}`),
      'fails like all': failing(
        'pay',
        { order: a, card: b },
        `Error: card "${a}" is not valid for ${b}/x.ts`,
      ),
      'secret name': failing(`tool_${a}`, { id: b }, `Error: ${c} is denied`),
    }
    return said[of]
  })
}

/** A refused call, and another one that was not. */
function failing(tool: string, input: Record<string, string>, result: string): readonly Turn[] {
  const [last = ''] = Object.keys(input).slice(-1)
  return [
    { tool, input, result, failed: true },
    { tool, input: { ...input, [last]: `${input[last]}-2` }, result: 'done' },
  ]
}

interface Partition {
  readonly texts: unknown
  readonly changes: unknown
  readonly report: unknown
  readonly prompts: readonly string[]
}

/** What the stores that Bob may not enter come to, where these are his words. */
async function partitionsOf(
  of: World,
  bobs: readonly string[],
): Promise<Readonly<Record<string, Partition>>> {
  const model = echoModel()
  const users = await SeveralUsers.open(model)
  const from = (all: readonly string[]): Words => {
    return (n) => all[n % all.length] ?? ''
  }
  const hear = (
    name: string,
    place: Audience,
    all: readonly (readonly Shape[])[],
    words: Words,
  ): Promise<readonly SessionId[]> =>
    Promise.all(
      all.map((shapes, n) =>
        users.hear({
          name: `${name}-${n}`,
          audience: place,
          userIds: [name],
          agentId: 'agent',
          turns: turnsOf(shapes, words, n * 5),
        }),
      ),
    )
  const privately = (name: string): Audience => audience('private', name)
  const own = {
    ann: await hear('ann', privately('ann'), of.ann, from(of.words.slice(0, 24))),
    bob: await hear('bob', privately('bob'), of.bob, from(bobs)),
    cy: await hear('cy', privately('cy'), of.cy, from(of.words.slice(24, 48))),
    team: await hear('dee', TEAM, of.team, from(of.words.slice(48))),
  }
  const note = (word = ''): Record<string, string> => ({
    '/notes.md': `- The ${word} service listens on port 7000.\n`,
  })
  const stores = {
    ann: await users.store(privately('ann'), note(of.words[0])),
    bob: await users.store(privately('bob'), note(bobs[0])),
    team: await users.store(TEAM, note(of.words[48])),
  }
  const partitions: Record<string, Partition> = {}
  // Bob's own store dreams first: whatever it finds out is kept where others might find it.
  for (const name of ['bob', 'ann', 'team'] as const) {
    const { [name]: mine, ...others } = own
    const asked = model.requests.length
    const contributors = Object.values(others).map((sessionIds) => ({ agentId: null, sessionIds }))
    const dreamt = await users.dream(stores[name], { own: mine, contributors })
    await users.apply(dreamt)
    partitions[name] = {
      ...(await outcome(users, stores[name], dreamt)),
      prompts: promptDigests(model, asked),
    }
  }
  return partitions
}

async function outcome(
  { storage }: SeveralUsers,
  store: MemoryStore,
  { dream }: Awaited<ReturnType<SeveralUsers['dream']>>,
): Promise<Omit<Partition, 'prompts'>> {
  const audit = await storage.logs.page('audit', { limit: 1_000 })
  return {
    texts: (await storage.memories.list(store.id)).map(({ path, content }) => [path, content]),
    changes: await storage.dreams.changes.list(dream.id),
    report: [dream.plan, audit.items.filter(({ body }) => body?.includes(store.id))],
  }
}

test(
  "another's private words change nothing in a place that their user may not enter",
  PATIENCE,
  async () => {
    let moved = 0
    let told = 0
    await fc.assert(
      fc.asyncProperty(world, async (of) => {
        const [one, two] = [await partitionsOf(of, of.bobs[0]), await partitionsOf(of, of.bobs[1])]

        expect(two.ann).toEqual(one.ann)
        expect(two.team).toEqual(one.team)
        for (const bobsWord of of.bobs.flat()) {
          expect(JSON.stringify([one.ann, one.team, two.ann, two.team])).not.toContain(bobsWord)
        }
        if (JSON.stringify(one.bob) !== JSON.stringify(two.bob)) moved += 1
        if (JSON.stringify(one.team).includes('"shared"')) told += 1
      }),
      WORLDS,
    )
    // The worlds do differ where they may, and what all share is told in some of them.
    expect(moved).toBe(WORLDS.numRuns)
    expect(told).toBeGreaterThan(0)
  },
)
