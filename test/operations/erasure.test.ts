import { renameSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { SessionId } from '../../src/core/ids.ts'
import type { Actor } from '../../src/core/memory.ts'
import type { Erasure, ErasureSubject } from '../../src/reverie.ts'
import { type ChatLine, FolderWorld } from '../support/folder-world.ts'

const NOTES = '# Notes\n\n- The staging database listens on port 5432.\n- Tea is at four.\n'
const BY: Actor = { type: 'user_actor', userId: 'lena' }

async function sessionOf(world: FolderWorld, name: string): Promise<ErasureSubject> {
  const sessions = await world.reverie.sessions.list()
  const session = sessions.find(({ sourcePath }) => sourcePath.endsWith(`/${name}.jsonl`))
  return { kind: 'session', sessionId: session?.id ?? ('' as SessionId) }
}

async function eraseSession(world: FolderWorld, name: string): Promise<Erasure> {
  return world.reverie.erasures.erase(await sessionOf(world, name), BY)
}

async function dreamAndApply(world: FolderWorld): Promise<string> {
  const { dream } = await world.dream()
  await world.reverie.apply(dream.id)
  return dream.id
}

/** A tool that refuses the same call. */
const refusal: readonly ChatLine[] = [
  {
    role: 'assistant',
    content: '',
    tool_calls: [{ id: 'one', function: { name: 'ship', arguments: '{"parcel":"P100"}' } }],
  },
  { role: 'tool', tool_call_id: 'one', content: 'Error: the depot is full' },
]

describe('erasing a session', () => {
  test('gives back what its statement had replaced, byte for byte', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', ['The staging database listens on port 6000 now.'])
    const dreamId = await dreamAndApply(world)
    expect(world.files()['notes.md']).toContain('6000')

    const done = await eraseSession(world, 'monday')

    expect(world.files()).toEqual({ 'notes.md': NOTES })
    expect(done.memories).toMatchObject([{ path: '/notes.md', line: 3, outcome: 'reworded' }])
    expect(done.leftIn.map((path) => path.endsWith('/sessions/monday.jsonl'))).toEqual([true])
    const ledger = await world.reverie.ledger(world.memory)
    expect(ledger.map(({ kind, text }) => [kind, text])).toEqual([['removed', '[erased]']])
    await world.reverie.revert(dreamId)
    expect(world.files()).toEqual({ 'notes.md': NOTES })
  })

  test('leaves the newer value where the older one is erased, and forgets the older', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', ['The staging database listens on port 6111 now.'])
    await dreamAndApply(world)
    world.say('tuesday', [
      { content: 'The staging database listens on port 7222 now.', at: '2026-11-02T10:00:00Z' },
    ])
    await dreamAndApply(world)
    expect(world.files()['notes.md']).toContain('7222')

    const done = await eraseSession(world, 'monday')

    expect(world.files()['notes.md']).toContain('7222')
    expect(JSON.stringify(await world.reverie.ledger(world.memory))).not.toContain('6111')
    expect(JSON.stringify(await world.reverie.log())).not.toContain('6111')
    expect(done.memories.map(({ outcome }) => outcome)).not.toContain('withdrawn')
  })

  test('gives back the oldest value where both newer ones are erased', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', ['The staging database listens on port 6111 now.'])
    await dreamAndApply(world)
    world.say('tuesday', [
      { content: 'The staging database listens on port 7222 now.', at: '2026-11-02T10:00:00Z' },
    ])
    await dreamAndApply(world)

    await eraseSession(world, 'tuesday')
    expect(world.files()['notes.md']).toContain('6111')
    await eraseSession(world, 'monday')

    expect(world.files()['notes.md']).not.toMatch(/6111|7222/)
  })

  test('takes out what nobody else said, with a memory that holds nothing else', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', ['Remember: the warehouse closes at 16:45 on Fridays.'])
    await dreamAndApply(world)
    expect(world.files()['facts.md']).toContain('16:45')

    const done = await eraseSession(world, 'monday')

    expect(world.files()).toEqual({ 'notes.md': NOTES })
    expect(done.memories).toMatchObject([{ path: '/facts.md', outcome: 'withdrawn' }])
    expect(done.sessions).toHaveLength(1)
    expect(await world.reverie.sessions.list()).toEqual([])
  })

  test('keeps what another session said as well', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    const said = 'Remember: the warehouse closes at 16:45 on Fridays.'
    world.say('monday', [said])
    world.say('tuesday', [said])
    await dreamAndApply(world)
    const before = world.files()

    const done = await eraseSession(world, 'monday')

    expect(world.files()).toEqual(before)
    expect(done.memories.map(({ outcome }) => outcome)).toEqual(['kept'])
    const other = await eraseSession(world, 'tuesday')
    expect(other.memories.map(({ outcome }) => outcome)).toEqual(['withdrawn'])
    expect(world.files()).toEqual({ 'notes.md': NOTES })
  })

  test('tells a lesson anew from the sessions that are left, until there are too few', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    for (const day of ['monday', 'tuesday', 'wednesday', 'thursday']) world.say(day, refusal)
    await dreamAndApply(world)
    expect(world.files()['lessons.md']).toContain('in 4 sessions')

    const first = await eraseSession(world, 'monday')
    expect(first.memories).toMatchObject([{ path: '/lessons.md', outcome: 'reworded' }])
    expect(world.files()['lessons.md']).toContain('in 3 sessions')
    const second = await eraseSession(world, 'tuesday')

    expect(second.memories).toMatchObject([{ path: '/lessons.md', outcome: 'withdrawn' }])
    expect(world.files()).toEqual({ 'notes.md': NOTES })
  })

  test('drops a plan that waits and a dream that read it', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', ['The staging database listens on port 6000 now.'])
    const { dream } = await world.dream()

    await eraseSession(world, 'monday')

    const shown = await world.reverie.show(dream.id)
    expect(shown.dream.planStatus).toBe('discarded')
    expect(JSON.stringify(shown)).not.toContain('6000')
    await expect(world.reverie.apply(dream.id)).rejects.toMatchObject({ type: 'conflict_error' })
  })
})

