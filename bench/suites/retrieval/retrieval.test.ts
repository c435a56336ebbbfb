import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenchWorld, openBenchWorld } from '../../harness/bench-world.test-support.ts'
import type { Row } from '../../harness/row.ts'
import { askCase } from './ask-case.ts'
import { filesByHits } from './files-by-hits.ts'
import { generatedCase } from './generated-questions.ts'
import { lettaQuestions } from './letta-questions.ts'
import { locomoQuestions } from './locomo-questions.ts'
import { medianOf, pairedBootstrap } from './paired-bootstrap.ts'
import { bestMatches } from './raw-search.ts'

const SETS = {
  'supersede/letta-core-memory-update.own.jsonl': [
    {
      id: 'own-1',
      facts: ['The bakery on Mill Road is run by Ada Quist.', 'Tea is served at four.'],
      new_fact: 'The bakery on Mill Road is run by Bo Lind.',
      superseded_indexes: [0],
      question: 'Who runs the bakery on Mill Road?',
      new_answer: 'Bo Lind',
      clean: true,
    },
  ],
  'conversations/locomo.own.jsonl': [
    {
      id: 'talk-1',
      conversation: {
        speaker_a: 'Ada',
        speaker_b: 'Bo',
        session_1_date_time: '1:56 pm on 8 May, 2023',
        session_1: [
          { speaker: 'Ada', dia_id: 'D1:1', text: 'I moved to Lisbon last year.' },
          { speaker: 'Bo', dia_id: 'D1:2', text: 'The weather is nice today.' },
        ],
      },
    },
  ],
  'conversations/locomo-questions.own.jsonl': [
    {
      conversation: 'talk-1',
      question: 'Which city did Ada move to?',
      answer: 'Lisbon',
      evidence: ['D1:1'],
      category: 1,
    },
    { conversation: 'talk-1', question: 'What?', evidence: [], category: 5 },
  ],
}

let world: BenchWorld

beforeAll(async () => {
  world = await openBenchWorld(SETS)
})

afterAll(() => world.close())

function rowOf(rows: readonly Row[], metric: string): Row {
  const row = rows.find((one) => one.metric === metric)
  if (row === undefined) throw new Error(`No row "${metric}".`)
  return row
}

describe('retrieval', () => {
  it('asks for what is true now, beside notes with the statement next to them', async () => {
    const rows = await lettaQuestions.run(world.context)

    expect(rowOf(rows, 'recall_at_5')).toMatchObject({ value: 1, n: 1 })
    expect(rowOf(rows, 'recall_at_5').baselines).toEqual({
      before: 1,
      files_grep: 1,
      raw_sessions: 1,
    })
    // Before, the outdated note is found as well.
    expect(rowOf(rows, 'precision_at_5').baselines.before).toBe(0.5)
    expect(rowOf(rows, 'precision_at_5_gain')).toMatchObject({ value: 0.5, target: '>= 0' })
  })

  it('asks talks only for questions whose evidence is known', async () => {
    const rows = await locomoQuestions.run(world.context)

    expect(rowOf(rows, 'recall_at_5')).toMatchObject({ n: 1, baselines: { before: 1 } })
  })

  it('finds every fact of a generated store that no session changed', async () => {
    const given = generatedCase(3)
    const questions = given.questions.slice(0, 6)

    const asked = await askCase({ ...given, transcripts: [], questions }, world.context)

    expect(asked).toHaveLength(6)
    expect(asked.filter(({ before }) => before.recall === 1)).toHaveLength(6)
  })
})

describe('the controls', () => {
  const file = (path: string, content: string): Parameters<typeof filesByHits>[0][number] => ({
    path,
    content,
    holds: new Set<string>(),
  })
  const files = [
    file('a.md', '- The port is 80.\n- The port is open.\n'),
    file('b.md', '- The gateway has a port.\n'),
    file('c.md', '- Tea.\n'),
  ]

  it('rank files by the lines that hold a word, and texts as the search does', () => {
    const question = 'gateway port'

    expect(filesByHits(files, question, 5).map(({ path }) => path)).toEqual(['a.md', 'b.md'])
    expect(bestMatches(files, question, 1).map(({ path }) => path)).toEqual(['b.md'])
  })
})

describe('pairedBootstrap', () => {
  it('gives the mean and an interval around it, the same for the same seed', () => {
    const differences = [0, 0, 1, 0, 1, -1, 1, 0]
    const found = pairedBootstrap(differences, 7)

    expect(found.mean).toBe(0.25)
    expect(found.low).toBeLessThan(0.25)
    expect(found.high).toBeGreaterThan(0.25)
    expect(pairedBootstrap(differences, 7)).toEqual(found)
    expect(pairedBootstrap([0.5, 0.5], 1)).toEqual({ mean: 0.5, low: 0.5, high: 0.5 })
  })

  it('is beside a median of either number of values', () => {
    expect([medianOf([3, 1, 2]), medianOf([4, 1, 2, 3])]).toEqual([2, 2.5])
  })
})
