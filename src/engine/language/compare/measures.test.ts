import { describe, expect, it } from 'vitest'
import { attitudeOf, flipsAttitude } from './attitude.ts'
import { endsNote } from './ending.ts'
import { firstMeasures } from './measures.ts'

describe('firstMeasures', () => {
  it.each([
    ['The Ohm order consists of 66 lamps.', 'The Ohm order consists of 60 lamps.', '66', '60'],
    [
      'The review takes place on Thursday at ten in the morning.',
      'The review takes place on Monday.',
      'Thursday',
      'Monday',
    ],
    ['The pool opens at 8:00, please tell the team.', 'The pool opens at 7:00.', '8:00', '7:00'],
  ])('finds where "%s" and "%s" part', (newer, older, a, b) => {
    expect(firstMeasures(newer, older)).toMatchObject({ a, b })
  })

  it.each([
    ['another unit', 'The team has two designers.', 'The team has five engineers.'],
    ['a narrower range', 'Refunds take 14 days for lamps.', 'Refunds take 30 days.'],
    ['another subject', 'The pump weighs 9 kilos.', 'The tent weighs 3 kilos.'],
    ['no number', 'The pool opens early.', 'The pool opens late.'],
  ])('finds nothing where there is %s', (_, newer, older) => {
    expect(firstMeasures(newer, older)).toBeNull()
  })
})

describe('attitudeOf', () => {
  it('reads a taste in a sentence and in a keyed note', () => {
    expect(attitudeOf("I can't stand pickled herring any more.")?.isLiked).toBe(false)
    expect(attitudeOf('Food I like: pickled herring (from the harbour)')?.isLiked).toBe(true)
    expect(attitudeOf('The herring is in the fridge.')).toBeNull()
  })

  it('turns over one thing only', () => {
    const note = 'Food I like: pickled herring (from the harbour)'

    expect(flipsAttitude('I no longer like pickled herring.', note)).toBe(true)
    expect(flipsAttitude("I can't stand liquorice.", note)).toBe(false)
    expect(flipsAttitude('I love pickled herring.', note)).toBe(false)
  })
})

describe('endsNote', () => {
  it('ends what a note tells of the speaker', () => {
    const note = 'User plays the trombone in a brass band.'

    expect(endsNote('I no longer play the trombone.', note)).toBe(true)
    expect(endsNote('I stopped playing the trombone.', note)).toBe(true)
    expect(endsNote('I no longer play the harp.', note)).toBe(false)
    expect(endsNote('I no longer play the trombone.', 'Mara plays the trombone.')).toBe(false)
  })
})
