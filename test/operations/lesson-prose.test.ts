import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Model } from '../../src/models/model.ts'
import type { DreamOutcome } from '../../src/reverie.ts'
import { createReverie } from '../../src/reverie.ts'
import { scriptedModel } from '../../src/testing/scripted-model.ts'
import { type ChatLine, FolderWorld, theChange } from '../support/folder-world.ts'

const NOTES = '# Notes\n\n- The staging database listens on port 5432.\n'
const PROSE =
  'When `ship` says “the depot is full”, check that before you call `ship`: it was refused'

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

const ANSWERS: Readonly<Record<string, unknown>> = {
  extract: { claims: [] },
  changes: { changes: [] },
  lesson: {
    evidence: [1],
    when: '`ship` says “the depot is full”',
    do: 'check that before you call `ship`',
    because: 'it was refused',
    notWhen: null,
  },
  entail: { items: [{ item: 1, unsupported: [], supported: 'yes' }] },
  probes: { probes: [] },
}

function aModel(): Model {
  return scriptedModel(({ name }) => JSON.stringify(ANSWERS[name.replace(/-\d+$/, '')] ?? {}))
}

const later = (): Date => new Date('2026-11-20T04:00:00.000Z')

async function dreamWithModel(world: FolderWorld): Promise<DreamOutcome> {
  const model = aModel()
  const reverie = await createReverie({
    home: world.home,
    now: later,
    models: { small: model, large: model },
  })
  try {
    return await reverie.dream({
      memory: world.memory,
      sessions: [world.sessions],
      budget: { usd: null },
    })
  } finally {
    await reverie.close()
  }
}

async function aWorld(): Promise<FolderWorld> {
  const world = await FolderWorld.open({ 'notes.md': NOTES })
  for (const day of ['monday', 'tuesday', 'wednesday']) world.say(day, refusals(1))
  return world
}

describe('a lesson in the words of a model', () => {
  test('is written as such, with the counts of the sessions', async () => {
    await using world = await aWorld()

    const change = theChange(await dreamWithModel(world), 'insight')

    expect(change.after[0]?.text).toMatch(new RegExp(`^${PROSE} \\(in 3 sessions`))
  })

  test('is told once: neither rules nor a model find anything more once it is applied', async () => {
    await using world = await aWorld()
    const first = await dreamWithModel(world)
    await world.reverie.apply(first.dream.id)
    const files = world.files()

    const byRules = await world.dream({ model: 'none' })
    const byModel = await dreamWithModel(world)

    expect(files['lessons.md']).toContain('When `ship`')
    expect(byRules.changes).toEqual([])
    expect(byModel.changes).toEqual([])
  })

  test('is not told again by a state folder that knows nothing of it', async () => {
    await using world = await aWorld()
    const first = await dreamWithModel(world)
    await world.reverie.apply(first.dream.id)
    const home = join(world.base, 'elsewhere')

    const reverie = await createReverie({ home, now: later })
    const fresh = await reverie.dream({ memory: world.memory, sessions: [world.sessions] })
    await reverie.close()

    expect(fresh.dream.plan?.report.sessions).toBe(3)
    expect(fresh.changes).toEqual([])
  })

  test('stays rejected when the next dream has no model', async () => {
    await using world = await aWorld()
    const first = await dreamWithModel(world)
    await world.decide(first, theChange(first, 'insight'), 'reject')
    await world.reverie.discard(first.dream.id)

    const byRules = await world.dream({ model: 'none' })

    expect(byRules.changes).toEqual([])
  })
})
