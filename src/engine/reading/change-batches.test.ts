import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import type { ReadEvent } from '../read-session.ts'
import { inputsOf } from '../stages/dream-inputs.test-support.ts'
import { type ChangeBatch, changeBatches } from './change-batches.ts'
import type { Chunk } from './chunks.ts'
import { tokensOfChunk } from './chunks.ts'
import { nearNotes } from './near-notes.ts'
import { aChunk, aRead, fromAgent } from './reading.test-support.ts'
import { tokensIn } from './token-count.ts'

const SERVICES = Array.from(
  { length: 200 },
  (_, n) => `- The service s${n} is owned by team t${n}.`,
)
const NOTES = nearNotes(inputsOf({ '/services.md': SERVICES.join('\n') }), LOCAL_AUDIENCE)

const batchesOf = (...chunks: readonly Chunk[]): readonly ChangeBatch[] =>
  changeBatches(chunks, LOCAL_AUDIENCE, NOTES)

const shownIn = (batches: readonly ChangeBatch[]): readonly (readonly string[])[] =>
  batches.map(({ parts }) => parts.map(({ text }) => text))

describe('changeBatches', () => {
  it('shows a message with the line of the agent before it, and the notes near to it', () => {
    const long = `Which team? ${'and '.repeat(200)}`
    const [batch] = batchesOf(aChunk(fromAgent(long), aRead('s7 is owned by team t8.')))

    expect(batch?.parts.map(({ text }) => text.slice(0, 11))).toEqual([
      'Which team?',
      's7 is owned',
    ])
    expect(batch?.parts[0]?.text.length).toBeLessThan(200)
    expect(batch?.parts.map(({ isOverlap }) => isOverlap)).toEqual([true, false])
    expect(batch?.notes.map(({ text }) => text)).toContain('The service s7 is owned by team t7.')
    expect(batch?.notes.length).toBeLessThanOrEqual(LIMITS.notesPerMessageMax)
  })

  it.each([
    'Who owns s7?',
    'Please add a test for s7 of team t7.',
    'Could you look at s7 and team t7.',
    's7!',
    'Bananas are yellow and sweet.',
  ])('asks nothing about %j', (message) => {
    expect(batchesOf(aChunk(aRead(message)))).toEqual([])
  })

  it('asks about a rule that begins like a request', () => {
    expect(batchesOf(aChunk(aRead('From now on, run s7 with team t8.')))).toHaveLength(1)
    expect(batchesOf(aChunk(aRead('Run s7 with team t8 from now on.')))).toHaveLength(1)
  })

  it('asks nothing about what is repeated, and takes no agent over from another session', () => {
    const told = 's7 is owned by team t8.'
    const repeated = aChunk(aRead(told))
    const parts = repeated.parts.map((part) => ({ ...part, isOverlap: true }))

    expect(batchesOf({ ...repeated, parts })).toEqual([])
    expect(shownIn(batchesOf(aChunk(fromAgent('Bye.')), aChunk(aRead(told))))).toEqual([[told]])
  })

  it('asks once where all of it fits, and shows a note once that several messages are near to', () => {
    const reads = Array.from({ length: 30 }, (_, n) => aRead(`s${n % 15} is owned by t${n} now.`))
    const batches = batchesOf(aChunk(...reads))
    const notes = batches[0]?.notes ?? []

    expect(batches).toHaveLength(1)
    expect(notes.length).toBeGreaterThan(LIMITS.notesPerMessageMax)
    expect(new Set(notes).size).toBe(notes.length)
  })

  it('leaves room for the notes of a batch', () => {
    const notes = SERVICES.map((line, n) => `${line} It is known for ${`w${n} `.repeat(100)}`)
    const near = nearNotes(inputsOf({ '/services.md': notes.join('\n') }), LOCAL_AUDIENCE)
    const reads = Array.from({ length: 120 }, (_, n) => aRead(`s${n} is owned by team t${n + 1}.`))
    const batches = changeBatches([aChunk(...reads)], LOCAL_AUDIENCE, near)

    expect(batches.length).toBeGreaterThan(1)
    for (const batch of batches) {
      const shown = batch.notes.map(({ text }) => tokensIn(text.slice(0, LIMITS.noteCharsMax)))
      const tokens = shown.reduce((sum, count) => sum + count, tokensOfChunk(batch))
      expect(tokens).toBeLessThanOrEqual(LIMITS.changesChunkTokensMax)
    }
  })

  it('keeps to its limits and shows every message once, in order', () => {
    const reads = Array.from({ length: 60 }, (_, n): ReadEvent => {
      return aRead(`s${n} is owned by team t${n + 1}. ${n % 7 === 0 ? 'x '.repeat(4_000) : ''}`)
    })
    const batches = batchesOf(aChunk(...reads))

    expect(batches.length).toBeGreaterThan(1)
    for (const batch of batches) {
      expect(batch.notes.length).toBeLessThanOrEqual(LIMITS.notesShownMax)
      expect(tokensOfChunk(batch)).toBeLessThanOrEqual(LIMITS.changesChunkTokensMax)
    }
    expect(shownIn(batches).flat().join('')).toBe(reads.map(({ event }) => event.text).join(''))
  })
})
