import { describe, expect, test } from 'vitest'
import { auditRoutes } from '../../src/server/routes/audit.ts'
import { changeRoutes } from '../../src/server/routes/changes.ts'
import {
  type Json,
  openWireWorld,
  type Reply,
  type WireWorld,
} from '../../src/server/test-support/wire-world.test-support.ts'
import { HostedWorld } from '../support/hosted-world.ts'

/** Two worlds over one storage count ids apart. */
const IDS_APART = 5_000

interface Reviewed extends WireWorld {
  readonly path: string
  readonly hosted: HostedWorld
}

async function openReview(): Promise<Reviewed> {
  const world = await openWireWorld([changeRoutes, auditRoutes])
  for (let n = 0; n < IDS_APART; n += 1) world.newId('log')
  const hosted = await HostedWorld.open({ storage: world.storage })
  const dream = await hosted.dream({ outputBehavior: 'update_existing', autoApply: 'off' })
  return { ...world, hosted, path: `/v1/reverie/dreams/${dream.id}` }
}

interface ShownSet {
  readonly id: string
  readonly digest: string
  readonly changes: readonly Json[]
}

function setsIn({ body }: Reply): readonly ShownSet[] {
  return body.change_sets as readonly ShownSet[]
}

function setAbout(reply: Reply, word: string): ShownSet & { readonly change: Json } {
  for (const set of setsIn(reply)) {
    const change = set.changes.find(({ after }) => JSON.stringify(after).includes(word))
    if (change !== undefined) return { ...set, change }
  }
  throw new Error(`No change about ${word}.`)
}

describe('the review of a dream over HTTP', () => {
  test('shows changes with evidence, takes decisions, writes them and takes them back', async () => {
    const { get, post, path, hosted } = await openReview()
    const before = await hosted.contents()
    const shown = await get(`${path}/changes`)
    expect(shown.status).toBe(200)
    expect(shown.body).toMatchObject({
      type: 'dream_review',
      plan_status: 'waiting',
      models: [],
    })
    const port = setAbout(shown, '6000')
    expect(port.change.evidence).not.toEqual([])
    const dock = setAbout(shown, 'warehouse')

    const rejected = await post(`${path}/change_sets/${dock.id}/reject`, { digest: dock.digest })
    expect(setAbout(rejected, 'warehouse').change.status).toBe('rejected')
    const edit = { digest: port.digest, text: 'Port 6000 is staging.' }
    const edited = await post(`${path}/changes/${port.change.id}/edit`, edit)
    expect(setAbout(edited, 'is staging').change.status).toBe('accepted')

    const applied = await post(`${path}/apply`, { digest: edited.body.digest })
    expect(applied.body.plan_status).toBe('applied')
    expect(JSON.stringify(await hosted.contents())).toContain('Port 6000 is staging.')
    const { digest } = setAbout(applied, 'is staging')
    const taken = await post(`${path}/changes/${port.change.id}/revert`, { digest })
    expect(setAbout(taken, 'is staging').change.status).toBe('reverted')

    const reverted = await post(`${path}/revert`, { digest: taken.body.digest })
    expect(reverted.body.plan_status).toBe('reverted')
    expect(await hosted.contents()).toEqual(before)
    const audited = await get('/v1/reverie/audit', { limit: '5' })
    expect(audited.data.map(({ act }) => act)).toEqual([
      'dream.reverted',
      'change.reverted',
      'dream.applied',
      'change.edited',
      'change.rejected',
    ])
  })

  test('narrows by kind and status, and refuses others', async () => {
    const { get, path } = await openReview()
    const merges = await get(`${path}/changes`, { kind: 'merge', status: 'proposed' })
    expect(setsIn(merges)).toHaveLength(1)
    expect(setsIn(await get(`${path}/changes`, { status: 'held' }))).toEqual([])
    for (const query of [{ kind: 'keep' }, { kind: 'x' }, { status: 'x' }]) {
      expect((await get(`${path}/changes`, query)).status).toBe(400)
    }
  })

  test('answers 409 to what has moved on, never asking for another try', async () => {
    const { get, post, path } = await openReview()
    const shown = await get(`${path}/changes`)
    const { id, digest } = setAbout(shown, '6000')
    await post(`${path}/change_sets/${id}/accept`, { digest })
    const plan = { digest: shown.body.digest }
    const late = [
      await post(`${path}/change_sets/${id}/reject`, { digest }),
      await post(`${path}/apply`, plan),
      await post(`${path}/discard`, plan),
      await post(`${path}/revert`, plan),
    ]
    for (const reply of late) {
      expect(reply.status).toBe(409)
      expect(reply.error.type).toBe('conflict_error')
      expect(reply.headers.get('x-should-retry')).toBe('false')
    }
  })

  test('answers 404 to what is not there and 400 to what is no decision', async () => {
    const { get, post, path } = await openReview()
    const shown = await get(`${path}/changes`)
    const { change, digest } = setAbout(shown, '6000')
    const missing = [
      await get('/v1/reverie/dreams/drm_none/changes'),
      await post('/v1/reverie/dreams/drm_none/apply', { digest }),
      await post(`${path}/changes/chg_none/accept`, { digest }),
      await post(`${path}/change_sets/cset_none/accept`, { digest }),
    ]
    for (const { status, error } of missing) {
      expect([status, error.type]).toEqual([404, 'not_found_error'])
    }
    const one = `${path}/changes/${change.id}`
    const wrong = [
      await post(`${one}/accept`, {}),
      await post(`${one}/accept`, { digest, more: 1 }),
      await post(`${one}/edit`, { digest }),
      await post(`${one}/edit`, { digest, text: '' }),
      await post(`${one}/edit`, { digest, text: 'x'.repeat(4_001) }),
      await post(`${one}/edit`, { digest, text: 'two\nlines' }),
    ]
    for (const { status, error } of wrong) {
      expect([status, error.type]).toEqual([400, 'invalid_request_error'])
    }
    expect((await get(`${path}/changes`)).body).toEqual(shown.body)
  })
})
