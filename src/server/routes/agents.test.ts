import { describe, expect, it } from 'vitest'
import { allPages, openWireWorld, type WireWorld } from '../test-support/wire-world.test-support.ts'
import { agentRoutes } from './agents.ts'

const LIST = '/v1/agents'
const AGENT = { name: 'Scribe', model: 'claude-opus-5' }
const TOOLSET = { type: 'mcp_toolset', mcp_server_name: 'files', configs: [{ name: 'read' }] }
const SERVER = { type: 'url', name: 'files', url: 'https://example.com/mcp' }

const open = (): Promise<WireWorld> => openWireWorld([agentRoutes])
const many = <T>(count: number, of: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => of(at))
const server = (at: number) => ({ ...SERVER, name: `s${at}` })
const toolset = (at: number) => ({ ...TOOLSET, mcp_server_name: `s${at}` })

async function openAgent(more: object = {}): Promise<WireWorld & { readonly path: string }> {
  const world = await open()
  const { body } = await world.post(LIST, { ...AGENT, ...more })
  return { ...world, path: `${LIST}/${body.id}` }
}

describe('making an agent', () => {
  it('answers every key, with the defaults of what was left out', async () => {
    const { status, body } = await (await open()).post(LIST, AGENT)
    expect(status).toBe(200)
    expect(body).toEqual({
      id: expect.stringMatching(/^agent_/),
      type: 'agent',
      version: 1,
      name: 'Scribe',
      description: null,
      system: null,
      model: { id: 'claude-opus-5', speed: 'standard' },
      tools: [],
      mcp_servers: [],
      skills: [],
      metadata: {},
      multiagent: null,
      execution_identity: { type: 'service_account' },
      created_at: expect.stringMatching(/Z$/),
      updated_at: body.created_at,
      archived_at: null,
    })
  })

  it('fills in what was left out of sets of tools and of skills', async () => {
    const ask = { type: 'always_ask' }
    const allow = { type: 'always_allow' }
    const { body } = await (await open()).post(LIST, {
      ...AGENT,
      mcp_servers: [SERVER],
      skills: [{ type: 'anthropic', skill_id: 'xlsx' }],
      tools: [
        { type: 'agent_toolset_20260401' },
        {
          type: 'agent_toolset_20260401',
          default_config: { enabled: false },
          configs: [{ name: 'bash', enabled: true, permission_policy: ask }, { name: 'web_fetch' }],
        },
        TOOLSET,
      ],
    })
    const off = { enabled: false, permission_policy: allow }
    const asked = { enabled: true, permission_policy: ask }
    expect(body.skills).toEqual([{ type: 'anthropic', skill_id: 'xlsx', version: 'latest' }])
    expect(body.tools).toEqual([
      {
        type: 'agent_toolset_20260401',
        configs: [],
        default_config: { enabled: true, permission_policy: allow },
      },
      {
        type: 'agent_toolset_20260401',
        configs: [
          { type: 'bash', name: 'bash', ...asked },
          { type: 'web_fetch', name: 'web_fetch', url_sources: null, ...off },
        ],
        default_config: off,
      },
      { ...TOOLSET, configs: [{ name: 'read', ...asked }], default_config: asked },
    ])
  })

  it('keeps tools, skills and rosters as they were given, and the model as an object', async () => {
    const given = {
      tools: [{ type: 'custom', name: 'ask', input_schema: { type: 'object', x: [1] } }, TOOLSET],
      mcp_servers: [SERVER],
      skills: [{ type: 'custom', skill_id: 'skill_1', version: '3' }],
      multiagent: { type: 'coordinator', agents: ['agent_1', { type: 'self' }] },
      execution_identity: { type: 'aws_role', role_arn: 'arn:aws:iam::1:role/x' },
    }
    const model = { id: 'claude-opus-5', effort: 'high', speed: null, inference_geo: 'eu' }
    const { body } = await (await open()).post(LIST, { ...AGENT, ...given, model })
    expect(body).toMatchObject(given)
    expect(body.model).toEqual({
      id: 'claude-opus-5',
      effort: { type: 'high' },
      inference_geo: 'eu',
      speed: 'standard',
    })
  })

  it.each([
    ['no model', { model: undefined }, 400],
    ['an empty name', { name: '' }, 400],
    ['a name of 256', { name: 'n'.repeat(256) }, 200],
    ['a name of 257', { name: 'n'.repeat(257) }, 400],
    ['a system prompt of 100,000', { system: 's'.repeat(100_000) }, 200],
    ['a system prompt of 100,001', { system: 's'.repeat(100_001) }, 400],
    ['256 tools', { tools: many(256, () => ({ type: 'custom' })) }, 200],
    ['257 tools', { tools: many(257, () => ({ type: 'custom' })) }, 400],
    ['20 servers', { mcp_servers: many(20, server), tools: many(20, toolset) }, 200],
    ['21 servers', { mcp_servers: many(21, server), tools: many(21, toolset) }, 400],
    ['a server without a toolset', { mcp_servers: [SERVER] }, 400],
    ['a toolset without a server', { tools: [TOOLSET] }, 400],
    ['two servers of one name', { mcp_servers: [SERVER, SERVER], tools: [TOOLSET] }, 400],
    ['a tool without a type', { tools: [{}] }, 400],
    ['an effort that is none', { model: { id: 'm', effort: 'utmost' } }, 400],
    ['metadata of 16', { metadata: Object.fromEntries(many(16, (at) => [`k${at}`, 'v'])) }, 200],
    ['metadata of 17', { metadata: Object.fromEntries(many(17, (at) => [`k${at}`, 'v'])) }, 400],
    ['an unknown key', { temperature: 1 }, 400],
  ])('%s: the bound is exact', async (_what, more, status) => {
    expect((await (await open()).post(LIST, { ...AGENT, ...more })).status).toBe(status)
  })
})

