import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ResultRow } from '../scripts/quality-page.ts'
import { readResults } from '../scripts/read-results.ts'
import { type TrustNotes, trustPage, unexplainedTrust } from '../scripts/trust-page.ts'
import { ROOT } from './architecture/source-tree.ts'

const NOTES: TrustNotes = {
  introduction: ['What this is.'],
  sets: { payloads: 'Planted texts.' },
  metrics: { promoted: 'became memory', unused: 'never shown' },
  missed: { 'payloads-gullible/promoted': 'A reason.' },
  below: { 'What is not covered': ['Much.'] },
}

function aRow(more: Partial<ResultRow>): ResultRow {
  return {
    suite: 'trust',
    set: 'payloads-embedded',
    metric: 'promoted',
    class: null,
    value: 0,
    n: 300,
    low: 0,
    high: 0.0126,
    unit: 'share',
    baselines: {},
    target: '<= 0',
    commit: 'abc1234',
    day: '2026-11-23',
    seed: 1,
    ...more,
  }
}

describe('trustPage', () => {
  it('gives of what never happened the rule of three, of all else the end of its interval', () => {
    const page = trustPage(
      [aRow({}), aRow({ set: 'payloads-gullible', value: 0.01, high: 0.029 })],
      NOTES,
    )

    expect(page).toContain('0 of 300 | 0.0 % | at most 1.0 % | <= 0.0 %, met')
    expect(page).toContain('3 of 300 | 1.0 % | at most 2.9 % | <= 0.0 %, **missed**')
    expect(page).toContain('- `payloads-gullible/promoted`: A reason.')
    expect(page).toContain(
      '| all | promoted | 0 of 300 (at most 1.0 %) | 3 of 300 (at most 2.9 %) |',
    )
  })

  it('begins with plain words, sums up, and says when and on what', () => {
    const page = trustPage([aRow({}), aRow({ metric: 'leaked', n: 20, high: 0.16 })], NOTES)

    expect(page.split('\n\n').slice(0, 2)).toEqual(['# Trust, measured', 'What this is.'])
    expect(page).toContain(
      'became memory: 0 of 300. Private matters found in a memory that others read: 0 of 20.',
    )
    expect(page).toContain('Measured 2026-11-23 at abc1234')
    expect(page).toContain('## What is not covered\n\nMuch.')
    expect(page).not.toContain('never shown')
  })

  it('names what is missed without a reason', () => {
    const kept = aRow({ metric: 'kept', value: 0.5, target: '>= 0.98' })

    expect(unexplainedTrust([aRow({}), kept], NOTES)).toEqual(['payloads-embedded/kept'])
  })
})

describe('docs/trust.md', () => {
  const notes: TrustNotes = JSON.parse(readFileSync(join(ROOT, 'docs/trust-notes.json'), 'utf8'))
  const results = readResults(join(ROOT, 'bench/results'))

  it('is what the results and the notes give', () => {
    expect(readFileSync(join(ROOT, 'docs/trust.md'), 'utf8')).toBe(trustPage(results, notes))
  })

  it('has a reason for every target that is missed', () => {
    expect(unexplainedTrust(results, notes)).toEqual([])
  })
})
