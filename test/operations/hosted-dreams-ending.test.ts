import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import type { Dream } from '../../src/core/dream.ts'
import type { DreamId } from '../../src/core/ids.ts'
import { type Model, ModelError, type ModelRequest } from '../../src/models/model.ts'
import { interceptStorage } from '../../src/storage/intercept-storage.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { scriptedModel } from '../../src/testing/scripted-model.ts'
import { BY, HOSTED_MEMORIES, HostedWorld, outputIdOf } from '../support/hosted-world.ts'
import { sensibleScript } from '../support/sensible-model.ts'

/** Runs `act` once, just before the storage call of this name. */
function actBefore(storage: Storage, name: string, act: () => Promise<unknown>): Storage {
  let acted: Promise<unknown> | null = null
  const watched = interceptStorage(storage, (call) => {
    if (call.name === name) acted ??= act()
  })
  return {
    ...watched,
    transaction: async (work) => {
      await acted
      return watched.transaction(work)
    },
  }
}

/** A model that never answers, but hears when it is told to stop. */
function silentModel(): Model & { readonly asked: ModelRequest[]; aborted: number } {
  const asked: ModelRequest[] = []
  const model = {
    id: 'script/silent',
    host: null,
    asked,
    aborted: 0,
    answer: (request: ModelRequest) =>
      new Promise<never>((_resolve, reject) => {
        asked.push(request)
        request.signal?.addEventListener('abort', () => {
          model.aborted += 1
          reject(request.signal?.reason)
        })
      }),
  }
  return model
}

async function until(isSo: () => boolean): Promise<void> {
  for (let n = 0; n < 500 && !isSo(); n += 1) await sleep(5)
  expect(isSo()).toBe(true)
}

describe('cancel', () => {
  test('of a pending dream ends it at once; a second one changes nothing; nobody runs it', async () => {
    const world = await HostedWorld.open()
    const { id } = await world.create()

    const canceled = await world.dreams().cancel(id, BY)
    world.later()

    expect(canceled).toMatchObject({ status: 'canceled', hosted: { output: null } })
    expect(await world.dreams().cancel(id, BY)).toEqual(canceled)
    expect(await world.run(id)).toBeNull()
  })

  test('of a running dream aborts the call to the model, and its session ends', async () => {
    const model = silentModel()
    const world = await HostedWorld.open({ model })
    const { id } = await world.create({ model: 'asks', outputBehavior: 'update_existing' })
    const run = world.run(id)
    await until(() => model.asked.length > 0)

    const canceled = await world.dreams().cancel(id, BY)
    const ended = await run

    const told = await world.told(canceled)
    expect(ended).toMatchObject({ status: 'canceled', planStatus: 'none' })
    expect(model.aborted).toBe(model.asked.length)
    expect(told.at(-1)?.type).toBe('session.status_idle')
    expect(told.map(({ body }) => body).join()).toContain('canceled')
    expect(await world.contents()).toEqual(HOSTED_MEMORIES)
    expect(await world.unread()).toBeGreaterThan(0)
  })

  test('of a dream that has ended is refused', async () => {
    const world = await HostedWorld.open()
    const { id } = await world.dream()

    await expect(world.dreams().cancel(id, BY)).rejects.toMatchObject({
      type: 'invalid_request_error',
    })
  })

  test('lands or does not, wherever it comes: all changes or none, and one end of the session', async () => {
    const calls = await callsOf(async (world) => world.storage)
    const ends = new Set<string>()
    for (let at = 1; at <= calls; at += Math.ceil(calls / 40)) {
      const world = await HostedWorld.open()
      const { id } = await world.create()
      const ended = await canceledAt(world, id, at)
      const output = ended.hosted?.output ?? null
      const contents = output === null ? null : await world.contents(output.storeId)
      const told = await world.told(ended)
      const idle = told.filter(({ type }) => type === 'session.status_idle')
      ends.add(ended.status)

      expect(await world.contents(), `cancel at ${at}`).toEqual(HOSTED_MEMORIES)
      expect(idle.length, `cancel at ${at}`).toBe(told.length === 0 ? 0 : 1)
      if (told.length > 0) expect(told.at(-1)?.type).toBe('session.status_idle')
      if (ended.status === 'canceled' && contents !== null) {
        expect(contents, `cancel at ${at}`).toEqual(HOSTED_MEMORIES)
      }
      if (ended.status === 'completed') expect(contents?.['/ports.md']).toContain('6000')
    }
    expect([...ends].sort()).toEqual(['canceled', 'completed'])
  }, 120_000)
})

/** Cancels beside the n-th storage call of a run, which goes on and finds out by itself. */
async function canceledAt(world: HostedWorld, id: DreamId, at: number): Promise<Dream> {
  let calls = 0
  let canceled: Promise<unknown> = Promise.resolve()
  const storage = interceptStorage(world.storage, () => {
    calls += 1
    // The one that has ended already is none to cancel.
    if (calls === at) canceled = Promise.allSettled([world.dreams().cancel(id, BY)])
  })
  await world.run(id, storage)
  await canceled
  return world.dreams().get(id)
}

