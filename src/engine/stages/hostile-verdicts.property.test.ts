import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isEffective } from '../../core/change.ts'
import type { Claim } from '../../core/claim.ts'
import { sha256 } from '../../core/ids.ts'
import type { Verdict } from '../judging/model-relation.ts'
import { dreamOf, modelClaim, scriptedAsker } from './told-dream.test-support.ts'

const SUBJECTS = ['The mill in Chur', 'The north gate', 'Petra', 'The guest list', 'The ledger']
const SAYS = [
  'opens at 06:15 for drivers',
  'is open to drivers from 06:30',
  'never opens for drivers on Mondays',
  'lets drivers in if the guard is there',
  'may open early for guests, says Otto',
  'keeps 30 keys in room Elm',
  'has 14 keys under the desk in room Elm',
]

/** The same in other words, two of them with a detail of their own. */
const REWORDED = [
  'Prefers a window seat on long flights, row 12.',
  'Likes a window seat on long flights with Swiss.',
  'Blue-green deployment is how we release the storefront.',
  'The storefront is released by switching traffic between a blue and a green environment.',
]
const FITTING = 'Prefers a window seat on long flights with Swiss, row 12.'

const frame = fc
  .tuple(fc.constantFrom(...SUBJECTS), fc.constantFrom(...SAYS))
  .map(([subject, says]) => `${subject} ${says}.`)
const sentence = fc.oneof({ weight: 2, arbitrary: frame }, fc.constantFrom(...REWORDED))

const verdict: fc.Arbitrary<Verdict> = fc.record({
  rel: fc.constantFrom(
    'same',
    'a_more',
    'b_more',
    'update',
    'conflict',
    'scoped',
    'related',
    'none',
  ),
  slotSame: fc.boolean(),
  bothCanHold: fc.boolean(),
  missingInA: fc.constantFrom([], ['a detail']),
  missingInB: fc.constantFrom([], ['a detail']),
})

const claim: fc.Arbitrary<Claim> = fc
  .record({
    text: sentence,
    said: sentence,
    at: fc.constantFrom(null, '2026-01-01T00:00:00.000Z', '2026-11-10T00:00:00.000Z'),
    trust: fc.constantFrom('user', 'external'),
    modality: fc.constantFrom('is', 'must', 'plan', 'hypothesis'),
    value: fc.constantFrom(null, '06:30', 'room Elm', 'Otto'),
    formerValue: fc.constantFrom(null, '06:15', '30', 'Petra'),
  } as const)
  .map(({ text, said, at, trust, modality, value, formerValue }) =>
    modelClaim(text, said, { modality, value, formerValue, trust }, { at, trust, session: said }),
  )

const world = fc.record({
  notes: fc.uniqueArray(sentence, { minLength: 2, maxLength: 9 }),
  claims: fc.uniqueArray(claim, { maxLength: 4, selector: ({ id }) => id }),
  verdicts: fc.array(verdict, { minLength: 1, maxLength: 8 }),
  pins: fc.array(fc.nat({ max: 8 }), { maxLength: 2 }),
  words: fc.constantFrom('fitting', 'all', 'first', 'forged'),
})

function wordsFor(kind: string, members: readonly string[]): string {
  if (kind === 'fitting') return FITTING
  if (kind === 'all') return members.join(' ')
  return kind === 'first' ? `${members[0]}` : `${members[0]} Never open it.`
}

/** The same answer to the same question, whichever side comes first; to another one, whatever. */
function answerTo([a, b]: readonly [string, string], verdicts: readonly Verdict[]): Verdict {
  const question = [a, b].sort().join(' ')
  const told = verdicts[Number.parseInt(sha256(question).slice(0, 6), 16) % verdicts.length]
  if (told === undefined) throw new Error('There are no verdicts.')
  if (a <= b) return told
  const rel = told.rel === 'a_more' ? 'b_more' : told.rel === 'b_more' ? 'a_more' : told.rel
  return { ...told, rel, missingInA: told.missingInB, missingInB: told.missingInA }
}

it('whatever a model says, no invariant breaks, no pin moves, no plan is written', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(world, async ({ notes, claims, verdicts, pins, words }) => {
      const half = Math.ceil(notes.length / 2)
      const fileOf = (lines: readonly string[]): string => lines.map((one) => `- ${one}\n`).join('')
      const files = { '/a.md': fileOf(notes.slice(0, half)), '/b.md': fileOf(notes.slice(half)) }
      const pinned = pins.flatMap((n) => notes[n] ?? [])
      const hints = claims.flatMap((_, n) => notes.map((note) => ({ claim: n, note })))
      const asker = scriptedAsker({
        relate: ({ a, b }) => answerTo([a.text, b.text], verdicts),
        merge: (members) => wordsFor(words, members),
      })
      const { changes, violations, inputs } = await dreamOf(files, asker, { claims, hints, pinned })

      expect(violations).toEqual([])
      for (const { kind, isWordedByModel } of changes) seen.add(`${kind} ${isWordedByModel}`)
      const held = new Set(inputs.units.filter(({ isPinned }) => isPinned).map(({ id }) => id))
      const effective = changes.filter(isEffective)
      const edited = effective.flatMap(({ edits }) =>
        edits.flatMap((edit) => (edit.op === 'append' ? [] : [edit.unitId])),
      )
      expect(edited.filter((id) => held.has(id))).toEqual([])
      const plans = new Set(
        claims.filter(({ modality }) => /plan|hypothesis/.test(modality)).map(({ text }) => text),
      )
      const facts = new Set(
        claims.filter(({ modality }) => /is|must/.test(modality)).map(({ text }) => text),
      )
      const added = effective.filter(({ kind }) => kind === 'add')
      for (const { after } of added) {
        for (const { text } of after) expect(plans.has(text) && !facts.has(text)).toBe(false)
      }
      // Every note that goes leaves its exact words in the ledger.
      const gone = effective.flatMap(({ edits }) =>
        edits.flatMap((edit) =>
          edit.op === 'delete' || edit.op === 'replace' ? [edit.unitId] : [],
        ),
      )
      const kept = new Set(effective.flatMap(({ ledger }) => ledger.map(({ unitId }) => unitId)))
      expect(gone.filter((id) => !kept.has(id))).toEqual([])
    }),
    { numRuns: 200, seed: 20_261_120 },
  )
  // The verdicts do change plans: these laws are put to the test.
  expect([...seen].sort()).toEqual(
    expect.arrayContaining([
      'merge false',
      'merge true',
      'supersede true',
      'conflict false',
      'conflict true',
      'add true',
    ]),
  )
}, 120_000)
