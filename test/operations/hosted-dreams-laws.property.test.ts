import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OutputBehavior } from '../../src/core/dream.ts'
import type { DreamId } from '../../src/core/ids.ts'
import { interceptStorage } from '../../src/storage/intercept-storage.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { faultyStorage, InjectedFault } from '../../src/testing/faulty-storage.ts'
import { scriptedModel } from '../../src/testing/scripted-model.ts'
import { BY, HostedWorld, outputIdOf } from '../support/hosted-world.ts'
import { sensibleScript } from '../support/sensible-model.ts'
import { type SmallWorld, smallWorld } from '../support/small-world.ts'

/** Several dreams each. */
const CASES = { numRuns: Math.ceil(Number(process.env.LAW_CASES ?? 1_000) / 20), seed: 20_261_124 }
const PATIENCE_MS = 300_000

const behavior = fc.constantFrom<OutputBehavior>('create_new', 'update_existing')
/** Where in a run something happens, from its first storage call to behind its last. */
const moment = fc.double({ min: 0, max: 1.05, noNaN: true })

type Contents = Readonly<Record<string, string>>

async function open({ memories, sessions }: SmallWorld): Promise<HostedWorld> {
  const heard = sessions.length > 0 ? sessions : [{ name: 'nothing', said: [{ text: 'Hi.' }] }]
  return HostedWorld.open({
    memories,
    sessions: Object.fromEntries(heard.map(({ name, said }) => [name, said])),
    model: scriptedModel(sensibleScript),
  })
}

interface Undisturbed {
  readonly before: Contents
  readonly after: Contents
  readonly calls: number
}

/** What the same dream comes to when nothing goes wrong. */
async function undisturbed(
  small: SmallWorld,
  order: { readonly outputBehavior: OutputBehavior; readonly model: string },
): Promise<Undisturbed> {
  const world = await open(small)
  const before = await world.contents()
  const { id } = await world.create(order)
  const counted = faultyStorage(world.storage, { failAt: Number.POSITIVE_INFINITY })
  const dream = await world.run(id, counted)
  if (dream?.status !== 'completed') throw new Error(`The dream ended as ${dream?.status}.`)
  return { before, after: await world.contents(outputIdOf(dream)), calls: counted.callCount() }
}

/** Every storage call from this one on fails: the process is gone. */
function dyingStorage(storage: Storage, diesAt: number): Storage {
  let calls = 0
  return interceptStorage(storage, () => {
    calls += 1
    if (calls >= diesAt) throw new InjectedFault(`Dead since storage call ${diesAt}.`)
  })
}

/** Looks at a dream that ended: its output holds all or nothing of it, and so does what it read. */
async function expectWhole(world: HostedWorld, id: DreamId, whole: Undisturbed): Promise<void> {
  const dream = await world.dreams().get(id)
  const output = dream.hosted?.output ?? null
  if (dream.hosted?.outputBehavior === 'create_new') {
    expect(await world.contents()).toEqual(whole.before)
  }
  if (output === null) return
  const isDone = dream.status === 'completed'
  expect(await world.contents(output.storeId)).toEqual(isDone ? whole.after : whole.before)
  if (isDone) expect(await world.unread(output.storeId)).toBe(0)
  const applied = (await world.changes(dream)).filter(({ status }) => status === 'applied')
  if (!isDone) expect(applied).toEqual([])
  const idle = (await world.told(dream)).filter(({ type }) => type === 'session.status_idle')
  expect(idle).toHaveLength(1)
}

const order = fc.record({ outputBehavior: behavior, model: fc.constantFrom('rules', 'asks') })

describe('whatever happens to a dream', () => {
  test(
    'killed at any storage call and taken up again, it gives the same bytes',
    async () => {
      await fc.assert(
        fc.asyncProperty(smallWorld, order, moment, async (small, ordered, when) => {
          const whole = await undisturbed(small, ordered)
          const world = await open(small)
          const { id } = await world.create(ordered)
          const diesAt = 1 + Math.floor(when * whole.calls)
          const [end] = await Promise.allSettled([
            world.run(id, dyingStorage(world.storage, diesAt)),
          ])
          if (end?.status === 'rejected') expect(end.reason).toBeInstanceOf(InjectedFault)
          world.later()

          await world.run(id)

          expect(await world.dreams().get(id)).toMatchObject({ status: 'completed' })
          await expectWhole(world, id, whole)
        }),
        CASES,
      )
    },
    PATIENCE_MS,
  )

  test(
    'with a fault at any storage call it ends whole or as if it had not been',
    async () => {
      await fc.assert(
        fc.asyncProperty(smallWorld, order, moment, async (small, ordered, when) => {
          const whole = await undisturbed(small, ordered)
          const world = await open(small)
          const { id } = await world.create(ordered)
          const failAt = 1 + Math.floor(when * whole.calls)
          const faulty = faultyStorage(world.storage, { failAt })
          const [end] = await Promise.allSettled([world.run(id, faulty)])
          if (end?.status === 'rejected') expect(end.reason).toBeInstanceOf(InjectedFault)
          world.later()
          await world.run(id)

          await expectWhole(world, id, whole)
        }),
        CASES,
      )
    },
    PATIENCE_MS,
  )

  test(
    'canceled at any storage call it ends whole or as if it had not been',
    async () => {
      await fc.assert(
        fc.asyncProperty(smallWorld, order, moment, async (small, ordered, when) => {
          const whole = await undisturbed(small, ordered)
          const world = await open(small)
          const { id } = await world.create(ordered)
          const cancelAt = 1 + Math.floor(when * whole.calls)
          let calls = 0
          let cancel: Promise<unknown> = Promise.resolve()
          const watched = interceptStorage(world.storage, () => {
            calls += 1
            // One that has ended already is none to cancel.
            if (calls === cancelAt) cancel = Promise.allSettled([world.dreams().cancel(id, BY)])
          })
          await world.run(id, watched)
          await cancel

          const { status } = await world.dreams().get(id)
          expect(['canceled', 'completed']).toContain(status)
          await expectWhole(world, id, whole)
        }),
        CASES,
      )
    },
    PATIENCE_MS,
  )
})

describe('two dreams', () => {
  test(
    'of one order into new stores have the same contents; the store itself then gets them too',
    async () => {
      await fc.assert(
        fc.asyncProperty(smallWorld, async (small) => {
          const world = await open(small)
          const one = await world.dream()
          const two = await world.dream()
          const own = await world.dream({ outputBehavior: 'update_existing' })
          const again = await world.dream({ outputBehavior: 'update_existing' })

          const contents = await world.contents(outputIdOf(one))
          expect(await world.contents(outputIdOf(two))).toEqual(contents)
          expect(await world.contents(outputIdOf(own))).toEqual(contents)
          expect(await world.contents(outputIdOf(again))).toEqual(contents)
          expect(again.planStatus).toBe('empty')
        }),
        CASES,
      )
    },
    PATIENCE_MS,
  )
})
