import { describe, expect, it } from 'vitest'
import type { Claim } from '../../core/claim.ts'
import { claimEntry } from '../entries.ts'
import type { Decision, Entry, Relation } from '../entry.ts'
import { aStatement, type Given } from '../stages/entry.test-support.ts'
import { modelClaim } from '../stages/told-dream.test-support.ts'
import { byAuthority, groupClaims } from './claim-groups.ts'

const EARLY = '2026-09-01T10:00:00.000Z'
const LATE = '2026-10-01T10:00:00.000Z'

function said(text: string, given: Given = {}): { readonly entry: Entry; readonly claim: Claim } {
  const entry = aStatement(text, given)
  if (entry.source.kind !== 'claim') throw new Error('A statement is a claim.')
  return { entry, claim: entry.source.claim }
}

function decided(a: Entry, relation: Relation, b: Entry): Decision {
  return { a, b, relation, reasons: [], similarity: 0.9 }
}

describe('groupClaims', () => {
  it('makes one group of what says the same, the newest speaking for it', () => {
    const old = said('The port is 1.', { at: EARLY })
    const recent = said('The port is 1 now.', { at: LATE })
    const other = said('The owner is Mira.', { at: EARLY })

    const groups = groupClaims(
      [old.claim, recent.claim, other.claim],
      [decided(old.entry, 'same', recent.entry)],
    )

    expect(groups.map(({ claims }) => claims.map(({ text }) => text))).toEqual([
      ['The port is 1 now.', 'The port is 1.'],
      ['The owner is Mira.'],
    ])
    expect(groups[0]?.current.text).toBe('The port is 1 now.')
  })

  it.each(['same', 'a_contains_b', 'b_contains_a'] as const)('joins over %s', (relation) => {
    const one = said('One thing.', { at: EARLY })
    const two = said('One thing more.', { at: LATE })

    expect(
      groupClaims([one.claim, two.claim], [decided(one.entry, relation, two.entry)]),
    ).toHaveLength(1)
  })

  it.each(['related', 'conflict', 'none'] as const)('does not join over %s', (relation) => {
    const one = said('One thing.', { at: EARLY })
    const two = said('One thing more.', { at: LATE })

    expect(
      groupClaims([one.claim, two.claim], [decided(one.entry, relation, two.entry)]),
    ).toHaveLength(2)
  })

  it("keeps the user's own words where a model says more of the same ones", () => {
    const quote = 'Always include the tracking link.'
    const given = { at: LATE, session: 'one', line: 4 }
    const own = said(quote, given)
    const worded = (words: string): { readonly entry: Entry; readonly claim: Claim } => {
      const text = 'Always include the tracking link in a reply to a customer.'
      const claim = modelClaim(text, words, { isLasting: true }, given)
      return { entry: claimEntry(claim), claim }
    }
    const textOf = (other: ReturnType<typeof worded>, isLasting = true): string | undefined => {
      const claims = [{ ...own.claim, isLasting }, other.claim]
      return groupClaims(claims, [decided(own.entry, 'b_contains_a', other.entry)])[0]?.current.text
    }

    expect(textOf(worded(quote))).toBe(quote)
    expect(textOf(worded('put the link into every reply'))).toContain('to a customer')
    expect(textOf(worded(quote), false)).toContain('to a customer')
  })

  it('lets the most complete of those said last give the text', () => {
    const short = said('The port is 1.', { at: LATE, session: 'x' })
    const long = said('The port of the staging database is 1.', { at: LATE, session: 'y' })
    const older = said('The port of the staging database in Hamburg is 1.', { at: EARLY })

    const [group] = groupClaims(
      [short.claim, older.claim, long.claim],
      [decided(short.entry, 'b_contains_a', long.entry), decided(older.entry, 'same', long.entry)],
    )

    expect(group?.current).toBe(long.claim)
  })

  it('leaves out what a later statement replaces, in either direction of the pair', () => {
    const old = said('The port is 1.', { at: EARLY })
    const recent = said('The port is 2.', { at: LATE })

    for (const decision of [
      decided(recent.entry, 'a_replaces_b', old.entry),
      decided(old.entry, 'b_replaces_a', recent.entry),
    ]) {
      const groups = groupClaims([old.claim, recent.claim], [decision])
      expect(groups.map(({ current }) => current.text)).toEqual(['The port is 2.'])
    }
  })

  it('does not depend on the order of the claims or the decisions', () => {
    const items = [
      said('A thing.', { at: EARLY, session: 'one' }),
      said('A thing.', { at: EARLY, session: 'two' }),
      said('A thing.', { at: null, session: 'three' }),
      said('Another thing.', { at: null, session: 'four' }),
    ] as const
    const claims = items.map(({ claim }) => claim)
    const decisions = [
      decided(items[0].entry, 'same', items[1].entry),
      decided(items[1].entry, 'same', items[2].entry),
    ]

    expect(groupClaims(claims.toReversed(), decisions.toReversed())).toEqual(
      groupClaims(claims, decisions),
    )
  })

  it('ignores decisions about notes', () => {
    const one = said('The port is 1.', { at: EARLY })
    const elsewhere = said('The port is 2.', { at: LATE })

    const groups = groupClaims([one.claim], [decided(elsewhere.entry, 'a_replaces_b', one.entry)])

    expect(groups).toHaveLength(1)
  })
})

describe('byAuthority', () => {
  it('puts the higher trust first, then the later, then the undated', () => {
    const user = said('One.', { at: EARLY, trust: 'user' }).claim
    const later = said('Two.', { at: LATE, trust: 'user' }).claim
    const undated = said('Three.', { trust: 'user' }).claim
    const agent = said('Four.', { at: LATE, trust: 'assistant' }).claim

    expect([agent, undated, user, later].sort(byAuthority)).toEqual([later, user, undated, agent])
  })
})
