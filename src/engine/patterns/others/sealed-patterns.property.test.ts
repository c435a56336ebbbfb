import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { audience } from '../../../core/audience.ts'
import type { SessionId } from '../../../core/ids.ts'
import type { Sighting } from '../../../core/ledger.ts'
import { DREAM_LIMITS } from '../../dream-limits.ts'
import { errorSightings } from '../error-sightings.ts'
import { familyLink } from '../family-link.ts'
import { aReadSession, shell, type Turn } from '../read-session.test-support.ts'
import { type SealedOutcome, sealedPatterns } from './sealed-patterns.ts'
import { type SealedSighting, sealedOf } from './sealed-sighting.ts'

const CASES = { numRuns: Number(process.env.SHARED_CASES ?? 100), seed: 20_261_123 }
const TARGET = { lineageId: 'team', audience: audience('team', 'shop'), limits: DREAM_LIMITS }
const USERS_MIN = 3

/** A refusal that another argument ended, or not. */
function refused(value: string, isFixed: boolean): readonly Turn[] {
  const call = { tool: 'ship', input: { parcel: value, depot: 'north' } }
  const failed = {
    ...call,
    result: `Error: parcel "${value}" is not in the depot`,
    failed: true,
  } as const
  const fixed = { tool: 'ship', input: { parcel: `${value}0`, depot: 'north' }, result: 'shipped' }
  return isFixed ? [failed, fixed] : [failed]
}

interface Met {
  readonly session: string
  readonly user: string
  readonly parent?: string
  readonly isFixed?: boolean
  readonly turns?: readonly Turn[]
}

function sightingsOf({ session, user, parent, isFixed = false, turns }: Met): readonly Sighting[] {
  const read = aReadSession(session, turns ?? refused(`P-${user}-9`, isFixed), parent)
  const root = (parent ?? session) as SessionId
  return errorSightings(read, { lineageId: '', rootSessionId: root })
}

function sealed(met: Met): readonly SealedSighting[] {
  return sightingsOf(met).flatMap(
    (it) => sealedOf(it, { userId: met.user, agentId: 'coder' }) ?? [],
  )
}

function told(
  all: readonly Met[],
  own: readonly Met[] = [],
  families: readonly Sighting[] = [],
): SealedOutcome {
  return sealedPatterns(
    {
      fresh: all.flatMap(sealed),
      counted: [...own.flatMap(sightingsOf), ...families],
      usersOf: new Map(own.map(({ session, user }) => [session, user === '' ? [] : [user]])),
      usersMin: USERS_MIN,
      known: new Set(),
    },
    TARGET,
  )
}

function textOf(outcome: SealedOutcome): string | undefined {
  return outcome.lessons[0]?.lesson.text
}

const THREE: readonly Met[] = ['ann', 'bob', 'cy'].map((user) => ({ session: `s-${user}`, user }))
const [ANN, BOB, CY] = THREE as readonly [Met, Met, Met]

describe('sealedPatterns', () => {
  test('counts users, not sessions', () => {
    const met = fc.record({
      session: fc.integer({ min: 0, max: 9 }).map((n) => `s${n}`),
      user: fc.constantFrom('ann', 'bob', 'cy', 'dee'),
      isFixed: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.uniqueArray(met, { selector: ({ session }) => session }), (all) => {
        const users = new Set(all.map(({ user }) => user)).size
        const outcome = told(all)

        expect(outcome.lessons).toHaveLength(users >= USERS_MIN ? 1 : 0)
        expect(outcome.below).toBe(users > 0 && users < USERS_MIN ? 1 : 0)
        expect(told(all.toReversed())).toEqual({
          ...outcome,
          sharedText: expect.anything(),
          sightings: expect.anything(),
        })
        if (users < USERS_MIN) return
        expect(textOf(outcome)).toContain(
          `in ${all.length} sessions of ${users} users, agent coder`,
        )
        expect(textOf(outcome)).not.toMatch(/ann|bob|cy|dee|s\d|P-/)
      }),
      CASES,
    )
  })

  test('takes users whose sessions are one family for one', () => {
    const child = { ...CY, parent: BOB.session }
    const link = familyLink(aReadSession(CY.session, [], BOB.session), {
      lineageId: 'team',
      rootSessionId: BOB.session as SessionId,
    })

    expect(textOf(told(THREE))).toBeDefined()
    expect(textOf(told([ANN, BOB, child]))).toBeUndefined()
    expect(textOf(told(THREE, [], link))).toBeUndefined()
  })

  test('takes all sessions that its readers may see for one user, and none that names nobody', () => {
    const own = (user: string, n = 0): Met => ({ session: `own${n}`, user })

    expect(textOf(told([ANN, BOB], [own('dee')]))).toContain('3 sessions of 3 users')
    expect(textOf(told([ANN], [own('dee'), own('eve', 1)]))).toBeUndefined()
    expect(textOf(told([ANN, BOB], [own('')]))).toBeUndefined()
    expect(textOf(told([ANN, BOB], [own('bob')]))).toBeUndefined()
    expect(textOf(told([ANN, BOB], [{ ...BOB }]))).toBeUndefined()
  })

  test('tells of a fix that enough users share, and of those who did without or otherwise', () => {
    const fixed = THREE.map((it) => ({ ...it, isFixed: true }))
    const more = { session: 's-dee', user: 'dee' }

    expect(textOf(told(fixed))).toContain('; it succeeded with another `parcel`.')
    expect(textOf(told([...fixed, more]))).toContain(
      'it succeeded in 3 with another `parcel`; 1 of 4 went on without it.',
    )
    const [, ...two] = fixed
    expect(textOf(told([ANN, ...two]))).toContain(
      '; in 2 of 3 sessions something else helped: check that before calling it.',
    )
  })

  test('tells commands without their arguments', () => {
    const failure = 'fatal: the schema is not migrated'
    const runs = (user: string): readonly Turn[] => [
      shell(`pytest tests/${user}`, failure, 1),
      shell(`alembic upgrade ${user}-head`, 'done'),
      shell(`pytest tests/${user}`, '3 passed'),
    ]

    const text = textOf(told(THREE.map((it) => ({ ...it, turns: runs(it.user) }))))

    expect(text).toBe(
      '`pytest` failed with “the schema is not migrated” (in 3 sessions of 3 users, agent coder); it succeeded after `alembic upgrade`: do that first.',
    )
  })

  test('cites sessions by names that lead nowhere, and each quote is what the sighting may tell', () => {
    const { lessons, sharedText, sightings } = told(THREE)
    const evidence = lessons[0]?.lesson.evidence ?? []

    expect(evidence).toHaveLength(3)
    for (const item of evidence) {
      expect(item.kind === 'shared' && sharedText(item.sightingId)).toBe(item.quote)
      expect(JSON.stringify(item)).not.toMatch(/s-(?:ann|bob|cy)/)
    }
    expect(sightings.flatMap((it) => it.evidence)).toHaveLength(3)
  })
})
