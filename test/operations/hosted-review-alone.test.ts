import { describe, expect, test } from 'vitest'
import { changesOf } from '../../src/engine/workspace/changes.ts'
import { BY, HostedWorld, outputIdOf } from '../support/hosted-world.ts'

describe('the output of a dream whose input is removed afterwards', () => {
  test.each(['off', 'all'] as const)(
    'stays as it is: the changes went with it (%s)',
    async (level) => {
      const world = await HostedWorld.open()
      const dream = await world.dream({ autoApply: level })
      const changes = changesOf(world.deps())
      const before = await world.contents(outputIdOf(dream))
      const [set] = (await changes.list(dream.id)).sets
      await world.storage.stores.remove(world.storeId)

      const { digest, sets } = await changes.list(dream.id)
      const decision = { decision: 'reject', digest: set?.digest ?? '' } as const
      const act = level === 'off' ? changes.apply : changes.revert

      expect(sets).toEqual([])
      await expect(act(dream.id, digest, BY)).rejects.toMatchObject({ type: 'conflict_error' })
      await expect(
        changes.decide(dream.id, set?.id ?? ('' as never), decision, BY),
      ).rejects.toMatchObject({ type: 'not_found_error' })
      expect((await world.dreams().get(dream.id)).planStatus).toBe(dream.planStatus)
      expect(await world.contents(outputIdOf(dream))).toEqual(before)
    },
  )

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
