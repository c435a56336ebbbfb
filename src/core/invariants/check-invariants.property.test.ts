import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aChange, SEED, storeOf, unitsOf } from '../../testing/arbitraries.ts'
import { aDream } from '../../testing/dream-arbitraries.ts'
import { dreamFacts, eventEvidence, unitEvidence } from '../../testing/dream-facts.ts'
import { applyChanges } from '../apply-changes.ts'
import { audience, LOCAL_AUDIENCE } from '../audience.ts'
import { type Change, isEffective } from '../change.ts'
import type { ContentDelta } from '../store-content.ts'
import type { Unit } from '../unit.ts'
import { bounds } from './bounds.ts'
import { checkInvariants } from './check-invariants.ts'
import { conservation } from './conservation.ts'
import { derivationDepth } from './derivation-depth.ts'
import { type DreamFacts, type InvariantNumber, unitsAfter, type Violation } from './dream-facts.ts'
import { inputsUnchanged } from './inputs-unchanged.ts'
import { labels } from './labels.ts'
import { nothingLeaks } from './nothing-leaks.ts'
import { pinsAndPersons } from './pins-and-persons.ts'
import {
  type ComparedPlan,
  fixpoint,
  orderIndependence,
  resume,
  samePlan,
  settledStaysSettled,
} from './plan-relations.ts'
import { provenance } from './provenance.ts'
import { slotsPreserved } from './slots-preserved.ts'

/** Generated once: every invariant is judged over the same thousand legal dreams. */
const DREAMS = fc.sample(aDream, { seed: SEED, numRuns: 1_000 })
/** Every mutant is made of each of these. */
const MUTATED = DREAMS.slice(0, 50)

const RERUNS = new WeakMap<DreamFacts, ComparedPlan>()
const EMPTY: ComparedPlan = { changes: [], dispositions: [], delta: new Map() }

const LAWS: Readonly<Record<InvariantNumber, (facts: DreamFacts) => readonly Violation[]>> = {
  1: inputsUnchanged,
  2: conservation,
  3: provenance,
  4: slotsPreserved,
  5: labels,
  6: pinsAndPersons,
  7: (facts) => [...settledStaysSettled(facts), ...fixpoint(facts, again(facts), EMPTY)],
  8: (facts) => orderIndependence(facts, again(facts)),
  9: derivationDepth,
  10: bounds,
  11: nothingLeaks,
  12: (facts) => resume(facts, again(facts)),
}

describe.each(Object.entries(LAWS))('invariant %s', (_number, law) => {
  test('holds in every legal dream', () => {
    for (const facts of DREAMS) expect(law(facts)).toEqual([])
  })
})

test('the generated dreams hold every kind of change, and emptied and new memories', () => {
  const kinds = new Set(DREAMS.flatMap(({ changes }) => changes.map(({ kind }) => kind)))
  const statuses = new Set(DREAMS.flatMap(({ changes }) => changes.map(({ status }) => status)))
  expect([...kinds].sort()).toEqual([
    'add',
    'annotate',
    'conflict',
    'insight',
    'merge',
    'redact',
    'remove',
    'supersede',
  ])
  expect([...statuses].sort()).toEqual(['accepted', 'held', 'proposed', 'rejected'])
  expect(DREAMS.some(({ delta }) => delta.get('/old.md') === null)).toBe(true)
  expect(DREAMS.some(({ delta }) => delta.has('/facts.md'))).toBe(true)
})

interface Mutant {
  readonly breaks: InvariantNumber
  readonly name: string
  readonly of: (facts: DreamFacts) => DreamFacts
}

