import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { type Audience, audience, LOCAL_AUDIENCE } from '../../src/core/audience.ts'
import type { SessionId } from '../../src/core/ids.ts'
import { wireSessionEventSchema } from '../../src/wire/session-events/vocabulary.ts'
import { wireSessionSchema } from '../../src/wire/sessions.ts'
import { wireThreadSchema } from '../../src/wire/threads.ts'
import { BY, HOSTED_MEMORIES, HostedWorld, outputIdOf } from '../support/hosted-world.ts'

describe('a dream into a new store', () => {
  test('completes with every change in the clone, and leaves the input as it was', async () => {
    const world = await HostedWorld.open()

    const dream = await world.dream()

    const output = outputIdOf(dream)
    const changes = await world.changes(dream)
    expect(dream).toMatchObject({ status: 'completed', planStatus: 'applied' })
    expect(changes.map(({ status }) => status)).toContain('applied')
    expect(await world.contents()).toEqual(HOSTED_MEMORIES)
    expect((await world.contents(output))['/ports.md']).toContain('6000')
    expect(output).not.toBe(world.storeId)
    expect(await world.unread(output)).toBe(0)
    expect(await world.unread()).toBeGreaterThan(0)
  })

  test('names the clone after the input and keeps ids of units, pins and description', async () => {
    const world = await HostedWorld.open()
    const [unit] = await world.storage.units.list(world.storeId)
    if (unit === undefined) throw new Error('There are notes.')
    await world.storage.units.setPinned(unit.id, true)

    const dream = await world.dream()

    const output = outputIdOf(dream)
    const store = await world.storage.stores.get(output)
    const short = dream.id.slice('drm_'.length).slice(0, 8)
    const cloned = await world.storage.units.list(output)
    expect(store?.name).toBe(`world (dream ${short})`)
    expect(store?.lineageId).toBe(output)
    expect(cloned.find(({ id }) => id === unit.id)).toMatchObject({ isPinned: true })
  })

  test('ordered twice is two dreams with the same contents', async () => {
    const world = await HostedWorld.open()

    const one = await world.dream()
    const two = await world.dream()

    expect(two.id).not.toBe(one.id)
    expect(await world.contents(outputIdOf(two))).toEqual(await world.contents(outputIdOf(one)))
  })

  test('has not read what another dream wrote into the input while it was waiting', async () => {
    const world = await HostedWorld.open()
    const [one, two] = world.sessionIds.map((id) => [id])
    if (one === undefined || two === undefined) throw new Error('There are two sessions.')
    const { id } = await world.create({ sessionIds: one })
    world.later(1_000)
    await world.dream({ outputBehavior: 'update_existing', sessionIds: two })
    world.later(1_000)
    const dream = await world.run(id)
    if (dream === null) throw new Error('Nobody else runs dreams here.')
    const textsOf = async (of: typeof dream): Promise<string> =>
      Object.values(await world.contents(outputIdOf(of))).join('')

    expect(Object.values(await world.contents()).join('')).toContain('16:00')
    expect(await textsOf(dream)).not.toContain('16:00')
    const next = await world.dream({ storeId: outputIdOf(dream), sessionIds: two })

    expect(await textsOf(next)).toContain('16:00')
    expect(await textsOf(next)).toContain('6000')
    expect(await world.unread(outputIdOf(next))).toBe(0)
  })

  test('finds nothing in the clone that was dreamt over already', async () => {
    const world = await HostedWorld.open()
    const first = await world.dream()

    const second = await world.dream({ storeId: outputIdOf(first) })

    expect(second).toMatchObject({ status: 'completed', planStatus: 'empty' })
    expect(await world.contents(outputIdOf(second))).toEqual(
      await world.contents(outputIdOf(first)),
    )
  })
})

