import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Reverie, StoreImport } from '../../../src/reverie.ts'
import { FolderWorld, filesBelow } from '../../support/folder-world.ts'
import { likeness } from './export-likeness.ts'

const STORE_FILE = 'reverie-store.jsonl'
const PORTS =
  '# Ports\n\n- The staging database listens on port 5433.\n- Mira owns the search service.\n'

/** A store with a history: a dream that replaced a value, a pin, a person's words, a removal. */
async function lived(world: FolderWorld): Promise<string> {
  const { stores, memories } = world.reverie
  const { id } = await stores.create('qa')
  const ref = `store:${id}`
  const workspace = world.reverie.workspace()
  await workspace.memories.create(id, { path: '/ports.md', content: PORTS })
  await workspace.memories.create(id, { path: '/A/notes', content: 'plain text\u0000\r\n' })
  const gone = await workspace.memories.create(id, { path: '/gone.md', content: '- Gone.\n' })
  await workspace.memories.update(id, gone.id, { path: '/a/gone.md' })
  await memories.put(ref, { path: '/person.md', content: '- Only Lena deploys.\n' })
  world.say('monday', [{ content: 'The staging database listens on port 6000 now.' }])
  const { dream } = await world.reverie.dream({ memory: ref, sessions: [world.sessions] })
  await world.reverie.apply(dream.id)
  await memories.setPinned(ref, '/person.md', true)
  await memories.remove(ref, '/a/gone.md')
  return ref
}

/** A store with two versions and no dream. */
async function small(world: FolderWorld): Promise<string> {
  const { id } = await world.reverie.stores.create('qa')
  const ref = `store:${id}`
  await world.reverie.memories.put(ref, { path: '/a.md', content: '- A.\n' })
  await world.reverie.memories.put(ref, { path: '/person.md', content: '- Only Lena deploys.\n' })
  return ref
}

/** Its name is free for the store that comes back. */
async function giveUpName({ reverie }: FolderWorld, ref: string): Promise<void> {
  const store = (await reverie.stores.list()).find(({ id }) => ref === `store:${id}`)
  if (store?.archivedAt !== null) return
  await reverie.workspace().stores.update(store.id, { name: 'the first one' })
}

async function roundTrip(
  world: FolderWorld,
  ref: string,
  into: Reverie = world.reverie,
): Promise<{ readonly imported: StoreImport; readonly first: string; readonly second: string }> {
  const [first, second] = [join(world.base, 'first'), join(world.base, 'second')]
  await world.reverie.stores.export(ref, first)
  if (into === world.reverie) await giveUpName(world, ref)
  const imported = await into.stores.import(first)
  await into.stores.export(`store:${imported.store.id}`, second)
  return { imported, first, second }
}

