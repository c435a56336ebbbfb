import { describe, expect, it } from 'vitest'
import { planWarnings, type Shortfall } from './plan-warnings.ts'

const NONE: Shortfall = {
  planned: 3,
  noRoom: 0,
  unread: 0,
  unchecked: 0,
  uncovered: 0,
  unasked: 0,
  probes: null,
}

describe('the warnings of a plan', () => {
  it('are none where nothing is missing', () => {
    const probes = { n: 3, broken: 0, unanswered: 0, notesLeft: 0 }
    const withheld = { sessions: 0, events: 0, withoutUser: 0 }

    expect(planWarnings({ ...NONE, probes, withheld })).toEqual([])
  })

  it.each<readonly [Partial<Shortfall>, string]>([
    [
      { unasked: 1 },
      '1 pair of notes was not put to the model; the next dream that finds something new goes on.',
    ],
    [
      { unasked: 600 },
      '600 pairs of notes were not put to the model; the next dream that finds something new goes on.',
    ],
    [{ noRoom: 1 }, 'This plan is full with 3 changes; 1 more change waits for the next dream.'],
    [{ noRoom: 2 }, 'This plan is full with 3 changes; 2 more changes wait for the next dream.'],
    [
      { uncovered: 2, unread: 40, unchecked: 1 },
      'The budget ended: 2 questions to a model were not asked. 40 events were not read and 1 change was not checked; the next dream finds them again. Dream again after this plan, or give a larger budget.',
    ],
    [
      { uncovered: 1 },
      'The budget ended: 1 question to a model was not asked. Dream again after this plan, or give a larger budget.',
    ],
    [
      { unread: 1 },
      '1 event was not read: the model gave no valid answer. Dream again after this plan, or choose another model.',
    ],
    [
      { probes: { n: 1, broken: 0, unanswered: 2, notesLeft: 7 } },
      'The probes by a model are not complete: of 7 notes none were made, 2 were not answered. Look at the changes before you apply them, or give a larger budget.',
    ],
    [
      { withheld: { sessions: 1, events: 1, withoutUser: 0 } },
      '1 event of 1 session was left out: those who read this memory may not read them.',
    ],
    [
      { withheld: { sessions: 3, events: 12, withoutUser: 2 } },
      '12 events of 3 sessions were left out: those who read this memory may not read them. 2 sessions name no user, or several, and count for nobody. Name one user in each session, or the audience that it is meant for.',
    ],
  ])('say what is missing and what to do: %j', (more, warning) => {
    expect(planWarnings({ ...NONE, ...more })).toEqual([warning])
  })
})
