import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Audience,
  audience,
  audienceOfEvent,
  effectiveAudience,
  independentUsersMin,
  isWider,
  LOCAL_AUDIENCE,
} from './audience.ts'

const ANN = audience('private', 'ann')
const TEAM = audience('team', 'core')
const ORG = audience('org', 'acme')

const audiences = fc.constantFrom<Audience>(
  LOCAL_AUDIENCE,
  ANN,
  audience('private', 'bob'),
  TEAM,
  audience('team', 'sales'),
  ORG,
)
const sessions = fc.record({
  audience: audiences,
  userIds: fc.uniqueArray(fc.constantFrom('ann', 'bob', 'cleo'), { maxLength: 2 }),
})

describe('the audience of a session', () => {
  test.each([
    ['as it is stated', TEAM, ['ann'], TEAM],
    ['of the one user who is named', LOCAL_AUDIENCE, ['ann'], ANN],
    ['of the one user, however often named', LOCAL_AUDIENCE, ['ann', 'ann'], ANN],
    ['the default where nobody is named', LOCAL_AUDIENCE, [], LOCAL_AUDIENCE],
    ['the default where several are named', LOCAL_AUDIENCE, ['ann', 'bob'], LOCAL_AUDIENCE],
    ['the default where the name is none', LOCAL_AUDIENCE, ['a\u0000b'], LOCAL_AUDIENCE],
  ])('is %s', (_, stated, userIds, expected) => {
    expect(effectiveAudience({ audience: stated, userIds })).toBe(expected)
  })
})

describe('the audience of an event', () => {
  const team = { audience: TEAM, userIds: ['ann'] }

  test.each([
    ['of its session where it states none', undefined, TEAM],
    ['a narrower one of its own', ANN, ANN],
    ['never a wider one', ORG, TEAM],
    ['nobody where it names other readers', audience('team', 'sales'), null],
  ])('is %s', (_, own, expected) => {
    const event = own === undefined ? {} : { label: { audience: own } }
    expect(audienceOfEvent(event, team)).toBe(expected)
  })

  test('is never wider than that of its session, nor than its own', () => {
    fc.assert(
      fc.property(sessions, audiences, (session, own) => {
        const found = audienceOfEvent({ label: { audience: own } }, session)
        if (found === null) return
        expect(isWider(found, effectiveAudience(session))).toBe(false)
        expect(isWider(found, own)).toBe(false)
        expect([own, effectiveAudience(session)]).toContain(found)
      }),
    )
  })
})

test('a private place is told nothing of others; wider ones need more of them', () => {
  const limits = { sharedUsersTeamMin: 3, sharedUsersOrgMin: 5 }

  expect([LOCAL_AUDIENCE, ANN, TEAM, ORG].map((of) => independentUsersMin(of, limits))).toEqual([
    null,
    null,
    3,
    5,
  ])
})
