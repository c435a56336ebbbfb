import { describe, expect, test } from 'vitest'
import type { DreamOutcome, FolderOperations } from '../../src/engine/api.ts'
import { faultyStorage, InjectedFault } from '../../src/testing/faulty-storage.ts'
import { FaultWorld, type Place } from '../support/fault-world.ts'

interface Act {
  readonly name: string
  /** Brings a fresh world to where the act begins. */
  readonly before: (world: FaultWorld) => Promise<DreamOutcome | null>
  /** The act; does nothing where it is done already. */
  readonly run: (
    world: FaultWorld,
    reverie: FolderOperations,
    planned: DreamOutcome | null,
  ) => Promise<void>
}

const dreaming: Act = {
  name: 'a dream',
  before: async () => null,
  run: async (world, reverie) => {
    await world.dream(reverie)
  },
}

const applying: Act = {
  name: 'apply',
  before: (world) => world.dream(world.reverie()),
  run: async (_, reverie, planned) => {
    if (planned === null) throw new Error('Nothing is planned.')
    const { dream } = await reverie.show(planned.dream.id)
    if (dream.planStatus === 'waiting') await reverie.apply(dream.id)
  },
}

const reverting: Act = {
  name: 'revert',
  before: async (world) => {
    const planned = await world.dream(world.reverie())
    await world.reverie().apply(planned.dream.id)
    return planned
  },
  run: async (_, reverie, planned) => {
    if (planned === null) throw new Error('Nothing is planned.')
    const { dream } = await reverie.show(planned.dream.id)
    if (dream.planStatus === 'applied') await reverie.revert(dream.id)
  },
}

interface Undisturbed {
  readonly old: unknown
  readonly finished: unknown
  readonly contents: readonly unknown[]
}

async function undisturbed(act: Act, place: Place): Promise<Undisturbed> {
  using world = await FaultWorld.open(place)
  const planned = await act.before(world)
  const old = await world.contents()
  await act.run(world, world.reverie(), planned)
  return { old, finished: await world.state(), contents: [old, await world.contents()] }
}

/** The error that the faulty storage threw, wherever in the chain of causes it stands. */
function isInjected(error: unknown): boolean {
  if (error instanceof InjectedFault) return true
  if (error instanceof AggregateError) return error.errors.some(isInjected)
  return error instanceof Error && error.cause !== undefined && isInjected(error.cause)
}

/** Fails the storage call of this number; true = the act made fewer calls. */
async function failsAt(
  failAt: number,
  act: Act,
  place: Place,
  whole: Undisturbed,
): Promise<boolean> {
  using world = await FaultWorld.open(place)
  const planned = await act.before(world)
  const faulty = faultyStorage(world.storage, { failAt })
  const [end] = await Promise.allSettled([act.run(world, world.reverie(faulty), planned)])
  const where = `${act.name} with a fault at storage call ${failAt}`

  expect(whole.contents, `${where}: neither old nor new`).toContainEqual(await world.contents())
  if (end?.status === 'rejected') expect(isInjected(end.reason), String(end.reason)).toBe(true)
  if (planned !== null) {
    const { dream } = await world.reverie().show(planned.dream.id)
    const isRead = dream.planStatus === 'applied'
    expect((await world.unread()) === 0, `${where}: read without being applied`).toBe(isRead)
  }

  await act.run(world, world.reverie(), planned)

  expect(await world.state(), `${where}, then tried again`).toEqual(whole.finished)
  return faulty.callCount() < failAt
}

describe.each(['store', 'folder'] as const)('over a %s', (place) => {
  test.each([dreaming, applying, reverting])(
    '$name that fails at any storage call leaves old or new, and trying again ends the same',
    async (act) => {
      const whole = await undisturbed(act, place)
      let failAt = 1
      while (!(await failsAt(failAt, act, place, whole))) failAt += 1

      expect(failAt).toBeGreaterThan(20)
    },
  )
})
