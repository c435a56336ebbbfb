import fc from 'fast-check'
import { expect, test } from 'vitest'
import { audience } from '../../core/audience.ts'
import type { SessionEventId } from '../../core/ids.ts'
import { type ChunkPart, chunksOf, type ShownSession, tokensOfChunk } from './chunks.ts'
import { aRead, aSession } from './reading.test-support.ts'
import { headOf, tailOf } from './shown-event.ts'

const CASES = { numRuns: 200, seed: 20_261_123 }
const AUDIENCES = [audience('private', 'ana'), audience('private', 'ben'), audience('team', 'ops')]

const anEvent = fc.record({
  text: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 2_000 }),
    fc.lorem({ maxCount: 80 }),
  ),
  isUser: fc.boolean(),
  audience: fc.constantFrom(...AUDIENCES),
})

const sessionsOf = fc
  .array(
    fc.record({
      day: fc.option(fc.integer({ min: 1, max: 9 })),
      events: fc.array(anEvent, { maxLength: 12 }),
      one: fc.constantFrom(null, ...AUDIENCES),
    }),
    { maxLength: 6 },
  )
  .map((sessions) =>
    sessions.map(({ day, events, one }, s): ShownSession => {
      const session = aSession(`sesn_${s}`, day === null ? null : `2026-11-0${day}T10:00:00Z`)
      return {
        session,
        events: events.map(({ text, isUser, audience: own }, e) => {
          const id = `${session.id}/${e}` as SessionEventId
          const speaker = isUser ? 'user' : 'agent'
          const given = { id, sessionId: session.id, ordinal: e, audience: one ?? own }
          return { text, read: aRead(text, { ...given, speaker }) }
        }),
      }
    }),
  )

const limitsOf = fc
  .record({
    tokensMax: fc.integer({ min: 64, max: 600 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ tokensMax, share }) => ({ tokensMax, overlapTokensMax: Math.floor(tokensMax * share) }))

test('every event with a text stands in one chunk, whole and in order, overlap apart', () => {
  fc.assert(
    fc.property(sessionsOf, limitsOf, (sessions, limits) => {
      const parts = chunksOf(sessions, limits).flatMap((chunk) => chunk.parts.filter(isFresh))
      const together = new Map<string, string>()
      for (const { read, text } of parts) {
        together.set(read.event.id, (together.get(read.event.id) ?? '') + text)
      }
      const all = sessions.flatMap(({ events }) => events).filter(({ text }) => text !== '')
      expect(new Map(all.map(({ read, text }) => [read.event.id as string, text]))).toEqual(
        together,
      )
      for (const group of Map.groupBy(parts, orderedBy).values()) {
        const ordinals = group.map(({ read }) => read.event.ordinal)
        expect(ordinals).toEqual([...ordinals].sort((a, b) => a - b))
      }
    }),
    CASES,
  )
})

test('no chunk is longer than the limit, and none is empty', () => {
  fc.assert(
    fc.property(sessionsOf, limitsOf, (sessions, limits) => {
      for (const chunk of chunksOf(sessions, limits)) {
        expect(tokensOfChunk(chunk)).toBeLessThanOrEqual(limits.tokensMax)
        expect(chunk.parts.some(isFresh)).toBe(true)
      }
    }),
    CASES,
  )
})

test('no chunk holds two audiences', () => {
  fc.assert(
    fc.property(sessionsOf, limitsOf, (sessions, limits) => {
      for (const chunk of chunksOf(sessions, limits)) {
        expect(new Set(chunk.parts.map(({ read }) => read.audience))).toEqual(
          new Set([chunk.audience]),
        )
      }
    }),
    CASES,
  )
})

test('the order of sessions with equal times changes nothing', () => {
  fc.assert(
    fc.property(sessionsOf, limitsOf, (sessions, limits) => {
      expect(chunksOf(sessions.toReversed(), limits)).toEqual(chunksOf(sessions, limits))
    }),
    CASES,
  )
})

test('a cut text has no half characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 20 }), (text, chars) => {
      expect(headOf(text, chars).isWellFormed()).toBe(true)
      expect(tailOf(text, chars).isWellFormed()).toBe(true)
    }),
    CASES,
  )
})

const isFresh = ({ isOverlap }: ChunkPart): boolean => !isOverlap
const orderedBy = ({ read }: ChunkPart): string => `${read.event.sessionId} ${read.audience}`
