import { describe, expect, it } from 'vitest'
import type { DueRequest } from '../../src/engine/api.ts'
import type { Deps } from '../../src/engine/operations/deps.ts'
import type { Model } from '../../src/models/model.ts'
import { echoModel } from '../support/echo-model.ts'
import { WITHOUT_MODELS } from '../support/without-models.ts'
import { RestingWorld } from './resting-world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = Date.parse('2026-11-02T08:00:00Z')

/** Notes, and as many sessions as are enough, all an hour at rest. */
async function rested(sessions = 5, more: Partial<Deps> = {}): Promise<RestingWorld> {
  const world = await RestingWorld.open(START, more)
  world.note('shop', ['The staging database listens on port 5432.', 'Lunch is at noon.'])
  for (let n = 0; n < sessions; n += 1) world.say('shop', `s${n}`, SAID[n] ?? 'Hello there.')
  world.clock.now += HOUR
  return world
}

const SAID = ['The staging database listens on port 6000 now, not on port 5432.']

describe('a dream in an idle gap', () => {
  it('runs when enough is new and all is at rest; its plan waits', async () => {
    using world = await rested()

    const due = await world.look('shop')

    expect(due).toMatchObject({ outcome: 'ran', rule: 'pressure', applied: null, replaced: null })
    expect(due.reason).toContain('5 new sessions')
    expect(due.dream?.dream.planStatus).toBe('waiting')
    expect(due.dream?.imported).toMatchObject({ files: 5, newEvents: 5 })
    expect(world.files('shop')['notes.md']).toContain('5432')
  })

  it('opens nothing, writes no dream and asks nobody where nothing is new', async () => {
    using world = await rested()
    await world.look('shop')
    world.clock.now += DAY
    world.opened.length = 0
    const before = await world.storage.dreams.list()

    for (let look = 0; look < 3; look += 1) {
      expect(await world.look('shop')).toMatchObject({ outcome: 'waited', rule: 'nothing_new' })
    }

    expect(world.opened).toEqual([])
    expect(await world.storage.dreams.list()).toEqual(before)
  })

  it('asks a model for the dream that is due, and nothing to find out that none is', async () => {
    const echo = echoModel()
    let asked = 0
    const model: Model = {
      id: echo.id,
      host: echo.host,
      answer: (request) => {
        asked += 1
        return echo.answer(request)
      },
    }
    const models = {
      ...WITHOUT_MODELS,
      budget: { tokens: 2_000_000, usd: null },
      own: { small: model, large: model },
    }
    using world = await rested(5, { models })
    await world.look('shop')
    expect(asked).toBeGreaterThan(0)
    asked = 0
    world.clock.now += DAY

    expect(await world.look('shop')).toMatchObject({ rule: 'nothing_new' })
    expect(asked).toBe(0)
  })

  it('waits for the end of the cooldown and for quiet without opening what is new', async () => {
    using world = await rested()
    expect(await world.look('shop')).toMatchObject({ outcome: 'ran' })
    world.opened.length = 0
    for (let n = 10; n < 20; n += 1) world.say('shop', `s${n}`, `The kettle of floor ${n} is blue.`)

    world.clock.now += 2 * HOUR
    const cooling = await world.look('shop')
    world.clock.now += 6 * HOUR - MINUTE
    world.say('shop', 's10', 'One more thing.')
    world.clock.now += 2 * MINUTE
    const busy = await world.look('shop')

    expect(cooling).toMatchObject({ outcome: 'waited', rule: 'cooldown' })
    expect(cooling.reason).toContain('10 transcripts new or changed')
    expect(busy).toMatchObject({ outcome: 'waited', rule: 'not_idle' })
    expect(world.opened).toEqual([])
    world.clock.now += 30 * MINUTE
    expect(await world.look('shop')).toMatchObject({ outcome: 'ran' })
  })

  it('imports little once, and dreams over it at the latest after a week', async () => {
    using world = await rested(1)

    expect(await world.look('shop')).toMatchObject({ rule: 'low_pressure' })
    expect(world.opened).toHaveLength(1)
    world.clock.now += HOUR
    expect(await world.look('shop')).toMatchObject({ rule: 'low_pressure' })
    expect(world.opened).toHaveLength(1)
    world.clock.now += 7 * DAY
    expect(await world.look('shop')).toMatchObject({ outcome: 'ran', rule: 'latest_by' })
  })

  it('a session whose end was told is at rest, and is not when it goes on', async () => {
    using world = await rested()
    const path = world.say('shop', 's4', 'That is all.')
    expect(await world.look('shop')).toMatchObject({ rule: 'not_idle' })

    world.end(path)
    world.clock.now += MINUTE
    world.say('shop', 's4', 'Wait, one thing.')
    expect(await world.look('shop')).toMatchObject({ rule: 'not_idle' })
    world.end(path)

    expect(await world.look('shop')).toMatchObject({ outcome: 'ran' })
  })

  it('a clock that was set back does not keep it waiting until it has caught up', async () => {
    using world = await rested()
    await world.look('shop')
    for (let n = 10; n < 15; n += 1) world.say('shop', `s${n}`, 'Hello again.')
    world.clock.now -= 90 * DAY

    const rules: string[] = []
    for (let hours = 0; hours < 9; hours += 1) {
      rules.push((await world.look('shop')).rule)
      world.clock.now += HOUR
    }

    expect(rules).toEqual([...Array.from({ length: 8 }, () => 'cooldown'), 'pressure'])
  })

  it('two at once: one runs, the other says so', async () => {
    using world = await rested()

    const both = await Promise.all([world.look('shop'), world.look('shop')])

    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['ran', 'waited'])
    expect(both.map(({ rule }) => rule).sort()).toEqual(['dream_under_way', 'pressure'])
    expect(await world.storage.dreams.list()).toHaveLength(1)
  })

  it('one that came to nothing is tried again after the cooldown', async () => {
    using world = await rested()
    let isBroken = true
    const failing: Partial<DueRequest> = {
      onProgress: ({ stage }) => {
        if (isBroken && stage !== 'import') throw new Error('The disk is gone.')
      },
    }
    await expect(world.look('shop', failing)).rejects.toThrow('The disk is gone.')
    isBroken = false

    const rules: string[] = []
    for (let hours = 0; hours < 10; hours += 3) {
      rules.push((await world.look('shop', failing)).rule)
      world.clock.now += 3 * HOUR
    }
    expect(rules).toEqual(['cooldown', 'cooldown', 'cooldown', 'pressure'])
  })
})

