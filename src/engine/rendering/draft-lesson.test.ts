import { describe, expect, it } from 'vitest'
import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import type { Change } from '../../core/change.ts'
import type { Lesson } from '../patterns/lesson.ts'
import { inputsOf, quoteOf } from '../stages/dream-inputs.test-support.ts'
import { changeOf } from './change-draft.ts'
import { draftLesson } from './draft-lesson.ts'
import { Placement } from './placement.ts'

const INPUTS = inputsOf({ '/notes.md': '- Tea is hot.\n' })
const TEMPLATE = '`ship` refused “the depot is full” (in 3 sessions): check that before calling it.'
const PROSE = 'When `ship` says “the depot is full”, check that: it was so (in 3 sessions).'

function changeFor(prose?: string): Change {
  const lesson: Lesson = {
    pattern: 'error:ship:1',
    text: TEMPLATE,
    title: 'ship',
    topics: [],
    evidence: INPUTS.units.map(quoteOf),
    eventIds: [],
    sessions: 3,
    trust: 'tool',
    audience: LOCAL_AUDIENCE,
    isRecurring: true,
    outdated: [],
    ...(prose === undefined ? {} : { prose }),
  }
  const placement = new Placement(INPUTS.content, INPUTS.headers, () => false)
  return changeOf(draftLesson(lesson, placement))
}

describe('a lesson in the words of a model', () => {
  const [plain, worded] = [changeFor(), changeFor(PROSE)]

  it('is written, and kept in the ledger, as the model put it', () => {
    expect(worded.after.map(({ text }) => text)).toEqual([PROSE])
    expect(worded.edits.map((edit) => edit.op === 'append' && edit.text)).toEqual([PROSE])
    expect(worded.ledger.map(({ kind, text }) => [kind, text])).toEqual([['generated', PROSE]])
  })

  it('says that a model worded it', () => {
    expect(worded.isWordedByModel).toBe(true)
    expect(plain.isWordedByModel).toBe(false)
  })

  it('is the same change as in the words of the rules: a decision on it holds', () => {
    expect(worded.id).toBe(plain.id)
  })

  it('is in all else what it is without a model', () => {
    const { after, edits, ledger, isWordedByModel, ...rest } = worded

    expect(plain).toMatchObject(rest)
  })
})
