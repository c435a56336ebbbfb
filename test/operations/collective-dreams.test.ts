import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import {
  type CollectiveServer,
  calls,
  type Json,
  openCollectiveServer,
  says,
} from '../support/collective-server.ts'

const LIST = '/v1/reverie/collective_dreams'
const TEAM = 'team:support'
const AT = '2026-11-02T09:00:00Z'

let world: CollectiveServer
/** The store of each agent, and two sessions of it. */
let coder: Agent
let qa: Agent

interface Agent {
  readonly agent: string
  readonly store: string
  readonly sessions: readonly string[]
}

beforeEach(async () => {
  world = await openCollectiveServer()
  coder = await anAgent('coder')
  qa = await anAgent('qa')
})

afterEach(() => world.close())

async function anAgent(agent: string): Promise<Agent> {
  const sessions: string[] = []
  for (const n of [1, 2]) {
    const events = [
      says('user', `The ${agent} queue has ${n} open tickets now.`, AT),
      ...calls('a', 'npm test', { text: 'Error: port 5433 refused', isError: true }, AT),
      ...calls('b', 'docker compose up -d db', { text: 'started' }, AT),
      ...calls('c', 'npm test', { text: 'ok' }, AT),
    ]
    sessions.push(await world.session({ id: `${agent}-${n}`, agent, audience: TEAM, events }))
  }
  return { agent, store: await world.store(agent, TEAM), sessions }
}

const input = ({ agent, store, sessions }: Agent, more: Json = {}): Json => ({
  agent_id: agent,
  memory_store_id: store,
  session_ids: sessions,
  ...more,
})
const target = ({ store }: Pick<Agent, 'store'>, audience = TEAM): Json => ({
  memory_store_id: store,
  audience,
})
const order = (more: Json = {}): Json => ({
  inputs: [input(coder), input(qa)],
  targets: [target(qa)],
  model: 'embedded',
  ...more,
})

async function dreamsIn({ dreams }: Json): Promise<readonly Json[]> {
  const parts = dreams as readonly Json[]
  return Promise.all(parts.map(({ dream_id }) => world.get(`/v1/dreams/${dream_id}`)))
}

/** Sessions that each of its dreams reads. */
async function sessionsRead(collective: Json): Promise<readonly unknown[]> {
  return (await dreamsIn(collective)).map(({ inputs }) => {
    const [, sessions] = inputs as readonly Json[]
    return sessions?.session_ids
  })
}

async function acts(): Promise<readonly unknown[]> {
  const { data } = await world.get('/v1/reverie/audit?limit=100')
  return (data as readonly Json[]).map(({ act }) => act)
}