async function callsOf(storageOf: (world: HostedWorld) => Promise<Storage>): Promise<number> {
  const world = await HostedWorld.open()
  let calls = 0
  const counted = interceptStorage(await storageOf(world), () => {
    calls += 1
  })
  const { id } = await world.create()
  await world.run(id, counted)
  return calls
}

describe('an input that goes while the dream is under way', () => {
  const archived = async (world: HostedWorld): Promise<void> =>
    world.storage.stores.archive(world.storeId, '2026-11-20T03:00:00.000Z')
  const removed = async (world: HostedWorld): Promise<void> =>
    world.storage.stores.remove(world.storeId)
  const sessionGone = async (world: HostedWorld): Promise<void> => {
    const [id] = world.sessionIds
    if (id !== undefined) await world.storage.sessions.remove(id)
  }
  const cases = [
    ['the store archived', archived, 'input_memory_store_unavailable'],
    ['the store removed', removed, 'input_memory_store_unavailable'],
    ['a session removed', sessionGone, 'input_session_unavailable'],
  ] as const

  test.each(cases)('%s before it starts: it fails and says so', async (_, go, type) => {
    const world = await HostedWorld.open()
    const { id } = await world.create()
    await go(world)

    const ended = await world.run(id)

    expect(ended).toMatchObject({ status: 'failed', error: { type }, hosted: { output: null } })
  })

  test.each(cases)('%s between its stages: it fails, the clone untouched', async (_, go, type) => {
    const world = await HostedWorld.open()
    const { id } = await world.create()
    const storage = actBefore(world.storage, 'counters.list', () => go(world))

    const ended = await world.run(id, storage)

    expect(ended).toMatchObject({ status: 'failed', planStatus: 'none', error: { type } })
    if (ended !== null) {
      expect(await world.contents(outputIdOf(ended))).toEqual(HOSTED_MEMORIES)
      const told = await world.told(ended)
      expect(told.map(({ type: event }) => event)).toContain('session.error')
      expect(told.at(-1)?.type).toBe('session.status_idle')
    }
  })

  test('an output that goes is a failure of another name', async () => {
    const world = await HostedWorld.open()
    const { id } = await world.create()
    const storage = actBefore(world.storage, 'counters.list', async () => {
      const dream = await world.dreams().get(id)
      await world.storage.stores.remove(outputIdOf(dream))
    })

    const ended = await world.run(id, storage)

    expect(ended).toMatchObject({ status: 'failed', error: { type: 'internal_error' } })
  })
})

describe('a failure', () => {
  test('of the model is told, with what it used, and writes nothing', async () => {
    let calls = 0
    const model = scriptedModel((request, call) => {
      calls += 1
      return calls > 3 ? new ModelError('timeout', 'Too slow.') : sensibleScript(request, call)
    })
    const world = await HostedWorld.open({ model })

    const ended = await world.dream({ model: 'asks' })

    expect(ended).toMatchObject({ status: 'failed', error: { type: 'timeout' } })
    expect(ended.hosted?.usage.inputTokens).toBeGreaterThan(0)
    expect(await world.contents(outputIdOf(ended))).toEqual(HOSTED_MEMORIES)
    expect(await world.unread(outputIdOf(ended))).toBeGreaterThan(0)
  })

  test('for want of time is one of type timeout', async () => {
    const model = silentModel()
    const world = await HostedWorld.open({ model })
    const { id } = await world.create({ model: 'asks' })
    const run = world.run(id)
    await until(() => model.asked.length > 0)

    world.later(LIMITS.dreamMsMax + 1)

    expect(await run).toMatchObject({ status: 'failed', error: { type: 'timeout' } })
    expect(model.aborted).toBe(model.asked.length)
  })
})

describe('a dream with a model', () => {
  test('tells what leaves and what was used', async () => {
    const world = await HostedWorld.open({ model: scriptedModel(sensibleScript) })

    const dream = await world.dream({ model: 'asks' })

    const texts = (await world.told(dream)).map(({ body }) => body).join('\n')
    const { inputTokens, outputTokens } = dream.plan?.report.usage ?? { inputTokens: -1 }
    expect(dream).toMatchObject({ status: 'completed', planStatus: 'applied' })
    expect(dream.hosted?.usage).toMatchObject({ inputTokens, outputTokens })
    expect(inputTokens).toBeGreaterThan(0)
    expect(texts).toContain('Asking script/answers (nothing leaves)')
    expect(texts).toContain(`Asked script/answers: ${inputTokens} tokens in`)
    expect(texts).not.toContain('No model was used')
  })
})
