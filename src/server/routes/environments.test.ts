import { describe, expect, it } from 'vitest'
import { allPages, openWireWorld, type WireWorld } from '../test-support/wire-world.test-support.ts'
import { environmentRoutes } from './environments.ts'

const LIST = '/v1/environments'
const NO_PACKAGES = { type: 'packages', apt: [], cargo: [], gem: [], go: [], npm: [], pip: [] }
const CLOSED = {
  type: 'limited',
  allow_mcp_servers: false,
  allow_package_managers: false,
  allowed_hosts: [],
}

const open = (): Promise<WireWorld> => openWireWorld([environmentRoutes])

async function openOne(more: object = {}): Promise<WireWorld & { readonly path: string }> {
  const world = await open()
  const { body } = await world.post(LIST, { name: 'Lab', ...more })
  return { ...world, path: `${LIST}/${body.id}` }
}

const pairs = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, 'value']))

describe('making an environment', () => {
  it('answers every key; without a configuration it is an open cloud', async () => {
    const { status, body } = await (await open()).post(LIST, { name: 'Lab' })
    expect(status).toBe(200)
    expect(body).toEqual({
      id: expect.stringMatching(/^env_/),
      type: 'environment',
      name: 'Lab',
      description: null,
      config: { type: 'cloud', networking: { type: 'unrestricted' }, packages: NO_PACKAGES },
      metadata: {},
      scope: 'organization',
      created_at: expect.stringMatching(/Z$/),
      updated_at: body.created_at,
      archived_at: null,
    })
  })

  it('fills in what a configuration leaves out', async () => {
    const world = await open()
    const configOf = async (config: unknown): Promise<unknown> =>
      (await world.post(LIST, { name: 'Lab', config })).body.config
    expect(await configOf({ type: 'self_hosted' })).toEqual({ type: 'self_hosted' })
    expect(await configOf({ type: 'cloud', networking: { type: 'limited' } })).toEqual({
      type: 'cloud',
      networking: CLOSED,
      packages: NO_PACKAGES,
    })
    expect(await configOf({ type: 'cloud', packages: { pip: ['numpy==2.0'], npm: null } })).toEqual(
      {
        type: 'cloud',
        networking: { type: 'unrestricted' },
        packages: { ...NO_PACKAGES, pip: ['numpy==2.0'] },
      },
    )
  })

  it.each([
    ['no name', { name: undefined }, undefined],
    ['an empty name', { name: '' }, undefined],
    ['an unknown key', { image: 'x' }, undefined],
    ['an unknown type', { config: { type: 'vm' } }, undefined],
    ['an account scope', { scope: 'account' }, undefined],
    ['17 pairs', { metadata: pairs(17) }, 'invalid_metadata'],
    ['a key of 65', { metadata: { ['k'.repeat(65)]: 'v' } }, 'invalid_metadata'],
    ['a value of 513', { metadata: { k: 'v'.repeat(513) } }, 'invalid_metadata'],
    [
      'packages without managers',
      { config: { type: 'cloud', networking: { type: 'limited' }, packages: { npm: ['x'] } } },
      undefined,
    ],
  ])('%s answers 400', async (_what, more, code) => {
    const { status, error } = await (await open()).post(LIST, { name: 'Lab', ...more })
    expect(status).toBe(400)
    expect(error.type).toBe('invalid_request_error')
    expect(error.details).toEqual(code === undefined ? undefined : { error_code: code })
  })
})

describe('changing an environment', () => {
  it('what is left out stays; null and "" take keys out of the metadata', async () => {
    const { path, post, get } = await openOne({ description: 'd', metadata: { a: '1', b: '2' } })
    const { body } = await post(path, { name: 'Other', metadata: { a: null, b: '', c: '3' } })
    expect(body).toMatchObject({ name: 'Other', description: 'd', metadata: { c: '3' } })
    expect(String(body.updated_at) > String(body.created_at)).toBe(true)
    expect((await get(path)).body).toEqual(body)
    expect((await post(path, { description: '' })).body.description).toBe('')
    expect((await post(path, { description: null, name: null })).body).toMatchObject({
      description: null,
      name: 'Other',
    })
  })

  it('merges the configuration, whose type cannot change', async () => {
    const networking = { ...CLOSED, allow_package_managers: true, allowed_hosts: ['a.example'] }
    const config = { type: 'cloud', networking, packages: { npm: ['zod'] } }
    const { path, post } = await openOne({ config })
    const change = { type: 'cloud', networking: { type: 'limited', allow_mcp_servers: true } }
    expect((await post(path, { config: change })).body.config).toEqual({
      type: 'cloud',
      networking: { ...networking, allow_mcp_servers: true },
      packages: { ...NO_PACKAGES, npm: ['zod'] },
    })
    const { error } = await post(path, { config: { type: 'self_hosted' } })
    expect(error.details).toEqual({ error_code: 'invalid_config_type_change' })
  })

  it('an archived one refuses changes with its error code', async () => {
    const { path, post, get } = await openOne()
    const archived = await post(`${path}/archive`)
    expect(archived.body.archived_at).toEqual(expect.any(String))
    expect((await post(`${path}/archive`)).body).toEqual(archived.body)
    const { status, error } = await post(path, { name: 'x' })
    expect(status).toBe(400)
    expect(error.details).toEqual({ error_code: 'environment_archived' })
    expect((await get(LIST)).data).toEqual([])
    expect((await get(LIST, { include_archived: 'true' })).data).toEqual([archived.body])
  })
})

describe('listing and deleting environments', () => {
  it('lists newest first, page by page', async () => {
    const world = await open()
    for (let at = 0; at < 3; at += 1) await world.post(LIST, { name: `e${at}` })
    const pages = await allPages(world, LIST, { limit: '2' })
    expect(pages.map((page) => page.map(({ name }) => name))).toEqual([['e2', 'e1'], ['e0']])
  })

  it('deletes for good, and what is not there has its error code', async () => {
    const { path, get, post, remove } = await openOne()
    const id = path.split('/').at(-1)
    expect((await remove(path)).body).toEqual({ id, type: 'environment_deleted' })
    for (const reply of [
      await get(path),
      await remove(path),
      await post(path, { name: 'x' }),
      await post(`${path}/archive`),
    ]) {
      expect(reply.status).toBe(404)
      expect(reply.error).toMatchObject({
        type: 'not_found_error',
        details: { error_code: 'environment_not_found' },
      })
    }
  })
})