describe('a plan of an earlier gap', () => {
  it('gives way to the next one while nobody has looked at it', async () => {
    using world = await rested()
    const first = await world.look('shop')
    world.clock.now += DAY
    for (let n = 10; n < 15; n += 1) world.say('shop', `s${n}`, `The kettle of floor ${n} is blue.`)
    world.clock.now += HOUR

    const second = await world.look('shop')

    expect(second).toMatchObject({ outcome: 'ran', replaced: first.dream?.dream.id })
    const plans = (await world.storage.dreams.list()).map(({ planStatus }) => planStatus)
    expect(plans).toEqual(['waiting', 'discarded'])
    const read = second.dream?.dream.snapshot.sessions.length
    expect(read).toBe(10)
  })

  it('stays while somebody is in the middle of it, and no other is made', async () => {
    using world = await rested()
    const { dream } = await world.look('shop')
    const [change] = dream?.changes ?? []
    await world.reverie.decide(change?.id ?? '', 'reject', dream?.dream.plan?.digest ?? '')
    world.clock.now += DAY
    for (let n = 10; n < 15; n += 1) world.say('shop', `s${n}`, 'Hello again.')
    world.clock.now += HOUR
    world.opened.length = 0

    const due = await world.look('shop')

    expect(due).toMatchObject({ outcome: 'waited', rule: 'awaits_review' })
    expect(due.reason).toContain(dream?.dream.id)
    expect(world.opened).toEqual([])
    await world.reverie.discard(dream?.dream.id ?? '')
    expect(await world.look('shop')).toMatchObject({ outcome: 'ran' })
  })

  it('made by hand counts as a dream: what it read is not new', async () => {
    using world = await rested()
    await world.reverie.dream({
      memory: world.memoryOf('shop'),
      sessions: [world.transcriptsOf('shop')],
    })
    world.clock.now += DAY

    expect(await world.look('shop')).toMatchObject({ rule: 'nothing_new' })
  })
})