describe('erasing a quote', () => {
  test('cuts the words out of what people wrote, and leaves the rest of it', async () => {
    const note =
      '# The Kestrel7 plan\n\n- Ines calls it Kestrel7 Blue; ask her first.\n- Tea is at four.\n'
    await using world = await FolderWorld.open({ 'notes.md': note })
    world.say('monday', ['Remember: Kestrel7 Blue ships in May with nobody else.', 'Tea is fine.'])
    await dreamAndApply(world)

    const done = await world.reverie.erasures.erase({ kind: 'quote', text: 'kestrel7  blue' }, BY)

    expect(world.files()['notes.md']).toBe(
      '# The Kestrel7 plan\n\n- Ines calls it [erased]; ask her first.\n- Tea is at four.\n',
    )
    expect(JSON.stringify(world.files())).not.toMatch(/Kestrel7 Blue/)
    expect(done.places.events_cut).toBe(1)
    const [session] = await world.reverie.sessions.list()
    const { events } = await world.reverie.sessions.get(session?.id ?? '')
    expect(events.map(({ text }) => text)).toEqual([
      'Remember: [erased] ships in May with nobody else.',
      'Tea is fine.',
    ])
  })

  test('is refused where it is too short to mean one thing, and for an agent', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    const { erasures } = world.reverie
    const short = erasures.erase({ kind: 'quote', text: 'the' }, BY)
    await expect(short).rejects.toMatchObject({ type: 'invalid_request_error' })
    const agent: Actor = { type: 'session_actor', sessionId: 'sesn_1' as SessionId }
    const byAgent = erasures.erase({ kind: 'quote', text: 'The staging' }, agent)
    await expect(byAgent).rejects.toMatchObject({ type: 'permission_error' })
    const unknown = erasures.trace({ kind: 'session', sessionId: 'sesn_none' as SessionId })
    await expect(unknown).rejects.toMatchObject({ type: 'not_found_error' })
  })
})

describe('a trace', () => {
  test('tells what would go and changes nothing', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', ['The staging database listens on port 6000 now.'])
    await dreamAndApply(world)
    const subject = await sessionOf(world, 'monday')
    const state = async (): Promise<unknown> => [
      world.files(),
      await world.reverie.log(),
      await world.reverie.ledger(world.memory),
      await world.reverie.sessions.list(),
    ]
    const before = await state()

    const trace = await world.reverie.erasures.trace(subject)

    expect(await state()).toEqual(before)
    const { id: _, at: __, ...done } = await world.reverie.erasures.erase(subject, BY)
    expect(done).toEqual(trace)
  })
})

describe('a folder', () => {
  test('that a person wrote into meanwhile keeps their words', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', ['Remember: the warehouse closes at 16:45 on Fridays.'])
    await dreamAndApply(world)
    world.note('facts.md', `${world.files()['facts.md']}- Lena adds a line.\n`)

    await eraseSession(world, 'monday')

    expect(world.files()['facts.md']).toContain('- Lena adds a line.\n')
    expect(world.files()['facts.md']).not.toContain('16:45')
  })

  test('out of reach is named, and cleaned as soon as it is there again', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', ['Remember: the warehouse closes at 16:45 on Fridays.'])
    await dreamAndApply(world)
    renameSync(world.memory, `${world.memory}-away`)

    const done = await eraseSession(world, 'monday')

    expect(done.leftIn).toContain(world.memory)
    renameSync(`${world.memory}-away`, world.memory)
    expect(world.files()['facts.md']).toContain('16:45')
    await world.reverie.memories.list(world.memory)
    expect(world.files()).toEqual({ 'notes.md': NOTES })
    expect(JSON.stringify(await world.reverie.log())).not.toContain('16:45')
  })
})
