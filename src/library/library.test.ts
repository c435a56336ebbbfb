import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import { isReverieError } from '../core/errors.ts'
import type { DreamId, MemoryStoreId } from '../core/ids.ts'
import type { MemoryStore } from '../core/memory-store.ts'
import { createReverie, type NewSession, type Reverie, type Said } from '../reverie.ts'
import type { OpenWorkspace } from './reverie-api.ts'

let home = ''
let reverie: Reverie

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'library-'))
  reverie = await opened()
})

afterEach(async () => {
  await reverie.close()
  rmSync(home, { recursive: true })
})

function opened(): Promise<Reverie> {
  const env = { HOME: home, REVERIE_LOG_LEVEL: 'silent' }
  return createReverie({ home: join(home, 'state'), env })
}

const NOTES = '# Infrastructure\n\n- The storefront dev server runs on port 3000.\n'

async function storeIn({ stores, memories }: OpenWorkspace): Promise<MemoryStore> {
  const store = await stores.create({ name: 'shop' })
  await memories.create(store.id, { path: '/infra.md', content: NOTES })
  return store
}

function moved(storeId: MemoryStoreId): NewSession {
  return {
    title: 'The port',
    storeIds: [storeId],
    events: [
      {
        speaker: 'user',
        text: 'The storefront dev server runs on port 3100 now, not 3000.',
        at: '2026-11-02T09:00:00Z',
      },
      { speaker: 'tool', text: 'ready', tool: { name: 'bash', input: { command: 'pnpm dev' } } },
      { type: 'agent.message', content: 'Noted.', processed_at: '2026-11-02T09:01:00Z' },
    ],
  }
}

async function textsOf({ memories }: OpenWorkspace, storeId: MemoryStoreId): Promise<string> {
  return (await memories.list(storeId)).map(({ content }) => content).join('\n')
}

describe('a dream in process', () => {
  it('writes what a session says into a copy, with the words for it', async () => {
    const workspace = reverie.workspace()
    const store = await storeIn(workspace)
    const { sessionIds } = await workspace.sessions.add([moved(store.id)])

    const { id } = await workspace.dreams.create({ storeId: store.id, sessionIds })
    const dream = await workspace.dreams.finished(id)
    const { sets } = await workspace.changes.list(id)

    expect(dream).toMatchObject({ status: 'completed', hosted: { trigger: 'library' } })
    const output = dream.hosted?.output?.storeId
    expect(await textsOf(workspace, output ?? store.id)).toContain('3100')
    expect(await textsOf(workspace, store.id)).toContain('3000')
    const evidence = sets.flatMap(({ changes }) => changes.flatMap((change) => change.evidence))
    expect(evidence.map(({ quote }) => quote).join()).toContain('3100 now')
  })

  it('waits for a person where it may write nothing by itself, and is written in their name', async () => {
    const workspace = reverie.workspace('wrkspc_default', { type: 'user_actor', userId: 'lena' })
    const store = await storeIn(reverie.workspace())
    const { sessionIds } = await workspace.sessions.add([moved(store.id)])
    const { id } = await workspace.dreams.create({
      storeId: store.id,
      sessionIds,
      outputBehavior: 'update_existing',
      autoApply: 'off',
    })
    await workspace.dreams.finished(id)
    expect(await textsOf(workspace, store.id)).toContain('3000')

    const shown = await workspace.changes.list(id)
    for (const set of shown.sets) {
      await workspace.changes.decide(id, set.id, { decision: 'accept', digest: set.digest })
    }
    const { digest } = await workspace.changes.list(id)
    await workspace.changes.apply(id, digest)

    expect(await textsOf(workspace, store.id)).toContain('3100')
  })

  it('that is awaited when Reverie is closed is told so, and goes on at the next start', async () => {
    const workspace = reverie.workspace()
    const store = await storeIn(workspace)
    const { sessionIds } = await workspace.sessions.add([moved(store.id)])
    const { id } = await workspace.dreams.create({ storeId: store.id, sessionIds })
    const waiting = workspace.dreams.finished(id).then(
      ({ status }) => status,
      (error: unknown) => isReverieError(error, 'api_error') && 'closed',
    )
    await reverie.close()
    const seen = await waiting

    reverie = await opened()
    const dream = await reverie.workspace().dreams.finished(id)

    expect(['closed', 'completed']).toContain(seen)
    expect(dream.status).toBe('completed')
  })

  it('is given up on when the signal says so', async () => {
    const workspace = reverie.workspace()
    const store = await storeIn(workspace)
    const { sessionIds } = await workspace.sessions.add([moved(store.id)])
    const { id } = await workspace.dreams.create({ storeId: store.id, sessionIds })
    const reason = new Error('enough')

    const waiting = workspace.dreams.finished(id, AbortSignal.abort(reason))

    await expect(waiting).rejects.toBe(reason)
  })
})

