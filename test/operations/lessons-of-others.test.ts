import { describe, expect, test } from 'vitest'
import { type Audience, audience } from '../../src/core/audience.ts'
import type { ErasureId, SessionId } from '../../src/core/ids.ts'
import type { Actor } from '../../src/core/memory.ts'
import { restsOn } from '../../src/engine/collective/rests-on.ts'
import { retell } from '../../src/engine/collective/retell.ts'
import { STAGES } from '../../src/engine/dream-ports.ts'
import { perform } from '../../src/engine/erasure/perform.ts'
import { echoModel } from '../support/echo-model.ts'
import { SeveralUsers, type Turn } from '../support/several-users.ts'

const TEAM = audience('team', 'shop')
const BY: Actor = { type: 'user_actor', userId: 'lena' }
const USERS = ['ann', 'bob', 'cy', 'dee']

/** A push that is refused, and the one that is not. */
function pushes(secret: string): readonly Turn[] {
  const call = { tool: 'push_branch', input: { branch: secret, remote: 'origin' } }
  return [
    { user: `Remember: ${secret} is the name of my cat.` },
    { ...call, result: `Error: the remote is wrong for branch "${secret}"`, failed: true },
    { tool: 'push_branch', input: { branch: secret, remote: 'upstream' }, result: 'pushed' },
  ]
}

async function heard(
  world: SeveralUsers,
  users: readonly string[],
  place: (user: string) => Audience,
): Promise<readonly SessionId[]> {
  const ids: SessionId[] = []
  for (const user of users) {
    const about = { name: `s-${user}`, audience: place(user), userIds: [user], agentId: 'coder' }
    ids.push(await world.hear({ ...about, turns: pushes(`cat-of-${user}`) }))
  }
  return ids
}

const privately = (user: string): Audience => audience('private', user)
const openly = (): Audience => TEAM

function by(sessionIds: readonly SessionId[]): {
  contributors: { agentId: string; sessionIds: readonly SessionId[] }[]
} {
  return { contributors: [{ agentId: 'coder', sessionIds }] }
}

describe('a lesson from the sessions of another agent', () => {
  test('names the agent, quotes what the readers may see, and tells nothing that a person said', async () => {
    const world = await SeveralUsers.open()
    const store = await world.store(TEAM)
    const ids = await heard(world, USERS.slice(0, 2), openly)

    const dreamt = await world.dream(store, by(ids))
    await world.apply(dreamt)

    const [change] = dreamt.changes
    expect(dreamt.changes).toHaveLength(1)
    expect(change?.after[0]?.text).toContain('(in 2 sessions of agent coder, last seen 2026-11-01)')
    expect(change?.reason).toBe('This error came back in 2 independent sessions (agent coder).')
    expect(change?.evidence.every(({ kind }) => kind === 'event')).toBe(true)
    expect(dreamt.dream.plan?.report.others).toMatchObject({ sessions: 2, told: 1 })
    expect(await world.under(store)).not.toContain('name of my cat')
    expect((await world.dream(store, by(ids))).changes).toEqual([])
  })

  test('counts with the own ones, and says how many are whose', async () => {
    const world = await SeveralUsers.open()
    const store = await world.store(TEAM)
    const [first, ...others] = await heard(world, USERS.slice(0, 3), openly)

    const { changes } = await world.dream(store, { own: [first as SessionId], ...by(others) })

    const insight = changes.find(({ kind }) => kind === 'insight')
    expect(insight?.after[0]?.text).toContain('(in 3 sessions, 2 of them of agent coder, ')
  })
})

