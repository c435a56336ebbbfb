import { describe, expect, it } from 'vitest'
import { NO_USAGE, type StageUsage } from '../../../src/core/dream.ts'
import type { ModelRequest } from '../../../src/models/model.ts'
import type { Row } from '../../harness/row.ts'
import { answeringModel } from './answering-models.ts'
import { billRows, storeRows } from './bill-rows.ts'
import { type Bill, type BilledCase, billOf } from './billed-dream.ts'

const SAID = 'The ledger service listens on port 7420 since we moved it to the new host.'
const TALK = Array.from({ length: 60 }, (_, n) => ({
  role: 'user' as const,
  content: `${SAID} Ticket ${n} can be closed, and somebody should tell Mirko about it.`,
  at: `2026-10-01T10:${String(n).padStart(2, '0')}:00Z`,
}))
const CASE: BilledCase = {
  memory: { 'ledger.md': '# Ledger\n\n- The ledger service listens on port 7400.\n' },
  paths: [],
  transcripts: [TALK],
  earlier: null,
}

describe('a bill', () => {
  it('counts what was said, what is shown of it and what is sent', async () => {
    const { raw, reduced, usage } = await billOf(CASE, 'quiet')
    const extract = usage.stages.find(({ stage }) => stage === 'extract')

    expect(raw).toBeGreaterThanOrEqual(reduced)
    expect(reduced).toBeGreaterThan(1_000)
    expect(extract?.inputTokens).toBeGreaterThan(reduced)
  })

  it('is larger where answers say more', async () => {
    const [quiet, talkative] = [await billOf(CASE, 'quiet'), await billOf(CASE, 'talkative')]
    const written = ({ usage }: Bill): number => usage.outputTokens

    expect(written(talkative)).toBeGreaterThan(written(quiet))
  })
})

const REQUEST: ModelRequest = {
  name: 'relate-1',
  instructions: 'Judge the pairs.',
  profile: '',
  data: '⟨1|A|a.md⟩ One.\n⟨1|B|b.md⟩ Two.\n⟨2|A|a.md⟩ One.\n⟨2|B⟩ Said.',
  schema: {},
  outputTokensMax: 1_000,
  signal: null,
}

describe('a script that answers', () => {
  it('gives every pair its verdict and tells pairs of old notes from others', async () => {
    const model = answeringModel('quiet', (text) => ['One.', 'Two.'].includes(text))
    const { text } = await model.answer(REQUEST)

    expect(JSON.parse(text).pairs.map(({ pair }: { pair: number }) => pair)).toEqual([1, 2])
    expect(model.seen()).toMatchObject({ pairs: 2, pairsOfNotes: 1 })
  })

  it('counts the instructions as cached from the second call on', async () => {
    const model = answeringModel('quiet', () => false)
    const first = await model.answer(REQUEST)
    const second = await model.answer({ ...REQUEST, data: '⟨1|A⟩ Three.\n⟨1|B⟩ Four.' })

    expect(first.usage.cachedInputTokens).toBe(0)
    expect(second.usage.cachedInputTokens).toBe(4)
  })
})

describe('the rows of a bill', () => {
  const stage = (name: string, tokens: number): StageUsage => ({
    stage: name,
    model: 'script/answers',
    calls: 1,
    replayed: 0,
    inputTokens: tokens,
    cachedInputTokens: tokens / 2,
    outputTokens: 0,
    usd: null,
  })
  const billWith = (ownPairsShare: number, ...stages: readonly StageUsage[]): Bill => ({
    raw: 200,
    reduced: 100,
    events: 10,
    eventsSent: 10,
    sent: 90,
    usage: { ...NO_USAGE, stages },
    earlier: null,
    notes: 5,
    ownPairsShare,
    newsPairs: 0,
    departure: {
      inputTokens: 900,
      outputTokens: 100,
      expected: { calls: 1, inputTokens: 200, outputTokens: 40, usd: null },
    },
  })
  const figureOf = (rows: readonly Row[], name: string): number | undefined =>
    rows.find(({ metric, class: kind }) => metric === name && kind === null)?.value

  it('leave probes out of the bill', () => {
    const bill = billWith(0, stage('extract', 120), stage('probes', 500))
    const rows = billRows('set', { quiet: bill, talkative: bill })

    expect(figureOf(rows, 'bill_to_reduced')).toBe(1.2)
    expect(figureOf(rows, 'probes_to_reduced')).toBe(5)
  })

  it('count what was cached at a tenth', () => {
    const bill = billWith(0, stage('extract', 120))

    const rows = billRows('set', { quiet: bill, talkative: bill })
    expect(figureOf(rows, 'cache_priced_to_reduced')).toBeCloseTo(0.66)
  })

  it('keep pairs of the memory out of what sessions cost, and tell them for each note', () => {
    const bill = billWith(0.75, stage('extract', 100), stage('relate', 40))
    const rows = billRows('set', { quiet: bill, talkative: bill })

    expect(figureOf(rows, 'bill_to_reduced')).toBe(1.1)
    expect(figureOf(rows, 'with_own_notes_to_reduced')).toBe(1.4)
    expect(figureOf(rows, 'own_notes_each')).toBe(6)
  })

  it('set what was told before against what it took, too high or too low', () => {
    const high = billWith(0, stage('extract', 120))
    const low = billWith(0, stage('extract', 480))
    const offOf = (bill: Bill): number | undefined =>
      figureOf(billRows('set', { quiet: bill, talkative: bill }), 'expected_off')

    expect([offOf(high), offOf(low)]).toEqual([2, 2])
  })

  it('leave pairs of old notes out of what news cost', () => {
    const bills = [
      { units: 1, bill: billWith(0, stage('extract', 100)) },
      { units: 10, bill: billWith(0.75, stage('extract', 100), stage('relate', 40)) },
    ]

    expect(figureOf(storeRows('set', bills), 'bill_to_smallest_store')).toBe(1.1)
  })
})