describe('sessions', () => {
  it('are kept once, however often they are added', async () => {
    const { sessions, stores } = reverie.workspace()
    const store = await stores.create({ name: 'shop' })

    const first = await sessions.add([moved(store.id)])
    const again = await sessions.add([moved(store.id)])

    expect(first).toMatchObject({ newEvents: 4, skipped: {} })
    expect(again).toEqual({ ...first, newEvents: 0 })
    expect(await sessions.list()).toHaveLength(1)
  })

  it('are read as a dream reads them: a call and its result belong together', async () => {
    const { sessions, stores } = reverie.workspace()
    const store = await stores.create({ name: 'shop' })
    const { sessionIds } = await sessions.add([moved(store.id)])
    const [id] = sessionIds
    if (id === undefined) throw new Error('No session.')

    const { session, events } = await sessions.get(id)

    expect(session.title).toBe('The port')
    expect(events.map(({ type }) => type)).toEqual([
      'user.message',
      'agent.tool_use',
      'agent.tool_result',
      'agent.message',
    ])
    const [, use, result] = events.map(({ tool }) => tool)
    expect(result).toMatchObject({ name: 'bash', useId: use?.useId })
  })

  it('come from files too, and are gone when they are removed', async () => {
    const { sessions } = reverie.workspace()
    const line = { role: 'user', at: '2026-10-01T10:00:00Z', content: 'Deploys are on Tuesday.' }
    writeFileSync(join(home, 'monday.jsonl'), `${JSON.stringify(line)}\n`)

    const { sessionIds } = await sessions.add([join(home, 'monday.jsonl')])
    const [id] = sessionIds
    if (id === undefined) throw new Error('No session.')
    await sessions.remove(id)

    expect(await sessions.list()).toEqual([])
    await expect(sessions.get(id)).rejects.toMatchObject({ type: 'not_found_error' })
    await expect(sessions.remove(id)).rejects.toMatchObject({ type: 'not_found_error' })
  })

  it.each([
    ['event', { events: [{ speaker: 'user' as const, text: 'hi', at: 'yesterday' }] }, 'event 1'],
    ['title', { title: 'x'.repeat(10_000), events: [] }, 'title'],
  ])('with a bad %s are refused before any is kept', async (_what, bad, told) => {
    const { sessions } = reverie.workspace()
    const good: NewSession = { events: [{ speaker: 'user', text: 'Hello.' }] }

    await expect(sessions.add([good, bad])).rejects.toMatchObject({
      type: 'invalid_request_error',
      message: expect.stringMatching(new RegExp(`Session 2.*${told}`)),
    })
    expect(await sessions.list()).toEqual([])
  })
})

describe('workspaces', () => {
  it('see nothing of each other', async () => {
    const store = await storeIn(reverie.workspace('wrkspc_a'))

    await expect(reverie.workspace('wrkspc_b').stores.get(store.id)).rejects.toMatchObject({
      type: 'not_found_error',
    })
  })

  it.each(['a', 'wrkspc_', 'wrkspc_installation', 'wrkspc_a/b'])('are not called %s', (id) => {
    expect(() => reverie.workspace(id)).toThrow(/no id of a workspace/)
  })

  it('need no actor in any act', () => {
    type Arity<
      Name extends keyof OpenWorkspace,
      Act extends keyof OpenWorkspace[Name],
    > = OpenWorkspace[Name][Act] extends (...given: infer Given) => unknown
      ? Given['length']
      : never

    expectTypeOf<Arity<'stores', 'create'>>().toEqualTypeOf<1>()
    expectTypeOf<Arity<'stores', 'get'>>().toEqualTypeOf<1>()
    expectTypeOf<Arity<'memories', 'remove'>>().toEqualTypeOf<3>()
    expectTypeOf<Arity<'versions', 'get'>>().toEqualTypeOf<2>()
    expectTypeOf<Arity<'versions', 'redact'>>().toEqualTypeOf<2>()
    expectTypeOf<Arity<'changes', 'list'>>().toEqualTypeOf<1 | 2>()
    expectTypeOf<Arity<'changes', 'apply'>>().toEqualTypeOf<2>()
    expectTypeOf<Arity<'schedules', 'update'>>().toEqualTypeOf<2>()
  })
})

