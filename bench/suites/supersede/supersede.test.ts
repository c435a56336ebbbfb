import { afterEach, describe, expect, it } from 'vitest'
import { type BenchWorld, hitsOf, openBenchWorld } from '../../harness/bench-world.test-support.ts'
import type { BenchSet } from '../../harness/suite.ts'
import { isoDate } from './chain.ts'
import { chainRows, situatedChains } from './chains.ts'
import { halumem } from './halumem.ts'
import { lettaUpdate } from './letta-update.ts'
import { userBlock } from './user-block.ts'
import { userModel } from './user-model.ts'

let world: BenchWorld | null = null

afterEach(async () => {
  await world?.close()
  world = null
})

/** The hits of a set whose file holds these items. */
async function measure(
  set: BenchSet,
  items: readonly unknown[],
): Promise<Readonly<Record<string, string>>> {
  world = await openBenchWorld({ [`supersede/${set.name}.mine.jsonl`]: items })
  return hitsOf(await set.run(world.context))
}

describe('updates of one note', () => {
  const item = {
    facts: [
      'The gateway listens on port 8080.',
      'The nightly backup runs at 02:00.',
      'Mara Voss leads the payments team.',
    ],
    clean: true,
  }
  const moved = {
    ...item,
    new_fact: 'We moved the nightly backup from 02:00 to 04:00.',
    new_answer: '04:00',
    superseded_indexes: [1],
  }
  const asked = {
    ...item,
    new_fact: 'Could the gateway listen on port 7070?',
    new_answer: '7070',
    superseded_indexes: [0],
  }

  it('tell a note that was replaced from one that was not', async () => {
    expect(await measure(lettaUpdate, [moved, asked, { ...moved, clean: false }])).toMatchObject({
      recall: '1/2',
      stale: '1/2',
      collateral: '0/2',
      history: '1/1',
      'recall, begins otherwise': '1/2',
    })
  })

  it('count another note that changed as collateral', async () => {
    const wrongGold = { ...moved, superseded_indexes: [2] }

    expect(await measure(lettaUpdate, [wrongGold])).toMatchObject({
      recall: '0/1',
      stale: '1/1',
      collateral: '1/1',
    })
  })

  it('stand beside what trivial methods make of the same items', async () => {
    world = await openBenchWorld({ 'supersede/letta-core-memory-update.x.jsonl': [moved, asked] })

    const [recall] = await lettaUpdate.run(world.context)

    expect(recall).toMatchObject({
      metric: 'recall',
      target: '>= 0.97',
      baselines: { nearest_overwrite: 1, append_only: 0 },
    })
  })
})

describe('user models', () => {
  const item = {
    id: 'u-1',
    prior: {
      user_id: 'u_9',
      name: 'Ines Dahl',
      current: {
        location: { city: 'Ghent', country: 'Belgium' },
        preferences: { tools: ['paper'], notes: 'Likes maps.' },
      },
      history: [],
      last_updated: '2026-01-01',
    },
    gold_changes: [
      {
        path: 'current.location.city',
        old: 'Ghent',
        new: 'Bruges',
        new_value_verbatim_in_conversation: true,
      },
      {
        path: 'current.preferences.notes',
        old: 'Likes maps.',
        new: 'Likes globes.',
        new_value_verbatim_in_conversation: false,
      },
    ],
    gold_unchanged_paths: [
      'user_id',
      'name',
      'current.location.country',
      'current.preferences.notes',
    ],
    gold_history_added: [{ field: 'location' }],
  }

  it('count what the user says, and keep notes and bookkeeping out', async () => {
    const talk = 'User: I moved from Ghent to Bruges.\n\nAssistant: Noted.'

    expect(await measure(userModel, [{ ...item, conversation: talk }])).toEqual({
      recall: '1/1',
      'recall, said in these words': '1/1',
      kept: '2/2',
      history: '1/1',
    })
  })

  it('count nothing of what only the assistant says', async () => {
    const talk = 'User: Hello.\n\nAssistant: You moved from Ghent to Bruges.'

    expect(await measure(userModel, [{ ...item, conversation: talk }])).toMatchObject({
      recall: '0/1',
      history: '0/1',
    })
  })
})

