import { describe, expect, it } from 'vitest'
import { LOCAL_AUDIENCE } from '../../../core/audience.ts'
import {
  antonymVeto,
  conditionVeto,
  dateVeto,
  entityVeto,
  guard,
  hedgeVeto,
  negationVeto,
  numberVeto,
  orderVeto,
  substitutionVeto,
} from './guard.ts'
import type { GuardSide, Veto } from './guard-side.ts'
import { scopeVeto } from './scope.ts'
import { tenseVeto } from './tense.ts'

function side(text: string, ...context: readonly string[]): GuardSide {
  return { text, context, audience: LOCAL_AUDIENCE }
}

const OBJECTIONS: readonly (readonly [string, Veto, string, string])[] = [
  ['negation', negationVeto, 'Push to main.', 'Never push to main.'],
  ['negation', negationVeto, 'It is used.', 'It is no longer used.'],
  ['number', numberVeto, 'Keep 3 copies.', 'Keep five copies.'],
  ['number', numberVeto, 'Bind to 10.0.0.1.', 'Bind to 10.0.0.2.'],
  ['date', dateVeto, 'Ship on Monday.', 'Ship on Tuesday.'],
  ['date', dateVeto, 'Ready by 2026-01-01.', 'Ready by 2026-02-01.'],
  ['time', tenseVeto, 'It was on db1.', 'It is on db1.'],
  ['entity', entityVeto, 'Ask Lena first.', 'Ask Omar first.'],
  ['entity', entityVeto, 'Edit src/a.ts by hand.', 'Edit src/b.ts by hand.'],
  ['antonym', antonymVeto, 'Enable retries.', 'Disable retries.'],
  ['antonym', antonymVeto, 'Guests are checked in at noon.', 'Guests are checked out at noon.'],
  ['number', numberVeto, 'Use db2 for reports.', 'Use db3 for reports.'],
  ['order', orderVeto, 'A worker feeds the queue.', 'The queue feeds a worker.'],
  ['order', orderVeto, 'Mara trains Ben.', 'Mara is trained by Ben.'],
  ['substitution', substitutionVeto, 'Render cards lazily.', 'Render rows lazily.'],
  ['scope', scopeVeto, 'The staging cache is warm.', 'The production cache is warm.'],
  ['hedge', hedgeVeto, 'It is slow.', 'It is probably slow.'],
  ['hedge', hedgeVeto, 'All builds are signed.', 'Most builds are signed.'],
  ['condition', conditionVeto, 'Ask first.', 'Ask first if it touches billing.'],
  ['condition', conditionVeto, 'Ask when it is late.', 'Ask when it is early.'],
]

describe('guard', () => {
  it.each(OBJECTIONS)('objects by %s', (_name, veto, a, b) => {
    expect(veto(side(a), side(b))).not.toBeNull()
    expect(veto(side(b), side(a))).not.toBeNull()
    expect(guard(side(a), side(b)).length).toBeGreaterThan(0)
  })

  it('gives its reasons in plain words', () => {
    expect(guard(side('The window is 30 days.'), side('The window is 14 days.'))).toContain(
      'number differs: 30 / 14',
    )
  })

  it.each([
    ['The staging database is on db1.', 'The staging db is on db1'],
    ['Mara owns billing.', 'Billing is owned by Mara.'],
    ['The export runs every night.', 'The export runs every night at 02:30.'],
  ])('has nothing against "%s" and "%s"', (a, b) => {
    expect(guard(side(a), side(b))).toEqual([])
  })

  it('takes a formal label for the everyday word of the other side', () => {
    const [formal, everyday] = [
      side('The legacy importer is slow.'),
      side('The old importer is slow.'),
    ]

    expect(scopeVeto(formal, everyday)).toBeNull()
    expect(scopeVeto(formal, side('The importer is slow.'))).not.toBeNull()
  })

  it('separates equal words by the headings above them', () => {
    const text = 'The database is on db1 with TLS.'

    expect(guard(side(text, 'Staging'), side(text, 'Production'))).toEqual([
      'scope differs: staging / production',
    ])
    expect(guard(side(text, 'Notes'), side(text, 'Summary'))).toEqual([])
  })

  it('separates audiences', () => {
    const other: GuardSide = {
      ...side('Ask first.'),
      audience: 'team:core' as typeof LOCAL_AUDIENCE,
    }

    expect(guard(side('Ask first.'), other)).toEqual(['another audience'])
  })

  it.each([
    ['number', numberVeto, 'Results come as HL7 messages.', 'Results come every 15 minutes.'],
    ['antonym', antonymVeto, 'Odd values are in bold.', 'Values out of range stand at the top.'],
    ['time', tenseVeto, 'Orders placed before 13:00 leave the same day.', 'The cut-off is 13:00.'],
  ] as const)('has no %s objection to a detail that is of another kind', (_kind, veto, a, b) => {
    expect(veto(side(a), side(b))).toBeNull()
    expect(veto(side(b), side(a))).toBeNull()
  })
})
