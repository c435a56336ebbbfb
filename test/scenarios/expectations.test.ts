import { beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '../../src/core/change.ts'
import { type Effects, lineOf, verdictOn } from './expectations.ts'
import { type Played, play } from './play-scenario.ts'
import { allScenarios, type Expected, readExpected } from './scenario.ts'

const NOTHING_SAID: Expected = { must: [], mustNot: [], keeps: [], nothing: false }
const BEFORE = {
  'hosting.md': '# Hosting\n\n- The API runs on Heroku.\n- Mail runs on Postmark.\n',
}

const MOVED = changeOf({
  kind: 'supersede',
  before: [{ path: '/hosting.md', text: 'The API runs on Heroku.' }],
  after: [{ path: '/hosting.md', text: 'The API runs on Fly.io.' }],
})

/** The fields that expectations look at. */
function changeOf(
  fields: Pick<Change, 'kind' | 'before' | 'after'> & Partial<Pick<Change, 'status'>>,
): Change {
  return { status: 'proposed', ...fields } as Change
}

function effectsOf(...changes: readonly Change[]): Effects {
  return { changes, before: BEFORE, after: BEFORE }
}

describe('an expectation', () => {
  const hosting = {
    name: 'hosting',
    kind: 'supersede',
    beforeIncludes: ['heroku'],
    afterIncludes: [['fly.io', 'fly machines']],
  } as const

  it('is met by a change of its kind that holds its words', () => {
    const expected = { ...NOTHING_SAID, must: [hosting] }

    expect(verdictOn(expected, effectsOf(MOVED))).toEqual({
      found: ['hosting'],
      missed: [],
      wrong: [],
    })
  })

  it.each([
    ['another kind', { ...MOVED, kind: 'merge' as const }],
    ['another note', { ...MOVED, before: [] }],
    ['another new text', { ...MOVED, after: [] }],
    ['a change that waits as held', { ...MOVED, status: 'held' as const }],
  ])('is not met by %s', (_what, change) => {
    const expected = { ...NOTHING_SAID, must: [hosting] }

    expect(verdictOn(expected, effectsOf(change)).missed).toEqual(['hosting'])
  })

  it('names a change that was not wanted', () => {
    const expected = { ...NOTHING_SAID, mustNot: [{ why: 'it stays', kind: 'supersede' as const }] }

    expect(verdictOn(expected, effectsOf(MOVED)).wrong).toEqual([
      { why: 'it stays', what: lineOf(MOVED) },
    ])
  })

  it('looks for unwanted words in new texts alone', () => {
    const merged = changeOf({
      kind: 'merge',
      before: MOVED.before,
      after: [{ path: '/hosting.md', text: 'Mail runs on Postmark.' }],
    })
    const unwanted = (textIncludes: string): Expected => ({
      ...NOTHING_SAID,
      mustNot: [{ why: 'no', textIncludes }],
    })

    expect(verdictOn(unwanted('postmark'), effectsOf(merged)).wrong).toEqual([])
    expect(verdictOn(unwanted('fly.io'), effectsOf(MOVED)).wrong).toHaveLength(1)
  })

  it('names a line that no longer stands, to the letter', () => {
    const expected = { ...NOTHING_SAID, keeps: ['- Mail runs on Postmark.', '- Mail runs'] }

    expect(verdictOn(expected, effectsOf()).wrong.map(({ what }) => what)).toEqual(['- Mail runs'])
  })

  it('of nothing is broken by any change', () => {
    const expected = { ...NOTHING_SAID, nothing: true }

    expect(verdictOn(expected, effectsOf()).wrong).toEqual([])
    expect(verdictOn(expected, effectsOf(MOVED)).wrong).toHaveLength(1)
  })

  it.each([
    ['a misspelt field', { must: [{ name: 'a', beforeInclude: ['b'] }] }],
    ['an entry that says nothing', { mustNot: [{ why: 'a' }] }],
    ['a kind that is none', { must: [{ name: 'a', kind: 'replace' }] }],
    ['all and nothing', { must: [{ name: 'a', kind: 'add' }], nothing: true }],
  ])('is refused with %s', (_what, fields) => {
    const json = JSON.stringify({ ...NOTHING_SAID, ...fields })

    expect(() => readExpected(json, 'here')).toThrow('here')
  })
})

describe.each(
  allScenarios().flatMap(({ name, parts }) =>
    parts.map((part) => ({ scenario: name, person: part.name, part })),
  ),
)('$scenario $person by rules alone', ({ part }) => {
  let played: Played

  beforeAll(async () => {
    played = await play(part, { model: 'none' })
  })

  it('begins with every line that is to stand', () => {
    const expected = { ...NOTHING_SAID, keeps: part.expected.keeps }
    const { before } = played

    expect(verdictOn(expected, { changes: [], before, after: before }).wrong).toEqual([])
  })

  it('harms no note that is to stand, and is undone to the same bytes', () => {
    const { wrong } = verdictOn(part.expected, { ...played, changes: played.outcome.changes })

    expect(wrong.filter(({ why }) => why === 'it was to stand')).toEqual([])
    expect(played.reverted).toEqual(played.before)
  })
})
