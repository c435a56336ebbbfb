import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BenchWorld, hitsOf, openBenchWorld } from '../../harness/bench-world.test-support.ts'
import { type DecisionItem, decideItem } from './decision-item.ts'
import { decisionPairs } from './decisions.ts'

const AT = '2026-03-01T09:00:00Z'
const MOVED: DecisionItem = {
  id: 'd-1',
  domain: 'ops',
  row: 'note-then-correction',
  note: 'The nightly backup runs at 02:00.',
  noteDate: '2026-01-10',
  statements: [{ text: 'We moved the nightly backup from 02:00 to 04:00.', at: AT }],
  expected: 'replace',
  current: '04:00',
  outdated: '02:00',
}
const ASKED: DecisionItem = {
  ...MOVED,
  id: 'd-2',
  row: 'question-or-quotation',
  statements: [{ text: 'Could the nightly backup run at 04:00?', at: AT }],
  expected: 'no change',
  current: '02:00',
  outdated: null,
}

let world: BenchWorld

beforeAll(async () => {
  world = await openBenchWorld({ 'decision-pairs/dev.jsonl': [MOVED, ASKED] })
})

afterAll(() => world.close())

it('gives each row of the table the rate at which it is followed', async () => {
  const rows = await decisionPairs('dev', world.data).run(world.context)

  expect(hitsOf(rows)).toMatchObject({
    as_expected: '2/2',
    'as_expected, note-then-correction: replace': '1/1',
    'as_expected, question-or-quotation: no change': '1/1',
    false_replace: '0/1',
    kept: '2/2',
  })
  expect(rows[0]?.baselines).toEqual({
    always_replace: 0.5,
    always_keep_both: 0,
    always_ask: 0,
  })
})

it.each([
  ['a replacement where both stay', { ...MOVED, expected: 'both' }, { isReplaced: true }],
  ['a replacement where nothing changes', { ...MOVED, expected: 'no change' }, {}],
  ['no conflict where one is expected', { ...ASKED, expected: 'conflict' }, { isConflict: false }],
  ['no replacement where one is expected', { ...ASKED, expected: 'replace' }, {}],
] as const)('marks down %s', async (_name, item, outcome) => {
  const current = item.expected === 'replace' ? '04:00' : item.current

  const decided = await decideItem({ ...item, current }, world.cases)

  expect(decided).toMatchObject({ isAsExpected: false, ...outcome })
})

it('takes a conflict only where it shows every side', async () => {
  const denied: DecisionItem = {
    ...ASKED,
    note: 'The importer reads CSV files.',
    noteDate: null,
    statements: [{ text: 'The importer does not read CSV files.', at: null }],
    expected: 'conflict',
    current: 'importer',
  }
  const withThird = {
    ...denied,
    statements: [...denied.statements, { text: 'Mara Voss likes green tea.', at: null }],
  }

  const [shown, third] = [
    await decideItem(denied, world.cases),
    await decideItem(withThird, world.cases),
  ]

  expect([shown.isConflict, shown.isAsExpected]).toEqual([true, true])
  expect([third.isConflict, third.isAsExpected]).toEqual([true, false])
})
