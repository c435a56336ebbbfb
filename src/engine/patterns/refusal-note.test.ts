import { describe, expect, it } from 'vitest'
import { DREAM_LIMITS } from '../dream-limits.ts'
import { findPatterns, type Lesson } from '../stages/patterns.ts'
import { isNoteOn } from './lesson-text.ts'
import { aReadSession, editOf, shell, type Turn } from './read-session.test-support.ts'

const OPTIONS = {
  lineageId: 'lin',
  limits: { ...DREAM_LIMITS, newLessonsMax: 5, lessonWordsMax: 60 },
}

const notesOf = (...all: readonly (readonly Turn[])[]): readonly Lesson[] => {
  const sessions = all.map((turns, n) => aReadSession(`sesn_${n}`, turns))
  return findPatterns(sessions, [], OPTIONS).lessons.filter(({ isRecurring }) => !isRecurring)
}
const textsOf = (...all: readonly (readonly Turn[])[]): readonly string[] =>
  notesOf(...all).map(({ text }) => text)

const ship = (parcel: string, result: string, wallet = 'w-1'): Turn => ({
  tool: 'ship',
  input: { parcel, wallet },
  result,
})
const full = ship('P100', 'Error: the depot is full')

describe('refusalNote', () => {
  it('notes what a tool refused more than once, with the count and without advice', () => {
    const [note] = notesOf([full, full])

    expect(note?.text).toBe('`ship` refused “the depot is full” (2 times in 1 session).')
    expect(note?.pattern).toMatch(/^noted:error:ship:/)
    expect(note?.evidence.map(({ quote }) => quote)).toEqual(['Error: the depot is full'])
  })

  it('notes what a tool refused in two sessions, citing both', () => {
    const [note] = notesOf([full], [full])

    expect(note?.text).toBe('`ship` refused “the depot is full” (in 2 sessions).')
    expect(note?.evidence).toHaveLength(2)
  })

  it('says where the value that was taken came from', () => {
    const worked = [
      ship('P100', 'Error: wallet not found', 'w-22'),
      { tool: 'get_profile', input: { user: 'u-1' }, result: '{"wallet":"w-9074831"}' },
      ship('P100', 'sent', 'w-9074831'),
    ]

    expect(textsOf(worked)).toEqual([
      '`ship` refused “wallet not found” (in 1 session); it succeeded with `wallet` from `get_profile`.',
    ])
  })

  it.each([
    ['a call refused once', [full]],
    ['what passed when it was called again', [full, full, ship('P100', 'sent')]],
    [
      'what passes by itself',
      [ship('P1', 'Error: service unavailable'), ship('P1', 'Error: service unavailable')],
    ],
    [
      'a command of a shell',
      [
        shell('npm start', 'Error: the port is in use', 1),
        shell('npm start', 'Error: the port is in use', 1),
      ],
    ],
    [
      'a tool of the agent itself',
      [
        { ...editOf('a.ts', 'a', 'b'), result: 'Error: the buffer is full', failed: true as const },
        { ...editOf('a.ts', 'a', 'b'), result: 'Error: the buffer is full', failed: true as const },
      ],
    ],
  ])('does not note %s', (_what, turns) => {
    expect(textsOf(turns)).toEqual([])
  })

  it('gives way to the lesson as soon as there is one', () => {
    expect(notesOf([full], [full], [full])).toEqual([])
  })

  it('is ranked after every lesson', () => {
    const pushed = (branch: string): readonly Turn[] => [
      shell('git push', `fatal: The current branch ${branch} has no upstream branch.`, 128),
      shell(`git push -u origin ${branch}`, 'ok'),
    ]
    const sessions = [
      aReadSession('sesn_a', [...pushed('fix-1'), full, full, full, full, full]),
      aReadSession('sesn_b', [...pushed('fix-2'), full, full, full, full, full]),
    ]

    const { lessons } = findPatterns(sessions, [], OPTIONS)

    expect(lessons.map(({ isRecurring }) => isRecurring)).toEqual([true, false])
  })
})

describe('isNoteOn', () => {
  const lesson =
    '`ship` refused “no room for <id> in depot <name>” (in 3 sessions): check that before calling it.'

  it.each([
    ['`ship` refused “no room for <id> in depot "north"” (in 1 session).', true],
    ['`ship` refused “no room for <id> in depot <name>” (4 times in 2 sessions).', true],
    ['`send` refused “no room for <id> in depot "north"” (in 1 session).', false],
    ['`ship` refused “the depot is full” (in 1 session).', false],
    [lesson, false],
    ['The depot has no room.', false],
  ])('of %j is %s', (note, expected) => {
    expect(isNoteOn(note, lesson)).toBe(expected)
  })
})