describe('an exported store', () => {
  test('comes back with its texts, units, pins, ledger and versions as they were', async () => {
    await using world = await FolderWorld.open({})
    const ref = await lived(world)
    const before = await world.reverie.memories.list(ref)

    const { imported, first, second } = await roundTrip(world, ref)
    const back = `store:${imported.store.id}`

    expect(likeness(second)).toEqual({ ...likeness(first), dreams: [] })
    const after = await world.reverie.memories.list(back)
    expect(after.map(({ path, content }) => [path, content])).toEqual(
      before.map(({ path, content }) => [path, content]),
    )
    expect(imported.kept).toMatchObject({ pinned: 1, ledger: 1 })
    expect(imported.store).toMatchObject({
      name: 'qa',
      audience: 'private:local',
      archivedAt: null,
    })
    const history = await world.reverie.ledger(back)
    expect(history).toMatchObject([{ text: expect.stringContaining('5433'), kind: 'superseded' }])
    const { units } = await world.reverie.memories.get(back, '/person.md')
    expect(units).toMatchObject([{ origin: 'person', isPinned: true }])
  })

  test('is a store of its own: neither pins nor a revert of the first one reach it', async () => {
    await using world = await FolderWorld.open({})
    const ref = await lived(world)
    const { imported } = await roundTrip(world, ref)
    const back = `store:${imported.store.id}`

    await world.reverie.memories.setPinned(ref, '/person.md', false)
    const [applied] = await world.reverie.dreams.list({ memory: ref })
    await world.reverie.revert(applied?.dream.id ?? '')

    const { units } = await world.reverie.memories.get(back, '/person.md')
    expect(units).toMatchObject([{ isPinned: true }])
    expect(await world.reverie.ledger(back)).toHaveLength(1)
    expect(await world.reverie.memories.asOf(back, '2026')).toContainEqual(
      expect.objectContaining({ text: expect.stringContaining('6000'), isCurrent: true }),
    )
  })

  test('can be dreamt over as a folder', async () => {
    await using world = await FolderWorld.open({})
    const ref = await lived(world)
    const to = join(world.base, 'out')
    await world.reverie.stores.export(ref, to)
    world.say('tuesday', [
      { content: 'The staging database listens on port 7000 now.', at: '2026-11-10T10:00:00Z' },
    ])

    const { changes, dream } = await world.dream({
      memory: to,
      sessions: [join(world.sessions, 'tuesday.jsonl')],
    })
    await world.reverie.apply(dream.id)

    expect(changes).toHaveLength(1)
    expect(readFileSync(join(to, 'ports.md'), 'utf8')).toContain('7000')
    expect(readFileSync(join(to, STORE_FILE), 'utf8')).not.toContain('7000')
  })

  test('takes over what a person did to its files, and tells it', async () => {
    await using world = await FolderWorld.open({})
    const ref = await lived(world)
    const to = join(world.base, 'out')
    await world.reverie.stores.export(ref, to)
    writeFileSync(join(to, 'person.md'), '- Only Lena and Jonas deploy.\n')
    writeFileSync(join(to, 'new.md'), '- A new note.\n')
    rmSync(join(to, 'ports.md'))

    const imported = await world.reverie.stores.import(to, { name: 'edited' })
    const back = `store:${imported.store.id}`

    expect(imported.store.name).toBe('edited')
    expect(imported.warnings).toEqual([
      expect.stringMatching(/^person\.md was edited/),
      expect.stringMatching(/^ports\.md is not there any more/),
      expect.stringMatching(/^\/new\.md was added/),
    ])
    const { units } = await world.reverie.memories.get(back, '/person.md')
    expect(units).toMatchObject([{ text: 'Only Lena and Jonas deploy.', origin: 'person' }])
    expect((await world.reverie.memories.putVersion(back, '/ports.md', null)).outcome).toBe(
      'created',
    )
  })

  test.each([
    ['cut off', (text: string) => text.split('\n').slice(0, -2).join('\n'), 'was cut off'],
    ['without a line', (text: string) => text.replace(/\n.*"type":"version".*\n/, '\n'), ' line '],
    [
      'with another text',
      (text: string) => text.replace('Only Lena deploys', 'Only Mira deploys'),
      'is damaged',
    ],
    [
      'of a later form',
      (text: string) => text.replace('"format":1', '"format":2'),
      'has the format 2',
    ],
    [
      'with a path that leads out',
      (text: string) => text.replaceAll('"path":"/person.md"', '"path":"/../p.md"'),
      'cannot hold',
    ],
    [
      'with a field that is not known',
      (text: string) => text.replace('"format":1', '"format":1,"x":1'),
      'line 1 is no line',
    ],
    [
      'that is no JSON',
      (text: string) => text.replace('{"type":"version"', '{type'),
      'is no line of an export',
    ],
    [
      'with two ends',
      (text: string) => `${text}{"type":"end","lines":1}\n`,
      'stands behind the end',
    ],
  ])('%s is refused by line, and nothing of it is there', async (_name, damage, message) => {
    await using world = await FolderWorld.open({})
    const ref = await small(world)
    const to = join(world.base, 'out')
    await world.reverie.stores.export(ref, to)
    const file = join(to, STORE_FILE)
    writeFileSync(file, damage(readFileSync(file, 'utf8')))

    await expect(world.reverie.stores.import(to, { name: 'back' })).rejects.toMatchObject({
      type: 'invalid_request_error',
      message: expect.stringMatching(new RegExp(`^${STORE_FILE.replace('.', '\\.')}.*${message}`)),
    })
    expect(await world.reverie.stores.list()).toHaveLength(1)
  })
})

