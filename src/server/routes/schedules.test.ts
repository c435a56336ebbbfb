import { describe, expect, it } from 'vitest'
import type { LogLineId, ScheduleId } from '../../core/ids.ts'
import { note } from '../../engine/sleep/kept-schedule.ts'
import { allPages, openWireWorld, type WireWorld } from '../test-support/wire-world.test-support.ts'
import { memoryStoreRoutes } from './memory-stores.ts'
import { scheduleRoutes } from './schedules.ts'

const LIST = '/v1/reverie/schedules'

interface Opened {
  readonly world: WireWorld
  readonly storeId: string
}

async function open(): Promise<Opened> {
  const world = await openWireWorld([memoryStoreRoutes, scheduleRoutes])
  const { body } = await world.post('/v1/memory_stores', { name: 'Notes' })
  return { world, storeId: String(body.id) }
}

async function made(more: object = {}): Promise<Opened & { readonly path: string }> {
  const { world, storeId } = await open()
  const body = { memory_store_id: storeId, model: 'embedded', ...more }
  const reply = await world.post(LIST, body)
  expect(reply.status).toBe(200)
  return { world, storeId, path: `${LIST}/${reply.body.id}` }
}

describe('schedules over the wire', () => {
  it('answers all keys, with the published defaults where nothing is said', async () => {
    const { world, storeId, path } = await made()
    expect((await world.get(path)).body).toEqual({
      id: expect.stringMatching(/^sched_/),
      type: 'schedule',
      memory_store_id: storeId,
      agent_id: null,
      enabled: true,
      idle_seconds: 1_800,
      sessions_min: null,
      tokens_min: null,
      units_min: null,
      cooldown_seconds: 28_800,
      latest_by_seconds: 604_800,
      cron: null,
      time_zone: 'UTC',
      quiet_hours: null,
      tokens_per_day: null,
      model: 'embedded',
      instructions: null,
      output_behavior: { type: 'create_new' },
      auto_apply: 'all',
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
      adapted_cooldown_seconds: 28_800,
      last_dream_id: null,
      last_dream_at: null,
      last_cron_at: null,
      next_look_at: expect.stringMatching(/Z$/),
    })
  })

  it('a schedule that updates its store writes nothing by itself unless it says so', async () => {
    const { world, path } = await made({ output_behavior: { type: 'update_existing' } })
    expect((await world.get(path)).body.auto_apply).toBe('off')
  })

  it.each([
    ['a cron of four fields', { cron: '0 3 * *' }, 400],
    ['a cron of six fields', { cron: '0 0 3 * * *' }, 400],
    ['a name for a cron', { cron: '@daily' }, 400],
    ['an hour of 24', { cron: '0 24 * * *' }, 400],
    ['a day that never comes', { cron: '0 0 30 2 *' }, 400],
    ['a leap day', { cron: '0 0 29 2 *' }, 200],
    ['every night', { cron: '30 2 * * *', time_zone: 'Europe/Berlin' }, 200],
    ['a zone that is none', { time_zone: 'Mars/Base' }, 400],
    ['an offset as a zone', { time_zone: '+02:00' }, 400],
    ['quiet hours without an end', { quiet_hours: { from: '22:00' } }, 400],
    ['quiet hours of no length', { quiet_hours: { from: '22:00', until: '22:00' } }, 400],
    ['quiet hours at 24:00', { quiet_hours: { from: '22:00', until: '24:00' } }, 400],
    ['quiet hours over midnight', { quiet_hours: { from: '22:00', until: '06:00' } }, 200],
    ['no idle time', { idle_seconds: 0 }, 200],
    ['an idle time below none', { idle_seconds: -1 }, 400],
    ['an idle time of a week', { idle_seconds: 604_800 }, 200],
    ['an idle time beyond a week', { idle_seconds: 604_801 }, 400],
    ['half a second', { cooldown_seconds: 0.5 }, 400],
    ['a cooldown of 90 days', { cooldown_seconds: 7_776_000 }, 200],
    ['a cooldown beyond 90 days', { cooldown_seconds: 7_776_001 }, 400],
    ['a latest time of 0', { latest_by_seconds: 0 }, 400],
    ['a minimum of 0', { sessions_min: 0 }, 400],
    ['a budget of 0', { tokens_per_day: 0 }, 400],
    ['a budget of 1', { tokens_per_day: 1 }, 200],
    ['instructions of 4,096', { instructions: 'i'.repeat(4_096) }, 200],
    ['instructions of 4,097', { instructions: 'i'.repeat(4_097) }, 400],
    ['a level that is none', { auto_apply: 'some' }, 400],
    ['an unknown key', { colour: 'red' }, 400],
  ])('%s', async (_what, more, status) => {
    const { world, storeId } = await open()
    const body = { memory_store_id: storeId, model: 'embedded', ...more }
    const reply = await world.post(LIST, body)
    expect(reply.status).toBe(status)
    if (status === 400) expect(reply.error.type).toBe('invalid_request_error')
  })

  it('needs a store that is there and not archived', async () => {
    const { world, storeId } = await open()
    const body = { memory_store_id: 'memstore_none', model: 'embedded' }
    expect((await world.post(LIST, body)).status).toBe(404)
    await world.post(`/v1/memory_stores/${storeId}/archive`)
    const reply = await world.post(LIST, { ...body, memory_store_id: storeId })
    expect([reply.status, reply.error.type]).toEqual([400, 'invalid_request_error'])
  })

  it('changes what is given and leaves the rest; a new cron catches up with nothing', async () => {
    const { world, path } = await made({ sessions_min: 3 })
    const before = (await world.get(path)).body
    const { body } = await world.post(path, { cron: '0 3 * * *', enabled: false })
    expect(body).toEqual({
      ...before,
      cron: '0 3 * * *',
      enabled: false,
      updated_at: body.updated_at,
      next_look_at: body.updated_at,
      last_cron_at: body.updated_at,
    })
    expect((await world.post(path, { cron: null, sessions_min: null })).body).toMatchObject({
      cron: null,
      sessions_min: null,
    })
    expect((await world.post(path, { memory_store_id: 'memstore_b' })).status).toBe(400)
  })

  it('lists page by page, newest first, and forgets what is deleted', async () => {
    const { world, storeId, path } = await made()
    for (let n = 0; n < 4; n += 1) {
      await world.post(LIST, { memory_store_id: storeId, model: 'embedded' })
    }
    const pages = await allPages(world, LIST, { limit: '2' })
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1])
    expect(`${LIST}/${pages[2]?.[0]?.id}`).toBe(path)
    const id = path.slice(LIST.length + 1)
    expect((await world.remove(path)).body).toEqual({ id, type: 'schedule_deleted' })
    expect((await world.get(path)).status).toBe(404)
    expect((await world.remove(path)).status).toBe(404)
    expect((await world.get(`${path}/decisions`)).status).toBe(404)
  })

  it('tells its decisions newest first, page by page', async () => {
    const { world, path } = await made()
    const id = path.slice(LIST.length + 1) as ScheduleId
    for (let n = 0; n < 5; n += 1) {
      const at = new Date(Date.UTC(2026, 10, 1, n)).toISOString()
      const decision = { at, outcome: 'waited', rule: `rule_${n}`, reason: 'So.', dreamId: null }
      await note(world.storage, id, `log_${n}` as LogLineId, { ...decision, outcome: 'waited' })
    }
    const pages = await allPages(world, `${path}/decisions`, { limit: '2' })
    expect(pages.flat().map(({ rule }) => rule)).toEqual([4, 3, 2, 1, 0].map((n) => `rule_${n}`))
    expect(pages[0]?.[0]).toEqual({
      type: 'schedule_decision',
      at: '2026-11-01T04:00:00.000Z',
      outcome: 'waited',
      rule: 'rule_4',
      reason: 'So.',
      dream_id: null,
    })
  })
})
