import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../../src/config.ts'
import { FolderWorld, filesBelow } from '../../support/folder-world.ts'

const AT = '2026-03-01T10:00:00Z'
const memory = (id: string, text: string, more: object = {}): object => ({
  id,
  memory: text,
  user_id: 'alice',
  categories: ['work'],
  created_at: AT,
  ...more,
})

async function imported(
  world: FolderWorld,
  value: unknown,
  options: Parameters<FolderWorld['reverie']['stores']['import']>[1] = {},
): Promise<{
  readonly ref: string
  readonly result: Awaited<ReturnType<FolderWorld['reverie']['stores']['import']>>
}> {
  const file = join(world.base, 'export.json')
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  const result = await world.reverie.stores.import(file, options)
  return { ref: `store:${result.store.id}`, result }
}

describe('memories of mem0', () => {
  test('become notes of a topic, each as old as its source says', async () => {
    await using world = await FolderWorld.open({})
    const { ref, result } = await imported(world, {
      results: [
        memory('m1', 'Prefers pnpm over npm'),
        memory('m2', 'The staging database listens on port 5433', {
          updated_at: '2026-04-01T00:00:00Z',
        }),
        memory('m3', 'As of 2025-01-02 the office is in Porto'),
        memory('m4', 'Lives in the year after next', { created_at: '2999-01-01T00:00:00Z' }),
        memory('m5', 'Likes\nseveral lines\n\n- and lists', { categories: ['likes / food'] }),
      ],
    })

    expect(result).toMatchObject({ format: 'mem0', store: { name: 'mem0 alice' }, memories: 2 })
    expect(result.warnings).toEqual([expect.stringContaining('1 times lie in the future')])
    const { memory: work, units } = await world.reverie.memories.get(ref, '/work.md')
    expect(work.content).toMatch(/^# work\n\n- Prefers pnpm over npm\n- The staging/)
    expect(units.map(({ statedAt, origin, trust }) => [statedAt, origin, trust])).toEqual([
      ['2026-03-01T10:00:00.000Z', 'imported', 'note'],
      ['2026-04-01T00:00:00.000Z', 'imported', 'note'],
      ['2025-01-02T00:00:00.000Z', 'imported', 'note'],
      [null, 'imported', 'note'],
    ])
    const long = await world.reverie.memories.get(ref, '/likes-food/m5.md')
    expect(long.memory.content).toBe('Likes\nseveral lines\n\n- and lists')
  })

  test('keep what the source said of them, through an export and back', async () => {
    await using world = await FolderWorld.open({})
    const deep = { a: { b: { c: { d: { e: 1 } } } } }
    const { ref } = await imported(world, {
      results: [memory('m1', 'Prefers pnpm', { agent_id: 'coder', run_id: 'r1', metadata: deep })],
    })
    const provenance = async (store: string, to: string): Promise<unknown> => {
      await world.reverie.stores.export(store, join(world.base, to))
      const lines = readFileSync(join(world.base, to, 'reverie-store.jsonl'), 'utf8').split('\n')
      const [line = '{}'] = lines.filter((one) => one.includes('"provenance"'))
      return (JSON.parse(line) as { about?: unknown }).about
    }

    const first = await provenance(ref, 'one')
    const back = await world.reverie.stores.import(join(world.base, 'one'), { name: 'back' })
    const second = await provenance(`store:${back.store.id}`, 'two')

    expect(first).toMatchObject({ source: 'mem0', id: 'm1', agent_id: 'coder', created_at: AT })
    expect(JSON.stringify(first)).not.toContain('"e"')
    expect(second).toEqual(first)
  })

  test('tell what they said before: the ledger has it, and what was true at a date', async () => {
    await using world = await FolderWorld.open({})
    const { ref, result } = await imported(world, {
      results: [memory('m1', 'Deploys go out on Fridays', { updated_at: '2026-06-01T00:00:00Z' })],
      history: [
        { memory_id: 'm1', new_memory: 'Deploys go out on Mondays', event: 'ADD', created_at: AT },
        {
          memory_id: 'm1',
          old_memory: 'Deploys go out on Mondays',
          new_memory: 'Deploys go out on Fridays',
          event: 'UPDATE',
          updated_at: '2026-06-01T00:00:00Z',
        },
        { memory_id: 'm9', old_memory: 'Owns the blog', event: 'DELETE', created_at: '2026-05-01' },
      ],
    })

    expect(result.kept).toMatchObject({ ledger: 2, units: 1 })
    const entries = await world.reverie.ledger(ref)
    expect(entries.map(({ kind, text }) => [kind, text]).toSorted()).toEqual([
      ['removed', 'Owns the blog'],
      ['superseded', 'Deploys go out on Mondays'],
    ])
    const at = async (date: string): Promise<readonly string[]> =>
      (await world.reverie.memories.asOf(ref, date)).map(({ text }) => text)
    expect(await at('2026-04-01')).toEqual(['Deploys go out on Mondays'])
    expect(await at('2026-07-01')).toEqual(['Deploys go out on Fridays'])
  })

  test('can be dreamt over: what is the same is merged, what is older is replaced', async () => {
    await using world = await FolderWorld.open({})
    const { ref } = await imported(world, {
      results: [
        memory('m1', 'The staging database listens on port 5433.'),
        memory('m2', 'Mira owns the search service.'),
        memory('m3', 'Mira owns the search service.', { created_at: '2026-03-05T00:00:00Z' }),
      ],
    })
    world.say('monday', ['The staging database listens on port 6000 now.'])

    const { dream, changes } = await world.dream({ memory: ref })
    await world.reverie.apply(dream.id)

    expect(changes.map(({ kind }) => kind).toSorted()).toEqual(['merge', 'supersede'])
    const { memory: work } = await world.reverie.memories.get(ref, '/work.md')
    expect(work.content).toContain('6000')
    expect(work.content.match(/Mira owns/g)).toHaveLength(1)
  })

  test('older than what a session said are replaced; newer ones are not', async () => {
    await using world = await FolderWorld.open({})
    const { ref } = await imported(world, {
      results: [
        memory('m1', 'The staging database listens on port 5433.', {
          created_at: '2026-11-19T00:00:00Z',
        }),
      ],
    })
    world.say('monday', ['The staging database listens on port 6000 now.'])

    const { changes } = await world.dream({ memory: ref })

    expect(changes.map(({ kind }) => kind)).not.toContain('supersede')
  })

  test('are one user’s: another one’s sessions are refused', async () => {
    await using world = await FolderWorld.open({})
    const { ref } = await imported(world, { results: [memory('m1', 'Prefers pnpm.')] })
    world.say('monday', [{ content: 'Remember that I prefer yarn.', user: 'bob' }])

    await expect(world.dream({ memory: ref })).rejects.toMatchObject({
      type: 'invalid_request_error',
    })
  })
})

describe('memory of Letta', () => {
  test('is blocks with their exact text, at their labels, whatever these are', async () => {
    await using world = await FolderWorld.open({})
    const labels = ['human', 'project/tooling', '../../out', 'a//b', 'human.md/x']
    const blocks = labels.map((label, n) => ({ id: `block-${n}`, label, value: `\nText ${n}\n` }))
    const { ref, result } = await imported(world, {
      agents: [{ id: 'agent-0', name: 'Loop', block_ids: blocks.map(({ id }) => id) }],
      blocks,
    })

    const memories = await world.reverie.memories.list(ref)
    expect(result).toMatchObject({ format: 'letta', store: { name: 'Loop' }, memories: 5 })
    expect(memories.map(({ path, content }) => [path, content])).toEqual([
      ['/a-b.md', '\nText 3\n'],
      ['/human-md-x.md', '\nText 4\n'],
      ['/human.md', '\nText 0\n'],
      ['/out.md', '\nText 2\n'],
      ['/project/tooling.md', '\nText 1\n'],
    ])
  })
})

describe('a source of memories', () => {
  test.each([
    ['{"results": 1,\n}', 'is no JSON (line 2 column 1).'],
    ['{"results": [', 'is no JSON.'],
    ['[]', 'is no export that is known'],
    ['{"results": [{"memory": "a\\ud800"}]}', 'Memory 1 is no text'],
    [JSON.stringify([memory('m1', 'x'.repeat(LIMITS.memoryBytesMax + 1))]), 'Memory 1 (m1) has'],
    [`${'['.repeat(100_000)}`, 'is no JSON'],
    [`[{"memory": "a", "deep": ${'['.repeat(20_000)}${']'.repeat(20_000)}}]`, null],
    ['', 'is no JSON'],
    ['\u0000', 'is no JSON'],
  ])('that is hostile ends in a clear message, and makes no store: %#', async (text, message) => {
    await using world = await FolderWorld.open({})

    if (message === null) {
      expect((await imported(world, text)).result.warnings).toHaveLength(1)
      return
    }
    await expect(imported(world, text)).rejects.toMatchObject({
      type: 'invalid_request_error',
      message: expect.stringContaining(message),
    })
    expect(await world.reverie.stores.list()).toEqual([])
  })

  test.each([
    ['no memories', { hello: 1 }, 'mem0'],
    ['no memories', { hello: 1 }, 'letta'],
    ['a page without one', { results: [] }, undefined],
    ['memories of mem0', { results: [memory('m1', 'Prefers pnpm')] }, 'letta'],
    ['events', { data: [{ type: 'user.message', content: [] }] }, 'mem0'],
  ] as const)('that holds %s of the format is refused: %j as %s', async (_what, value, format) => {
    await using world = await FolderWorld.open({})

    await expect(
      imported(world, value, format === undefined ? {} : { format }),
    ).rejects.toMatchObject({
      type: 'invalid_request_error',
      message: `No memories of ${format ?? 'mem0'} are in "${join(world.base, 'export.json')}".`,
    })
    expect(await world.reverie.stores.list()).toEqual([])
  })

  test('that is no folder of `store export` says what is missing', async () => {
    await using world = await FolderWorld.open({ 'a.md': '- A.\n' })

    await expect(
      world.reverie.stores.import(world.memory, { format: 'reverie' }),
    ).rejects.toMatchObject({
      type: 'invalid_request_error',
      message: expect.stringContaining('holds no reverie-store.jsonl'),
    })
  })

  test('is a folder of markdown too: what no store holds is told and left out', async () => {
    await using world = await FolderWorld.open({
      'MEMORY.md': '# Index\n\n- [Team](a/team.md): who\n',
      'a/team.md': '---\nmodified: 2026-01-05\n---\n\n- Mira owns search.\n',
      'CLAUDE.md': 'Always say please.\n',
    })

    const { store, warnings } = await world.reverie.stores.import(world.memory, {
      audience: 'team:support',
    })
    const back = await world.reverie.memories.list(`store:${store.id}`)

    expect(store).toMatchObject({ name: 'memory', audience: 'team:support', folder: null })
    expect(back.map(({ path }) => path)).toEqual(['/MEMORY.md', '/a/team.md'])
    expect(back[1]?.content).toBe(
      Buffer.from(world.files()['a/team.md'] ?? '', 'latin1').toString(),
    )
    expect(warnings).toEqual([expect.stringContaining('/CLAUDE.md was left out')])
  })

  test('that holds more than a store may is refused whole, with its names', async () => {
    await using world = await FolderWorld.open({
      'large.md': 'x'.repeat(LIMITS.memoryBytesMax + 1),
    })
    const before = filesBelow(world.memory)

    await expect(world.reverie.stores.import(world.memory)).rejects.toMatchObject({
      type: 'request_too_large',
      message: expect.stringContaining('/large.md'),
    })
    await expect(world.reverie.stores.import(join(world.base, 'none'))).rejects.toMatchObject({
      type: 'not_found_error',
    })
    await expect(
      world.reverie.stores.import(world.memory, { format: 'mem0' }),
    ).rejects.toMatchObject({ type: 'invalid_request_error' })
    expect(await world.reverie.stores.list()).toEqual([])
    expect(filesBelow(world.memory)).toEqual(before)
  })
})