describe('user blocks', () => {
  const prior_memory = '## Ines\n\n- City: Ghent\n- Dog: Pixel\n'

  it('tell a block with news from one without, and lines that nobody spoke of', async () => {
    const items = [
      { prior_memory, user_message: 'I moved from Ghent to Bruges.' },
      { prior_memory, user_message: 'Thanks, see you.' },
    ]

    expect(await measure(userBlock, items)).toEqual({ changed: '1/2', kept: '5/5' })
  })
})

describe('chains of values', () => {
  const item = {
    id: 'c-1',
    question: 'who holds the club record',
    chain: [
      { valid_from: '2011', answers: ['Ada Quist'] },
      { valid_from: 'March 4, 2016', answers: ['Bo Lind', 'B. Lind'] },
    ],
    order_certain: true,
  }

  it('ask for the current value, for each date and for the history, in both modes', async () => {
    const rows = await measure(situatedChains, [item, { ...item, order_certain: false }])

    expect(rows).toMatchObject({
      current: expect.stringMatching(/\/6$/),
      'current, one dream': expect.stringMatching(/\/3$/),
      as_of: expect.stringMatching(/\/12$/),
      history: expect.stringMatching(/\/6$/),
    })
  })

  it('are right throughout where one value is all there is', async () => {
    world = await openBenchWorld({})
    const single = { ...item, chain: item.chain.slice(1) }

    const rows = await chainRows('x', [single], { shuffles: 1, context: world.context })

    expect(hitsOf(rows)).toMatchObject({ current: '2/2', as_of: '2/2' })
  })

  it('are wrong where nothing was told in the store', async () => {
    world = await openBenchWorld({})
    const untold = { ...item, question: '', chain: [{ valid_from: '2011', answers: [''] }] }

    const rows = await chainRows('x', [untold], { shuffles: 1, context: world.context })

    expect(hitsOf(rows)).toMatchObject({ current: '0/2', as_of: '0/2' })
  })

  it.each([
    ['2011', '2011'],
    ['March 2011', '2011-03'],
    ['Sept. 4, 2016', '2016-09-04'],
    ['4 and 5', null],
  ])('read the date %j as %j', (text, date) => {
    if (date === null) expect(() => isoDate(text)).toThrow(RangeError)
    else expect(isoDate(text)).toBe(date)
  })
})

describe('changed preferences and states', () => {
  const like = (type: string, specific_item: string): object => ({
    type,
    type_description: `Drink I ${type}`,
    specific_item,
    reason: '',
  })
  const preference = {
    kind: 'preference',
    operation: 'Modify',
    old: [like('like', 'coffee')],
    new: [like('dislike', 'coffee')],
    kept: [like('like', 'water')],
  }
  const state = {
    kind: 'state',
    operation: 'Move',
    date: '2029-01-15',
    changed: { city: ['Ghent', 'Bruges'], car: ['none', 'none'] },
    evidence: 'I moved from Ghent to Bruges.',
  }

  it('give a figure for each part of a preference', async () => {
    const rows = await measure(halumem, [{ ...preference, evidence: 'Nothing of the kind.' }])

    expect(rows).toMatchObject({
      recall: '0/1',
      'recall, preference Modify': '0/1',
      stale: '1/1',
      kept: '1/1',
      flips_coexist: '0/1',
    })
  })

  it('leave out what stands before and after in the same words', async () => {
    const same = { ...preference, new: preference.old, evidence: 'I had some coffee.' }

    expect(await measure(halumem, [same])).toEqual({
      kept: '1/1',
      'kept, preference': '1/1',
      'kept, preference Modify': '1/1',
    })
  })

  it('score a state by each field that changed', async () => {
    expect(await measure(halumem, [state])).toMatchObject({
      recall: '1/1',
      'recall, state': '1/1',
      stale: '0/1',
      history: '1/1',
    })
  })
})

describe('a set without files', () => {
  it.each([lettaUpdate, userModel, userBlock, situatedChains, halumem])(
    '$name gives no rows and says so',
    async (set) => {
      world = await openBenchWorld({})

      expect(await set.run(world.context)).toEqual([])
      expect(world.notes).toEqual([`no supersede/${set.name}.*.jsonl; the set is left out`])
    },
  )
})
