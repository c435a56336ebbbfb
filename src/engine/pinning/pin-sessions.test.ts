import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  type Audience,
  audience,
  audienceOfEvent,
  isWider,
  LOCAL_AUDIENCE,
  scopeOf,
} from '../../core/audience.ts'
import { NOTHING_WITHHELD } from '../../core/dream.ts'
import { DEFAULT_WORKSPACE, type DreamId, derivedId, type SessionId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import { aMemoryStore, anEvent, aSession } from '../../storage/contract/builders.test-support.ts'
import { openEphemeralStorage } from '../../storage/ephemeral/ephemeral-storage.ts'
import type { Storage } from '../../storage/storage.ts'
import { type PinnedSessions, pinSessions } from './pin-sessions.ts'
import { readableEvents } from './readable-events.ts'

const ANN = audience('private', 'ann')
const TEAM = audience('team', 'core')
const ORG = audience('org', 'acme')

let storage: Storage
beforeEach(async () => {
  storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
})

interface Heard {
  readonly audience?: Audience
  readonly userIds?: readonly string[]
  readonly agentIds?: readonly string[]
  /** The audience that each event states; null = none. */
  readonly events?: readonly (Audience | null)[]
}

async function hear(name: string, heard: Heard = {}): Promise<SessionId> {
  const { audience: of = LOCAL_AUDIENCE, userIds = [], agentIds = [], events = [null] } = heard
  const id = `sesn_${name}` as SessionId
  await storage.sessions.put(aSession({ id, audience: of, userIds, agentIds }))
  await storage.sessions.append(
    id,
    events.map((own, n) =>
      anEvent(n, {
        id: derivedId('sevt', name, String(n)),
        sessionId: id,
        ...(own === null ? {} : { label: { audience: own } }),
      }),
    ),
  )
  return id
}

const eventIds = (name: string, ...at: readonly number[]): readonly string[] =>
  at.map((n) => derivedId('sevt', name, String(n)))

interface Naming {
  readonly of?: Audience
  readonly others?: readonly SessionId[]
}

function pin(own: readonly SessionId[], naming: Naming = {}): Promise<PinnedSessions> {
  const { of = TEAM, others = [] } = naming
  const store: MemoryStore = { ...aMemoryStore(), audience: of }
  const contributors = others.length === 0 ? [] : [{ agentId: 'qa', sessionIds: others }]
  return pinSessions({ store, sessionIds: own, contributors }, storage)
}

describe('a shared store', () => {
  test('reads the words of its audience, whoever says them', async () => {
    const id = await hear('a', { audience: TEAM, userIds: ['ann', 'bob'], events: [null, null] })

    expect(await pin([id])).toEqual({
      sessions: [{ id, eventIds: eventIds('a', 0, 1) }],
      contributions: [],
      withheld: NOTHING_WITHHELD,
    })
  })

  test('is told patterns of narrower words, which count for their one user', async () => {
    const id = await hear('a', { userIds: ['ann'], agentIds: ['coder'] })

    expect(await pin([id])).toEqual({
      sessions: [],
      contributions: [
        {
          sessionId: id,
          eventIds: eventIds('a', 0),
          audience: ANN,
          agentId: 'coder',
          userId: 'ann',
        },
      ],
      withheld: NOTHING_WITHHELD,
    })
  })

  test.each([
    ['no user', { audience: LOCAL_AUDIENCE }],
    ['no user and a person to read it', { audience: ANN }],
    ['several users', { audience: audience('team', 'core'), userIds: ['ann', 'bob'] }],
  ])('is told nothing of narrower words that name %s, and counts that', async (_, heard) => {
    const id = await hear('a', { ...heard, events: [null, null] })

    expect(await pin([id], { of: ORG })).toEqual({
      sessions: [],
      contributions: [],
      withheld: { sessions: 1, events: 2, withoutUser: 1 },
    })
  })

  test('is told nothing of words that are meant for others', async () => {
    const wider = await hear('a', { audience: ORG, userIds: ['ann'] })
    const other = await hear('b', { audience: audience('team', 'sales'), userIds: ['ann'] })

    expect(await pin([wider, other])).toEqual({
      sessions: [],
      contributions: [],
      withheld: { sessions: 2, events: 2, withoutUser: 0 },
    })
  })

  test('reads some events of a session and not others, as each is meant', async () => {
    const sales = audience('team', 'sales')
    const id = await hear('a', {
      audience: TEAM,
      userIds: ['ann'],
      events: [null, ANN, ORG, sales],
    })

    const pinned = await pin([id])

    expect(pinned.sessions).toEqual([{ id, eventIds: eventIds('a', 0, 2) }])
    expect(pinned.contributions).toMatchObject([
      { eventIds: eventIds('a', 1), audience: ANN, userId: 'ann' },
    ])
    expect(pinned.withheld).toEqual({ sessions: 1, events: 1, withoutUser: 0 })
  })

  test('is told patterns alone of other agents, and needs no user where it may read the words', async () => {
    const own = await hear('own', { audience: TEAM })
    const other = await hear('other', { audience: TEAM, userIds: ['ann', 'bob'] })

    expect(await pin([own], { others: [other, own] })).toMatchObject({
      sessions: [{ id: own }],
      contributions: [{ sessionId: other, audience: TEAM, agentId: 'qa', userId: null }],
    })
  })

  test('has no sessions of its own where it is told of others alone', async () => {
    const other = await hear('other', { audience: TEAM })

    expect(await pin([], { others: [other] })).toMatchObject({
      sessions: [],
      contributions: [{ sessionId: other }],
    })
  })

  test('is told once what the lineage has read', async () => {
    const own = await hear('own', { audience: TEAM, events: [null, null] })
    const other = await hear('other', { userIds: ['ann'], events: [null, null] })
    const read = [...eventIds('own', 0), ...eventIds('other', 1)] as never
    await storage.sessions.consumption.consume(aMemoryStore().lineageId, 'drm_1' as DreamId, read)

    const pinned = await pin([own, other])

    expect(pinned.sessions[0]?.eventIds).toEqual(eventIds('own', 1))
    expect(pinned.contributions[0]?.eventIds).toEqual(eventIds('other', 0))
  })
})

describe('a private store', () => {
  test.each([
    ['of nobody named takes those of one user', LOCAL_AUDIENCE, ['ann']],
    ['of nobody named takes those of nobody', LOCAL_AUDIENCE, []],
    ['takes those of its owner', ANN, ['ann']],
  ])('%s', async (_, of, userIds) => {
    const id = await hear('a', { userIds })

    expect(await pin([id], { of })).toMatchObject({
      sessions: [{ id, eventIds: eventIds('a', 0) }],
      withheld: NOTHING_WITHHELD,
    })
  })

  test.each([
    ['of somebody else', ANN, { userIds: ['bob'] }],
    ['of several', LOCAL_AUDIENCE, { userIds: ['ann', 'bob'] }],
    ['of nobody named', ANN, {}],
    ['of a team', ANN, { audience: TEAM, userIds: ['ann'] }],
    ['of somebody else that are said to be meant for it', ANN, { audience: ANN, userIds: ['bob'] }],
  ])('reads no sessions %s and is told nothing of them', async (_, of, heard) => {
    const own = await hear('a', heard)
    const other = await hear('b', heard)

    expect(await pin([own], { of, others: [other] })).toEqual({
      sessions: [],
      contributions: [],
      withheld: { sessions: 2, events: 2, withoutUser: 0 },
    })
  })

  test('of nobody named is told of the one user whom its own sessions name, and of no other', async () => {
    const own = await hear('own', { userIds: ['ann'] })
    const hers = await hear('hers', { userIds: ['ann'] })
    const his = await hear('his', { userIds: ['bob'] })

    const pinned = await pin([own], { of: LOCAL_AUDIENCE, others: [his, hers] })

    expect(pinned.sessions.map(({ id }) => id)).toEqual([own])
    expect(pinned.contributions).toMatchObject([
      { sessionId: hers, audience: LOCAL_AUDIENCE, userId: null },
    ])
    expect(pinned.withheld).toEqual({ sessions: 1, events: 1, withoutUser: 0 })
  })
})

test('what a shared store may not read is not new to it', async () => {
  const id = await hear('a', { audience: TEAM, events: [null, ANN, null] })
  const session = await storage.sessions.get(id)
  if (session === null) throw new Error('It was heard.')
  const all = await storage.sessions.consumption.unread('lineage', id)
  const fresh = (of: Audience, from: typeof session) =>
    readableEvents({ audience: of }, from, all, storage)

  expect(await fresh(TEAM, session)).toEqual(eventIds('a', 0, 2))
  expect(await fresh(TEAM, { ...session, userIds: ['ann'] })).toEqual(all)
  expect(await fresh(audience('team', 'sales'), session)).toEqual([])
  expect(await fresh(ANN, session)).toEqual(all)
})

describe('whatever is named', () => {
  const audiences = fc.constantFrom(
    LOCAL_AUDIENCE,
    ANN,
    audience('private', 'bob'),
    TEAM,
    audience('team', 'sales'),
    ORG,
  )
  const heard = fc.record({
    audience: audiences,
    userIds: fc.uniqueArray(fc.constantFrom('ann', 'bob'), { maxLength: 2 }),
    events: fc.array(fc.option(audiences), { minLength: 1, maxLength: 4 }),
    isOwn: fc.boolean(),
  })

  test('each event is read, told of or withheld; none is read where its audience is another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(heard, { maxLength: 5 }), audiences, async (all, of) => {
        storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
        const ids: SessionId[] = []
        for (const [n, one] of all.entries()) ids.push(await hear(String(n), one))
        const own = ids.filter((_, n) => all[n]?.isOwn)
        const others = ids.filter((_, n) => all[n]?.isOwn === false)

        const { sessions, contributions, withheld } = await pin(own, { of, others })

        const read = sessions.flatMap((session) => session.eventIds)
        const told = contributions.flatMap((contribution) => contribution.eventIds)
        const named = all.reduce((sum, { events }) => sum + events.length, 0)
        expect(new Set([...read, ...told]).size + withheld.events).toBe(named)
        expect(withheld.withoutUser).toBeLessThanOrEqual(withheld.sessions)
        for (const id of read) {
          const event = await storage.sessions.event(id)
          const session = await storage.sessions.get(event?.sessionId as SessionId)
          if (event === null || session === null) throw new Error('What is pinned is stored.')
          const words = audienceOfEvent(event, session)
          if (scopeOf(of) === 'private') expect(session.userIds.length).toBeLessThan(2)
          else expect(words).toBe(of)
        }
        for (const { audience: words, userId } of contributions) {
          expect(words === of ? userId === null : userId !== null && isWider(of, words)).toBe(true)
        }
      }),
    )
  })
})
