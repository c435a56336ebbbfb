import { describe, expect, it } from 'vitest'
import type { Relation } from '../entry.ts'
import { decide } from './decide.ts'
import { aNote, aStatement } from './entry.test-support.ts'

/** What says less or more than it seems: denials, spellings of numbers, dates in notes. */
type Words = readonly [newer: string, older: string]

const SAID = '2026-06-14T09:00:00Z'

const DENIED: readonly Words[] = [
  ['We do not deploy on Friday.', 'Deploy on Friday.'],
  ["Don't deploy on Friday.", 'We deploy on Friday.'],
  ['Never deploy on Fridays.', 'Deploy on Fridays.'],
  ['We do not accept cash.', 'We accept cash.'],
]

const EQUAL: readonly Words[] = [
  ['The budget is 50k now.', 'The budget is 50,000.'],
  ['The budget was raised from 45k to 50k.', 'The budget is 50,000.'],
  ['The budget is 50,000 now, not 45,000.', 'The budget is 50k.'],
]

const DATED_LATER: readonly string[] = [
  'The staging port is 5432 (since 2026-09-01).',
  'Since 2026-09-01 the staging port is 5432.',
  'The staging port is 5432 as of September 2026.',
  'The staging port is 5432 (2026-09-01).',
]

const REPLACES: readonly Relation[] = ['a_replaces_b', 'b_replaces_a']

describe('decide, a denial', () => {
  it.each(DENIED)('opens a conflict between "%s" and "%s"', (newer, older) => {
    for (const at of [SAID, null]) {
      expect(decide(aStatement(newer, { at }), aNote(older), 0.6).relation).toBe('conflict')
    }
    expect(decide(aNote(newer), aNote(older), 0.6).relation).toBe('conflict')
  })
})

describe('decide, equal values', () => {
  it.each(EQUAL)('lets "%s" change nothing about "%s"', (newer, older) => {
    const { relation } = decide(aStatement(newer, { at: SAID }), aNote(older), 0.6)

    expect([...REPLACES, 'conflict']).not.toContain(relation)
  })
})

describe('decide, dates in notes', () => {
  const text = 'The staging port is 5433 now.'

  it.each(DATED_LATER.map((note) => [note]))('lets no earlier statement replace "%s"', (note) => {
    for (const at of [SAID, null]) {
      expect(REPLACES).not.toContain(decide(aStatement(text, { at }), aNote(note), 0.6).relation)
    }
  })

  it('lets a later statement replace a note with an older date', () => {
    const note = aNote('The staging port is 5432 (since 2026-03-01).')

    expect(decide(aStatement(text, { at: SAID }), note, 0.6).relation).toBe('a_replaces_b')
  })

  it('calls a statement later only where something is dated', () => {
    const note = aNote('The staging port is 5432.')
    const reasonAt = (at: string | null): string | undefined =>
      decide(aStatement(text, { at }), note, 0.6).reasons[0]

    expect(reasonAt(SAID)).toBe('a later statement says 5433 in place of 5432')
    expect(reasonAt(null)).toBe('a statement of the user says 5433 in place of 5432')
  })
})
