import { describe, expect, it } from 'vitest'
import type { SessionId } from '../../src/core/ids.ts'
import type { Schedule, ScheduleDecision, ScheduleDraft } from '../../src/core/schedule.ts'
import { draft } from '../../src/engine/sleep/rules/sleep.test-support.ts'
import { schedulesOf } from '../../src/engine/sleep/schedules.ts'
import { createSleeper, type Sleeper } from '../../src/engine/sleep/sleeper.ts'
import { healthOf } from '../../src/engine/workspace/store-health.ts'
import type { WorkspaceSchedules } from '../../src/engine/workspace-api.ts'
import { BY, HostedWorld } from '../support/hosted-world.ts'
import { HOUR } from './month-agents.ts'

/** A store with a schedule, whose dreams the engine itself runs. */
class SleepingWorld {
  readonly hosted: HostedWorld
  readonly schedules: WorkspaceSchedules
  readonly schedule: Schedule
  readonly faults: unknown[] = []
  readonly #sleepers: readonly Sleeper[]

  private constructor(hosted: HostedWorld, schedules: WorkspaceSchedules, schedule: Schedule) {
    this.hosted = hosted
    this.schedules = schedules
    this.schedule = schedule
    this.#sleepers = [this.#sleeper(), this.#sleeper()]
  }

  static async open(rules: Partial<ScheduleDraft>): Promise<SleepingWorld> {
    const hosted = await HostedWorld.open()
    const { storage, now, newId } = hosted.deps()
    const schedules = schedulesOf({ storage, now, newId })
    const usual = { storeId: hosted.storeId, model: 'rules', sessionsMin: 1, idleMs: 0 }
    const schedule = await schedules.create(draft({ ...usual, ...rules }), BY)
    const world = new SleepingWorld(hosted, schedules, schedule)
    for (const id of hosted.sessionIds) await world.#attach(id)
    return world
  }

  #sleeper(): Sleeper {
    const deps = this.hosted.deps()
    return createSleeper({
      ...deps,
      dreamsOf: (tx) => this.hosted.dreams(tx),
      healthOf: (id, storage) => healthOf(id, { ...deps, storage }),
      runDreams: () => undefined,
      report: (error) => this.faults.push(error),
    })
  }

  async #attach(id: SessionId): Promise<void> {
    const { storage, now } = this.hosted.deps()
    const tags = [`store:${this.hosted.storeId}`]
    const createdAt = now().toISOString()
    await storage.documents.put({ kind: 'session', id, tags, createdAt, body: '{}' })
  }

  async hear(name: string, text: string): Promise<void> {
    const at = this.hosted.deps().now().toISOString()
    await this.#attach(await this.hosted.world.hear(name, [{ text, at }]))
  }

  /** Both processes look each hour; what they start is run to its end. */
  async sleep(hours: number): Promise<void> {
    for (let hour = 0; hour < hours; hour += 1) {
      this.hosted.later(HOUR)
      await Promise.all(this.#sleepers.map((sleeper) => sleeper.look()))
      const at = this.hosted.deps().now().toISOString()
      for (const id of await this.hosted.storage.dreams.runs.waiting(at, 10)) {
        await this.hosted.run(id)
      }
    }
  }

  async log(): Promise<readonly ScheduleDecision[]> {
    const { items } = await this.schedules.decisions(this.schedule.id, { limit: 100 })
    return items.toReversed()
  }

  async dreams() {
    const { items } = await this.hosted.storage.dreams.page({
      trigger: this.schedule.id,
      limit: 100,
    })
    return items.toReversed()
  }
}