const MUTANTS: readonly Mutant[] = [
  {
    breaks: 1,
    name: 'an input that is other bytes afterwards',
    of: (facts) => ({ ...facts, inputsAfter: new Map([...facts.inputsAfter, ['/a.md', 'other']]) }),
  },
  {
    breaks: 1,
    name: 'an input that is gone afterwards',
    of: (facts) => ({ ...facts, inputsAfter: new Map() }),
  },
  {
    breaks: 2,
    name: 'a unit without a disposition',
    of: (facts) => ({ ...facts, dispositions: facts.dispositions.slice(1) }),
  },
  {
    breaks: 2,
    name: 'a unit with two dispositions',
    of: (facts) => ({
      ...facts,
      dispositions: [...facts.dispositions, ...facts.dispositions.slice(0, 1)],
    }),
  },
  {
    breaks: 2,
    name: 'an apply that drops a unit nobody named',
    of: (facts) =>
      withDelta(
        facts,
        rewritten(facts, (text) => text.replace(/.*Person \d+ listens on port \d{4}\.\r?\n/u, '')),
      ),
  },
  {
    breaks: 3,
    name: 'a quote that nobody said',
    of: (facts) =>
      withChange(facts, 'add', (change) => ({
        evidence: change.evidence.map((item) => ({ ...item, quote: `${item.quote} And more.` })),
      })),
  },
  {
    breaks: 3,
    name: 'a change without evidence',
    of: (facts) => withChange(facts, 'add', () => ({ evidence: [] })),
  },
  {
    breaks: 3,
    name: 'an apply that writes a line of its own',
    of: (facts) =>
      withDelta(
        facts,
        rewritten(facts, (text) => `${text}\n- Out of the blue.\n`),
      ),
  },
  {
    breaks: 4,
    name: 'a replacement that forgets the old value',
    of: (facts) => withChange(facts, 'supersede', () => ({ ledger: [] })),
  },
  {
    breaks: 5,
    name: 'a change more trusted than its evidence',
    of: (facts) => withChange(facts, 'add', () => ({ trust: 'operator' })),
  },
  {
    breaks: 5,
    name: 'a merge across audiences',
    of: (facts) => ({
      ...facts,
      audienceOf: ({ kind }) => (kind === 'event' ? audience('team', 'shop') : LOCAL_AUDIENCE),
    }),
  },
  {
    breaks: 6,
    name: 'an annotated pin',
    of: (facts) =>
      dreamFacts(facts.before, [
        ...facts.changes,
        aChange('mutant', 'annotate', {
          edits: [{ op: 'suffix', unitId: pinnedUnit(facts).id, text: 'note' }],
          evidence: [unitEvidence(pinnedUnit(facts))],
          ledger: [
            {
              kind: 'generated',
              unitId: null,
              path: '',
              text: ' (note)',
              interval: { start: null, end: null },
              reason: '',
              evidence: [],
            },
          ],
        }),
      ]),
  },
  {
    breaks: 6,
    name: "a person's note replaced before anybody accepted it",
    of: (facts) => ({
      ...facts,
      before: {
        memories: new Map(
          [...facts.before.memories].map(([path, memory]) => [
            path,
            {
              ...memory,
              units: memory.units.map((unit) => ({ ...unit, origin: 'person' as const })),
            },
          ]),
        ),
      },
    }),
  },
  {
    breaks: 7,
    name: 'a rejected change that comes back',
    of: (facts) => ({
      ...facts,
      snapshot: {
        ...facts.snapshot,
        settledChanges: facts.changes.slice(0, 1).map(({ id }) => id),
      },
    }),
  },
  {
    breaks: 9,
    name: 'a merge that phrases anew',
    of: (facts) =>
      withChange(facts, 'merge', ({ before, edits }) => ({
        edits: [
          ...edits,
          { op: 'append', path: '/a.md', text: `Both say ${before.length} things.`, create: null },
        ],
      })),
  },
  {
    breaks: 10,
    name: 'six of six notes lost',
    of: () => sixRemoved(),
  },
  {
    breaks: 10,
    name: 'more changes than a dream may make',
    of: (facts) => ({ ...facts, limits: { ...facts.limits, changesMax: 1 } }),
  },
  {
    breaks: 10,
    name: 'a memory that grows over its bound',
    of: (facts) => {
      const longer = dreamFacts(facts.before, [
        ...facts.changes,
        addOf(`Person said ${'so '.repeat(999)}.`),
      ])
      return { ...longer, limits: { ...longer.limits, memoryBytesMax: 2_500 } }
    },
  },
  {
    breaks: 11,
    name: 'an apply that lets a held change through',
    of: (facts) =>
      withDelta(
        facts,
        applyChanges(
          facts.before,
          facts.changes.filter(({ status }) => status !== 'rejected'),
        ),
      ),
  },
  {
    breaks: 11,
    name: 'a secret that is written',
    of: (facts) => dreamFacts(facts.before, [...facts.changes, addOf('Person has the key sk-1.')]),
  },
]

