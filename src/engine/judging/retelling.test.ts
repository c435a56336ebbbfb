import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import type { Decision, Entry } from '../entry.ts'
import { RULES } from '../rules.ts'
import { aNote, aStatement } from '../stages/entry.test-support.ts'
import { NONE, OVERLAP, SAME, UPDATE } from '../stages/told-dream.test-support.ts'
import type { Verdict } from './model-relation.ts'
import { believedRetellings, isDistant, possibleRetellings, retoldRelation } from './retelling.ts'

const ONE = aNote('The deal with Castellan fell through over the price.')
const TWO = aNote('We lost Castellan because we were too expensive for them.')
const A_MORE: Verdict = { ...SAME, rel: 'a_more', missingInB: ['a reason'] }
const B_MORE: Verdict = { ...SAME, rel: 'b_more', missingInA: ['a reason'] }

function relationOf(first: Verdict, second: Verdict | undefined, a = ONE, b = TWO): string {
  const { relation, asked } = retoldRelation(a, b, [first, second], RULES)
  expect(asked).toBe('told')
  return relation
}

function pairOf(a: Entry, b: Entry): Decision {
  return { a, b, relation: 'none', reasons: [], similarity: 0 }
}

describe('two notes that hardly share a word', () => {
  it('are distant, unlike notes with the same words and unlike what sessions say', () => {
    expect(isDistant({ a: ONE, b: TWO })).toBe(true)
    expect(isDistant({ a: ONE, b: aNote('The Castellan deal fell through.') })).toBe(false)
    expect(isDistant({ a: ONE, b: aStatement('We lost them for being expensive.') })).toBe(false)
  })

  it('are one where a model says the same of both orders', () => {
    expect(relationOf(SAME, SAME)).toBe('same')
    expect(relationOf(A_MORE, B_MORE)).toBe('a_contains_b')
    expect(relationOf(B_MORE, A_MORE)).toBe('b_contains_a')
  })

  it.each<readonly [string, Verdict, Verdict | undefined]>([
    ['was asked one way round only', SAME, undefined],
    ['thinks otherwise the other way round', SAME, NONE],
    ['finds A the fuller one whichever A is', A_MORE, A_MORE],
    ['misses something in one order', SAME, { ...SAME, missingInA: ['a name'] }],
    ['misses something in the fuller one', { ...A_MORE, missingInA: ['a day'] }, B_MORE],
    ['speaks of another property', { ...SAME, slotSame: false }, SAME],
    ['sees an overlap', OVERLAP, { ...SAME, rel: 'b_more', missingInB: ['a detail'] }],
    ['sees an update', UPDATE, UPDATE],
  ])('stay apart where a model %s', (_, first, second) => {
    expect(relationOf(first, second)).toBe('related')
  })

  it.each([
    ['Do not mock the database.', 'Checks run against a real Postgres.'],
    ['Traffic peaks at around nine in the evening.', 'Visits are most at 21:00.'],
    ['Schema changes wait until closing.', 'Never run a migration while patients are seen.'],
    ['The night before a visit owners get an SMS.', 'Clients receive a text in the evening.'],
    ['The deal fell through. Nobody was surprised.', 'We lost Castellan over money.'],
    ['We lost them.', 'The bakery in Chur wanted another oven, a bigger van and cheaper flour.'],
  ])('stay apart where code objects, whatever a model says: %s', (one, two) => {
    expect(relationOf(SAME, SAME, aNote(one), aNote(two))).toBe('related')
  })
})

describe('possibleRetellings', () => {
  it('leaves out what no verdict could make one, what is pinned and what is taken', () => {
    const { source, ...rest } = aNote('Ruth settles the bills of suppliers.')
    if (source.kind !== 'unit') throw new Error('A note is a unit.')
    const pinned: Entry = {
      ...rest,
      source: { ...source, unit: { ...source.unit, isPinned: true } },
    }
    const pairs = [
      pairOf(ONE, TWO),
      pairOf(aNote('Do not mock the database.'), aNote('Checks run on a real Postgres.')),
      pairOf(aNote('Invoices are paid by Ruth.'), pinned),
    ]

    expect(possibleRetellings(pairs, () => false, RULES)).toEqual([pairs[0]])
    expect(possibleRetellings(pairs, () => true, RULES)).toEqual([])
  })

  it('takes a few for each note, the nearest', () => {
    const others = ['suppliers', 'printers', 'carriers', 'bakers'].map((whom) =>
      aNote(`Ruth settles the bills of ${whom}.`),
    )
    const crowd = ['Invoices are', 'Fees are', 'Fares are', 'Rent is'].map((what) =>
      aNote(`${what} paid by Ruth.`),
    )
    const all = crowd.flatMap((one) => others.map((other) => pairOf(one, other)))

    // The last note of each side has three by then.
    expect(possibleRetellings(all, () => false, RULES)).toEqual(all.slice(0, -1))
    expect(LIMITS.distantPairsPerNoteMax).toBe(3)
  })
})

describe('believedRetellings', () => {
  const same = { relation: 'same', reasons: [], asked: 'told' } as const
  const none = { ...same, relation: 'none' } as const
  const notes = Array.from({ length: 20 }, (_, n) => aNote(`Note number ${n}.`))
  const at = (n: number): Entry => notes[n] ?? ONE

  it('are those of which each note has one', () => {
    const single = { a: at(0), b: at(1), told: same }
    const several = [
      { a: at(2), b: at(3), told: same },
      { a: at(4), b: at(3), told: same },
    ]

    expect(believedRetellings([single, ...several])).toEqual([single])
  })

  it('are none of a model that finds most pairs to be the same', () => {
    const pairs = Array.from({ length: 9 }, (_, n) => ({
      a: at(2 * n),
      b: at(2 * n + 1),
      told: n < 5 ? same : none,
    }))

    expect(believedRetellings(pairs)).toEqual([])
    expect(believedRetellings(pairs.slice(1))).toHaveLength(4)
  })
})
