import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { audience } from '../../src/core/audience.ts'
import type { SessionId } from '../../src/core/ids.ts'
import type { MemoryStore } from '../../src/core/memory-store.ts'
import { type Dreamt, SeveralUsers, type Turn } from '../support/several-users.ts'

const CASES = { numRuns: Number(process.env.SHARED_CASES ?? 25), seed: 20_261_123 }
const PATIENCE = { timeout: 600_000 }

const TEAM = audience('team', 'shop')
const ORG = audience('org', 'acme')

/** What one user's session holds beside the error that all meet: each word is that user's alone. */
interface Private {
  readonly canary: string
  readonly sessions: number
  readonly isToolNamed: boolean
  readonly isFixed: boolean
}

const privates: fc.Arbitrary<Omit<Private, 'canary'>> = fc.record({
  sessions: fc.integer({ min: 1, max: 3 }),
  isToolNamed: fc.boolean(),
  isFixed: fc.boolean(),
})

/** The payment that does not add up, with the values of one user, and errors that nobody shares. */
function turnsOf({ canary, isToolNamed, isFixed }: Private, n: number): readonly Turn[] {
  // No two users see the same: what all sessions agree on may be told.
  const total = 100 * canary.charCodeAt(2) + n
  return [
    { user: `My name is ${canary}, and I say: never tell anybody about ${canary}.` },
    { user: `No, always call me ${canary} instead of ${canary}-user.` },
    {
      tool: 'book_flight',
      input: { flight: `${canary}-F1`, payment: `${canary}-card` },
      result: `Error: payment amount of "${canary}" does not add up, total is ${total} for ${canary}/ticket.txt`,
      failed: true,
    },
    ...(isFixed ? [booked(canary)] : []),
    {
      tool: isToolNamed ? `tool_${canary}` : 'refund',
      input: { id: canary },
      result: `Error: the refund of customer ${canary} is denied`,
      failed: true,
    },
    {
      tool: 'Bash',
      input: { command: `deploy ${canary} --to ${canary}.example.com` },
      result: `Exit code 1\nError: ${canary} is missing from the registry`,
      failed: true,
    },
  ]
}

/** Another payment for the same flight ends the error. */
function booked(canary: string): Turn {
  const input = { flight: `${canary}-F1`, payment: `${canary}-gift` }
  return { tool: 'book_flight', input, result: 'booked' }
}

async function heard(
  world: SeveralUsers,
  name: string,
  of: Private,
  userIds: readonly string[] = [name],
): Promise<readonly SessionId[]> {
  const ids: SessionId[] = []
  for (let n = 0; n < of.sessions; n += 1) {
    ids.push(
      await world.hear({
        name: `${name}-${n}`,
        audience: audience('private', name),
        userIds,
        agentId: `agent-${of.canary}`,
        turns: turnsOf(of, n),
      }),
    )
  }
  return ids
}

function withCanaries(all: readonly Omit<Private, 'canary'>[]): readonly Private[] {
  return all.map((of, n) => ({ ...of, canary: `zq${'abcdefgh'[n]}xcanary` }))
}

interface Told {
  readonly world: SeveralUsers
  readonly store: MemoryStore
  readonly dreamt: Dreamt
  readonly ids: readonly (readonly SessionId[])[]
}

async function toldTo(
  place: typeof TEAM,
  users: readonly Private[],
  order: (ids: readonly SessionId[]) => readonly SessionId[] = (ids) => ids,
): Promise<Told> {
  const world = await SeveralUsers.open()
  const store = await world.store(place)
  const ids: (readonly SessionId[])[] = []
  for (const [n, user] of users.entries()) ids.push(await heard(world, `user${n}`, user))
  const agentOf = (id: SessionId): string =>
    `agent-${users[ids.findIndex((own) => own.includes(id))]?.canary}`
  const contributors = order(ids.flat()).map((id) => ({ agentId: agentOf(id), sessionIds: [id] }))
  const dreamt = await world.dream(store, { contributors })
  return { world, store, dreamt, ids }
}

/** Texts that one user alone brought are in no byte under the store. */
async function expectNoCanary({ world, store }: Told): Promise<void> {
  expect((await world.under(store)).toLowerCase()).not.toContain('canary')
}

function textsOf({ changes }: Dreamt): readonly string[] {
  return changes.flatMap(({ after }) => after.map(({ text }) => text))
}

describe('what users share whose words stay with them', () => {
  test('is told when enough of them met it, and never by one less', PATIENCE, async () => {
    const places = fc.constantFrom([TEAM, 3] as const, [ORG, 5] as const)
    await fc.assert(
      fc.asyncProperty(
        places,
        fc.array(privates, { minLength: 5, maxLength: 6 }),
        fc.integer({ min: -1, max: 1 }),
        async ([place, usersMin], drawn, more) => {
          const users = withCanaries(drawn).slice(0, usersMin + more)
          const told = await toldTo(place, users)
          const { changes, dream } = told.dreamt

          if (users.length < usersMin) expect(changes).toEqual([])
          else {
            const [change] = changes
            expect(changes).toHaveLength(1)
            expect(change?.after[0]?.text).toMatch(
              /^`book_flight` refused “payment amount of <name> does not add up, total is <number> for <path>” \(in \d+ sessions of \d users\)/,
            )
            expect(change?.after[0]?.text).toContain(`sessions of ${users.length} users)`)
            expect(change?.evidence.length).toBeGreaterThanOrEqual(2)
            expect(change?.evidence.every(({ kind }) => kind === 'shared')).toBe(true)
          }
          expect(dream.plan?.report.others?.told).toBe(changes.length)
          await expectNoCanary(told)
          await told.world.apply(told.dreamt)
          await expectNoCanary(told)
        },
      ),
      CASES,
    )
  })

  test('is the same in whatever order and inputs the sessions come', PATIENCE, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(privates, { minLength: 2, maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        async (drawn, keys) => {
          const users = withCanaries(drawn)
          const order = (ids: readonly SessionId[]): readonly SessionId[] =>
            [...ids, ...ids]
              .map((id) => ({ id, key: keys.next().value ?? 0 }))
              .sort((a, b) => a.key - b.key)
              .map(({ id }) => id)

          const plain = await toldTo(TEAM, users)
          const mixed = await toldTo(TEAM, users, order)

          expect(await mixed.world.under(mixed.store)).toBe(await plain.world.under(plain.store))
        },
      ),
      CASES,
    )
  })

  test('gathers over dreams, each session counted once, and is told once', PATIENCE, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(privates, { minLength: 3, maxLength: 4 }), async (drawn) => {
        const users = withCanaries(drawn)
        const world = await SeveralUsers.open()
        const store = await world.store(TEAM)
        const texts: (readonly string[])[] = []
        const sessionIds: SessionId[] = []
        for (const [n, user] of users.entries()) {
          sessionIds.push(...(await heard(world, `user${n}`, user)))
          const order = { contributors: [{ agentId: null, sessionIds }] }
          const dreamt = await world.dream(store, order)
          texts.push(textsOf(dreamt))
          await world.apply(dreamt)
          const again = await world.dream(store, order)
          expect(again.changes).toEqual([])
        }
        const counted = users.slice(0, 3).reduce((sum, { sessions }) => sum + sessions, 0)

        expect(texts.map((told) => told.length > 0)).toEqual(users.map((_, n) => n === 2))
        expect(texts[2]?.[0]).toContain(`in ${counted} sessions of 3 users`)
        expect((await world.under(store)).toLowerCase()).not.toContain('canary')
      }),
      { ...CASES, numRuns: Math.ceil(CASES.numRuns / 2) },
    )
  })
})
