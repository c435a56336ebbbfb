import { describe, expect, test } from 'vitest'
import { type Audience, audience } from '../../core/audience.ts'
import type { Contribution } from '../../core/dream.ts'
import { DEFAULT_WORKSPACE, type SessionId } from '../../core/ids.ts'
import { openEphemeralStorage } from '../../storage/ephemeral/ephemeral-storage.ts'
import type { Storage } from '../../storage/storage.ts'
import { aReadSession, shell } from '../patterns/read-session.test-support.ts'
import { inputsOf } from './dream-inputs.test-support.ts'
import { type Contributed, readContributions } from './read-contributions.ts'

const TEAM = audience('team', 'shop')
const SECRET = 'k-canary'

/** One session with a failed push, a passed command and a correction. */
async function heard(parent: string | null = null): Promise<{
  readonly storage: Storage
  readonly part: Pick<Contribution, 'sessionId' | 'eventIds'>
  /** Keys and results of recorded steps. */
  readonly recorded: [string, string][]
}> {
  const plain = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
  const recorded: [string, string][] = []
  const steps: Storage['steps'] = {
    ...plain.steps,
    put: async (key, result) => {
      recorded.push([key, result])
      await plain.steps.put(key, result)
    },
  }
  const storage: Storage = { ...plain, steps }
  const { session, events } = aReadSession('sesn_one', [
    { user: `No, always call me ${SECRET}, not by my name.` },
    shell(`git push ${SECRET}`, `fatal: "${SECRET}" has no upstream branch`, 128),
    shell(`git push -u origin ${SECRET}`, 'done'),
    shell('npm test', 'passed'),
    shell('npm test', 'passed again'),
  ])
  const parentSessionId = parent as SessionId | null
  await storage.sessions.put({ ...session, parentSessionId, userIds: ['ann'] })
  await storage.sessions.append(
    session.id,
    events.map(({ event }) => event),
  )
  const eventIds = events.map(({ event }) => event.id)
  return { storage, part: { sessionId: session.id, eventIds }, recorded }
}

function read(place: Audience, contribution: Contribution, storage: Storage): Promise<Contributed> {
  const inputs = inputsOf({})
  const nothing = { sightings: [], earlier: [] }
  return readContributions(
    {
      ...inputs,
      store: { ...inputs.store, audience: place, lineageId: 'line' },
      snapshot: { ...inputs.snapshot, contributions: [contribution] },
    },
    nothing,
    { storage, signal: null, keepAlive: async () => undefined },
  )
}

describe('readContributions', () => {
  test('reads an open session for errors and passed commands, never for what a person said', async () => {
    const { storage, part } = await heard()

    const { open, sealed, eventText } = await read(
      TEAM,
      { ...part, audience: TEAM, agentId: 'coder', userId: null },
      storage,
    )

    expect(sealed).toEqual([])
    const kinds = open.map(({ detail }) => detail.kind)
    expect(kinds).toEqual(expect.arrayContaining(['error', 'passed']))
    expect(kinds).not.toContain('correction')
    expect(JSON.stringify(open)).not.toContain('call me')
    expect(open.every((it) => it.lineageId === 'line' && it.detail.agent === 'coder')).toBe(true)
    for (const item of open.flatMap(({ evidence }) => evidence)) {
      expect(item.kind === 'event' && eventText(item.eventId)?.includes(item.quote)).toBe(true)
    }
  })

  test('leaves of a sealed session no word that differs, in what it gives and in what is recorded', async () => {
    const { storage, part, recorded } = await heard('sesn_zero')
    const contribution = { ...part, audience: audience('private', 'ann'), agentId: null }

    const found = await read(TEAM, { ...contribution, userId: 'ann' }, storage)

    expect(found.open).toEqual([])
    expect(found.sealed).toHaveLength(1)
    expect(found.families.map(({ rootSessionId }) => rootSessionId)).toEqual(['sesn_zero'])
    const values = Object.values(found.sealed[0]?.words ?? {})
    expect(values).toContain('command git push')
    expect(JSON.stringify([found.families, recorded])).not.toMatch(/private:ann|origin|my name/)
    // The one value that all may turn out to share is the name that the error quotes.
    expect(values.filter((value) => value.includes(SECRET))).toEqual([`"${SECRET}"`])
    const again = recorded.length
    expect(await read(TEAM, { ...contribution, userId: 'ann' }, storage)).toEqual({
      ...found,
      eventText: expect.anything(),
    })
    expect(recorded).toHaveLength(again)
  })

  test.each([
    ['nobody is named', TEAM, null],
    ['the store is private', audience('private', 'bob'), 'ann'],
  ])('opens no sealed session where %s', async (_why, place, userId) => {
    const { storage, part, recorded } = await heard()
    const sealed = { ...part, audience: audience('private', 'ann'), agentId: null, userId }

    const found = await read(place, sealed, storage)

    expect([found.open, found.sealed, found.read, found.unheard]).toEqual([[], [], 0, 1])
    expect(recorded).toEqual([])
  })
})
