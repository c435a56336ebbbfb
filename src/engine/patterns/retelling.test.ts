import { describe, expect, it } from 'vitest'
import { contentStems } from '../language/tokens.ts'
import { isProseOn, isSaid } from './retelling.ts'

const LESSON =
  '`ship` refused “the depot is full” (4 times in 3 sessions, last seen 2026-11-20); repeating the same call did not help: check with `depot_status` before calling it.'
const PROSE = 'When `ship` says “the depot is full”, wait: no room (4 times in 3 sessions).'

describe('a note in the words of a model', () => {
  it('tells of the failure that it names, with other counts and few of the same words', () => {
    const later = LESSON.replace('4 times in 3', '9 times in 5')

    expect(isSaid(later, contentStems(PROSE))).toBe(false)
    expect(isProseOn(PROSE, later)).toBe(true)
  })

  it.each([
    ['another error', PROSE.replace('is full', 'is closed')],
    ['another tool', PROSE.replace('`ship`', '`send`')],
    ['no counts', PROSE.replace(/ \(4.*$/, '.')],
    ['a text that is no lesson', PROSE.replace('When', 'If')],
  ])('does not tell of it with %s', (_, note) => {
    expect(isProseOn(note, LESSON)).toBe(false)
  })

  it('tells of no correction: that is told by its words', () => {
    const correction = 'Use pnpm (the user corrected this in 2 sessions).'

    expect(isProseOn('When you install, use pnpm (in 2 sessions).', correction)).toBe(false)
    expect(isSaid(correction, contentStems('When you install, use pnpm (in 2 sessions).'))).toBe(
      true,
    )
  })
})
