import { describe, expect, it } from 'vitest'
import {
  latestRows,
  type QualityNotes,
  qualityPage,
  type ResultRow,
  unexplained,
} from '../scripts/quality-page.ts'

const NOTES: QualityNotes = {
  introduction: ['What is measured.'],
  missed: { 'supersede/a-set/stale': 'Some updates have other words.' },
  metrics: { stale: 'outdated text that is still current', unused: 'never shown' },
  decisions: { 'note-then-statement': 'a note, and a later statement' },
}
const SUITES = [
  { name: 'supersede', about: 'outdated notes replaced' },
  { name: 'decisions', about: 'the rows' },
  { name: 'speed', about: 'not run yet' },
]

function aRow(more: Partial<ResultRow>): ResultRow {
  return {
    suite: 'supersede',
    set: 'a-set',
    metric: 'recall',
    class: null,
    value: 0.975,
    n: 40,
    low: 0.87,
    high: 0.9956,
    unit: 'share',
    baselines: {},
    target: null,
    commit: 'abc1234',
    seed: 1,
    ...more,
  }
}

function pageOf(...rows: readonly ResultRow[]): string {
  return qualityPage(rows, SUITES, NOTES)
}

describe('qualityPage', () => {
  it('shows a figure with its interval, n, target, trivial methods and commit', () => {
    const row = aRow({ target: '>= 0.97', baselines: { nearest_overwrite: 0.9 } })

    expect(pageOf(row)).toContain(
      '| a-set |  | recall | 97.5 % | 87.0 % to 99.6 % | 40 | >= 97 %, met | nearest overwrite 90.0 % | abc1234 |',
    )
  })

  it('leaves a missed target in its place, with the reason', () => {
    const page = pageOf(
      aRow({ metric: 'stale', value: 0.1, target: '<= 0.03' }),
      aRow({ set: 'b-set', value: 0.5, target: '>= 0.97' }),
    )

    expect(page).toContain('<= 3 %, **missed**')
    expect(page).toContain('- `a-set` `stale`: Some updates have other words.')
    expect(page).toContain('- `b-set` `recall`: not looked into yet.')
    expect(page).toContain('2 figures; of those with a target 0 meet it and 2 miss it.')
  })

  it('shows the decision table in plain words with the rate of each row', () => {
    const row = aRow({
      suite: 'decisions',
      set: 'pairs-test',
      metric: 'as_expected',
      class: 'note-then-statement: replace',
    })

    expect(pageOf(row)).toContain(
      '| a note, and a later statement | replace | 97.5 % (87.0 % to 99.6 %; n 40) |',
    )
  })

  it('explains the metrics that occur, and names no suite without results', () => {
    const page = pageOf(aRow({ metric: 'stale' }))

    expect(page).toContain('| stale | outdated text that is still current |')
    expect(page).not.toContain('never shown')
    expect(page).not.toContain('not run yet')
  })
})

describe('latestRows', () => {
  it('keeps of each set its last run only, so that a figure no longer measured goes', () => {
    const old = aRow({ commit: 'old', metric: 'gone' })
    const other = aRow({ commit: 'old', set: 'b-set' })
    const now = aRow({ commit: 'new', value: 0.5 })
    const again = aRow({ commit: 'new', value: 0.6 })

    expect(latestRows([old, other, now, again])).toEqual([other, again])
  })
})

describe('unexplained', () => {
  it('names a missed target without a reason, and no other', () => {
    const rows = [
      aRow({ metric: 'stale', value: 0.1, target: '<= 0.03' }),
      aRow({ value: 0.5, target: '>= 0.97' }),
      aRow({ metric: 'history', value: 1, target: '>= 1' }),
    ]

    expect(unexplained(rows, NOTES)).toEqual(['supersede/a-set/recall'])
  })
})
