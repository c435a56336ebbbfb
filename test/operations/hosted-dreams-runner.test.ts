import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import type { Dream, DreamStatus } from '../../src/core/dream.ts'
import type { DreamId, WorkspaceId } from '../../src/core/ids.ts'
import { createRunner, type Runner } from '../../src/engine/hosting/runner.ts'
import type { Model } from '../../src/models/model.ts'
import { interceptStorage } from '../../src/storage/intercept-storage.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { scriptedModel } from '../../src/testing/scripted-model.ts'
import { BY, HOSTED_MEMORIES, HostedWorld, outputIdOf } from '../support/hosted-world.ts'
import { sensibleScript } from '../support/sensible-model.ts'

interface Running {
  readonly runner: Runner
  readonly reported: readonly unknown[]
  stop(): Promise<void>
}

function start(world: HostedWorld, storage: Storage = world.storage): Running {
  const reported: unknown[] = []
  const runner = createRunner({
    dreamsAtOnce: LIMITS.dreamsAtOnce,
    ...world.deps(storage),
    report: (error) => void reported.push(error),
  })
  const end = new AbortController()
  const ended = runner.run(end.signal)
  return {
    runner,
    reported,
    stop: async () => {
      end.abort()
      await ended
    },
  }
}

async function until(world: HostedWorld, ids: readonly DreamId[], status: DreamStatus) {
  const dreams: Dream[] = []
  for (let n = 0; n < 600; n += 1) {
    dreams.splice(0, dreams.length)
    for (const id of ids) dreams.push(await world.dreams().get(id))
    if (dreams.every((dream) => dream.status === status)) return dreams
    await sleep(5)
  }
  throw new Error(`They are ${dreams.map((dream) => dream.status).join(', ')}.`)
}

/** Answers once the gate is opened. */
function gatedModel(): Model & { open(): void; answered: number } {
  const sensible = scriptedModel(sensibleScript)
  let opened: () => void = () => undefined
  const gate = new Promise<void>((resolve) => {
    opened = resolve
  })
  const model = {
    id: sensible.id,
    host: null,
    answered: 0,
    open: () => opened(),
    answer: async (request: Parameters<Model['answer']>[0]) => {
      const stopped = new Promise<never>((_, reject) => {
        request.signal?.addEventListener('abort', () => reject(request.signal?.reason))
      })
      await Promise.race([gate, stopped])
      model.answered += 1
      return sensible.answer(request)
    },
  }
  return model
}

describe('a runner', () => {
  test('works through what waits, also what is created later', async () => {
    const world = await HostedWorld.open()
    const early = await world.create()
    const running = start(world)
    await until(world, [early.id], 'completed')

    const late = await world.create({ outputBehavior: 'update_existing' })
    running.runner.wake()

    await until(world, [late.id], 'completed')
    await running.stop()
    expect(running.reported).toEqual([])
  })

  test('sees every workspace', async () => {
    const world = await HostedWorld.open()
    const other = world.storage.inWorkspace('wrkspc_other' as WorkspaceId)
    const second = await HostedWorld.open({ storage: other })
    const one = await world.create()
    const two = await second.create()
    const running = start(world)

    await until(world, [one.id], 'completed')
    const [dream] = await until(second, [two.id], 'completed')
    await running.stop()

    expect(dream === undefined ? {} : await second.contents(outputIdOf(dream))).not.toEqual({})
  })

  test('runs only so many at once', async () => {
    const model = gatedModel()
    const world = await HostedWorld.open({ model })
    const ids: DreamId[] = []
    for (let n = 0; n < LIMITS.dreamsAtOnce + 2; n += 1) {
      ids.push((await world.create({ model: 'asks' })).id)
    }
    const running = start(world)
    await until(world, ids.slice(0, LIMITS.dreamsAtOnce), 'running')
    await sleep(50)
    const rest = await Promise.all(
      ids.slice(LIMITS.dreamsAtOnce).map((id) => world.dreams().get(id)),
    )

    expect(rest.map(({ status }) => status)).toEqual(rest.map(() => 'pending'))
    model.open()
    await until(world, ids, 'completed')
    await running.stop()
  })

  test('that stops leaves its dreams to the next one at once, which ends them the same', async () => {
    const model = gatedModel()
    const world = await HostedWorld.open({ model })
    const undisturbed = await HostedWorld.open({ model: scriptedModel(sensibleScript) })
    const whole = await undisturbed.dream({ model: 'asks' })
    const { id } = await world.create({ model: 'asks' })
    const first = start(world)
    await until(world, [id], 'running')
    await sleep(50)

    await first.stop()
    const left = await world.dreams().get(id)
    const answeredBefore = model.answered
    model.open()
    const second = start(world)
    const [dream] = await until(world, [id], 'completed')
    await second.stop()

    expect(left.status).toBe('running')
    expect(answeredBefore).toBe(0)
    expect(dream === undefined ? {} : await world.contents(outputIdOf(dream))).toEqual(
      await undisturbed.contents(outputIdOf(whole)),
    )
    const told = dream === undefined ? [] : await world.told(dream)
    expect(new Set(told.map(({ body }) => body)).size).toBe(told.length)
    expect(told.filter(({ type }) => type === 'session.status_running')).toHaveLength(1)
  })

  test('goes on after a dream that fails and after a storage that does', async () => {
    const world = await HostedWorld.open()
    const failing = await world.create()
    const [sessionId] = world.sessionIds
    const sound = await world.create({ sessionIds: world.sessionIds.slice(1) })
    if (sessionId !== undefined) await world.storage.sessions.remove(sessionId)
    let faults = 3
    const flaky = interceptStorage(world.storage, ({ name }) => {
      if (name === 'dreams.runs.waiting' && faults > 0) {
        faults -= 1
        throw new Error('Not now.')
      }
    })
    const running = start(world, flaky)

    await until(world, [failing.id], 'failed')
    await until(world, [sound.id], 'completed')
    await running.stop()

    expect(running.reported).toHaveLength(3)
  })

  test('takes over a dream whose process died, once its lease has run out', async () => {
    const world = await HostedWorld.open()
    const { id } = await world.create()
    const at = new Date('2026-11-20T03:00:00.000Z')
    const until15s = new Date(at.getTime() + LIMITS.leaseMs).toISOString()
    await world.storage.dreams.runs.claim(id, at.toISOString(), until15s)
    const running = start(world)
    await sleep(50)
    const early = await world.dreams().get(id)

    world.later()

    const [dream] = await until(world, [id], 'completed')
    await running.stop()
    expect(early.hosted?.sessionId).toBeNull()
    expect(dream?.hosted?.sessionId).not.toBeNull()
  })

  test('does not run what was canceled', async () => {
    const world = await HostedWorld.open()
    const { id } = await world.create()
    await world.dreams().cancel(id, BY)
    const next = await world.create()
    const running = start(world)

    await until(world, [next.id], 'completed')
    await running.stop()

    expect(await world.dreams().get(id)).toMatchObject({ status: 'canceled' })
    expect(await world.contents()).toEqual(HOSTED_MEMORIES)
  })
})