describe.each(MUTANTS)('$name', ({ breaks, of }) => {
  test(`breaks invariant ${breaks} and no other`, () => {
    for (const facts of MUTATED) {
      const broken = new Set(checkInvariants(of(facts)).map(({ invariant }) => invariant))
      expect([...broken]).toEqual([breaks])
    }
  })
})

test('a run that differs in one byte, change or place breaks the relation it is compared by', () => {
  for (const facts of MUTATED) {
    const otherBytes = { ...facts, delta: new Map([...facts.delta, ['/a.md', 'torn']]) }
    const reordered = { ...facts, changes: facts.changes.toReversed() }
    const otherChange = withChange(facts, 'add', () => ({ reason: 'Another reason.' }))
    expect(resume(facts, otherBytes)).toMatchObject([{ invariant: 12, subject: '/a.md' }])
    expect(orderIndependence(facts, reordered)).toMatchObject([{ invariant: 8 }])
    expect(fixpoint(facts, otherChange, EMPTY)).toMatchObject([{ invariant: 7 }])
    expect(fixpoint(facts, facts, facts)).toHaveLength(facts.changes.length)
    expect(samePlan(facts, again(facts))).toBe(true)
    expect(samePlan(facts, reordered)).toBe(false)
  }
})

/** The same plan come to again: its bytes from the changes in another order where order is free. */
function again(facts: DreamFacts): ComparedPlan {
  const rerun = RERUNS.get(facts) ?? rerunOf(facts)
  RERUNS.set(facts, rerun)
  return rerun
}

function rerunOf({ before, changes, dispositions }: DreamFacts): ComparedPlan {
  const isAppend = ({ edits }: Change): boolean => edits.some(({ op }) => op === 'append')
  const taking = changes.filter(isEffective)
  const permuted = [
    ...taking.filter(isAppend),
    ...taking.filter((change) => !isAppend(change)).reverse(),
  ]
  return { changes, dispositions, delta: applyChanges(before, permuted) }
}

/** The dream with its first effective change of a kind altered, applied as it says. */
function withChange(
  facts: DreamFacts,
  kind: Change['kind'],
  alter: (change: Change) => Partial<Change>,
): DreamFacts {
  const target = facts.changes.find((change) => change.kind === kind && isEffective(change))
  const altered = facts.changes.map((change) =>
    change === target ? { ...change, ...alter(change) } : change,
  )
  return dreamFacts(facts.before, altered)
}

/** The dream with bytes that an apply gone wrong has written. */
function withDelta(facts: DreamFacts, delta: ContentDelta): DreamFacts {
  return { ...facts, delta, after: unitsAfter(delta, facts.isIndex) }
}

/** What an apply writes that alters the text of every memory in its own way. */
function rewritten(facts: DreamFacts, rewrite: (content: string) => string): ContentDelta {
  const texts = [...facts.before.memories].map(([path, { content }]) => {
    const after = facts.delta.get(path)
    return [path, after === undefined ? content : after] as const
  })
  return new Map([
    ...facts.delta,
    ...texts.map(([path, text]) => [path, text === null ? null : rewrite(text)] as const),
  ])
}

function pinnedUnit({ before }: DreamFacts): Unit {
  const unit = unitsOf(before).find(({ isPinned }) => isPinned)
  if (unit === undefined) throw new Error('Every generated dream has a pinned unit.')
  return unit
}

function addOf(text: string): Change {
  const edits = [{ op: 'append', path: '/a.md', text, create: null }] as const
  return aChange('mutant', 'add', { edits, evidence: [eventEvidence(text)] })
}

function sixRemoved(): DreamFacts {
  const lines = [1, 2, 3, 4, 5, 6].map((port) => `- Service ${port} is up.\n`)
  const content = storeOf({ '/a.md': lines.join('') })
  const changes = unitsOf(content).map((unit) =>
    aChange(unit.id, 'remove', {
      edits: [{ op: 'delete', unitId: unit.id }],
      units: [unit.id],
      evidence: [unitEvidence(unit)],
    }),
  )
  return dreamFacts(content, changes)
}
