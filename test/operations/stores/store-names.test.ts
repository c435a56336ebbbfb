import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CommandWorld } from '../../support/command-world.ts'
import { FolderWorld } from '../../support/folder-world.ts'

const NOTE = '- The staging database listens on port 5433.'

describe('the name of a store', () => {
  test('is taken once: nothing is made or imported under it until the store is archived', async () => {
    await using world = await FolderWorld.open({ 'a.md': '- A.\n' })
    const { stores } = world.reverie
    const { id } = await stores.create('memory')
    const refused = {
      type: 'conflict_error',
      message: `A memory store is called "memory" already: ${id}.`,
    }

    await expect(stores.create('memory')).rejects.toMatchObject(refused)
    await expect(stores.import(world.memory)).rejects.toMatchObject({
      ...refused,
      next: expect.stringContaining('--name <name>'),
    })
    expect(await stores.list()).toHaveLength(1)

    await stores.archive('store:memory')
    expect((await stores.import(world.memory)).store.name).toBe('memory')
    await expect(stores.import(world.memory, { name: 'memory' })).rejects.toMatchObject({
      type: 'conflict_error',
    })
  })

  test('may be equal over the wire, and then the message names the form that works', async () => {
    await using world = await FolderWorld.open({})
    const { stores } = world.reverie.workspace()
    const [{ id }] = [await stores.create({ name: 'qa' }), await stores.create({ name: 'qa' })]

    await expect(world.reverie.memories.list('store:qa')).rejects.toMatchObject({
      message: expect.stringContaining(`store:${id}`),
      next: expect.stringContaining('Name one by its id, as store:memstore_'),
    })
    expect(await world.reverie.memories.list(`store:${id}`)).toEqual([])
  })

  test.each([
    ['', undefined, 'A memory store needs a name'],
    ['  ', undefined, 'A memory store needs a name'],
    ['qa', 'bad', '--audience "bad" names no readers.'],
  ])(
    'and its readers are asked for by what was typed: %j for %s',
    async (name, readers, message) => {
      await using world = await FolderWorld.open({ 'a.md': '- A.\n' })
      const { stores } = world.reverie
      const options = { name, ...(readers === undefined ? {} : { audience: readers }) }
      const refused = { type: 'invalid_request_error', message: expect.stringContaining(message) }

      await expect(stores.create(name, readers)).rejects.toMatchObject(refused)
      await expect(stores.import(world.memory, options)).rejects.toMatchObject(refused)
      expect(await stores.list()).toEqual([])
    },
  )
})

describe('a store that is named without store:', () => {
  test('is found by its bare id, unless a folder is called so', async () => {
    using world = new CommandWorld(NOTE, [])
    const at = { at: world.path('') }
    await world.run(['store', 'create', 'kb'], at)
    const { data } = JSON.parse((await world.run(['store', 'ls', '--json'], at)).stdout)
    const id: string = data.stores[0].id
    await world.run([
      'memory',
      'put',
      `store:${id}`,
      '/a.md',
      '--file',
      world.path('memory/notes.md'),
    ])

    const listed = await world.run(['memory', 'ls', id])
    expect([listed.exitCode, listed.stderr]).toEqual([0, expect.anything()])
    expect(listed.stdout).toContain('/a.md')

    mkdirSync(world.path(id))
    writeFileSync(join(world.path(id), 'b.md'), '- B.\n')
    expect((await world.run(['memory', 'ls', world.path(id)])).stdout).toContain('/b.md')
  })

  test.each([
    ['kb', ['store', 'archive', 'kb'], 'Did you mean store:kb?'],
    ['kb', ['store', 'export', 'kb', 'out'], 'Did you mean store:kb?'],
    ['my kb', ['memory', 'ls', 'my kb'], 'Did you mean store:memstore_'],
  ])('%s by its name alone is asked back about: %j', async (name, argv, next) => {
    using world = new CommandWorld(NOTE, [])
    await world.run(['store', 'create', name])

    const { exitCode, stderr } = await world.run(argv)

    expect(exitCode).not.toBe(0)
    expect(stderr).toContain('There is no folder')
    expect(stderr).toContain(next)
  })
})

test('a store that is not there is told with the command that lists stores', async () => {
  using world = new CommandWorld(NOTE, [])

  const { stderr } = await world.run(['memory', 'ls', 'store:nope'])

  expect(stderr).toContain('There is no memory store "nope".')
  expect(stderr).toContain('`reverie store ls`')
})

describe('the command that brings an export back', () => {
  test('can be pasted: its path is quoted and its name is free', async () => {
    using world = new CommandWorld(NOTE, [])
    await world.run(['store', 'create', 'my kb'])
    await world.run(['store', 'create', 'my kb-2'])
    const to = world.path('my out')
    const { data } = JSON.parse((await world.run(['store', 'ls', '--json'])).stdout)
    const { id } = data.stores.find((store: { readonly name: string }) => store.name === 'my kb')

    const exported = await world.run(['store', 'export', `store:${id}`, to, '--json'])
    const { next } = JSON.parse(exported.stdout)
    const imported = await world.run(['store', 'import', to, '--name', 'my kb-3'])
    await world.run([
      'memory',
      'put',
      `store:${id}`,
      '/a b.md',
      '--file',
      world.path('memory/notes.md'),
    ])
    const removed = await world.run(['memory', 'rm', 'store:my kb', '/a b.md', '--json'])

    expect(next).toEqual([`reverie store import '${to}' --name 'my kb-3'`])
    expect(imported.exitCode).toBe(0)
    expect(JSON.parse(removed.stdout).next).toEqual([
      "reverie memory put 'store:my kb' '/a b.md' --undo",
    ])
    expect((await world.run(['memory', 'ls', 'store:my kb'])).exitCode).toBe(0)
  })

  test('names nothing where the name is free', async () => {
    using world = new CommandWorld(NOTE, [])
    const exported = await world.run([
      'store',
      'export',
      world.path('memory'),
      world.path('out'),
      '--json',
    ])

    expect(JSON.parse(exported.stdout).next).toEqual([`reverie store import ${world.path('out')}`])
  })
})