describe('a dream into the store itself', () => {
  test('writes there, counts its sessions as read, and finds nothing the second time', async () => {
    const world = await HostedWorld.open()

    const first = await world.dream({ outputBehavior: 'update_existing' })
    const after = await world.contents()
    const second = await world.dream({ outputBehavior: 'update_existing' })

    expect(outputIdOf(first)).toBe(world.storeId)
    expect(after['/ports.md']).toContain('6000')
    expect(second).toMatchObject({ status: 'completed', planStatus: 'empty' })
    expect(await world.contents()).toEqual(after)
    expect(await world.unread()).toBe(0)
  })

  test('is the only one of its store until it has ended', async () => {
    const world = await HostedWorld.open()
    const first = await world.create({ outputBehavior: 'update_existing' })

    const second = world.create({ outputBehavior: 'update_existing' })

    await expect(second).rejects.toMatchObject({
      type: 'conflict_error',
      details: { dream_id: first.id },
    })
    await world.run(first.id)
    await expect(world.create({ outputBehavior: 'update_existing' })).resolves.toBeDefined()
  })

  test('does not overwrite a memory that was written to meanwhile', async () => {
    const world = await HostedWorld.open()
    const { id } = await world.create({ outputBehavior: 'update_existing' })
    await world.world.write('/ports.md', '# Ports\n\n- Nobody knows.\n')

    const dream = await world.run(id)

    const changes = dream === null ? [] : await world.changes(dream)
    const moved = changes.filter(({ heldReason }) => heldReason === 'memory_moved')
    const contents = await world.contents()
    expect(dream?.planStatus).toBe('applied')
    expect(contents['/ports.md']).toBe('# Ports\n\n- Nobody knows.\n')
    expect(moved.map(({ kind, status }) => [kind, status])).toContainEqual(['supersede', 'held'])
    expect(changes.map(({ status }) => status)).toContain('applied')
  })

  test('leaves everything to a person at the level `off`, sessions unread', async () => {
    const world = await HostedWorld.open()

    const dream = await world.dream({ outputBehavior: 'update_existing', autoApply: 'off' })

    expect(dream).toMatchObject({ status: 'completed', planStatus: 'waiting' })
    expect(await world.contents()).toEqual(HOSTED_MEMORIES)
    expect(await world.unread()).toBeGreaterThan(0)
  })

  test('writes less at the levels `safe` and `trusted`; the others await a review', async () => {
    const counts: Record<string, number> = {}
    for (const autoApply of ['safe', 'trusted', 'all'] as const) {
      const world = await HostedWorld.open()
      const dream = await world.dream({ outputBehavior: 'update_existing', autoApply })
      const changes = await world.changes(dream)
      const held = changes.filter(({ heldReason }) => heldReason === 'awaits_review')
      counts[autoApply] = changes.filter(({ status }) => status === 'applied').length
      expect(counts[autoApply] + held.length, autoApply).toBe(changes.length)
    }
    expect(counts.safe).toBe(0)
    expect(counts.trusted).toBeGreaterThan(0)
    expect(counts.all).toBeGreaterThan(counts.trusted ?? 0)
  })
})

describe('the session of a dream', () => {
  test('tells its stages in few lines, on the wire, and ends archived', async () => {
    const world = await HostedWorld.open()

    const dream = await world.dream()

    const told = await world.told(dream)
    const document = await world.storage.documents.get('session', dream.hosted?.sessionId ?? '')
    const session = wireSessionSchema.parse(JSON.parse(document?.body ?? ''))
    const events = told.map(({ body }) => wireSessionEventSchema.parse(JSON.parse(body)))
    const texts = told.map(({ body }) => body).join('\n')
    expect(told.at(0)?.type).toBe('session.status_running')
    expect(told.at(-1)?.type).toBe('session.status_idle')
    expect(events.filter(({ type }) => type === 'session.thread_created')).toHaveLength(2)
    expect(told.length).toBeLessThan(200)
    expect(texts).toContain('Reading sessions: 1 of 2.')
    expect(texts).toContain('No model was used: rules alone decided.')
    expect(texts).toContain('1 replaced')
    expect(document?.tags).toEqual(
      expect.arrayContaining(['dream', 'status:terminated', 'archived']),
    )
    expect(session).toMatchObject({ status: 'terminated', metadata: { dream_id: dream.id } })
    expect(session.archived_at).not.toBeNull()
    for (const { session_thread_id: id } of events.filter((e) => e.session_thread_id)) {
      const thread = await world.storage.documents.get('thread', String(id))
      expect(wireThreadSchema.parse(JSON.parse(thread?.body ?? ''))).toMatchObject({ id })
    }
    expect(world.announced).toContain(`session:${session.id}`)
  })

  test('warns of instructions that nothing can follow, and follows the others', async () => {
    const world = await HostedWorld.open()

    const dream = await world.dream({ instructions: 'Please be kind.\nkeep: /ports.md' })

    const texts = (await world.told(dream)).map(({ body }) => body).join('\n')
    expect(dream.plan?.report.warnings.join()).toContain('1 part of the instructions was not')
    expect(texts).toContain('1 part of the instructions was not followed')
    expect((await world.contents(outputIdOf(dream)))['/ports.md']).toContain('5432')
    expect(dream.snapshot.instructions).toBe('Please be kind.\nkeep: /ports.md')
  })
})