describe('a collective dream', () => {
  it('is a dream for each target that reads the sessions of its own input alone', async () => {
    const made = await world.post(LIST, order({ targets: [target(qa), target(coder)] }))

    expect(made).toMatchObject({
      id: expect.stringMatching(/^cdrm_/),
      type: 'collective_dream',
      status: 'pending',
      inputs: [input(coder), input(qa)],
      targets: [target(qa), target(coder)],
      output_behavior: { type: 'create_new' },
      auto_apply: 'all',
      instructions: null,
      dreams: [
        { memory_store_id: qa.store, output_memory_store_id: null, held_changes: 0 },
        { memory_store_id: coder.store, status: 'pending' },
      ],
    })
    expect(await sessionsRead(made)).toEqual([qa.sessions.toSorted(), coder.sessions.toSorted()])
    expect(await world.get(`${LIST}/${made.id}`)).toEqual(made)
    expect((await world.get(LIST)).data).toEqual([made])
    expect((await acts()).slice(0, 3)).toEqual([
      'collective_dream.created',
      'dream.created',
      'dream.created',
    ])
  })

  it('ends with its dreams and tells where their changes went', async () => {
    const { id } = await world.post(LIST, order({ targets: [target(qa), target(coder)] }))

    const ended = await world.ended(id)

    expect(ended.status).toBe('completed')
    const dreams = await dreamsIn(ended)
    const outputs = dreams.map((one) => (one.outputs as readonly Json[])[0]?.memory_store_id)
    expect((ended.dreams as readonly Json[]).map((one) => one.output_memory_store_id)).toEqual(
      outputs,
    )
    expect(outputs).not.toContain(qa.store)
  })

  it('may have a target that is no input, where a plain dream needs a session', async () => {
    const wiki = await world.store('wiki', TEAM)

    const { id } = await world.post(LIST, order({ targets: [target({ store: wiki })] }))
    const ended = await world.ended(id)

    expect(ended.status).toBe('completed')
    expect(await sessionsRead(ended)).toEqual([[]])
    const plain = [
      { type: 'memory_store', memory_store_id: wiki },
      { type: 'sessions', session_ids: [] },
    ]
    const refused = await world.ask('POST', '/v1/dreams', { inputs: plain, model: 'embedded' })
    expect(refused.status).toBe(400)
  })

  it('joins the sessions of two agents that share a store', async () => {
    const shared = input({ ...coder, store: qa.store })

    const made = await world.post(LIST, order({ inputs: [shared, input(qa)] }))

    expect(await sessionsRead(made)).toEqual([[...coder.sessions, ...qa.sessions].toSorted()])
  })

  it('is refused whole where one of its dreams cannot be made', async () => {
    const busy = order({ output_behavior: { type: 'update_existing' } })
    await world.post('/v1/dreams', {
      inputs: [
        { type: 'memory_store', memory_store_id: coder.store },
        { type: 'sessions', session_ids: coder.sessions },
      ],
      output_behavior: { type: 'update_existing', memory_store_id: coder.store },
      model: 'embedded',
    })
    const before = await acts()

    const refused = await world.ask('POST', LIST, {
      ...busy,
      targets: [target(qa), target(coder)],
    })

    expect([refused.status, refused.error.type]).toEqual([409, 'conflict_error'])
    expect((await world.get(LIST)).data).toEqual([])
    expect((await world.get('/v1/dreams')).data).toHaveLength(1)
    expect(await acts()).toEqual(before)
    await world.post(LIST, busy)
  })
})

describe('an order', () => {
  const REFUSED: readonly (readonly [what: string, more: () => Json, status: number])[] = [
    ['no input', () => ({ inputs: [] }), 400],
    ['no target', () => ({ targets: [] }), 400],
    ['a target twice', () => ({ targets: [target(qa), target(qa)] }), 400],
    ['a target for another audience', () => ({ targets: [target(qa, 'org:acme')] }), 400],
    ['an audience that is none', () => ({ targets: [target(qa, 'everybody')] }), 400],
    ['a target that is not there', () => ({ targets: [target({ store: 'memstore_0' })] }), 404],
    ['a store that is not there', () => ({ inputs: [input({ ...qa, store: 'memstore_0' })] }), 404],
    ['an input without a session', () => ({ inputs: [input({ ...qa, sessions: [] })] }), 400],
    [
      'a session in two inputs',
      () => ({ inputs: [input(coder), input({ ...qa, sessions: coder.sessions })] }),
      400,
    ],
    [
      'a session that is not there, of another agent',
      () => ({ inputs: [input({ ...coder, sessions: ['sesn_0'] })] }),
      404,
    ],
    ['an id of no agent', () => ({ inputs: [input({ ...coder, agent: 'agent_0' })] }), 404],
    ['an agent without a name', () => ({ inputs: [input({ ...coder, agent: ' ' })] }), 400],
    ['an agent on two lines', () => ({ inputs: [input({ ...coder, agent: 'a\n- b' })] }), 400],
    ['a model that means nothing', () => ({ model: 'gpt-0' }), 400],
    ['a field that nobody knows', () => ({ more: 1 }), 400],
    ['instructions of no length', () => ({ instructions: '' }), 400],
  ]

  it.each(REFUSED)('with %s is refused, and nothing is made', async (_what, more, status) => {
    const refused = await world.ask('POST', LIST, order(more()))

    expect(refused.status, JSON.stringify(refused.body)).toBe(status)
    expect((await world.get(LIST)).data).toEqual([])
    expect((await world.get('/v1/dreams')).data).toEqual([])
  })

  it.each(['input', 'target'])('with an archived store as %s is refused', async (place) => {
    const old = await world.store('old', TEAM)
    await world.post(`/v1/memory_stores/${old}/archive`)
    const more =
      place === 'input'
        ? { inputs: [input({ ...coder, store: old })] }
        : { targets: [target({ store: old })] }

    expect((await world.ask('POST', LIST, order(more))).status).toBe(400)
  })

  it('names at most a hundred sessions in all', async () => {
    const max = LIMITS.collectiveSessionsMax
    const ids = Array.from({ length: max + 1 }, (_, n) => `sesn_${n}`)
    const [one, two] = [ids.slice(0, 50), ids.slice(50)]

    const inputs = [input({ ...coder, sessions: one }), input({ ...qa, sessions: two })]
    const refused = await world.ask('POST', LIST, order({ inputs }))

    expect(refused.status).toBe(400)
    expect(refused.error.message).toContain(`1 to ${max} sessions; ${max + 1} are named`)
  })

  it('may name an agent by its id: lessons call it by its name, on one line', async () => {
    const agent = await world.post('/v1/agents', { name: 'Coder\n  at work', model: 'embedded' })
    const { id } = await world.post(LIST, order({ inputs: [input(coder, { agent_id: agent.id })] }))

    const [dream] = await dreamsIn(await world.ended(id))

    const review = await world.get(`/v1/reverie/dreams/${dream?.id}/changes`)
    expect(JSON.stringify(review)).toContain('in 2 sessions of agent Coder-at-work')
  })

  it("is refused for a dream's own session", async () => {
    const { id } = await world.post(LIST, order())
    const [dream] = await dreamsIn(await world.ended(id))

    const own = input({ ...coder, sessions: [String(dream?.session_id)] })

    expect((await world.ask('POST', LIST, order({ inputs: [own] }))).status).toBe(400)
  })
})

