import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../config.ts'
import { isReverieError } from '../core/errors.ts'
import { lettaImporter } from './letta.ts'
import { mem0Importer } from './mem0.ts'

const ALICE = {
  id: '892db2ae-06d9-49e5-8b3e-585ef9b85b8e',
  memory: 'Prefers pnpm over npm',
  user_id: 'alice',
  hash: '4f2c',
  metadata: { category: 'tools' },
  categories: ['preferences', 'tools'],
  created_at: '2024-07-20T01:30:36.275141-07:00',
  updated_at: '2024-08-02T10:00:00Z',
}
const BOB = { ...ALICE, id: 'b', memory: 'Deploys on Fridays', user_id: 'bob', updated_at: null }

describe('mem0', () => {
  it.each([
    ['a page of results', { count: 1, next: null, previous: null, results: [ALICE] }],
    ['a bare list', [ALICE]],
    ['an export job', { memories: [ALICE] }],
    [
      'the TypeScript library',
      [
        {
          id: ALICE.id,
          memory: ALICE.memory,
          userId: 'alice',
          hash: '4f2c',
          metadata: ALICE.metadata,
          categories: ALICE.categories,
          createdAt: ALICE.created_at,
          updatedAt: ALICE.updated_at,
        },
      ],
    ],
  ])('is read as %s', (_name, value) => {
    expect(mem0Importer.isFormat(value)).toBe(true)

    const { notes, userIds, name } = mem0Importer.read(value, {})

    expect({ userIds, name }).toEqual({ userIds: ['alice'], name: 'mem0 alice' })
    expect(notes).toMatchObject([
      {
        id: ALICE.id,
        text: ALICE.memory,
        topic: 'preferences',
        path: null,
        statedAt: ALICE.updated_at,
        about: { source: 'mem0', id: ALICE.id, hash: '4f2c', metadata: { category: 'tools' } },
      },
    ])
  })

  it('of several users is refused until one is named, and never mixed', () => {
    const value = { results: [ALICE, BOB, { ...BOB, id: 'c', user_id: null }] }

    expect(() => mem0Importer.read(value, {})).toThrow(/3 users: alice, bob, \(nobody named\)/)
    const { notes, userIds, warnings } = mem0Importer.read(value, { user: 'bob' })
    expect(notes.map(({ text }) => text)).toEqual([BOB.memory])
    expect(userIds).toEqual(['bob'])
    expect(warnings).toEqual(['2 memories of others in the file were left out.'])
    expect(() => mem0Importer.read(value, { user: 'carl' })).toThrow(/No memory of user "carl"/)
  })

  it.each([
    [
      'rows of Python',
      [
        {
          memory_id: 'b',
          old_memory: 'Deploys on Thursdays',
          new_memory: BOB.memory,
          event: 'UPDATE',
          created_at: '2024-02-01',
          updated_at: '2024-03-01',
        },
        {
          memory_id: 'b',
          old_memory: null,
          new_memory: 'Deploys on Thursdays',
          event: 'ADD',
          created_at: '2024-02-01',
        },
        {
          memory_id: 'gone',
          old_memory: 'Owns the blog',
          new_memory: null,
          event: 'DELETE',
          created_at: '2024-05-01',
        },
      ],
    ],
    [
      'rows of TypeScript, by memory',
      {
        b: [
          {
            memory_id: 'b',
            previous_value: null,
            new_value: 'Deploys on Thursdays',
            action: 'ADD',
            created_at: '2024-02-01',
          },
          {
            memory_id: 'b',
            previous_value: 'Deploys on Thursdays',
            new_value: BOB.memory,
            action: 'UPDATE',
            created_at: '2024-02-01',
            updated_at: '2024-03-01',
          },
        ],
        gone: [
          {
            memory_id: 'gone',
            previous_value: 'Owns the blog',
            action: 'DELETE',
            created_at: '2024-05-01',
          },
        ],
      },
    ],
  ])('tells what a memory said before, from %s', (_name, history) => {
    const { notes } = mem0Importer.read({ results: [BOB], history }, {})

    expect(notes.map(({ text, former }) => [text, former])).toEqual([
      [
        BOB.memory,
        [
          {
            text: 'Deploys on Thursdays',
            since: '2024-02-01',
            until: '2024-03-01',
            reason: 'Updated in mem0.',
            isRemoved: false,
          },
        ],
      ],
      [
        '',
        [
          {
            text: 'Owns the blog',
            since: null,
            until: '2024-05-01',
            reason: 'Removed in mem0.',
            isRemoved: true,
          },
        ],
      ],
    ])
  })

  it('tells that a page is not all', () => {
    const { warnings } = mem0Importer.read({ results: [ALICE], next: 'https://x/?page=2' }, {})

    expect(warnings).toEqual([expect.stringContaining('one page of several')])
  })

  it('of an agent that it does not name are refused with those that it names', () => {
    const value = { results: [{ ...ALICE, agent_id: 'coder' }] }

    expect(mem0Importer.read(value, { agent: 'coder' }).notes).toHaveLength(1)
    expect(() => mem0Importer.read(value, { agent: 'qa' })).toThrow(/No memory of agent "qa"/)
    expect(mem0Importer.read({}, { agent: 'qa', user: 'carl' }).notes).toEqual([])
  })

  it('names the item that is none', () => {
    expect(() => mem0Importer.read({ results: [ALICE, { id: 'x' }] }, {})).toThrow(
      'Memory 2 (x) has no text.',
    )
    expect(() => mem0Importer.read({ results: [ALICE, 7] }, {})).toThrow('Memory 2 is no object.')
    expect(() => mem0Importer.read({ results: [ALICE], history: [{}] }, {})).toThrow(
      'Change 1 names no memory.',
    )
    const many = Array.from({ length: LIMITS.importedItemsMax + 1 }, () => ALICE)
    expect(() => mem0Importer.read(many, {})).toThrow(/one import takes/)
  })
})

