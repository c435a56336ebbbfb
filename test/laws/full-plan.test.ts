import { expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { DEFAULT_WORKSPACE, derivedId } from '../../src/core/ids.ts'
import { storeWaitingEvents } from '../../src/engine/rendering/waiting-events.ts'
import { openEphemeralStorage } from '../../src/storage/ephemeral/ephemeral-storage.ts'
import { DreamWorld } from '../support/dream-world.ts'

const MORE = 7
const PATIENCE = { timeout: 60_000 }

test(
  'what a plan has no room for is told of and proposed by the next dream',
  PATIENCE,
  async () => {
    const lines = Array.from(
      { length: LIMITS.changesMax + MORE },
      (_, n) => `- [Note ${n}](gone-${n}.md): once\n`,
    )
    const storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
    const world = await DreamWorld.open({ storage }, { '/MEMORY.md': lines.join('') })

    const first = await world.dream()
    expect(first.changes).toHaveLength(LIMITS.changesMax)
    expect(first.dream.plan?.report.warnings).toEqual([
      expect.stringContaining(`${MORE} more changes wait for the next dream`),
    ])

    await world.apply(first.dream)
    const second = await world.dream()
    expect(second.changes).toHaveLength(MORE)
    expect(second.dream.plan?.report.warnings).toEqual([])

    await world.apply(second.dream)
    const third = await world.dream()
    expect(third.dream.planStatus).toBe('empty')
  },
)

test('what was said and had no room is not counted as read', async () => {
  const storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
  const world = await DreamWorld.open({ storage }, { '/notes.md': '- The owner is Jonas.\n' })
  await world.hear('talk', [
    { text: 'Remember: the staging database listens on port 5433.' },
    { text: 'Remember: the release branch is called harvest.' },
  ])
  const { dream, changes } = await world.dream()
  const [told, untold] = changes.map(({ evidence }) => evidence[0])
  await storeWaitingEvents(storage, dream.id, changes.slice(1))

  await world.apply(dream)

  const unread = await storage.sessions.consumption.unread(
    world.store.lineageId,
    derivedId('sesn', 'chat', 'talk'),
  )
  expect(unread).toEqual([untold?.kind === 'event' ? untold.eventId : null])
  expect(unread).not.toContain(told?.kind === 'event' ? told.eventId : null)
})
