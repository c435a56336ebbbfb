import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Change } from '../core/change.ts'
import type { Claim } from '../core/claim.ts'
import { SEED } from '../testing/arbitraries.ts'
import type { AddFinding } from './assembly/findings.ts'
import { type CoverageInputs, coverageOf } from './coverage.ts'
import type { Decision, Relation } from './entry.ts'
import { aChange, inputsOf } from './stages/dream-inputs.test-support.ts'
import { aNote, aStatement } from './stages/entry.test-support.ts'

const INPUTS = inputsOf({ '/notes.md': '- Tea is hot.\n' })
const NOTE = aNote('The staging database listens on port 5432.')

function aClaim(text: string, more: Partial<Claim> = {}): Claim {
  const { source } = aStatement(text)
  if (source.kind !== 'claim') throw new Error('A statement is a claim.')
  return { ...source.claim, wording: 'model', ...more }
}

const CLAIM = aClaim('The staging database listens on port 6000.')

/** A change that writes, on the words of some claims. */
function writing(claims: readonly Claim[], more: Partial<Change> = {}): Change {
  const text = claims.map((claim) => claim.text).join(' ')
  return aChange(INPUTS, text, [{ op: 'append', path: '/notes.md', text, create: null }], {
    kind: 'add',
    evidence: claims.flatMap(({ evidence }) => evidence),
    ...more,
  })
}

function relating(claim: Claim, relation: Relation, isClaimFirst: boolean): Decision {
  const said = { ...aStatement(claim.text), key: claim.id }
  const [a, b] = isClaimFirst ? [said, NOTE] : [NOTE, said]
  return { a, b, relation, reasons: [], similarity: 0.5 }
}

function adding(claims: readonly Claim[]): AddFinding {
  return {
    kind: 'add',
    claims,
    former: [],
    text: claims[0]?.text ?? '',
    nearPath: null,
    isUntrustedInstruction: false,
  }
}

function inputsWith(
  more: Partial<Omit<CoverageInputs, 'reading'>>,
  claims: readonly Claim[] = [CLAIM],
): CoverageInputs {
  const reading = { claims, hints: [], discarded: [] }
  return { reading, decisions: [], findings: [], drafted: [], waiting: [], changes: [], ...more }
}

/** What became of the one claim; null = covered. */
function fateIn(more: Partial<Omit<CoverageInputs, 'reading'>>, claim = CLAIM): string | null {
  const { claims, covered, left } = coverageOf(inputsWith(more, [claim]))
  expect(claims).toBe(1)
  return covered === 1 ? null : (left[0]?.reason ?? '')
}