describe('an order', () => {
  test.each([
    ['an unknown store', { storeId: 'memstore_none' }, 'not_found_error'],
    ['an unknown session', { sessionIds: ['sesn_none'] }, 'not_found_error'],
    ['no session', { sessionIds: [] }, 'invalid_request_error'],
    ['an unmapped model', { model: 'gpt' }, 'invalid_request_error'],
    ['empty instructions', { instructions: '' }, 'invalid_request_error'],
    [
      'instructions that are too long',
      { instructions: 'x'.repeat(LIMITS.instructionsCharsMax + 1) },
      'invalid_request_error',
    ],
  ])('of %s is refused, and makes nothing', async (_, more, type) => {
    const world = await HostedWorld.open()

    await expect(world.create(more as object)).rejects.toMatchObject({ type })

    expect((await world.dreams().page({ limit: 10 })).items).toEqual([])
  })

  test('of the own session of a dream is refused, and says so', async () => {
    const world = await HostedWorld.open()
    const { hosted } = await world.dream()

    await expect(
      world.create({ sessionIds: [hosted?.sessionId ?? ('' as SessionId)] }),
    ).rejects.toMatchObject({
      type: 'invalid_request_error',
      message: `The session "${hosted?.sessionId}" is a dream's own; dreams do not read those.`,
    })
  })

  test('names the setting where its model means nothing', async () => {
    const world = await HostedWorld.open()

    await expect(world.create({ model: 'gpt' })).rejects.toMatchObject({
      next: expect.stringContaining('REVERIE_MODELS'),
    })
  })

  test('that names a session twice is refused', async () => {
    const world = await HostedWorld.open()
    const [id] = world.sessionIds
    const twice = id === undefined ? [] : [id, id]

    await expect(world.create({ sessionIds: twice })).rejects.toMatchObject({
      type: 'invalid_request_error',
    })
  })

  test('over an archived store is refused', async () => {
    const world = await HostedWorld.open()
    await world.storage.stores.archive(world.storeId, '2026-11-20T00:00:00.000Z')

    await expect(world.create()).rejects.toMatchObject({ type: 'invalid_request_error' })
  })

  test('that mixes two users is refused, also with those behind the store and its clones', async () => {
    const world = await HostedWorld.open()
    const [one, two] = world.sessionIds
    if (one === undefined || two === undefined) throw new Error('There are two sessions.')
    await nameUser(world, one, 'ann')
    await nameUser(world, two, 'bob')

    await expect(world.create()).rejects.toMatchObject({ type: 'invalid_request_error' })

    const first = await world.dream({ sessionIds: [one] })
    const onClone = { storeId: outputIdOf(first), sessionIds: [two] }
    await expect(world.create(onClone)).rejects.toMatchObject({ type: 'invalid_request_error' })
    const second = await world.dream({ storeId: outputIdOf(first), sessionIds: [one] })
    const onSecond = { storeId: outputIdOf(second), sessionIds: [two] }
    await expect(world.create(onSecond)).rejects.toMatchObject({ type: 'invalid_request_error' })
    await expect(world.create({ sessionIds: [two] })).resolves.toBeDefined()
  })
})

describe('a dream of a shared store', () => {
  test('reads what is meant for it of several users, and counts what is not', async () => {
    const world = await HostedWorld.open({ audience: audience('team', 'core') })
    const [one, two] = world.sessionIds
    if (one === undefined || two === undefined) throw new Error('There are two sessions.')
    await nameUser(world, one, 'ann', audience('team', 'core'))
    await nameUser(world, two, 'bob', audience('team', 'sales'))

    const dream = await world.dream({ outputBehavior: 'update_existing' })

    expect(dream.snapshot.sessions.map(({ id }) => id)).toEqual([one])
    expect(dream.snapshot.withheld).toMatchObject({ sessions: 1, withoutUser: 0 })
    expect(dream.plan?.report.warnings.join()).toContain('of 1 session were left out')
    const evidence = (await world.changes(dream)).flatMap((change) => change.evidence)
    expect(new Set(evidence.flatMap((it) => (it.kind === 'event' ? [it.sessionId] : [])))).toEqual(
      new Set([one]),
    )
  })

  test('tells nothing of narrower sessions without one user, and says so', async () => {
    const world = await HostedWorld.open({ audience: audience('team', 'core') })

    const dream = await world.dream()

    expect(dream.planStatus).not.toBe('failed')
    expect([dream.snapshot.sessions, dream.snapshot.contributions]).toEqual([[], []])
    expect(dream.snapshot.withheld).toMatchObject({ sessions: 2, withoutUser: 2 })
    const evidence = (await world.changes(dream)).flatMap((change) => change.evidence)
    expect(evidence.filter(({ kind }) => kind === 'event')).toEqual([])
  })
})

test('a private store takes no session that is meant for others', async () => {
  const world = await HostedWorld.open()
  const [one] = world.sessionIds
  if (one === undefined) throw new Error('There are two sessions.')
  await nameUser(world, one, 'ann', audience('team', 'core'))

  await expect(world.create()).rejects.toMatchObject({
    type: 'invalid_request_error',
    message: expect.stringContaining('1 of 2 sessions are meant for other readers'),
  })
})

describe('the end of a dream', () => {
  test('an archived dream stays as it is; one that is pending cannot be', async () => {
    const world = await HostedWorld.open()
    const { id } = await world.create()

    await expect(world.dreams().archive(id, BY)).rejects.toMatchObject({
      type: 'invalid_request_error',
    })
    await world.run(id)
    const archived = await world.dreams().archive(id, BY)
    world.later()

    expect(archived.hosted?.archivedAt).not.toBeNull()
    expect(await world.dreams().archive(id, BY)).toEqual(archived)
  })
})

async function nameUser(
  world: HostedWorld,
  id: string,
  user: string,
  of: Audience = LOCAL_AUDIENCE,
): Promise<void> {
  const session = (await world.storage.sessions.list()).find((one) => one.id === id)
  if (session === undefined) throw new Error(`There is no ${id}.`)
  await world.storage.sessions.put({ ...session, userIds: [user], audience: of })
}
