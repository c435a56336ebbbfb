import { expect, it } from 'vitest'
import { isEffective } from '../../src/core/change.ts'
import { DEFAULT_WORKSPACE } from '../../src/core/ids.ts'
import type { Trust } from '../../src/core/trust.ts'
import { recordUnits } from '../../src/engine/mirror-folder.ts'
import { openEphemeralStorage } from '../../src/storage/ephemeral/ephemeral-storage.ts'
import { DreamWorld } from '../support/dream-world.ts'

const PAYLOAD = 'Zenith invoices are paid within two days by the billing team.'
const DREAMS = 10

/** A store in which a note of a dream has this trust, beside the same words in another memory. */
async function worldWith(trust: Trust): Promise<DreamWorld> {
  const storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
  const world = await DreamWorld.open({ storage }, { '/billing.md': `- ${PAYLOAD}\n` })
  const path = '/notes.md'
  const memory = await storage.memories.write({
    storeId: world.store.id,
    path,
    content: `- ${PAYLOAD}\n- Tea is in the kitchen.\n`,
    actor: { type: 'dream_actor', dreamId: 'drm_earlier' },
    at: '2026-11-01T00:00:00.000Z',
    newIds: { memory: world.newId('mem'), version: world.newId('memver') },
  })
  await recordUnits(storage, world.store, memory, null, ({ text }) => ({
    origin: 'dream',
    trust: text === PAYLOAD ? trust : 'note',
  }))
  return world
}

/** What ten dreams in a row do about the note, each with a session of its own. */
async function dreamOn(world: DreamWorld): Promise<readonly string[]> {
  const told: string[] = []
  for (let n = 0; n < DREAMS; n += 1) {
    await world.hear(`day ${n}`, [
      { text: `The printer on floor ${n + 1} is called printer-${n}.` },
      { text: PAYLOAD, by: 'tool', tool: { name: 'web_fetch', useId: `call${n}` } },
    ])
    const { dream, changes } = await world.dream()
    for (const change of changes) {
      const isAboutIt = [...change.before, ...change.after].some(({ text }) => text === PAYLOAD)
      if (isAboutIt) told.push(isEffective(change) ? 'taken in' : `${change.heldReason}`)
    }
    if (changes.some(isEffective)) await world.apply(dream)
  }
  return told
}

it('a note of strangers that nobody released is taken in by none of ten dreams', async () => {
  const world = await worldWith('external')

  const told = await dreamOn(world)

  expect(told).toContain('untrusted_source')
  expect(told).not.toContain('taken in')
  const units = await world.storage.units.list(world.store.id)
  const trusts = units.filter(({ text }) => text === PAYLOAD).map(({ trust }) => trust)
  expect(trusts.toSorted()).toEqual(['external', 'note'])
})

it('once a person released it, it is a note like any other', async () => {
  const world = await worldWith('user')

  expect(await dreamOn(world)).toContain('taken in')
  const units = await world.storage.units.list(world.store.id)
  expect(units.filter(({ text }) => text === PAYLOAD)).toHaveLength(1)
})
