import { describe, expect, test } from 'vitest'
import { createReverie, type Reverie } from '../../src/reverie.ts'
import { FolderWorld } from '../support/folder-world.ts'

const NOTES = { 'ports.md': '# Ports\n\n- The staging database listens on port 5433.\n' }
const NEWS = ['The staging database listens on port 6000 now.']

/** A second process over the same state folder. */
async function beside(world: FolderWorld): Promise<Reverie & AsyncDisposable> {
  const other = await createReverie({ home: world.home })
  return { ...other, [Symbol.asyncDispose]: () => other.close() }
}

describe('a dream that is canceled', () => {
  test('stops in the process that runs it, writes nothing and leaves its sessions unread', async () => {
    await using world = await FolderWorld.open(NOTES)
    await using other = await beside(world)
    world.say('monday', NEWS)
    const before = world.files()
    const canceling: Promise<unknown>[] = []

    const running = world.dream({
      onProgress: ({ stage }) => {
        if (stage === 'label' && canceling.length === 0) canceling.push(cancelAll(other))
      },
    })

    await expect(running).rejects.toMatchObject({
      type: 'conflict_error',
      message: expect.stringContaining('was canceled'),
    })
    await Promise.all(canceling)
    const [listed] = await other.dreams.list({})
    expect(listed?.dream).toMatchObject({ status: 'canceled', planStatus: 'none', plan: null })
    expect(world.files()).toEqual(before)
    const again = await world.dream()
    expect(again).toMatchObject({ isNew: true })
    expect(again.changes).toHaveLength(1)
    expect(again.dream.id).not.toBe(listed?.dream.id)
  })

  test('stays as it is when it is canceled again; one that has ended is refused', async () => {
    await using world = await FolderWorld.open(NOTES)
    world.say('monday', NEWS)
    const { dream } = await world.dream()

    await expect(world.reverie.dreams.cancel(dream.id)).rejects.toMatchObject({
      type: 'invalid_request_error',
      next: expect.stringContaining('reverie discard'),
    })

    await using other = await beside(world)
    const stopped = new AbortController()
    world.say('tuesday', ['The staging database moved to port 7000.'])
    await world
      .dream({
        signal: stopped.signal,
        onProgress: ({ stage }) => stage === 'label' && stopped.abort(),
      })
      .catch((error: unknown) => error)
    await cancelAll(other)
    const [canceled] = await other.dreams.list({})
    expect(canceled?.dream.status).toBe('canceled')
    expect(await other.dreams.cancel(canceled?.dream.id ?? '')).toEqual(canceled?.dream)
  })
})

describe('a list of dreams', () => {
  test('leaves archived ones out, until they are asked for or taken back', async () => {
    await using world = await FolderWorld.open(NOTES)
    world.say('monday', NEWS)
    const { dream } = await world.dream()
    const { dreams } = world.reverie
    const ids = async (withArchived: boolean): Promise<readonly string[]> =>
      (await dreams.list({ memory: world.memory, withArchived })).map((one) => one.dream.id)

    expect(await ids(false)).toEqual([dream.id])
    const archived = await dreams.archive(dream.id)
    expect(archived.archivedAt).not.toBeNull()
    expect((await dreams.archive(dream.id)).archivedAt).toBe(archived.archivedAt)
    expect([await ids(false), await ids(true)]).toEqual([[], [dream.id]])
    expect((await dreams.unarchive(dream.id)).archivedAt).toBeNull()
    expect(await ids(false)).toEqual([dream.id])
    // Put away is not decided: it is applied as before.
    await dreams.archive(dream.id)
    expect((await world.reverie.apply(dream.id)).applied).toHaveLength(1)
  })

  test('holds dreams of the server too, which end by the server’s own rules', async () => {
    await using world = await FolderWorld.open({})
    world.say('monday', NEWS)
    await world.reverie.sessions.add([world.sessions])
    const sessionIds = (await world.reverie.sessions.list()).map(({ id }) => id)
    const workspace = world.reverie.workspace()
    const store = await workspace.stores.create({ name: 'qa' })
    const { id } = await workspace.dreams.create({ storeId: store.id, sessionIds })
    const { dreams } = world.reverie

    await expect(dreams.archive(id)).rejects.toMatchObject({ type: 'invalid_request_error' })
    expect(await dreams.cancel(id)).toMatchObject({ status: 'canceled' })
    expect((await dreams.archive(id)).archivedAt).not.toBeNull()
    await expect(dreams.unarchive(id)).rejects.toMatchObject({ type: 'invalid_request_error' })
    expect(await dreams.list({})).toEqual([])
    expect((await workspace.dreams.get(id)).hosted?.archivedAt).not.toBeNull()
  })
})

async function cancelAll(reverie: Reverie): Promise<void> {
  for (const { dream } of await reverie.dreams.list({})) {
    if (dream.status === 'pending' || dream.status === 'running') {
      await reverie.dreams.cancel(dream.id)
    }
  }
}
