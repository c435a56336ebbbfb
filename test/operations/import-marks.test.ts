import { appendFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DEFAULT_WORKSPACE, type SessionId } from '../../src/core/ids.ts'
import type { Transcripts } from '../../src/engine/operations/deps.ts'
import { importTranscripts } from '../../src/engine/operations/import-transcripts.ts'
import { chatImporter } from '../../src/importers/chat.ts'
import { localTranscripts } from '../../src/importers/local-transcripts.ts'
import { openEphemeralStorage } from '../../src/storage/ephemeral/ephemeral-storage.ts'
import { FolderWorld } from '../support/folder-world.ts'

const NOTES = { 'facts.md': '- The staging database listens on port 5432.\n' }
const TOLD = ['The staging database listens on port 6000 now, not on port 5432.']

function told(text: string): string {
  return `${JSON.stringify({ role: 'user', content: text, at: '2026-11-02T09:00:00Z' })}\n`
}

/** Imports from a folder of transcripts, counting the files that are opened. */
async function counting(folder: string) {
  const storage = await openEphemeralStorage({ workspaceId: DEFAULT_WORKSPACE })
  const local = localTranscripts(async (text) => ({ text, kinds: [] }), [chatImporter])
  const opened: string[] = []
  const transcripts: Transcripts = {
    ...local,
    read: (source, format, signal) => {
      opened.push(source.path.slice(folder.length + 1))
      return local.read(source, format, signal)
    },
  }
  let ids = 0
  const newId = (prefix: string) => {
    ids += 1
    return `${prefix}_${ids}`
  }
  const deps = { storage, transcripts, now: () => new Date('2026-11-20T03:00:00Z'), newId }
  return {
    storage,
    async import(more: { readonly isAnew?: boolean; readonly format?: string } = {}) {
      opened.length = 0
      const order = { sources: [folder], onProgress: () => undefined, signal: null }
      const { format = null, ...rest } = more
      const imported = await importTranscripts({ ...order, format, ...rest }, deps as never)
      return { ...imported, opened: [...opened] }
    },
  }
}

describe('files of transcripts that were read before', () => {
  it('are not opened again while they are as they were, and say the same as then', async () => {
    await using world = await FolderWorld.open({})
    world.say('one', TOLD)
    world.say('two', ['Lunch is at noon.'])
    appendFileSync(join(world.sessions, 'two.jsonl'), 'no JSON\n')
    const imports = await counting(world.sessions)

    const first = await imports.import()
    const second = await imports.import()

    expect(first.opened).toEqual(['one.jsonl', 'two.jsonl'])
    expect(second.opened).toEqual([])
    expect(second.sessionIds).toEqual(first.sessionIds)
    expect(second.sessionIds).toHaveLength(2)
    expect(first.summary.newEvents).toBe(2)
    expect(second.summary).toEqual({ ...first.summary, newEvents: 0 })
  })

  it.each([
    ['it has grown', (path: string) => appendFileSync(path, told('Tea is at four.')), 1],
    [
      'it was written to and is as long',
      (path: string) => writeFileSync(path, told('Lunch is at nine.')),
      1,
    ],
    ['only its time is another', (path: string) => utimesSync(path, 1_000, 1_000), 0],
    [
      'another file of equal size and time stands in its place',
      (path: string) => {
        const { atime, mtime } = statSync(path)
        writeFileSync(`${path}.new`, told('Lunch is at nine.'))
        utimesSync(`${path}.new`, atime, mtime)
        renameSync(`${path}.new`, path)
      },
      1,
    ],
  ])('are opened again where %s, and nothing doubles', async (_why, touch, newEvents) => {
    await using world = await FolderWorld.open({})
    world.say('one', TOLD)
    const path = join(world.sessions, 'two.jsonl')
    writeFileSync(path, told('Lunch is at noon.'))
    const imports = await counting(world.sessions)
    await imports.import()

    touch(path)
    const again = await imports.import()

    expect(again.opened).toEqual(['two.jsonl'])
    expect(again.summary.newEvents).toBe(newEvents)
    expect((await imports.import()).opened).toEqual([])
  })

  it('are opened again in another format, and where a person adds them once more', async () => {
    await using world = await FolderWorld.open({})
    world.say('one', TOLD)
    const imports = await counting(world.sessions)
    await imports.import()

    expect((await imports.import({ format: 'chat' })).opened).toEqual(['one.jsonl'])
    expect((await imports.import({ isAnew: true })).opened).toEqual(['one.jsonl'])
  })
})

describe('a session that is removed', () => {
  it('is imported again by the next dream that names its file, as if it were new', async () => {
    await using world = await FolderWorld.open(NOTES)
    world.say('one', TOLD)
    const first = await world.dream()
    await world.reverie.discard(first.dream.id)
    const [session] = await world.reverie.sessions.list()
    await world.reverie.sessions.remove(session?.id ?? '')

    const again = await world.dream()

    expect(again.imported.newEvents).toBe(1)
    expect(again.changes.map(({ id }) => id)).toEqual(first.changes.map(({ id }) => id))
    expect(first.changes).toHaveLength(1)
  })

  it('and whose words were erased does not come back while its file is as it was', async () => {
    await using world = await FolderWorld.open(NOTES)
    world.say('one', TOLD)
    await world.dream()
    const [session] = await world.reverie.sessions.list()
    const subject = { kind: 'session', sessionId: session?.id as SessionId } as const
    await world.reverie.erasures.erase(subject, { type: 'user_actor', userId: 'mira' })

    const again = await world.dream()

    expect(again.imported.newEvents).toBe(0)
    expect(await world.reverie.sessions.list()).toEqual([])
    world.say('one', ['Tea is at four.'])
    expect((await world.dream()).imported.newEvents).toBe(2)
  })
})
