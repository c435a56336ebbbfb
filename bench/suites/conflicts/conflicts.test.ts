import { afterEach, describe, expect, it } from 'vitest'
import { type BenchWorld, hitsOf, openBenchWorld } from '../../harness/bench-world.test-support.ts'
import { readQuestion, sessionsOf, type Turn } from './chat.ts'
import { conflicts } from './conflicts.ts'
import { generatedChats } from './generated-chats.ts'

let world: BenchWorld | null = null

afterEach(async () => {
  await world?.close()
  world = null
})

const said = (id: number, text: string, time_anchor: string | null = null): Turn => ({
  id,
  role: id % 2 === 0 ? 'user' : 'assistant',
  time_anchor,
  text,
})

const CHAT = {
  id: 'chat-1',
  turns: [
    said(0, 'Remember that the importer reads CSV files.', 'March-15-2026'),
    said(1, 'Noted.'),
    said(2, 'Remember that the nightly backup runs at 02:00.'),
    said(3, 'Noted.'),
    said(4, 'We moved the nightly backup from 02:00 to 04:00.', 'March-20-2026'),
    said(5, 'Thanks.'),
    said(6, 'How long do I boil an egg?'),
  ],
}

describe('chats of a folder', () => {
  it('are scored by the questions that stand beside them', async () => {
    const about = { conversation: 'chat-1' }
    world = await openBenchWorld({
      'conversations/beam-short.mine.jsonl': [CHAT],
      'conversations/beam-short-questions.mine.jsonl': [
        {
          ...about,
          kind: 'knowledge_update',
          old_turns: [2],
          new_turns: [4],
          gold_tokens: ['04:00'],
        },
        {
          ...about,
          kind: 'knowledge_update',
          old_turns: [0],
          new_turns: [6],
          gold_tokens: ['egg'],
        },
        {
          ...about,
          kind: 'knowledge_update',
          old_turns: [4],
          new_turns: [2],
          newer_is_later: false,
        },
        { ...about, kind: 'contradiction', statement_turns: [0, 6] },
        { ...about, kind: 'abstention', question: 'Who wrote the importer of CSV files?' },
        { conversation: 'chat-2', kind: 'contradiction', statement_turns: [0, 2] },
      ],
    })

    const rows = await conflicts.run({ ...world.context, only: ['beam-short'] })

    expect(hitsOf(rows)).toEqual({
      conflict_surfaced: '0/1',
      recall: '1/2',
      stale: '1/2',
      invented: '0/1',
    })
  })

  it('are left out with a word where there are none', async () => {
    world = await openBenchWorld({ 'conversations/beam-short.mine.jsonl': [CHAT] })

    expect(await conflicts.run({ ...world.context, only: ['beam-short'] })).toEqual([])
    expect(world.notes.join()).toContain('no conversations/beam-*.jsonl with questions')
  })

  it('are cut into sessions at a new day', () => {
    const sessions = sessionsOf(CHAT)

    expect(sessions.map(({ turns }) => turns.map(({ id }) => id))).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6],
    ])
    expect(sessions[1]?.messages[0]?.at).toBe('2026-03-20T12:00:00Z')
  })
})

describe('questions about chats', () => {
  it('have two sides, each with its turns', () => {
    expect(readQuestion({ type: 'contradiction', statement_turns: [3, [8, 9]] })).toEqual({
      kind: 'contradiction',
      sides: [[3], [8, 9]],
    })
    expect(readQuestion({ type: 'summarization' })).toBeNull()
  })
})

describe('chats of the project', () => {
  it('show a conflict where one is, in figures that add up', async () => {
    world = await openBenchWorld({})

    const rows = await conflicts.run({ ...world.context, only: ['generated-chats'], limit: 2 })

    const surfaced = rows.find(({ metric }) => metric === 'conflict_surfaced')
    expect(surfaced?.baselines).toEqual({ raw_turns: 0 })
    expect(rows.map(({ n }) => n).every((n) => n <= 2)).toBe(true)
  })

  it('are the same for the same seed, each statement in its turn', () => {
    expect(generatedChats(3)).toEqual(generatedChats(3))
    expect(generatedChats(3)).not.toEqual(generatedChats(4))
    for (const { chat, questions } of generatedChats(3)) {
      const turns = questions.flatMap((question) => {
        if (question.kind === 'contradiction') return question.sides.flat()
        return question.kind === 'knowledge_update' ? question.newTurns : []
      })
      expect(turns.every((id) => chat.turns[id]?.role === 'user')).toBe(true)
      expect(turns).not.toHaveLength(0)
    }
  })
})