describe('what became of a statement that a model read', () => {
  it('is written where an effective change rests on its words', () => {
    expect(fateIn({ changes: [writing([CLAIM])] })).toBeNull()
  })

  it('is written where a change rests on another saying of the same', () => {
    const again = aClaim('On staging, port 6000 is what the database listens on.')

    expect(fateIn({ findings: [adding([again, CLAIM])], changes: [writing([again])] })).toBeNull()
  })

  it.each<readonly [Relation, boolean]>([
    ['same', true],
    ['same', false],
    ['b_contains_a', true],
    ['a_contains_b', false],
  ])('is known where a note says it already: %s', (relation, isClaimFirst) => {
    expect(fateIn({ decisions: [relating(CLAIM, relation, isClaimFirst)] })).toBeNull()
  })

  it.each<readonly [Relation, boolean]>([
    ['a_contains_b', true],
    ['b_contains_a', false],
    ['related', true],
    ['conflict', true],
  ])('is not known where a note only comes near it: %s', (relation, isClaimFirst) => {
    expect(fateIn({ decisions: [relating(CLAIM, relation, isClaimFirst)] })).not.toBeNull()
  })

  it.each<readonly [string, Partial<Omit<CoverageInputs, 'reading'>>]>([
    ['held: a person decides', { changes: [writing([CLAIM], { status: 'held' })] }],
    ['in conflict: a person decides', { changes: [writing([CLAIM], { kind: 'conflict' })] }],
    ['kept as history', { changes: [writing([CLAIM], { kind: 'supersede', edits: [] })] }],
    [
      'kept as history',
      {
        changes: [
          writing([aClaim('Other.')], {
            ledger: [
              {
                kind: 'superseded',
                unitId: null,
                path: '/notes.md',
                text: CLAIM.text,
                interval: { start: null, end: null },
                reason: 'It was so before.',
                evidence: CLAIM.evidence,
              },
            ],
          }),
        ],
      },
    ],
    ['left for the next dream', { waiting: [writing([CLAIM])], drafted: [writing([CLAIM])] }],
    ['dropped by a check', { drafted: [writing([CLAIM])], findings: [adding([CLAIM])] }],
    ['a note says something later', { decisions: [relating(CLAIM, 'b_replaces_a', true)] }],
    ['a note says something later', { decisions: [relating(CLAIM, 'a_replaces_b', false)] }],
    ['settled before, or told by a lesson', { findings: [adding([CLAIM])] }],
    ['nothing to change', {}],
  ])('is left with the reason: %s', (reason, more) => {
    expect(fateIn(more)).toBe(reason)
  })

  it('is left as what it is where it states nothing plainly, or nothing to keep', () => {
    expect(fateIn({}, { ...CLAIM, modality: 'plan' })).toBe('not a plain statement: plan')
    expect(fateIn({}, { ...CLAIM, isLasting: false })).toBe('not worth a note')
  })

  it('counts statements of rules only where a model points at them', () => {
    const byRules = aClaim('Tea is cold.', { wording: 'verbatim' })
    const inputs = inputsWith({}, [byRules, CLAIM])
    const hints = [{ claimId: byRules.id, unitId: NOTE.key as never, exchange: null }]

    expect(coverageOf(inputs).claims).toBe(1)
    expect(coverageOf({ ...inputs, reading: { ...inputs.reading, hints } }).claims).toBe(2)
  })

  it('counts what code did not let through, by its reason', () => {
    const discarded = [
      { reason: 'its quote is not in the event', count: 2 },
      { reason: 'a number of its own', count: 3 },
    ]
    const inputs = inputsWith({ changes: [writing([CLAIM])] })

    expect(coverageOf({ ...inputs, reading: { ...inputs.reading, discarded } })).toEqual({
      claims: 6,
      covered: 1,
      left: [
        { reason: 'not taken: a number of its own', count: 3 },
        { reason: 'not taken: its quote is not in the event', count: 2 },
      ],
    })
  })
})

test('every statement is covered or left with a reason, once', () => {
  const claims = Array.from({ length: 6 }, (_, n) => aClaim(`Server ${n} is in hall ${n}.`))
  const someClaims = fc.subarray(claims, { minLength: 1 })
  const aPlanned = fc.tuple(
    someClaims,
    fc.constantFrom('add', 'conflict', 'supersede', 'insight'),
    fc.constantFrom('proposed', 'held', 'rejected'),
    fc.boolean(),
  )
  const changesOf = fc
    .array(aPlanned, { maxLength: 4 })
    .map((all) =>
      all.map(([on, kind, status, isEmpty]) =>
        writing(on, { kind, status, ...(isEmpty ? { edits: [] } : {}) } as Partial<Change>),
      ),
    )
  const aRelation = fc.constantFrom<Relation>('same', 'a_contains_b', 'b_replaces_a', 'none')
  fc.assert(
    fc.property(
      fc.record({
        read: someClaims,
        changes: changesOf,
        drafted: changesOf,
        waiting: changesOf,
        findings: fc.array(someClaims.map(adding), { maxLength: 3 }),
        relations: fc.array(fc.tuple(fc.constantFrom(...claims), aRelation, fc.boolean()), {
          maxLength: 4,
        }),
        discarded: fc.array(
          fc.record({ reason: fc.constantFrom('a', 'b'), count: fc.nat({ max: 4 }) }),
        ),
      }),
      ({ read, relations, discarded, ...rest }) => {
        const decisions = relations.map((of) => relating(...of))
        const reading = { claims: read, hints: [], discarded }

        const coverage = coverageOf({ ...rest, decisions, reading })

        const refused = discarded.reduce((sum, { count }) => sum + count, 0)
        const left = coverage.left.reduce((sum, { count }) => sum + count, 0)
        expect(coverage.claims).toBe(read.length + refused)
        expect(coverage.covered + left).toBe(coverage.claims)
        expect(coverage.covered).toBeGreaterThanOrEqual(0)
        expect(coverage.left.every(({ count }) => count > 0)).toBe(true)
        expect(new Set(coverage.left.map(({ reason }) => reason)).size).toBe(coverage.left.length)
      },
    ),
    { seed: SEED, numRuns: 200 },
  )
})
