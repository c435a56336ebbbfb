import { describe, expect, test } from 'vitest'
import { changesOf } from '../../src/engine/workspace/changes.ts'
import { BY, HostedWorld, outputIdOf } from '../support/hosted-world.ts'

describe('the output of a dream whose input is removed afterwards', () => {
  test('can still be written, decided on and taken back', async () => {
    const world = await HostedWorld.open()
    const dream = await world.dream({ autoApply: 'off' })
    const changes = changesOf(world.deps())
    const clone = await world.contents(outputIdOf(dream))
    await world.storage.stores.remove(world.storeId)

    const applied = await changes.apply(dream.id, (await changes.list(dream.id)).digest, BY)
    const written = await world.contents(outputIdOf(dream))
    const [set] = applied.sets
    const decision = { decision: 'reject', digest: set?.digest ?? '' } as const
    const rejected = await changes.decide(dream.id, set?.id ?? ('' as never), decision, BY)
    await changes.revert(dream.id, rejected.digest, BY)

    expect(written).not.toEqual(clone)
    expect(await world.contents(outputIdOf(dream))).toEqual(clone)
  })

  test('loses its changes when it is removed too', async () => {
    const world = await HostedWorld.open()
    const dream = await world.dream()
    const changes = changesOf(world.deps())
    await world.storage.stores.remove(world.storeId)
    await world.storage.stores.remove(outputIdOf(dream))

    const { digest, sets } = await changes.list(dream.id)

    expect(sets).toEqual([])
    await expect(changes.revert(dream.id, digest, BY)).rejects.toMatchObject({
      type: 'conflict_error',
    })
  })

  test('can be dreamt over again', async () => {
    const world = await HostedWorld.open()
    const first = await world.dream()
    await world.storage.stores.remove(world.storeId)

    const second = await world.dream({
      storeId: outputIdOf(first),
      outputBehavior: 'update_existing',
    })

    expect(second.status).toBe('completed')
  })
})

describe('a store that is removed in the midst of the commit', () => {
  test('ends the dream as failed, and nothing comes back of it', async () => {
    for (const outputBehavior of ['create_new', 'update_existing'] as const) {
      const world = await HostedWorld.open()
      const { id } = await world.create({ outputBehavior })
      const { storage } = world
      let isRemoved = false
      const removing = new Proxy(storage, {
        get: (target, name, receiver) => {
          if (name !== 'transaction') return Reflect.get(target, name, receiver)
          return async (work: Parameters<typeof storage.transaction>[0]) => {
            const dream = await storage.dreams.get(id)
            const events = dream?.hosted?.sessionId == null ? [] : await world.told(dream)
            const isLast = events.some(({ body }) => body.includes('nothing is lost'))
            if (isLast && !isRemoved) {
              isRemoved = true
              await storage.stores.remove(world.storeId)
            }
            return target.transaction(work)
          }
        },
      })

      const dream = await world.run(id, removing)

      expect(isRemoved).toBe(true)
      expect(dream).toMatchObject({
        status: 'failed',
        error: { type: 'input_memory_store_unavailable' },
      })
      expect(await storage.stores.get(world.storeId)).toBeNull()
    }
  })
})
