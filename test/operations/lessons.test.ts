import { describe, expect, test } from 'vitest'
import { type ChatLine, FolderWorld, theChange } from '../support/folder-world.ts'

const NOTES = '# Notes\n\n- The staging database listens on port 5432.\n'

/** A tool that refuses the same call several times. */
function refusals(times: number): readonly ChatLine[] {
  return Array.from({ length: times }, (_, n): readonly ChatLine[] => [
    {
      role: 'assistant',
      content: '',
      tool_calls: [{ id: `${n}`, function: { name: 'ship', arguments: '{"parcel":"P100"}' } }],
    },
    { role: 'tool', tool_call_id: `${n}`, content: 'Error: the depot is full' },
  ]).flat()
}

describe('lessons', () => {
  test('take the place of what was noted of one session, and are told once', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', refusals(2))
    const first = await world.dream()
    await world.reverie.apply(first.dream.id)
    const noted = world.files()['facts.md']
    world.say('tuesday', refusals(1))
    world.say('wednesday', refusals(1))

    const second = await world.dream()
    await world.reverie.apply(second.dream.id)
    const after = world.files()
    const third = await world.dream()

    expect(theChange(first, 'add').reason).toBe(
      'A tool refused this in 1 independent session; no note holds it.',
    )
    expect(noted).toContain('(2 times in 1 session, last seen 2026-11-01).')
    expect(theChange(second, 'insight').before.map(({ path }) => path)).toEqual(['/facts.md'])
    expect(after['facts.md']).toBeUndefined()
    expect(after['lessons.md']).toContain('(4 times in 3 sessions')
    expect(third.changes).toEqual([])
  })

  test('reverted leave the note as it was', async () => {
    await using world = await FolderWorld.open({ 'notes.md': NOTES })
    world.say('monday', refusals(2))
    const first = await world.dream()
    await world.reverie.apply(first.dream.id)
    const noted = world.files()
    world.say('tuesday', refusals(1))
    world.say('wednesday', refusals(1))
    const second = await world.dream()
    await world.reverie.apply(second.dream.id)

    await world.reverie.revert(second.dream.id)

    expect(world.files()).toEqual(noted)
  })
})
