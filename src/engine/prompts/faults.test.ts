import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import { answerPrompt } from './answer.ts'
import { type ChangesInput, changesPrompt, type ProposedChange } from './changes.ts'
import { entailPrompt } from './entail.ts'
import { extractPrompt, type ProposedClaim } from './extract.ts'
import { itemFaults } from './item-faults.ts'
import { type LessonOutput, lessonPrompt } from './lesson.ts'
import { mergePrompt } from './merge.ts'
import { type ProposedProbe, probesPrompt } from './probes.ts'
import { said } from './prompt-examples.test-support.ts'
import { relatePrompt } from './relate.ts'

const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ')

describe('numbers of items', () => {
  it('are without fault exactly when each item is judged once, in any order', () => {
    const numbers = fc.integer({ min: 0, max: 12 }).chain((count) => {
      const all = Array.from({ length: count }, (_, i) => i + 1)
      const some = fc.array(fc.integer({ min: -1, max: count + 1 }), { maxLength: count + 2 })
      return fc.record({ count: fc.constant(count), given: fc.oneof(shuffled(all), some) })
    })
    fc.assert(
      fc.property(numbers, ({ count, given }) => {
        const isWhole =
          given.length === count &&
          new Set(given.filter((n) => n >= 1 && n <= count)).size === count
        expect(itemFaults('item', given, count).length === 0).toBe(isWhole)
      }),
    )
  })

  it('are named in the faults', () => {
    expect(itemFaults('pair', [0, 1, 1], 3)).toEqual([
      'These pair numbers are missing: 2, 3.',
      'These pair numbers appear more than once: 1.',
      'These pair numbers do not exist: 0.',
    ])
  })

  it('are asked of all prompts that judge items', () => {
    const side = { text: 'a', about: '', at: null, said: null }
    const missing = (noun: string) => [`These ${noun} numbers are missing: 1.`]
    expect(relatePrompt.faultsOf({ pairs: [] }, [{ a: side, b: side }])).toEqual(missing('pair'))
    expect(entailPrompt.faultsOf({ items: [] }, [{ sentence: 'a', evidence: [] }])).toEqual(
      missing('item'),
    )
    expect(answerPrompt.faultsOf({ items: [] }, [{ question: 'a', notes: [] }])).toEqual(
      missing('item'),
    )
  })
})

describe('claims', () => {
  const input = { profile: [], events: [said(1, 'user', 'The mailer uses  port 2525.')] }
  const claim: ProposedClaim = {
    evidence: [{ event: 1, quote: 'uses port 2525' }],
    text: 'The mailer uses port 2525.',
    kind: 'fact',
    subject: 'mailer',
    attribute: 'port',
    value: '2525',
    formerValue: null,
    polarity: 'holds',
    modality: 'is',
    cue: null,
    from: null,
    until: null,
    dependsOn: [],
  }
  const wrong: readonly ProposedClaim[] = [
    { ...claim, evidence: [] },
    { ...claim, evidence: [{ event: 2, quote: 'uses port 2525' }] },
    { ...claim, evidence: [{ event: 1, quote: ' ' }] },
    { ...claim, evidence: [{ event: 1, quote: 'uses port 7000' }] },
    { ...claim, text: ' ' },
    { ...claim, text: words(LIMITS.claimWordsMax + 1) },
  ]

  it('may be none, and one that can be used is enough', () => {
    expect(extractPrompt.faultsOf({ claims: [] }, input)).toEqual([])
    expect(extractPrompt.faultsOf({ claims: [claim] }, input)).toEqual([])
    expect(extractPrompt.faultsOf({ claims: [...wrong, claim] }, input)).toEqual([])
  })

  it.each(wrong.map((one, n) => [n, one]))('are at fault when none can be used (%i)', (_, one) => {
    const faults = extractPrompt.faultsOf({ claims: [one] }, input)
    expectTold(faults, /mailer|2525|7000/)
  })
})