const BLOCK = {
  id: 'block-0',
  label: 'human',
  value: '\nName: Chad\n',
  limit: 5000,
  description: 'About the user',
  metadata: {},
}
const AGENT = {
  id: 'agent-0',
  name: 'Loop',
  block_ids: ['block-0'],
  memory_blocks: [],
  messages: [],
}
const FILE = {
  agents: [AGENT],
  groups: [],
  blocks: [BLOCK, { ...BLOCK, id: 'block-1', label: 'other', value: 'x' }],
  files: [],
  sources: [],
  tools: [],
  mcp_servers: [],
  metadata: {},
}

describe('Letta', () => {
  it('is the blocks of the agent, each a memory with its exact text', () => {
    expect(lettaImporter.isFormat(FILE)).toBe(true)

    const { name, notes } = lettaImporter.read(FILE, {})

    expect(name).toBe('Loop')
    expect(notes).toMatchObject([
      {
        id: 'block-0',
        text: BLOCK.value,
        path: '/human.md',
        about: { source: 'letta', description: 'About the user', limit: 5000 },
      },
    ])
  })

  it('is read in its first form too, with the times of its blocks', () => {
    const first = {
      agent_type: 'memgpt_agent',
      name: 'memgpt_agent',
      core_memory: [
        { ...BLOCK, updated_at: '2025-04-01T03:47:27', created_at: '2025-03-01T00:00:00' },
      ],
      messages: [{ role: 'user', content: [] }],
    }

    expect(lettaImporter.isFormat(first)).toBe(true)
    expect(lettaImporter.read(first, {}).notes).toMatchObject([
      { path: '/human.md', statedAt: '2025-04-01T03:47:27' },
    ])
  })

  it('has the passages that stand beside the blocks', () => {
    const passages = [
      {
        id: 'passage-1',
        text: 'Chad sails.',
        created_at: '2025-01-01T00:00:00Z',
        embedding: [1, 2],
        tags: ['hobby'],
      },
    ]

    const { notes, warnings } = lettaImporter.read({ ...FILE, passages }, {})

    expect(warnings).toEqual([])
    expect(notes[1]).toMatchObject({
      text: 'Chad sails.',
      topic: 'archival',
      statedAt: '2025-01-01T00:00:00Z',
    })
    expect(notes[1]?.about).toEqual({
      source: 'letta',
      id: 'passage-1',
      created_at: '2025-01-01T00:00:00Z',
      tags: ['hobby'],
    })
  })

  it('of several agents is refused until one is named', () => {
    const two = {
      ...FILE,
      agents: [AGENT, { ...AGENT, id: 'agent-1', name: 'Ezra', block_ids: ['block-1'] }],
    }

    expect(() => lettaImporter.read(two, {})).toThrow(/2 agents: Loop, Ezra/)
    expect(lettaImporter.read(two, { agent: 'Ezra' }).notes.map(({ path }) => path)).toEqual([
      '/other.md',
    ])
    expect(lettaImporter.read(two, { agent: 'agent-0' }).notes.map(({ path }) => path)).toEqual([
      '/human.md',
    ])
    expect(() => lettaImporter.read(two, { agent: 'x' })).toThrow('No agent "x" is in the file.')
  })

  it('tells of empty blocks, and names the one that is none', () => {
    const blocks = [BLOCK, { ...BLOCK, id: 'block-1', label: 'persona', value: ' ' }]
    const agents = [{ ...AGENT, block_ids: ['block-0', 'block-1'] }]

    expect(lettaImporter.read({ ...FILE, agents, blocks }, {}).warnings[0]).toBe(
      '1 blocks are empty and were left out.',
    )
    expect(() => lettaImporter.read({ ...FILE, blocks: [{ ...BLOCK, label: null }] }, {})).toThrow(
      'Block 1 has no label.',
    )
    expect(() => lettaImporter.read({ ...FILE, blocks: [{ ...BLOCK, value: 3 }] }, {})).toThrow(
      'Block 1 (human) has no text.',
    )
  })
})

describe.each([mem0Importer, lettaImporter])('$format', (importer) => {
  it('answers any JSON with notes or with an error of its own', () => {
    const shapes = fc.oneof(
      fc.jsonValue(),
      fc.record({ results: fc.jsonValue(), history: fc.jsonValue() }),
      fc.record({ agents: fc.jsonValue(), blocks: fc.jsonValue(), passages: fc.jsonValue() }),
      fc.record({ core_memory: fc.array(fc.jsonValue()) }),
    )
    fc.assert(
      fc.property(shapes, (value) => {
        importer.isFormat(value)
        try {
          for (const { text } of importer.read(value, {}).notes) expect(typeof text).toBe('string')
        } catch (error) {
          expect(isReverieError(error)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})

it('tells the two apart', () => {
  expect([mem0Importer.isFormat(FILE), lettaImporter.isFormat({ results: [ALICE] })]).toEqual([
    false,
    false,
  ])
  // A chat transcript holds messages, not memories.
  expect(mem0Importer.isFormat([{ role: 'user', content: 'hello' }])).toBe(false)
})
