import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isEffective } from '../../core/change.ts'
import { sha256 } from '../../core/ids.ts'
import { dreamOf, scriptedAsker } from '../stages/told-dream.test-support.ts'
import type { Verdict } from './model-relation.ts'
import { isDistant } from './retelling.ts'

const WHO = ['Ruth', 'The night guard', 'Castellan', 'Petra Noll', 'The cat in stall 4']
const DOES = [
  'settles the bills of suppliers',
  'never enters the cellar',
  'sleeps behind the barn',
  'feeds 12 goats before dawn',
  'must lock the north gate',
  'walks home when it rains',
]
const PLAIN = [
  'Bread is baked in the cellar.',
  'Invoices are paid by Ruth.',
  'The deal with Castellan fell through over the price.',
  'We lost Castellan because we were too expensive for them.',
  'Guests park behind the barn.',
  'The barn is painted red.',
]

const sentence = fc.oneof(
  fc
    .tuple(fc.constantFrom(...WHO), fc.constantFrom(...DOES))
    .map(([who, does]) => `${who} ${does}.`),
  { weight: 2, arbitrary: fc.constantFrom(...PLAIN) },
)
const details = fc.constantFrom<readonly string[]>([], [], ['a detail'])
const verdict: fc.Arbitrary<Verdict> = fc.record({
  rel: fc.constantFrom('same', 'same', 'same', 'a_more', 'b_more', 'update', 'conflict', 'none'),
  slotSame: fc.boolean(),
  bothCanHold: fc.boolean(),
  missingInA: details,
  missingInB: details,
})
const world = fc.record({
  notes: fc.uniqueArray(sentence, { minLength: 2, maxLength: 9 }),
  pins: fc.array(fc.nat({ max: 8 }), { maxLength: 2 }),
  verdicts: fc.array(verdict, { minLength: 1, maxLength: 6 }),
  /** A model that says the same whichever side comes first. */
  isSteady: fc.boolean(),
})

it('whatever a model says of far notes, no invariant breaks and each has one partner at most', async () => {
  const sizes = new Set<number>()
  await fc.assert(
    fc.asyncProperty(world, async ({ notes, pins, verdicts, isSteady }) => {
      const pinned = pins.flatMap((n) => notes[n] ?? [])
      const files = { '/notes.md': notes.map((note) => `- ${note}\n`).join('') }
      const asker = scriptedAsker({
        relate: ({ a, b }) => {
          const sides = isSteady ? [a.text, b.text].sort() : [a.text, b.text]
          const at = Number.parseInt(sha256(sides.join(' ')).slice(0, 6), 16) % verdicts.length
          return verdicts[at]
        },
      })
      const { changes, violations, inputs, judged } = await dreamOf(files, asker, { pinned })

      expect(violations).toEqual([])
      const effective = changes.filter(isEffective)
      const merges = effective.filter(({ kind }) => kind === 'merge')
      for (const { before } of merges) sizes.add(before.length)
      const far = judged.decisions.filter(isDistant).filter(({ relation }) => relation === 'same')
      const partners = far.flatMap(({ a, b }) => [a.key, b.key])
      expect(partners).toHaveLength(new Set(partners).size)
      const held = new Set(inputs.units.filter(({ isPinned }) => isPinned).map(({ id }) => id))
      const touched = effective.flatMap(({ edits }) =>
        edits.flatMap((edit) => (edit.op === 'append' ? [] : [edit.unitId])),
      )
      expect(touched.filter((id) => held.has(id))).toEqual([])
      // The exact words of every note that goes stand in the ledger.
      const kept = new Set(effective.flatMap(({ ledger }) => ledger.map(({ text }) => text)))
      const gone = effective.flatMap(({ edits }) =>
        edits.flatMap((edit) => (edit.op === 'delete' ? [edit.unitId] : [])),
      )
      const textOf = new Map(inputs.units.map(({ id, text }) => [id, text]))
      expect(gone.filter((id) => !kept.has(textOf.get(id) ?? ''))).toEqual([])
    }),
    { numRuns: 200, seed: 20_261_123 },
  )
  // Far notes do merge: these laws are put to the test.
  expect([...sizes]).toContain(2)
}, 120_000)