describe('changes', () => {
  const input: ChangesInput = {
    notes: [{ n: 1, about: '', text: 'Deployed on Heroku.' }],
    events: [said(1, 'user', 'we moved to Fly')],
  }
  const change: ProposedChange = {
    evidence: [{ event: 1, quote: 'moved to Fly' }],
    note: 1,
    kind: 'replace',
    old: 'Heroku',
    new: 'Fly',
    from: null,
    until: null,
  }
  const wrong: readonly ProposedChange[] = [
    { ...change, note: 2 },
    { ...change, old: 'Render' },
    { ...change, old: null },
    { ...change, old: '' },
    { ...change, new: null },
    { ...change, evidence: [{ event: 1, quote: 'moved to Render' }] },
  ]

  it('may be none, and one that can be used is enough', () => {
    expect(changesPrompt.faultsOf({ changes: [] }, input)).toEqual([])
    expect(changesPrompt.faultsOf({ changes: [...wrong, change] }, input)).toEqual([])
  })

  it('need old words but to add, and new words but to remove', () => {
    const added: ProposedChange = { ...change, kind: 'add', old: null }
    const removed: ProposedChange = { ...change, kind: 'remove', new: null }
    for (const one of [added, removed]) {
      expect(changesPrompt.faultsOf({ changes: [one] }, input)).toEqual([])
    }
  })

  it.each(wrong.map((one, n) => [n, one]))('are at fault when none can be used (%i)', (_, one) => {
    const faults = changesPrompt.faultsOf({ changes: [one] }, input)
    expectTold(faults, /Heroku|Fly|Render/)
  })
})

describe('a merge', () => {
  const members = ['Reset every night by cron.', 'Reset at 02:30, 5,000 rows.']
  const keeps = [
    { member: 1, slots: ['by cron'] },
    { member: 2, slots: ['at 02:30', '5,000 rows'] },
  ]
  const faultsOf = (text: string, kept = keeps) =>
    mergePrompt.faultsOf({ keeps: kept, text }, { members })

  it('is without fault when all members and numbers are kept', () => {
    expect(faultsOf('Reset every night at 02:30 by cron, 5000 rows.')).toEqual([])
  })

  it.each([
    ['The text is empty.', ' '],
    ['The text leaves out a number that stands in a note.', 'Reset at 02:30 by cron.'],
    ['The text holds a number that stands in no note.', 'Reset at 02:30 by cron 2, 5,000 rows.'],
    ['The text is longer than the notes together.', `Reset at 02:30, 5,000 rows. ${words(9)}`],
  ])('is told: %s', (fault, text) => {
    expect(faultsOf(text)).toContain(fault)
  })

  it('accounts for every member once', () => {
    const text = 'Reset at 02:30 by cron, 5,000 rows.'
    expect(faultsOf(text, keeps.slice(1))).toEqual(['These note numbers are missing: 1.'])
  })
})

describe('a lesson', () => {
  const input = { row: '`seed` failed (in 3 sessions); run `migrate` first.', quotes: ['exit 1'] }
  const lesson: LessonOutput = {
    evidence: [1],
    when: '`seed` fails',
    do: 'run `migrate`',
    because: 'it helped in 3 sessions',
    notWhen: null,
  }

  it.each<[string, Partial<LessonOutput>]>([
    ['It names no quote.', { evidence: [] }],
    ['It names a quote that does not exist.', { evidence: [1, 2] }],
    ['when, do and because must each say something.', { do: ' ' }],
    ['It is longer than 60 words in all.', { notWhen: words(60) }],
    ['It holds a number that stands neither in the row nor in a quote.', { because: '4 times' }],
  ])('is told: %s', (fault, changed) => {
    expect(lessonPrompt.faultsOf(lesson, input)).toEqual([])
    expect(lessonPrompt.faultsOf({ ...lesson, ...changed }, input)).toEqual([fault])
  })
})

describe('probes', () => {
  const input = { path: 'a.md', units: [{ n: 4, text: 'Reviewers: Anouk, Bela.' }] }
  const probe: ProposedProbe = { unit: 4, q: 'Who reviews?', gold: 'Anouk | Bela', kind: 'set' }
  const wrong: readonly ProposedProbe[] = [
    { ...probe, unit: 1 },
    { ...probe, gold: 'Anouk | Cyril' },
    { ...probe, gold: '' },
    { ...probe, q: '' },
  ]

  it('may be none, and one that can be used is enough', () => {
    expect(probesPrompt.faultsOf({ probes: [] }, input)).toEqual([])
    expect(probesPrompt.faultsOf({ probes: [...wrong, probe] }, input)).toEqual([])
  })

  it.each(wrong.map((one, n) => [n, one]))('are at fault when none can be used (%i)', (_, one) => {
    expectTold(probesPrompt.faultsOf({ probes: [one] }, input), /Anouk|Cyril/)
  })
})

function shuffled(numbers: readonly number[]): fc.Arbitrary<number[]> {
  return fc.shuffledSubarray([...numbers], { minLength: numbers.length })
}

/** In words that reach the model whole, without words of the data. */
function expectTold(faults: readonly string[], data: RegExp): void {
  expect(faults.length).toBeGreaterThan(0)
  for (const fault of faults) {
    expect(fault).not.toMatch(data)
    expect(fault.length).toBeLessThanOrEqual(LIMITS.faultCharsMax)
  }
}