describe('a collective dream in process', () => {
  it('ends with a dream for each memory that learns, which names whom it learned from', async () => {
    const { stores, sessions, collective, changes } = reverie.workspace()
    const metadata = { audience: 'team:support' }
    const coder = await stores.create({ name: 'coder', metadata })
    const qa = await stores.create({ name: 'qa', metadata })
    const { sessionIds } = await sessions.add([1, 2].map((n) => failing(`tests ${n}`, metadata)))

    const { id } = await collective.create({
      inputs: [{ agentId: 'coder', storeId: coder.id, sessionIds }],
      targets: [{ storeId: qa.id, audience: qa.audience }],
    })
    const { status, dreams } = await collective.finished(id)

    expect([status, dreams.length]).toEqual(['completed', 1])
    const [part] = dreams
    const { sets } = await changes.list(part?.dreamId as DreamId)
    const texts = sets.flatMap((set) => set.changes.flatMap(({ after }) => after))
    expect(texts.map(({ text }) => text).join()).toContain('2 sessions of agent coder')
    const { items } = await collective.page()
    expect(items).toEqual([await collective.get(id)])
  })
})

function failing(id: string, metadata: Readonly<Record<string, string>>): NewSession {
  const at = '2026-11-02T09:00:00Z'
  const call = (command: string, text: string, isError = false): Said => {
    return { speaker: 'tool', text, at, tool: { name: 'bash', input: { command }, isError } }
  }
  return {
    id,
    agent: 'coder',
    metadata,
    events: [
      call('npm test', 'Error: connect ECONNREFUSED 127.0.0.1:5433', true),
      call('docker compose up -d db-test', 'started'),
      call('npm test', 'ok'),
    ],
  }
}

describe('pages', () => {
  it('begin at the beginning, and a list is all of them', async () => {
    const { stores, memories } = reverie.workspace()
    const store = await stores.create({ name: 'many' })
    for (let n = 0; n < 101; n += 1) {
      await memories.create(store.id, { path: `/${n}.md`, content: `Note ${n}.` })
    }

    expect((await memories.page(store.id)).items).toHaveLength(100)
    expect((await memories.page(store.id, { limit: 2 })).items).toHaveLength(2)
    expect(await memories.list(store.id)).toHaveLength(101)
    expect((await stores.page()).items.map(({ id }) => id)).toEqual([store.id])
  })
})

describe('what runs beside', () => {
  it('dreams by schedule once it is started, and says why', async () => {
    const workspace = reverie.workspace()
    const store = await storeIn(workspace)
    await workspace.sessions.add([moved(store.id)])
    const { id } = await workspace.schedules.create({
      storeId: store.id,
      idleMs: 0,
      sessionsMin: 1,
    })
    reverie.start()
    reverie.start()

    await expect
      .poll(() => workspace.schedules.get(id), { timeout: 20_000 })
      .toMatchObject({ lastDreamId: expect.any(String) })
    const { items } = await workspace.schedules.decisions(id)
    expect(items.map(({ outcome }) => outcome)).toContain('ran')
  })

  it('serves the same stores over HTTP, and more than once', async () => {
    const store = await storeIn(reverie.workspace())
    const first = await reverie.serve({ port: 0 })
    const second = await reverie.serve({ port: 0 })
    await first.stop()

    const response = await fetch(`${second.address}/v1/memory_stores/${store.id}`)

    expect(await response.json()).toMatchObject({ id: store.id, name: 'shop' })
    await reverie.close()
    await expect(fetch(`${second.address}/healthz`)).rejects.toThrow('fetch failed')
  })
})