describe('changing an agent', () => {
  it('makes the next version; earlier ones are still there', async () => {
    const { path, get, post } = await openAgent({ description: 'first', metadata: { a: '1' } })
    const change = { description: 'second', metadata: { a: null, b: '2' }, version: 1 }
    const { body } = await post(path, change)
    expect(body).toMatchObject({ version: 2, description: 'second', metadata: { b: '2' } })
    expect(String(body.updated_at) > String(body.created_at)).toBe(true)
    expect((await get(path)).body).toEqual(body)
    expect((await get(path, { version: '2' })).body).toEqual(body)
    const first = await get(path, { version: '1' })
    expect(first.body).toMatchObject({ version: 1, description: 'first', metadata: { a: '1' } })
    expect((await get(path, { version: '3' })).error.type).toBe('not_found_error')
    for (const version of ['0', '-1', 'one']) {
      expect((await get(path, { version })).status).toBe(400)
    }
  })

  it('that changes nothing keeps the version', async () => {
    const { path, get, post } = await openAgent({ metadata: { b: '1', a: '2' } })
    const before = (await get(path)).body
    for (const change of [{}, { name: 'Scribe' }, { model: 'claude-opus-5', tools: null }]) {
      expect((await post(path, change)).body).toEqual(before)
    }
  })

  it('for another version is a conflict that nobody asks again', async () => {
    const { path, get, post } = await openAgent()
    const { status, error, headers } = await post(path, { name: 'x', version: 2 })
    expect(status).toBe(409)
    expect(error.type).toBe('conflict_error')
    expect(headers.get('x-should-retry')).toBe('false')
    expect((await get(path)).body).toMatchObject({ name: 'Scribe', version: 1 })
  })

  it('null and "" clear, lists are replaced whole, an effort that is left out stays', async () => {
    const { path, post } = await openAgent({
      description: 'd',
      system: 's',
      tools: [TOOLSET],
      mcp_servers: [SERVER],
      model: { id: 'claude-opus-5', effort: 'low', inference_geo: 'eu' },
    })
    const model = { id: 'claude-sonnet-5' }
    const change = { description: null, system: '', tools: [], mcp_servers: null, model }
    expect((await post(path, change)).body).toMatchObject({
      description: null,
      system: null,
      tools: [],
      mcp_servers: [],
      model: { id: 'claude-sonnet-5', effort: { type: 'low' }, speed: 'standard' },
    })
  })

  it('may not leave a server without its toolset', async () => {
    const { path, post } = await openAgent({ tools: [TOOLSET], mcp_servers: [SERVER] })
    expect((await post(path, { tools: [] })).status).toBe(400)
  })

  it('an unknown agent answers 404', async () => {
    const { post, get } = await open()
    expect((await post(`${LIST}/agent_x`, { name: 'x' })).error.type).toBe('not_found_error')
    expect((await get(`${LIST}/agent_x/versions`)).error.type).toBe('not_found_error')
  })
})

describe('archiving and listing agents', () => {
  it('archives once, hides it from lists, keeps its version and refuses changes', async () => {
    const { path, get, post } = await openAgent()
    const archived = await post(`${path}/archive`)
    expect(archived.body).toMatchObject({ version: 1, archived_at: expect.any(String) })
    expect((await post(`${path}/archive`)).body).toEqual(archived.body)
    expect((await get(path)).body).toEqual(archived.body)
    expect((await post(path, { name: 'x' })).status).toBe(400)
    expect((await get(LIST)).data).toEqual([])
    expect((await get(LIST, { include_archived: 'true' })).data).toEqual([archived.body])
  })

  it('lists newest first, page by page, within bounds of time', async () => {
    const { get, post, ...world } = await open()
    const made: string[] = []
    for (let at = 0; at < 5; at += 1) {
      made.push(String((await post(LIST, { ...AGENT, name: `a${at}` })).body.created_at))
    }
    const pages = await allPages({ get, post, ...world }, LIST, { limit: '2' })
    expect(pages.map((page) => page.map(({ name }) => name))).toEqual([
      ['a4', 'a3'],
      ['a2', 'a1'],
      ['a0'],
    ])
    const bounds = { 'created_at[gte]': made[1] ?? '', 'created_at[lte]': made[2] ?? '' }
    expect((await get(LIST, bounds)).data.map(({ name }) => name)).toEqual(['a2', 'a1'])
  })

  it('lists the versions of one agent, newest first', async () => {
    const world = await openAgent()
    await world.post(LIST, AGENT)
    for (let at = 2; at <= 5; at += 1) await world.post(world.path, { name: `v${at}` })
    const pages = await allPages(world, `${world.path}/versions`, { limit: '2' })
    expect(pages.flat().map(({ version }) => version)).toEqual([5, 4, 3, 2, 1])
  })
})