describe('cancel', () => {
  it('stops what has not ended, and again changes nothing', async () => {
    const made = await world.post(LIST, order({ targets: [target(qa), target(coder)] }))
    const [first] = await dreamsIn(made)
    await world.post(`/v1/dreams/${first?.id}/cancel`)
    expect((await world.get(`${LIST}/${made.id}`)).status).toBe('running')

    const canceled = await world.post(`${LIST}/${made.id}/cancel`)
    const after = await acts()

    expect(canceled.status).toBe('canceled')
    expect((await dreamsIn(made)).map(({ status }) => status)).toEqual(['canceled', 'canceled'])
    expect(after.slice(0, 2)).toEqual(['collective_dream.canceled', 'dream.canceled'])
    expect(await world.post(`${LIST}/${made.id}/cancel`)).toEqual(canceled)
    expect(await acts()).toEqual(after)
  })

  it('is refused once all has ended, and for what is not there', async () => {
    const { id } = await world.post(LIST, order())
    await world.ended(id)

    expect((await world.ask('POST', `${LIST}/${id}/cancel`)).status).toBe(400)
    expect((await world.ask('POST', `${LIST}/cdrm_none/cancel`)).status).toBe(404)
    expect((await world.ask('GET', `${LIST}/cdrm_none`)).status).toBe(404)
  })
})

it('fails where a session of another agent is gone, without telling which', async () => {
  const { id } = await world.post(LIST, order())
  await world.ask('DELETE', `/v1/sessions/${coder.sessions[0]}`)

  const ended = await world.ended(id)

  expect(ended.status).toBe('failed')
  const [dream] = await dreamsIn(ended)
  expect(dream?.error).toMatchObject({ type: 'input_session_unavailable' })
  expect(JSON.stringify(dream?.error)).not.toContain(String(coder.sessions[0]))
})

it('is the same one for a client that asks again because the answer was cut', async () => {
  const lost = await world.ask('POST', LIST, order(), { env: cutConnection() })
  const again = { headers: { 'x-stainless-retry-count': '1' } }

  const retry = await world.ask('POST', LIST, order(), again)

  expect(retry.body).toEqual(lost.body)
  expect((await world.get('/v1/dreams')).data).toHaveLength(1)
  expect((await world.ask('POST', LIST, order())).body.id).not.toBe(lost.body.id)
})

/** A connection that ended before its answer. */
function cutConnection(): object {
  const socket = Object.assign(new EventEmitter(), { destroyed: true, readableEnded: true })
  const outgoing = Object.assign(new EventEmitter(), { writableFinished: false })
  return { incoming: { socket }, outgoing }
}