describe('a lesson from sessions whose words stay with their users', () => {
  test('never enters a private store', async () => {
    const world = await SeveralUsers.open()
    const store = await world.store(privately('eve'))
    const ids = await heard(world, USERS, privately)

    const { changes, dream } = await world.dream(store, by(ids))
    expect(changes).toEqual([])
    expect(dream.snapshot.withheld.sessions).toBe(4)
  })

  test('leaves an audit line of ids and counts when it is written, and none before', async () => {
    const world = await SeveralUsers.open()
    const store = await world.store(TEAM)
    const dreamt = await world.dream(store, by(await heard(world, USERS, privately)))
    const lines = async (): Promise<readonly string[]> => {
      const { items } = await world.storage.logs.page('audit', {
        types: ['pattern.shared'],
        limit: 9,
      })
      return items.map(({ body }) => body ?? '')
    }

    expect(dreamt.changes[0]?.after[0]?.text).toBe(
      '`push_branch` refused “the remote is wrong for branch <name>” (in 4 sessions of 4 users, agent coder); it succeeded with another `remote`.',
    )
    expect(await lines()).toEqual([])
    await world.apply(dreamt)

    const [line = ''] = await lines()
    expect(JSON.parse(line)).toMatchObject({
      subject: dreamt.changes[0]?.id,
      details: { dream_id: dreamt.dream.id, users: '4', sessions: '4', evidence: '4' },
    })
    expect(line).not.toMatch(/branch|cat|ann|bob|coder/)
  })

  test('is the same wherever the dream was killed', async () => {
    const whole = await SeveralUsers.open()
    const store = await whole.store(TEAM)
    await whole.dream(store, by(await heard(whole, USERS, privately)))
    const expected = await whole.under(store)

    for (const stage of STAGES) {
      const world = await SeveralUsers.open()
      const place = await world.store(TEAM)
      const order = by(await heard(world, USERS, privately))
      const dying = world.dream(place, {
        ...order,
        onProgress: (progress) => {
          if (progress.stage === stage) throw new Error('killed')
        },
      })
      await dying.catch((error: Error) => expect(error.message).toBe('killed'))
      await world.dream(place, order)

      expect(await world.under(place)).toBe(expected)
    }
  })

  test('is given back by revert, with all that was counted for it', async () => {
    const world = await SeveralUsers.open()
    const store = await world.store(TEAM)
    const ids = await heard(world, USERS, privately)
    const first = await world.dream(store, by(ids))
    const waiting = await world.dream(store, by(ids))
    expect([waiting.isNew, waiting.dream.id]).toEqual([false, first.dream.id])
    await world.apply(first)
    expect((await world.storage.counters.list(store.lineageId)).length).toBe(4)
    expect((await world.dream(store, by(ids))).changes).toEqual([])

    await world.revert(first)

    expect(await world.storage.counters.list(store.lineageId)).toEqual([])
    const again = await world.dream(store, by(ids))
    expect(again.changes.map(({ after }) => after)).toEqual(first.changes.map(({ after }) => after))
  })

  test('is never shown to a model, nor is anything else of its sessions', async () => {
    const model = echoModel()
    const world = await SeveralUsers.open(model)
    const store = await world.store(TEAM, { '/notes.md': '- The depot in Chur keeps 30 keys.\n' })
    const own = await world.hear({
      name: 'own',
      audience: TEAM,
      userIds: ['eve'],
      turns: [{ user: 'Remember: the stock closes at 16:00.' }],
    })

    const ids = await heard(world, USERS, privately)
    const { changes } = await world.dream(store, { own: [own], ...by(ids) })

    const shared = changes.find(({ evidence }) => evidence.some(({ kind }) => kind === 'shared'))
    expect(shared?.isWordedByModel).toBe(false)
    expect(model.requests.length).toBeGreaterThan(0)
    expect(JSON.stringify(model.requests)).not.toMatch(/remote|push_branch|cat-of|my cat/)
  })
})

describe('what rests on sessions that are taken back', () => {
  async function toldBy(users: readonly string[], place: (user: string) => Audience) {
    const world = await SeveralUsers.open()
    const store = await world.store(TEAM)
    const ids = await heard(world, users, place)
    const dreamt = await world.dream(store, by(ids))
    await world.apply(dreamt)
    return { world, ids, dreamt, store }
  }

  test('is told anew with the counts that are left, while enough users are', async () => {
    const { world, ids, dreamt, store } = await toldBy(USERS, privately)

    const [resting] = await restsOn(world.storage, ids.slice(0, 1))

    expect(resting).toMatchObject({ storeId: store.id, changeId: dreamt.changes[0]?.id })
    const retold = retell(resting?.pattern ?? '', resting?.remaining ?? [], resting?.usersOf)
    expect(retold?.text).toBe(
      '`push_branch` refused “the remote is wrong for branch <name>” (in 3 sessions of 3 users, agent coder); it succeeded with another `remote`.',
    )
  })

  test('is found and told anew by an erasure', async () => {
    const { world, ids, store } = await toldBy(USERS, privately)
    const text = async (): Promise<string> => {
      const memories = await world.storage.memories.list(store.id)
      return memories.map(({ content }) => content).join('')
    }
    const erased = async (n: number): Promise<string> => {
      const act = { by: BY, at: '2026-11-21T03:00:00.000Z', newId: world.newId }
      const subject = { kind: 'session', sessionId: ids[n] as SessionId } as const
      await world.storage.transaction((tx) => perform(tx, subject, `erase_${n}` as ErasureId, act))
      return text()
    }
    expect(await text()).toContain('in 4 sessions of 4 users')

    expect(await erased(0)).toContain('in 3 sessions of 3 users')
    expect(await erased(1)).not.toContain('users')
  })

  test('is withdrawn below that many', async () => {
    const { world, ids } = await toldBy(USERS, privately)

    const [resting] = await restsOn(world.storage, ids.slice(0, 2))

    expect(retell(resting?.pattern ?? '', resting?.remaining ?? [], resting?.usersOf)).toBeNull()
  })

  test('is found in open lessons too, and nowhere else', async () => {
    const { world, ids } = await toldBy(USERS.slice(0, 3), openly)

    const [resting, ...more] = await restsOn(world.storage, ids.slice(0, 1))

    expect(more).toEqual([])
    const { pattern = '', remaining = [] } = resting ?? {}
    expect(retell(pattern, remaining)?.text).toContain('(in 2 sessions of agent coder')
    expect(retell(pattern, remaining.slice(0, 1))).toBeNull()
    expect(await restsOn(world.storage, ['sesn_other' as SessionId])).toEqual([])
  })
})