describe('schedules over dreams that the engine runs', () => {
  it('a few days of a store: one dream for what is new, none for its own work', async () => {
    const world = await SleepingWorld.open({ outputBehavior: 'update_existing' })
    await world.sleep(30)
    await world.hear('three', 'The staging database listens on port 7000 now.')
    await world.sleep(30)
    const runs = (await world.log()).filter(({ outcome }) => outcome === 'ran')
    const dreams = await world.dreams()
    expect(world.faults).toEqual([])
    expect(runs.map(({ rule }) => rule)).toEqual(['sessions', 'sessions'])
    expect(dreams.map(({ status, planStatus }) => [status, planStatus])).toEqual([
      ['completed', 'applied'],
      ['completed', 'applied'],
    ])
    expect((await world.hosted.contents())['/ports.md']).toContain('7000')
    expect((await world.log()).at(-1)).toMatchObject({ outcome: 'waited', rule: 'nothing_new' })
  })

  it('a plan that nobody looked at gives way to one that reads more', async () => {
    const world = await SleepingWorld.open({ autoApply: 'off' })
    await world.sleep(30)
    await world.hear('three', 'The staging database listens on port 7000 now.')
    await world.sleep(30)
    const dreams = await world.dreams()
    expect(world.faults).toEqual([])
    expect(dreams.map(({ planStatus }) => planStatus)).toEqual(['discarded', 'waiting'])
    const read = dreams.map(({ hosted }) => hosted?.sessionIds.length)
    expect(read).toEqual([2, 3])
  })

  it('a new store that nobody used gives way; one that is used stays', async () => {
    const world = await SleepingWorld.open({ outputBehavior: 'create_new' })
    const { storage } = world.hosted
    const outputs = async () => {
      const ids = (await world.dreams()).map(({ hosted }) => hosted?.output?.storeId)
      const stores = await Promise.all(
        ids.map((id) => (id === undefined ? null : storage.stores.get(id))),
      )
      return stores.map((store) => (store?.archivedAt === null ? 'there' : 'archived'))
    }
    await world.sleep(30)
    await world.hear('three', 'The staging database listens on port 7000 now.')
    await world.sleep(30)
    expect(await outputs()).toEqual(['archived', 'there'])
    const used = (await world.dreams()).at(-1)?.hosted?.output?.storeId
    const createdAt = world.hosted.deps().now().toISOString()
    const tags = [`store:${used}`]
    await storage.documents.put({ kind: 'session', id: 'sesn_used', tags, createdAt, body: '{}' })
    await world.hear('four', 'The warehouse closes at 17:00 on Fridays.')
    await world.sleep(30)
    expect(world.faults).toEqual([])
    expect(await outputs()).toEqual(['archived', 'there', 'there'])
  })

  it('an order that is refused is a line in the log, costs nothing and is tried again', async () => {
    const world = await SleepingWorld.open({ model: 'unknown-model' })
    await world.sleep(10)
    const said = (await world.log()).map(({ outcome, rule }) => `${outcome}:${rule}`)
    expect(world.faults).toEqual([])
    expect(said).toEqual(['failed:refused', 'waited:cooldown', 'failed:refused', 'waited:cooldown'])
    expect(await world.dreams()).toEqual([])
    await world.schedules.update(world.schedule.id, { model: 'rules' }, BY)
    await world.sleep(10)
    expect((await world.dreams()).map(({ status }) => status)).toEqual(['completed'])
  })

  it('only units are new: a session that was read stands in, and the dream is the only one', async () => {
    const world = await SleepingWorld.open({ sessionsMin: null, unitsMin: 2 })
    await world.sleep(30)
    const before = (await world.dreams()).length
    const { storage, storeId, world: notes } = world.hosted
    await storage.memories.write({
      storeId,
      path: '/more.md',
      content: '- Orders ship on Mondays.\n- Returns arrive on Tuesdays.\n- Tea is at four.\n',
      actor: BY,
      at: world.hosted.deps().now().toISOString(),
      newIds: { memory: notes.newId('mem'), version: notes.newId('memver') },
    })
    await world.sleep(30)
    const runs = (await world.log()).filter(({ outcome }) => outcome === 'ran')
    expect(world.faults).toEqual([])
    expect(runs.length).toBe(before + 1)
    expect(runs.at(-1)).toMatchObject({ rule: 'units' })
    expect((await world.log()).at(-1)).toMatchObject({ rule: 'nothing_new' })
  })
})
