import { describe, expect, test } from 'vitest'
import { FolderWorld, failureAndFix, theChange } from '../support/folder-world.ts'

const NOTES = '# Notes\n\n- The staging database listens on port 5432.\n'
const REFUSED = 'Error: connect ECONNREFUSED 127.0.0.1:5433'
const START = 'docker compose up -d db-test'

describe('sessions', () => {
  test('are read once: after apply only what a transcript has more is read', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', ['The staging database listens on port 6000 now.', 'thanks'])
    const first = await world.dream()
    await world.reverie.apply(first.dream.id)
    world.say('monday', ['Remember: the warehouse closes at 16:00 on Fridays.'])

    const second = await world.dream()

    expect(first.dream.plan?.report.read.events).toBe(2)
    expect(second.dream.plan?.report.read.events).toBe(1)
    expect(second.changes.map(({ kind }) => kind)).toEqual(['add'])
  })

  test('count as read when nothing was found in them, and not before a plan is applied', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', ['The staging database listens on port 6000 now.'])
    const waiting = await world.dream()
    await world.reverie.discard(waiting.dream.id)
    const again = await world.dream()
    expect(again.dream.plan?.report.read.events).toBe(1)
    await world.reverie.apply(again.dream.id)
    world.say('tuesday', ['thanks, bye'])
    expect((await world.dream()).dream.plan?.report.read.events).toBe(1)
    world.note('more.md', '- New.\n')

    const last = await world.dream()

    expect(last.dream.plan?.report.read.events).toBe(0)
  })

  test('that are stored already are named by id or by the beginning of one', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', ['The staging database listens on port 6000 now.'])
    world.say('tuesday', ['Remember: the warehouse closes at 16:00 on Fridays.'])
    await world.reverie.sessions.add([world.sessions])
    const monday = (await world.reverie.sessions.list()).find(({ title, sourcePath }) =>
      `${title} ${sourcePath}`.includes('monday'),
    )

    const outcome = await world.dream({ sessions: [monday?.id.slice(0, 12) ?? ''] })

    expect(outcome.dream.snapshot.sessions.map(({ id }) => id)).toEqual([monday?.id])
    expect(outcome.changes.map(({ kind }) => kind)).toEqual(['supersede'])
    await expect(world.dream({ sessions: ['sesn_unknown'] })).rejects.toMatchObject({
      type: 'not_found_error',
    })
  })

  test('that ended before --since, or at no known time, are not read', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('old', [
      { content: 'Remember: the dock opens at 07:00 on Mondays.', at: '2026-10-01T10:00:00Z' },
    ])
    world.say('new', [
      { content: 'Remember: the warehouse closes at 16:00.', at: '2026-11-05T10:00:00Z' },
    ])
    world.say('undated', [{ content: 'Remember: the shop has two doors and a gate.', at: '' }])

    const outcome = await world.dream({ since: '2026-11-01T00:00:00.000Z' })

    expect(outcome.dream.snapshot.sessions).toHaveLength(1)
    expect(theChange(outcome, 'add').after[0]?.text).toContain('16:00')
  })

  test('of no source at all leave a dream over the memory alone', async () => {
    await using world = await FolderWorld.open({
      'a.md': '- Deploys run from the main branch.\n',
      'b.md': '- Deploys run from the main branch through the build pipeline.\n',
    })
    world.say('monday', ['Remember: the warehouse closes at 16:00 on Fridays.'])

    const outcome = await world.dream({ sessions: [] })

    expect(outcome.changes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['merge']))
    expect(outcome.changes.map(({ kind }) => kind)).not.toContain('add')
  })

  test('of two users are refused with their number, and no dream is stored', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('one', [{ content: 'The staging database listens on port 6000 now.', user: 'ann' }])
    world.say('two', [{ content: 'I prefer long answers in general.', user: 'ben' }])

    const refusal: unknown = await world.dream().catch((error: unknown) => error)

    expect(refusal).toMatchObject({ type: 'invalid_request_error' })
    expect(String(refusal)).toContain('2 users')
    expect(String(refusal)).not.toMatch(/ann|ben/)
    const status = await world.reverie.status()
    expect(status.stores.flatMap(({ waiting }) => waiting)).toEqual([])
    const alone = await world.dream({ sessions: [`${world.sessions}/one.jsonl`] })
    expect(alone.isNew).toBe(true)
  })

  test('of one user and of nobody named are read together', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('one', [{ content: 'The staging database listens on port 6000 now.', user: 'ann' }])
    world.say('two', ['Remember: the warehouse closes at 16:00 on Fridays.'])

    const { changes } = await world.dream()

    expect(changes.map(({ kind }) => kind).toSorted()).toEqual(['add', 'supersede'])
  })
})

describe('an error', () => {
  test('of one session in one dream and another in the next becomes a lesson in the next', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', failureAndFix(REFUSED, START))
    const first = await world.dream()
    expect(first.changes).toEqual([])
    world.say('tuesday', failureAndFix(REFUSED, START))

    const second = await world.dream()

    const lesson = theChange(second, 'insight')
    expect(lesson.after[0]?.text).toContain(START)
    expect(lesson.reason).toContain('2 independent sessions')
    expect(second.dream.plan?.report.sessions).toBe(1)
  })

  test('that is read again because its transcript grew does not count twice', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', failureAndFix(REFUSED, START))
    await world.dream()
    world.say('monday', failureAndFix(REFUSED, START))

    const second = await world.dream()

    expect(second.changes).toEqual([])
  })

  test('is counted anew after the dream that told of it was reverted', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', failureAndFix(REFUSED, START))
    world.say('tuesday', failureAndFix(REFUSED, START))
    const first = await world.dream()
    await world.reverie.apply(first.dream.id)
    await world.reverie.revert(first.dream.id)

    const again = await world.dream()
    expect(theChange(again, 'insight').reason).toContain('2 independent sessions')

    const none = await world.dream({ sessions: [`${world.sessions}/monday.jsonl`] })
    expect(none.changes).toEqual([])
  })

  test('of which a lesson stands is not told again when it comes back', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', failureAndFix(REFUSED, START))
    world.say('tuesday', failureAndFix(REFUSED, START))
    const first = await world.dream()
    await world.reverie.apply(first.dream.id)
    world.say('wednesday', failureAndFix(REFUSED, START))

    const next = await world.dream()

    expect(next.changes).toEqual([])
  })
})