describe('an export', () => {
  test('never writes over anything, and leaves nothing behind where it fails', async () => {
    await using world = await FolderWorld.open({ 'a.md': '- A.\n' })
    const { stores } = world.reverie
    const { id } = await stores.create('qa')
    await world.reverie.memories.put(`store:${id}`, { path: '/a.md', content: '- A.\n' })
    const before = filesBelow(world.memory)

    for (const to of [world.memory, join(world.memory, 'a.md')]) {
      await expect(stores.export(`store:${id}`, to)).rejects.toMatchObject({
        type: 'conflict_error',
      })
    }
    await expect(stores.export(world.memory, join(world.memory, 'out'))).rejects.toMatchObject({
      type: 'invalid_request_error',
    })
    await expect(stores.export(`store:${id}`, join(world.home, 'out'))).rejects.toMatchObject({
      type: 'invalid_request_error',
    })
    await expect(stores.export(`store:${id}`, join(world.base, 'no/out'))).rejects.toMatchObject({
      type: 'not_found_error',
    })

    expect(filesBelow(world.memory)).toEqual(before)
    mkdirSync(join(world.base, 'empty'))
    await stores.export(`store:${id}`, join(world.base, 'empty'))
    expect(Object.keys(filesBelow(join(world.base, 'empty')))).toEqual(['a.md', STORE_FILE])
  })

  test('tells of names that not every system can hold, and brings them back', async () => {
    await using world = await FolderWorld.open({})
    const { id } = await world.reverie.stores.create('qa')
    const paths = ['/.git/config', '/A.md', '/CLAUDE.md', '/a.md', '/con.md', `/${STORE_FILE}`]
    for (const path of paths) {
      await world.reverie.memories.put(`store:${id}`, { path, content: `- ${path}\n` })
    }

    const to = join(world.base, 'out')
    const { renamed } = await world.reverie.stores.export(`store:${id}`, to)
    const imported = await world.reverie.stores.import(to, { name: 'back' })
    const back = await world.reverie.memories.list(`store:${imported.store.id}`)

    expect(renamed.map(({ path, file }) => [path, file])).toEqual([
      ['/.git/config', '_git/config'],
      ['/CLAUDE.md', '_CLAUDE.md'],
      ['/a.md', 'a~2.md'],
      ['/con.md', '_con.md'],
      [`/${STORE_FILE}`, 'reverie-store~2.jsonl'],
    ])
    expect(back.map(({ path }) => path)).toEqual(paths.toSorted())
    expect(imported.warnings).toEqual([])
  })

  test('of the files alone is markdown that comes back as notes of nobody known', async () => {
    await using world = await FolderWorld.open({})
    const ref = await small(world)
    const to = join(world.base, 'out')

    const { kept } = await world.reverie.stores.export(ref, to, { markdownOnly: true })
    const imported = await world.reverie.stores.import(to)
    const { units } = await world.reverie.memories.get(`store:${imported.store.id}`, '/person.md')

    expect(kept).toBeNull()
    expect(Object.keys(filesBelow(to))).not.toContain(STORE_FILE)
    expect(imported).toMatchObject({ format: 'markdown', store: { name: 'out' } })
    expect(units).toMatchObject([{ origin: 'imported', trust: 'note', isPinned: false }])
  })

  test('reads no link in the place of one of its files', async () => {
    await using world = await FolderWorld.open({})
    const ref = await small(world)
    const to = join(world.base, 'out')
    await world.reverie.stores.export(ref, to)
    writeFileSync(join(world.base, 'outside'), '- Theirs.\n')
    rmSync(join(to, 'person.md'))
    symlinkSync(join(world.base, 'outside'), join(to, 'person.md'))

    const imported = await world.reverie.stores.import(to, { name: 'back' })
    const back = await world.reverie.memories.list(`store:${imported.store.id}`)

    expect(back.map(({ content }) => content)).not.toContain('- Theirs.\n')
    expect(imported.warnings).toContainEqual(expect.stringMatching(/^person\.md is not there/))
  })
})

describe('words that are erased', () => {
  test('are told to stand in an export still, which is not ours to write into', async () => {
    await using world = await FolderWorld.open({})
    const ref = await small(world)
    const to = join(world.base, 'out')
    await world.reverie.stores.export(ref, to)

    const { leftIn } = await world.reverie.erasures.erase(
      { kind: 'quote', text: 'Only Lena deploys' },
      { type: 'user_actor', userId: 'local' },
    )

    expect(leftIn).toEqual([join(to, 'person.md'), join(to, STORE_FILE)])
    expect(readFileSync(join(to, 'person.md'), 'utf8')).toContain('Only Lena deploys')
  })
})

describe('a store that is archived', () => {
  test('is read-only, and is exported as before; a folder is not archived', async () => {
    await using world = await FolderWorld.open({ 'a.md': '- A.\n' })
    const ref = await small(world)

    expect((await world.reverie.stores.archive(ref)).archivedAt).not.toBeNull()
    await expect(
      world.reverie.memories.put(ref, { path: '/x.md', content: '- X.\n' }),
    ).rejects.toMatchObject({ type: 'invalid_request_error' })
    await expect(world.reverie.stores.archive(world.memory)).rejects.toMatchObject({
      type: 'invalid_request_error',
    })
    const { imported } = await roundTrip(world, ref)
    expect(imported.store.archivedAt).toBeNull()
  })
})
