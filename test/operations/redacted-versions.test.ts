import { describe, expect, test } from 'vitest'
import type { MemoryVersion } from '../../src/core/memory.ts'
import { versionsOf } from '../../src/engine/workspace/versions.ts'
import { TEXT_PLACES } from '../../src/storage/storage.ts'
import { BY, type HostedOptions, HostedWorld } from '../support/hosted-world.ts'

const at = '2026-11-01T10:00:00.000Z'
const CANARY = 'Quimby9431'
const MEMORIES = {
  '/team.md': `# Team\n\n- The owner of the search service is ${CANARY}.\n- The office closes at 18:00.\n`,
}
const SESSIONS = { one: [{ text: 'The owner of the search service is Mira now.', at }] }

interface Redacting {
  readonly world: HostedWorld
  readonly old: MemoryVersion
}

async function afterDream(
  sessions: NonNullable<HostedOptions['sessions']> = SESSIONS,
): Promise<Redacting> {
  const world = await HostedWorld.open({ memories: MEMORIES, sessions })
  await world.dream({ outputBehavior: 'update_existing' })
  const versions = await world.storage.memories.versions.list(world.storeId, { limit: 100 })
  const old = versions.find(
    ({ operation, content }) => operation === 'created' && content?.includes(CANARY),
  )
  if (old === undefined) throw new Error('No version says it.')
  return { world, old }
}

/** Names of the places whose rows hold the word. */
async function placesOf({ storage }: HostedWorld, word: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const place of TEXT_PLACES) {
    const { items } = await storage.erasure.page(place, { limit: 10_000 })
    if (JSON.stringify(items).includes(word)) found.push(place)
  }
  return found
}

const redact = ({ world, old }: Redacting): Promise<MemoryVersion> =>
  versionsOf(world.deps()).redact(world.storeId, old.id, BY)

describe('a redacted version', () => {
  test('is told by nothing that a dream made of it', async () => {
    const redacting = await afterDream()
    const { world } = redacting
    expect(await placesOf(world, CANARY)).toEqual(
      expect.arrayContaining(['version', 'change', 'ledger']),
    )
    const before = await world.storage.memories.versions.list(world.storeId, { limit: 100 })
    const standing = await world.contents()

    const redacted = await redact(redacting)

    expect(redacted).toMatchObject({ content: null, path: null, redactedBy: BY })
    expect(await placesOf(world, CANARY)).toEqual([])
    const units = await world.storage.units.ofVersion(redacting.old.id)
    expect(units).toEqual([])
    const after = await world.storage.memories.versions.list(world.storeId, { limit: 100 })
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(await world.contents()).toEqual(standing)
    expect(JSON.stringify(standing)).toContain('18:00')
  })

  test('keeps in the ledger and in changes how many there were, and what others say', async () => {
    const redacting = await afterDream()
    const { world } = redacting
    const rows = async (): Promise<readonly number[]> => [
      (await world.storage.ledger.list(world.storeId, {})).length,
      (await world.storage.dreams.changes.list((await world.storage.dreams.list())[0]?.id as never))
        .length,
    ]
    const before = await rows()

    await redact(redacting)

    expect(await rows()).toEqual(before)
    expect(await placesOf(world, 'Mira')).toEqual(expect.arrayContaining(['change', 'event']))
  })

  test('leaves what a session said too', async () => {
    const redacting = await afterDream({
      ...SESSIONS,
      two: [{ by: 'agent', text: `Sent a mail to ${CANARY}.`, at }],
    })

    await redact(redacting)

    expect(await placesOf(redacting.world, CANARY)).toEqual(expect.arrayContaining(['event']))
  })

  test('is redacted by a person or a key alone', async () => {
    const { world, old } = await afterDream()
    const by = { type: 'dream_actor', dreamId: 'drm_1' } as const

    await expect(versionsOf(world.deps()).redact(world.storeId, old.id, by)).rejects.toMatchObject({
      type: 'permission_error',
    })
    expect(await placesOf(world, CANARY)).toContain('version')
  })
})
