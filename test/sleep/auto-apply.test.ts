import { describe, expect, it } from 'vitest'
import type { AgentProjects } from '../../src/projects/projects.ts'
import { RestingWorld } from './resting-world.ts'

const HOUR = 3_600_000
const START = Date.parse('2026-11-02T08:00:00Z')
const TWICE = 'Deploys go out on Tuesdays after the stand-up.'

/** Notes that say one thing twice and one that is outdated, and sessions at rest. */
async function rested(more: Parameters<typeof RestingWorld.open>[1] = {}): Promise<RestingWorld> {
  const world = await RestingWorld.open(START, more)
  world.note('shop', ['The staging database listens on port 5432.', TWICE])
  world.note('shop', [TWICE, 'The kettle is blue.'], 'more.md')
  world.say('shop', 's0', 'The staging database listens on port 6000 now, not on port 5432.')
  for (let n = 1; n < 5; n += 1) world.say('shop', `s${n}`, 'Hello there.')
  world.clock.now += HOUR
  return world
}

describe('what a dream in an idle gap writes by itself', () => {
  it('nothing by default', async () => {
    using world = await rested()
    const before = world.files('shop')

    const due = await world.look('shop')

    expect(due.applied).toBeNull()
    expect(due.reason).toContain('The plan waits: auto-apply is off.')
    expect(due.dream?.changes.map(({ kind, status }) => `${kind} ${status}`).sort()).toEqual([
      'merge proposed',
      'supersede proposed',
    ])
    expect(world.files('shop')).toEqual(before)
  })

  it('"safe": exact duplicates; the rest is held for a person, and one revert undoes it', async () => {
    using world = await rested()
    const before = world.files('shop')

    const due = await world.look('shop', { autoApply: 'safe' })

    expect(due.applied?.applied.map(({ kind }) => kind)).toEqual(['merge'])
    expect(due.applied?.held).toBe(1)
    expect(due.dream?.dream.planStatus).toBe('applied')
    const told = due.dream?.changes.map(({ kind, status, heldReason }) => [
      kind,
      status,
      heldReason,
    ])
    expect(told?.sort()).toEqual([
      ['merge', 'applied', null],
      ['supersede', 'held', 'awaits_review'],
    ])
    const text = Object.values(world.files('shop')).join('')
    expect(text.split(TWICE)).toHaveLength(2)
    expect(text).toContain('5432')
    await world.reverie.revert(due.dream?.dream.id ?? '')
    expect(world.files('shop')).toEqual(before)
  })

  it('what is held can be let in later, and still one revert undoes all', async () => {
    using world = await rested()
    const before = world.files('shop')
    const due = await world.look('shop', { autoApply: 'safe' })
    const held = due.dream?.changes.find(({ status }) => status === 'held')
    await world.reverie.decide(held?.id ?? '', 'accept', due.dream?.dream.plan?.digest ?? '')

    await world.reverie.apply(due.dream?.dream.id ?? '')

    expect(Object.values(world.files('shop')).join('')).toContain('6000')
    await world.reverie.revert(due.dream?.dream.id ?? '')
    expect(world.files('shop')).toEqual(before)
  })

  it('"trusted": what a user said too', async () => {
    using world = await rested()

    const due = await world.look('shop', { autoApply: 'trusted' })

    expect(due.applied?.applied.map(({ kind }) => kind).sort()).toEqual(['merge', 'supersede'])
    expect(due.reason).not.toContain('The plan waits')
  })

  it('its own writing is nothing new, and no activity', async () => {
    using world = await rested()
    await world.look('shop', { autoApply: 'trusted' })
    world.clock.now += 24 * HOUR

    expect(await world.look('shop', { autoApply: 'trusted' })).toMatchObject({
      rule: 'nothing_new',
    })
  })

  it('where nothing is let through, the plan waits as it is', async () => {
    using world = await rested()
    world.rewrite('shop', '- The kettle is blue.\n', 'more.md')

    const due = await world.look('shop', { autoApply: 'safe' })

    expect(due.dream?.changes.map(({ status }) => status)).toEqual(['proposed'])
    expect(due.reason).toContain('"safe" lets none of its changes through')
  })

  it('nothing beside another dreamer: the plan waits and says whose turn it is', async () => {
    const dreamer = { name: 'Claude Code', why: 'autoDreamEnabled is true', next: 'Switch it off.' }
    const projects = { otherDreamers: async () => [dreamer] }
    using world = await rested({ projects: projects as unknown as AgentProjects })
    const before = world.files('shop')

    const due = await world.look('shop', { autoApply: 'trusted' })

    expect(due).toMatchObject({ outcome: 'ran', applied: null })
    expect(due.reason).toContain('Claude Code')
    expect(due.dream?.changes.every(({ status }) => status === 'proposed')).toBe(true)
    expect(world.files('shop')).toEqual(before)
  })

  it('is in the audit, with the level that let it through', async () => {
    using world = await rested()
    const due = await world.look('shop', { autoApply: 'safe' })

    const lines = await world.reverie.audit.list({ limit: 10, acts: ['dream.applied'] })

    expect(lines.map(({ subject, details }) => [subject, details.auto_apply])).toEqual([
      [due.dream?.dream.id, 'safe'],
    ])
  })
})
