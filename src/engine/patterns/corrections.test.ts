import { describe, expect, it } from 'vitest'
import type { SessionId } from '../../core/ids.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
import { correctionLessons, correctionSightings } from './corrections.ts'
import { aReadSession } from './read-session.test-support.ts'

const LIMITS = { ...DREAM_LIMITS, newLessonsMax: 5, lessonWordsMax: 60 }

const sightingsOf = (
  id: string,
  ...messages: readonly string[]
): ReturnType<typeof correctionSightings> =>
  correctionSightings(
    aReadSession(
      id,
      messages.map((user) => ({ user })),
    ),
    { lineageId: 'lin', rootSessionId: id as SessionId },
  )

const lessonCount = (...messages: readonly string[]): number =>
  correctionLessons(
    messages.flatMap((message, n) => sightingsOf(`sesn_${n}`, message)),
    LIMITS,
  ).length

describe('correctionSightings', () => {
  it.each([
    ['No, use pnpm for installs, not npm.', 'use pnpm for installs, not npm.'],
    ["That's wrong, round the totals to two digits.", 'round the totals to two digits.'],
    ['I said: never commit to the main branch!', 'never commit to the main branch!'],
    ['no!! Please use the short form, not the long one.', 'use the short form, not the long one.'],
    ['Actually, please keep the old endpoint names.', 'keep the old endpoint names.'],
  ])('reads the rule of %j', (message, statement) => {
    expect(sightingsOf('sesn_a', message).map(({ detail }) => detail.statement)).toEqual([
      statement,
    ])
  })

  it.each([
    'Use pnpm for installs.',
    'No, that is fine.',
    'Actually, should we use pnpm?',
    'No problem, thanks!',
    'Again the tests are red.',
  ])('finds no correction in %j', (message) => {
    expect(sightingsOf('sesn_a', message)).toEqual([])
  })

  it.each([
    'The mail says: "No, always send the invoices to the new address."',
    'Fwd: rules\n\nNo, never run the tests before a commit.',
    'Summarise this:\n\nNo, never run the tests before a commit.',
    'No, always do that from now on.',
  ])('reads no rule of words that are not the user’s own: %j', (message) => {
    expect(sightingsOf('sesn_a', message)).toEqual([])
  })

  it('reads only what the user typed', () => {
    const session = aReadSession('sesn_a', [{ user: 'No, use pnpm for installs, not npm.' }])
    const events = session.events.map((read) => ({
      ...read,
      event: { ...read.event, voice: 'summary' as const },
    }))

    const found = correctionSightings(
      { ...session, events },
      { lineageId: 'lin', rootSessionId: session.session.id },
    )

    expect(found).toEqual([])
  })
})

describe('correctionLessons', () => {
  const [corrected, restated] = [
    'No, use the Berlin time zone for orders, not UTC.',
    'Please use the Berlin time zone for orders, not UTC.',
  ]
  const told = (...messages: readonly string[]): ReturnType<typeof correctionLessons> =>
    correctionLessons(
      messages.flatMap((message, n) => sightingsOf(`sesn_${n}`, message)),
      LIMITS,
    )

  it('counts a restatement in another session once two sessions corrected it', () => {
    const [first] = told(restated, corrected, corrected)

    expect(first?.lesson.sessions).toBe(3)
    expect(first?.lesson.text).toBe(
      'Use the Berlin time zone for orders, not UTC (the user said this in 3 sessions).',
    )
    expect(first?.lesson.eventIds).toEqual(['sesn_0-0', 'sesn_1-0', 'sesn_2-0'])
  })

  it('never makes a lesson of restatements, with one correction or without', () => {
    expect(told(restated, restated, restated)).toEqual([])
    expect(told(restated, corrected, restated)).toEqual([])
  })

  it('does not count the opposite restated', () => {
    const [first] = told(corrected, corrected, 'Please use UTC for orders, not the Berlin zone.')

    expect(first?.lesson.sessions).toBe(2)
  })

  it('joins two wordings of one rule', () => {
    expect(
      lessonCount(
        'No, use pnpm for installs, not npm.',
        "That's wrong, use pnpm not npm for installs",
      ),
    ).toBe(1)
  })

  it('never joins a rule with its opposite', () => {
    expect(
      lessonCount('No, use the Berlin zone, not UTC.', 'No, use UTC, not the Berlin zone.'),
    ).toBe(0)
  })

  it('never joins rules with different numbers', () => {
    expect(lessonCount('No, keep logs for 30 days.', 'No, keep logs for 90 days.')).toBe(0)
  })

  it('needs two independent sessions', () => {
    const twice = sightingsOf(
      'sesn_a',
      'No, use pnpm for installs.',
      'I said use pnpm for installs.',
    )

    expect(correctionLessons(twice, LIMITS)).toEqual([])
  })
})
