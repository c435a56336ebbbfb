import { BadRequestError, NotFoundError } from '@anthropic-ai/sdk'
import { describe, expect, it } from 'vitest'
import type { SessionId } from '../../core/ids.ts'
import {
  all,
  openSessionWorld,
  type SessionWorld,
  says,
} from '../test-support/session-world.test-support.ts'

const note = (text: string) => ({
  type: 'system.message' as const,
  content: [{ type: 'text' as const, text }],
})

async function aSession(world: SessionWorld): Promise<string> {
  return (await world.sdk.beta.sessions.create(await world.ground())).id
}

describe('sending events', () => {
  it('echoes what was kept and ends the turn with a word on why nobody answers', async () => {
    const world = await openSessionWorld()
    const { events } = world.sdk.beta.sessions
    const id = await aSession(world)
    const { data = [] } = await events.send(id, { events: [says('Port 5433'), note('Be short')] })
    expect(data).toMatchObject([
      { type: 'user.message', content: [{ type: 'text', text: 'Port 5433' }] },
      { type: 'system.message' },
    ])
    const listed = await all(events.list(id))
    expect(listed.slice(0, 2)).toEqual(data)
    expect(listed.slice(2)).toMatchObject(
      [
        {
          type: 'session.status_idle',
          stop_reason: { type: 'end_turn' },
          stop_details: { type: 'no_agent', category: null, explanation: /runs no agents/ },
        },
      ].map((event) => ({
        ...event,
        stop_details: {
          ...event.stop_details,
          explanation: expect.stringMatching(/runs no agents/),
        },
      })),
    )
  })

  it('lets a dream read the words, once', async () => {
    const world = await openSessionWorld()
    const id = await aSession(world)
    const { events } = world.sdk.beta.sessions
    await events.send(id, { events: [says('My port is 5433'), note('It is Monday')] })
    await events.send(id, { events: [says('No, 5434')] })
    const read = await world.storage.sessions.events(id as SessionId)
    expect(read.map(({ ordinal, speaker, text }) => [ordinal, speaker, text])).toEqual([
      [0, 'user', 'My port is 5433'],
      [1, 'system', 'It is Monday'],
      [3, 'user', 'No, 5434'],
    ])
    const core = await world.storage.sessions.get(id as SessionId)
    expect(core).toMatchObject({
      title: 'My port is 5433',
      startedAt: read[0]?.at,
      endedAt: read[2]?.at,
    })
  })

  it('takes secrets out of every text before anything is kept', async () => {
    const world = await openSessionWorld()
    const id = await aSession(world)
    const secret = ['AKIA', 'QJ7M2XVN4LBZ6TKD'].join('')
    const { events } = world.sdk.beta.sessions
    const document = {
      type: 'document',
      source: { type: 'text', media_type: 'text/plain', data: `key ${secret}` },
    } as const
    const content = [{ type: 'text', text: `It is ${secret}` } as const, document]
    await events.send(id, { events: [{ type: 'user.message', content }] })
    const kept = [
      await all(events.list(id)),
      await world.storage.sessions.events(id as SessionId),
      await world.storage.sessions.get(id as SessionId),
    ]
    expect(JSON.stringify(kept)).not.toContain(secret)
    expect(JSON.stringify(kept)).toContain('[redacted:aws-access-key]')
  })

  it.each([
    ['a system message alone', [note('x')]],
    ['a system message that is not last', [says('a'), note('x'), says('b')]],
    ['two system messages', [says('a'), note('x'), note('y')]],
    ['a system message behind an interrupt', [{ type: 'user.interrupt' }, note('x')]],
    ['what an agent did', [{ type: 'agent.message', content: [{ type: 'text', text: 'x' }] }]],
    ['no event', []],
    [
      'a reason to allow',
      [{ type: 'user.tool_confirmation', tool_use_id: 'a', result: 'allow', deny_message: 'no' }],
    ],
    [
      'a tool result outside a self-hosted environment',
      [{ type: 'user.tool_result', tool_use_id: 'a' }],
    ],
    ['an unknown field', [{ ...says('a'), mood: 'good' }]],
  ])('refuses %s and keeps nothing', async (_, sent) => {
    const world = await openSessionWorld()
    const id = await aSession(world)
    const { events } = world.sdk.beta.sessions
    const wrong = events.send(id, { events: sent as never })
    await expect(wrong).rejects.toThrow(BadRequestError)
    expect(await all(events.list(id))).toEqual([])
  })

  it('takes the result of a tool in a self-hosted environment', async () => {
    const world = await openSessionWorld()
    const { agent } = await world.ground()
    const config = { type: 'self_hosted' } as const
    const lab = await world.sdk.beta.environments.create({ name: 'Own', config })
    const { id } = await world.sdk.beta.sessions.create({ agent, environment_id: lab.id })
    const content = [{ type: 'text' as const, text: 'done' }]
    const result = { type: 'user.tool_result' as const, tool_use_id: 'sevt_1', content }
    await world.sdk.beta.sessions.events.send(id, { events: [result] })
    const [read] = await world.storage.sessions.events(id as SessionId)
    expect(read).toMatchObject({
      type: 'agent.tool_result',
      text: 'done',
      tool: { useId: 'sevt_1' },
    })
  })

  it('keeps a defined outcome as pending', async () => {
    const world = await openSessionWorld()
    const rubric = { type: 'text', content: 'All green' } as const
    const outcome = { type: 'user.define_outcome', description: 'Fix CI', rubric } as const
    const session = await world.sdk.beta.sessions.create({
      ...(await world.ground()),
      initial_events: [outcome],
    })
    const [event] = await all(world.sdk.beta.sessions.events.list(session.id))
    expect(event).toMatchObject({ ...outcome, max_iterations: 3 })
    expect(session.outcome_evaluations).toMatchObject([
      { outcome_id: (event as { outcome_id: string }).outcome_id, result: 'pending', iteration: 0 },
    ])
  })
})

describe('listing events', () => {
  it('filters by type and time, in both orders, over pages', async () => {
    const world = await openSessionWorld()
    const id = await aSession(world)
    const { events } = world.sdk.beta.sessions
    for (const text of ['a', 'b', 'c']) await events.send(id, { events: [says(text)] })
    const texts = async (query: object): Promise<readonly string[]> =>
      (await all(events.list(id, query)))
        .map((event) => JSON.stringify(event))
        .map((json) => /"text":"(\w)"/.exec(json)?.[1] ?? '-')
    expect(await texts({})).toEqual(['a', '-', 'b', '-', 'c', '-'])
    expect(await texts({ types: ['user.message'], limit: 1 })).toEqual(['a', 'b', 'c'])
    expect(await texts({ types: ['user.message'], order: 'desc', limit: 2 })).toEqual([
      'c',
      'b',
      'a',
    ])
    const at = (await all(events.list(id, { types: ['user.message'] })))[1]?.processed_at ?? ''
    expect(await texts({ 'created_at[gt]': at })).toEqual(['c', '-'])
    expect(await texts({ 'created_at[lte]': at, types: ['user.message'] })).toEqual(['a', 'b'])
    await expect(all(events.list('sesn_x'))).rejects.toThrow(NotFoundError)
  })
})
