import { describe, expect, it } from 'vitest'
import { GUARD_KINDS } from './hard-negatives.ts'
import { truthWorld } from './truth-world.ts'
import { PLANTED_UPDATES } from './updates.ts'

const WORLD = truthWorld({ seed: 7, units: 600, sessions: 6 })
const NOTES = Object.values(WORLD.memory).flatMap((content) =>
  content.split('\n').filter((line) => line.startsWith('- ')),
)

describe('a generated world', () => {
  it('is the same for the same seed, and another for another one', () => {
    expect(truthWorld({ seed: 7, units: 600, sessions: 6 })).toEqual(WORLD)
    expect(truthWorld({ seed: 8, units: 600, sessions: 6 })).not.toEqual(WORLD)
  })

  it('plants every kind of hard negative and every kind of update', () => {
    const guards = WORLD.expectations.flatMap((one) => (one.kind === 'negative' ? [one.guard] : []))
    const updates = WORLD.expectations.flatMap((one) => (one.kind === 'update' ? [one.how] : []))

    expect(new Set(guards)).toEqual(new Set(GUARD_KINDS))
    expect(new Set(updates)).toEqual(new Set(PLANTED_UPDATES))
  })

  it('notes each planted text once, and each updated note before it is updated', () => {
    const notes = NOTES.map((line) => line.slice(2))
    for (const expectation of WORLD.expectations) {
      if (expectation.kind === 'duplicate' || expectation.kind === 'negative') {
        for (const text of expectation.texts) {
          expect(notes.filter((note) => note === text)).toHaveLength(1)
        }
      }
      if (expectation.kind === 'update') expect(notes).toContain(expectation.note)
    }
  })

  it('has about as many notes as were asked for', () => {
    expect(NOTES.length).toBeGreaterThan(600)
    expect(NOTES.length).toBeLessThan(800)
  })

  it('says the secret and the canaries in the transcripts, never in a note', () => {
    const store = JSON.stringify(WORLD.memory)
    const spoken = JSON.stringify(WORLD.transcripts)
    for (const expectation of WORLD.expectations) {
      if (expectation.kind !== 'secret' && expectation.kind !== 'canary') continue
      expect(spoken).toContain(expectation.needle)
      expect(store).not.toContain(expectation.needle)
    }
  })

  it('deals every recurring error to as many sessions as it claims', () => {
    const sessionsWith = (words: string): number =>
      WORLD.transcripts.filter((transcript) => JSON.stringify(transcript).includes(words)).length

    expect(sessionsWith('no upstream branch')).toBe(3)
    expect(sessionsWith('Backend initialization')).toBe(2)
    expect(sessionsWith('relation')).toBe(1)
  })
})
