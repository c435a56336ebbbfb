import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Change, isEffective } from '../../src/core/change.ts'
import { isReverieError } from '../../src/core/errors.ts'
import type { Actor } from '../../src/core/memory.ts'
import { contentsAfter } from '../../src/engine/settling/bring-to.ts'
import { outputOf } from '../../src/engine/settling/output-of.ts'
import { loadSnapshot } from '../../src/engine/stages/snapshot.ts'
import { changesOf } from '../../src/engine/workspace/changes.ts'
import type { ShownDream, WorkspaceChanges } from '../../src/engine/workspace-api.ts'
import { HostedWorld } from '../support/hosted-world.ts'
import { type SmallWorld, smallWorld } from '../support/small-world.ts'

const PERSON: Actor = { type: 'user_actor', userId: 'user_ada' }

type Act =
  | { readonly on: 'set'; readonly nth: number; readonly verb: 'accept' | 'reject' | 'revert' }
  | { readonly on: 'change'; readonly nth: number; readonly text: string }
  | { readonly on: 'plan'; readonly verb: 'apply' | 'revert' | 'discard' }

const nth = fc.nat(20)
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      on: fc.constant('set' as const),
      nth,
      verb: fc.constantFrom('accept' as const, 'reject' as const, 'revert' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      on: fc.constant('change' as const),
      nth,
      text: fc.constantFrom('Ada said so.', 'The port is 1.', '# Marked', 'a [link](b.md)'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ on: fc.constant('plan' as const), verb: planVerb() }) },
)

function planVerb(): fc.Arbitrary<'apply' | 'revert' | 'discard'> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant('apply' as const) },
    { weight: 1, arbitrary: fc.constantFrom('revert' as const, 'discard' as const) },
  )
}

async function perform(act: Act, shown: ShownDream, changes: WorkspaceChanges): Promise<void> {
  const { dream, digest, sets } = shown
  if (act.on === 'plan') {
    await changes[act.verb](dream.id, digest, PERSON)
    return
  }
  const set = sets[act.nth % Math.max(1, sets.length)]
  if (set === undefined) return
  const change = set.changes[act.nth % set.changes.length]
  if (act.on === 'set') {
    await changes.decide(dream.id, set.id, { decision: act.verb, digest: set.digest }, PERSON)
  } else if (change !== undefined) {
    const edit = { decision: 'edit', digest: set.digest, text: act.text } as const
    await changes.decide(dream.id, change.id, edit, PERSON)
  }
}

/** The store as its base and these of a dream's changes make it. */
async function expected(
  shown: ShownDream,
  world: HostedWorld,
  isIn: (change: Change) => boolean,
): Promise<Readonly<Record<string, string>>> {
  const { dream, changes } = shown
  const pinned = { ...dream.snapshot, ...outputOf(dream) }
  const { content } = await loadSnapshot(pinned, world.storage)
  return Object.fromEntries(contentsAfter(content, changes.filter(isIn)))
}

async function play(
  given: SmallWorld,
  order: { readonly outputBehavior: 'create_new' | 'update_existing'; readonly isOff: boolean },
  acts: readonly Act[],
): Promise<void> {
  const sessions = Object.fromEntries(given.sessions.map(({ name, said }) => [name, said]))
  const world = await HostedWorld.open({ memories: given.memories, sessions })
  const { outputBehavior, isOff } = order
  const dream = await world.dream({ outputBehavior, autoApply: isOff ? 'off' : 'all' })
  expect(dream.error).toBeNull()
  const changes = changesOf(world.deps())
  const storeId = outputOf(dream).storeId
  for (const one of acts) {
    const before = await changes.list(dream.id)
    try {
      await perform(one, before, changes)
    } catch (error) {
      if (!isReverieError(error)) throw error
      expect(['conflict_error', 'invalid_request_error']).toContain(error.type)
      expect(await changes.list(dream.id)).toEqual(before)
    }
    const shown = await changes.list(dream.id)
    const written = await expected(shown, world, ({ status }) => status === 'applied')
    expect(await world.contents(storeId)).toEqual(written)
    for (const set of shown.sets) {
      expect(new Set(set.changes.map(({ status }) => status)).size).toBe(1)
    }
  }
  const shown = await changes.list(dream.id)
  if (!shown.changes.some(({ status }) => status === 'proposed' || status === 'accepted')) return
  if (shown.dream.planStatus !== 'waiting' && shown.dream.planStatus !== 'applied') return
  const effective = await expected(shown, world, isEffective)
  await changes.apply(dream.id, shown.digest, PERSON)
  expect(await world.contents(storeId)).toEqual(effective)
}

test('whatever is decided in whatever order, the store is its base and what is applied', async () => {
  await fc.assert(
    fc.asyncProperty(
      smallWorld.filter(({ sessions }) => sessions.length > 0),
      fc.record({
        outputBehavior: fc.constantFrom('create_new' as const, 'update_existing' as const),
        isOff: fc.boolean(),
      }),
      fc.array(act, { minLength: 1, maxLength: 8 }),
      play,
    ),
    { numRuns: 60 },
  )
}, 120_000)
