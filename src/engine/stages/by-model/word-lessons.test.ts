import { describe, expect, it } from 'vitest'
import { LOCAL_AUDIENCE } from '../../../core/audience.ts'
import type { EventEvidence } from '../../../core/evidence.ts'
import type { SessionEventId, SessionId } from '../../../core/ids.ts'
import type { Trust } from '../../../core/trust.ts'
import type { Lesson } from '../../patterns/lesson.ts'
import type { EntailItem } from '../../prompts/entail.ts'
import type { LessonInput } from '../../prompts/lesson.ts'
import {
  BUDGET,
  INVALID,
  portsOf,
  type Script,
  ScriptedAsker,
} from '../scripted-asker.test-support.ts'
import { wordLessons } from './word-lessons.ts'

const ROW =
  '`git push` failed with “no upstream branch” (4 times in 3 sessions); it succeeded as `git push -u origin main`: use that from the start.'
const PROSE =
  'When `git push` reports “no upstream branch”, use `git push -u origin main`: that succeeded (4 times in 3 sessions).'

function quoteOf(quote: string, trust: Trust = 'tool'): EventEvidence {
  return {
    kind: 'event',
    quote,
    at: null,
    trust,
    source: { path: 's.jsonl', line: 1 },
    sessionId: 'sesn_1' as SessionId,
    eventId: `sevt_${quote}` as SessionEventId,
    speaker: 'tool',
    agentId: null,
    userId: null,
    threadId: null,
  }
}

function aLesson(more: Partial<Lesson> = {}): Lesson {
  return {
    pattern: 'error:Bash:1',
    text: ROW,
    title: 'git push',
    topics: [],
    evidence: [quoteOf('no upstream branch'), quoteOf('git push -u origin main')],
    eventIds: [],
    sessions: 3,
    trust: 'tool',
    audience: LOCAL_AUDIENCE,
    isRecurring: true,
    outdated: [],
    ...more,
  }
}

const WORDED: Script = {
  lesson: () => ({
    evidence: [1],
    when: '`git push` reports “no upstream branch”',
    do: 'use `git push -u origin main`',
    because: 'that succeeded',
    notWhen: null,
  }),
}

function judging(supported: 'yes' | 'partly' | 'no', unsupported: readonly string[] = []): Script {
  return {
    ...WORDED,
    entail: (items: readonly EntailItem[]) => ({
      items: items.map((_, n) => ({ item: n + 1, supported, unsupported })),
    }),
  }
}

async function proseWith(script: Script, lesson: Lesson = aLesson()): Promise<string | undefined> {
  const [worded] = await wordLessons([lesson], portsOf(new ScriptedAsker(script)))
  return worded?.prose
}

describe('wordLessons', () => {
  it('gives a lesson its prose and leaves all else of it as it was', async () => {
    const lesson = aLesson()

    const worded = await wordLessons([lesson], portsOf(new ScriptedAsker(judging('yes'))))

    expect(worded).toEqual([{ ...lesson, prose: PROSE }])
  })

  it('asks nothing about a correction, which a person has put into words', async () => {
    const asker = new ScriptedAsker(judging('yes'))
    const lessons = [aLesson({ pattern: 'correction:1' })]

    expect(await wordLessons(lessons, portsOf(asker))).toEqual(lessons)
    expect(asker.asked).toEqual([])
  })

  it('gives back what it was given where no model is asked', async () => {
    const lessons = [aLesson()]

    expect(await wordLessons(lessons, portsOf(null))).toBe(lessons)
  })

  it('asks about nothing that is only noted', async () => {
    expect(await proseWith({}, aLesson({ isRecurring: false }))).toBeUndefined()
  })

  it('shows at most five quotes, each once, and none of a stranger', async () => {
    const asker = new ScriptedAsker(judging('yes'))
    const many = ['a', 'b', 'b', 'c', 'd', 'e', 'f'].map((text) => quoteOf(text))
    const evidence = [quoteOf('buy now', 'external'), ...many]

    await wordLessons([aLesson({ evidence })], portsOf(asker))

    const shown: LessonInput = { row: ROW, quotes: ['a', 'b', 'c', 'd', 'e'] }
    expect(asker.asked[0]?.input).toEqual(shown)
  })

  it('asks nothing where only strangers are quoted', async () => {
    const evidence = [quoteOf('buy now', 'external')]

    expect(await proseWith({}, aLesson({ evidence }))).toBeUndefined()
  })

  it('has the sentence checked against the row and the quotes', async () => {
    const asker = new ScriptedAsker(judging('yes'))

    await wordLessons([aLesson()], portsOf(asker))

    expect(asker.asked.at(-1)?.input).toEqual([
      { sentence: PROSE, evidence: [ROW, 'no upstream branch', 'git push -u origin main'] },
    ])
  })

  it.each<readonly [string, Script]>([
    ['partly carried', judging('partly')],
    ['not carried', judging('no')],
    ['carried but for a word', judging('yes', ['succeeded'])],
    ['not judged', { ...WORDED, entail: () => INVALID }],
    ['not judged for want of budget', { ...WORDED, entail: () => BUDGET }],
    ['never written', { lesson: () => BUDGET }],
    ['never validly written', { lesson: () => INVALID }],
    [
      'refused by code',
      {
        lesson: () => ({ evidence: [1], when: 'a', do: 'rm -rf it', because: 'b', notWhen: null }),
      },
    ],
  ])('keeps the generated text where the prose is %s', async (_, script) => {
    expect(await proseWith(script)).toBeUndefined()
  })

  it('takes the word of code alone where the verifier is off', async () => {
    const asker = new ScriptedAsker(WORDED)

    const worded = await wordLessons([aLesson()], portsOf(asker, { hasVerifier: false }))

    expect(worded.map(({ prose }) => prose)).toEqual([PROSE])
  })
})
