import { afterEach, describe, expect, it } from 'vitest'
import { type BenchWorld, hitsOf, openBenchWorld } from '../../harness/bench-world.test-support.ts'
import type { BenchSet } from '../../harness/suite.ts'
import { situatedChains } from './chains.ts'
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
