import { describe, expect, it } from 'vitest'
import type { Sighting } from '../../../core/ledger.ts'
import { DREAM_LIMITS } from '../../dream-limits.ts'
import type { ReadSession } from '../../read-session.ts'
import { type FoundPatterns, findPatterns } from '../../stages/patterns.ts'
import { wordCount } from '../lesson-text.ts'
import { shell } from '../read-session.test-support.ts'
import { isSameContrast } from './contrast-actions.ts'
import { call, gradedRun, gradedRuns } from './graded-runs.test-support.ts'

const found = (
  sessions: readonly ReadSession[],
  earlier: readonly Sighting[] = [],
  known: readonly string[] = [],
): FoundPatterns =>
  findPatterns(sessions, earlier, {
    lineageId: 'lin',
    limits: DREAM_LIMITS,
    known: new Set(known),
  })
const textsOf = (sessions: readonly ReadSession[]): readonly string[] =>
  found(sessions).lessons.map(({ text }) => text)

const ORDER = {
  shown: [call('get_order'), call('refund')],
  plain: [call('refund'), call('get_order')],
  failingShown: 1,
  failingPlain: 8,
}
const LOOKED_FIRST = 'success:before:get_order:refund'

describe('lessons of what failing sessions do otherwise', () => {
  it('tell an order of tools with the counts of both sides', () => {
    expect(textsOf(gradedRuns({ ...ORDER, sessions: 40 }))).toEqual([
      'When `refund` is needed, call `get_order` first: without it 16 of 20 sessions failed, with it 2 of 20 (in 40 sessions, last seen 2026-02-05).',
    ])
  })

  it('quote results of at least two sessions that show it, with the trust of a tool', () => {
    const [lesson] = found(gradedRuns({ ...ORDER, sessions: 40 })).lessons
    const sessions = lesson?.evidence.map((it) => (it.kind === 'event' ? it.sessionId : null))

    expect(lesson?.evidence.map(({ quote, trust }) => `${quote} ${trust}`)).toEqual(
      Array.from({ length: 6 }, () => 'done tool'),
    )
    expect(new Set(sessions).size).toBe(3)
    expect(lesson).toMatchObject({ trust: 'tool', isRecurring: true, sessions: 40 })
  })

  it('tell a tool that failing sessions use, and a failed call that was repeated in vain', () => {
    const used = gradedRuns({
      shown: [call('find'), call('guess')],
      plain: [call('find')],
      sessions: 40,
      failingShown: 9,
      failingPlain: 2,
    })
    const refused = {
      tool: 'pay',
      input: { sum: 1 },
      result: 'Error: locked',
      failed: true,
    } as const
    const repeated = gradedRuns({
      shown: [refused, refused, call('find')],
      plain: [refused, call('find')],
      sessions: 40,
      failingShown: 9,
      failingPlain: 2,
    })

    expect(textsOf(used)).toEqual([
      'When `guess` seems the way, look for another one: with it 18 of 20 sessions failed, without it 4 of 20 (in 40 sessions, last seen 2026-02-06).',
    ])
    expect(textsOf(repeated)).toContain(
      'When a call of `pay` has failed, do not repeat it unchanged: with it 18 of 20 sessions failed, without it 4 of 20 (in 40 sessions, last seen 2026-02-06).',
    )
  })

  it('tell that nobody checked after the last edit, and name an error that was left open', () => {
    const edit = {
      tool: 'Edit',
      input: { file_path: 'a', old_string: '', new_string: 'b' },
      result: 'ok',
    }
    const checked = gradedRuns({
      shown: [edit, shell('npm test', '3 passed')],
      plain: [edit],
      sessions: 40,
      failingShown: 1,
      failingPlain: 8,
    })
    const open = gradedRuns({
      shown: [shell('npm start', "Error: Cannot find module 'left-pad'", 1)],
      plain: [shell('npm start', 'listening')],
      sessions: 40,
      failingShown: 9,
      failingPlain: 1,
    })

    expect(textsOf(checked)[0]).toMatch(
      /^When the last edit is done, run tests, a build or a linter: without it 16 of 20 sessions failed, with it 2 of 20 /,
    )
    expect(textsOf(open)).toContainEqual(
      expect.stringMatching(
        /^When `npm start` answers “.*Cannot find module 'left-pad'”, do not go on before that is resolved: with it 18 of 20 /,
      ),
    )
  })

  it('are not told of a few sessions, nor of a difference that later sessions do not show', () => {
    const few = found(gradedRuns({ ...ORDER, sessions: 8 }))
    const first = gradedRuns({ ...ORDER, sessions: 40 })
    const later = gradedRuns({
      ...ORDER,
      sessions: 24,
      from: 40,
      failingShown: 5,
      failingPlain: 5,
    })

    expect(few.lessons).toEqual([])
    expect(few.hypotheses).toBe(1)
    expect(textsOf([...first, ...later])).toEqual([])
  })

  it('compare inside a task only: a hard task is no fault of what it takes', () => {
    const hard = gradedRuns({ ...ORDER, sessions: 40 }).map((read, n) =>
      gradedRun(n, {
        isFailure: n % 2 === 1 ? n % 10 !== 1 : n % 10 === 0,
        turns: [call(n % 2 === 1 ? 'hard_tool' : 'easy_tool')],
        task: n % 2 === 1 ? 'hard' : 'easy',
        ...(read.session.parentSessionId === null ? {} : { parent: 'none' }),
      }),
    )

    expect(textsOf(hard)).toEqual([])
    expect(textsOf(hard.map((read) => withoutTask(read)))).toHaveLength(1)
    const within = gradedRuns({ ...ORDER, sessions: 80, task: (n) => `t${Math.floor(n / 2) % 4}` })
    expect(textsOf(within)).toEqual([
      expect.stringContaining('(compared within 4 tasks, in 80 sessions, last seen '),
    ])
  })

  it('count sessions of one family once', () => {
    const runs = gradedRuns({ ...ORDER, sessions: 40 })
    const resumed = runs.map((read, n) => ({
      ...read,
      session: {
        ...read.session,
        parentSessionId: n < 2 ? null : (runs[n % 2]?.session.id ?? null),
      },
    }))

    expect(textsOf(resumed)).toEqual([])
  })

  it('grow over dreams from the counters alone, whatever dream saw which session', () => {
    const runs = gradedRuns({ ...ORDER, sessions: 40 })
    const atOnce = found(runs)
    let earlier: readonly Sighting[] = []
    for (const read of runs) earlier = [...earlier, ...found([read]).sightings]

    expect(found([], earlier).lessons).toEqual(atOnce.lessons)
    expect(found(runs, earlier).lessons).toEqual(atOnce.lessons)
  })

  it('are told once, and taken back when later sessions show the opposite or nothing', () => {
    const before = gradedRuns({ ...ORDER, sessions: 40 })
    const [told] = found(before).lessons
    const known = [told?.pattern ?? '']
    const turned = { ...ORDER, from: 40, failingShown: 8, failingPlain: 4 }
    const even = [...before, ...gradedRuns({ ...turned, sessions: 60 })]
    const opposite = [
      ...before,
      ...gradedRuns({ ...turned, failingShown: 10, failingPlain: 0, sessions: 160 }),
    ]

    expect(known).toEqual([`contrast:${LOOKED_FIRST}`])
    expect(found(before, [], known).lessons).toEqual([])
    const [back] = found(even, [], known).lessons
    expect(back).toMatchObject({
      pattern: `reversed:${LOOKED_FIRST}`,
      text: 'When `refund` is needed, it is no longer so (call `get_order` first): without it 28 of 50 sessions failed, with it 26 of 50 (in 100 sessions, last seen 2026-03-29).',
    })
    expect(isSameContrast(told?.text ?? '', back?.text ?? '')).toBe(true)
    const [now] = found(opposite, [], known).lessons
    expect(now?.text).toMatch(/^When `refund` is needed, do not call `get_order` first: with it /)
    expect(isSameContrast(told?.text ?? '', now?.text ?? '')).toBe(true)
  })

  it('never compare sessions of two audiences', () => {
    const runs = gradedRuns({ ...ORDER, sessions: 40 })
    const apart = runs.map(({ session, events }, n): ReadSession => {
      const audience = n % 2 === 0 ? 'team:a' : 'team:b'
      return {
        session,
        events: events.map((it) => ({ ...it, audience: audience as typeof it.audience })),
      }
    })

    expect(textsOf(apart)).toEqual([])
  })

  it('fit into the words allowed or are not told', () => {
    const [lesson] = found(gradedRuns({ ...ORDER, sessions: 40 })).lessons
    const tight = { ...DREAM_LIMITS, lessonWordsMax: 10 }

    expect(wordCount(lesson?.text ?? '')).toBeLessThanOrEqual(DREAM_LIMITS.lessonWordsMax)
    const none = findPatterns(gradedRuns({ ...ORDER, sessions: 40 }), [], {
      lineageId: 'lin',
      limits: tight,
    })
    expect(none.lessons).toEqual([])
  })
})

function withoutTask(read: ReadSession): ReadSession {
  const { outcome } = read.session
  if (outcome === undefined) return read
  return { ...read, session: { ...read.session, outcome: { ...outcome, task: null } } }
}
