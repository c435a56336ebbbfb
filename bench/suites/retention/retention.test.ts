import { mkdirSync, writeFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { type BenchWorld, hitsOf, openBenchWorld } from '../../harness/bench-world.test-support.ts'
import { diaries } from './diaries.ts'
import { locomo } from './locomo.ts'
import { longMemEval } from './longmemeval.ts'

let world: BenchWorld | null = null

afterEach(async () => {
  await world?.close()
  world = null
})

/** A history that is not in the order of time, with one value that changed. */
const HISTORY = {
  id: 'h1',
  sessions: [
    {
      id: 'h1-s1',
      date: '2031/05/04 (Sun) 09:30',
      turns: [
        { role: 'user', content: 'Any tips for the harbour run? I own four bikes now.' },
        { role: 'assistant', content: 'Start slowly.' },
        { role: 'user', content: 'Thanks, I will try that.' },
      ],
    },
    {
      id: 'h1-s2',
      date: '2031/02/01 (Sat) 20:10',
      turns: [
        { role: 'user', content: 'What is a good rack? I currently own three bikes.' },
        { role: 'assistant', content: 'One with straps.' },
        { role: 'user', content: 'By the way, I joined the Tolva Rowing Club in May.' },
      ],
    },
  ],
  gold: {
    question_type: 'knowledge-update',
    answers: ['four bikes'],
    superseded_value: 'three bikes',
    current_value: 'four bikes',
    evidence_turns: [
      { session: 'h1-s2', turn: 0, role: 'user' },
      { session: 'h1-s1', turn: 0, role: 'user' },
      { session: 'h1-s1', turn: 1, role: 'assistant' },
    ],
  },
}

describe('histories of one person', () => {
  it('tell what is cited, current, history and promoted', async () => {
    world = await openBenchWorld({})
    mkdirSync(world.data.path('sessions/longmemeval'), { recursive: true })
    writeFileSync(world.data.path('sessions/longmemeval/h1.json'), JSON.stringify(HISTORY))

    const rows = await longMemEval.run(world.context)

    expect(hitsOf(rows)).toMatchObject({
      kept_any: '1/1',
      kept_all: '0/1',
      kept_or_in_history: '1/1',
      answer_held: '1/1',
      recall: '1/1',
      stale: '0/1',
      history: '1/1',
      promoted: '1/4',
    })
    expect(rows.find(({ metric }) => metric === 'tokens_ratio')?.value).toBeLessThan(1)
  })

  it('give no rows, and say so, where there are none', async () => {
    world = await openBenchWorld({})

    expect(await longMemEval.run(world.context)).toEqual([])
    expect(world.notes).toEqual(['no sessions/longmemeval; the set is left out'])
  })
})

describe('conversations of two people', () => {
  const talk = {
    id: 't1',
    conversation: {
      speaker_a: 'Ada',
      speaker_b: 'Bo',
      session_1_date_time: '1:56 pm on 8 May, 2031',
      session_1: [
        { speaker: 'Ada', dia_id: 'D1:1', text: 'Hey Bo! I adopted a puppy called Fig.' },
        { speaker: 'Bo', dia_id: 'D1:2', text: 'Lovely! I started working at Nordfin.' },
        { speaker: 'Ada', dia_id: 'D1:3', text: 'Great news.' },
      ],
    },
  }
  const asked = { conversation: 't1', answer: '', category: 1 }

  it('give each a memory of their own words, and questions the evidence of both', async () => {
    world = await openBenchWorld({
      'conversations/locomo.mine.jsonl': [talk],
      'conversations/locomo-questions.mine.jsonl': [
        { ...asked, question: 'What did Ada adopt, a puppy?', evidence: ['D1:1'] },
        { ...asked, question: 'Who has news?', evidence: ['D1:2; D1:3'], category: 2 },
        { ...asked, question: 'Left out?', evidence: ['D1:1'], exclude_from_evidence_score: true },
        { ...asked, question: 'Nothing to cite?', evidence: [] },
      ],
    })

    expect(hitsOf(await locomo.run(world.context))).toMatchObject({
      kept_any: '2/2',
      kept_all: '1/2',
      'kept_all, category 1': '1/1',
      'kept_all, category 2': '0/1',
      recall_at_5: '1/2',
    })
  })
})

describe('small talk of several people', () => {
  const diary = (user: string, content: string): unknown => ({
    id: `d-${user}`,
    user,
    sessions: [{ date: '2031-04-27', turns: [{ role: 'user', content }] }],
  })

  it('leaves nothing of one in the memory of another', async () => {
    world = await openBenchWorld({
      'sessions/memorybank.mine.jsonl': [
        diary('Ilse', 'My name is Ilse. I have two cats, Miso and Bean.'),
        diary('Bruno', 'The weather is fine today.'),
      ],
    })

    expect(hitsOf(await diaries.run(world.context))).toMatchObject({
      leaked: '0/2',
      promoted: '1/2',
    })
  })
})
