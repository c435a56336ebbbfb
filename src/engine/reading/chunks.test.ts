import { describe, expect, it } from 'vitest'
import type { SessionEventId } from '../../core/ids.ts'
import { type ChunkLimits, chunksOf, type ShownSession } from './chunks.ts'
import { aRead, aSession } from './reading.test-support.ts'

const LIMITS: ChunkLimits = { tokensMax: 200, overlapTokensMax: 100 }

function shown(id: string, startedAt: string | null, texts: readonly string[]): ShownSession {
  const session = aSession(id, startedAt)
  return {
    session,
    events: texts.map((text, ordinal) => {
      const eventId = `${id}/${ordinal}` as SessionEventId
      const read = aRead(text, { id: eventId, sessionId: session.id, ordinal })
      return { text, read }
    }),
  }
}

const long = (name: string): string => `${name} ${'x'.repeat(300)}`

describe('chunksOf', () => {
  it('lets small sessions share a chunk, by time and then id', () => {
    const chunks = chunksOf(
      [
        shown('sesn_c', '2026-11-02T00:00:00Z', ['third']),
        shown('sesn_b', '2026-11-02T00:00:00Z', ['second']),
        shown('sesn_z', '2026-11-01T00:00:00Z', ['first', 'and more']),
      ],
      LIMITS,
    )

    expect(chunks.map(({ parts }) => parts.map(({ text }) => text))).toEqual([
      ['first', 'and more', 'second', 'third'],
    ])
    expect(chunks[0]?.parts.map(({ startsSession }) => startsSession)).toEqual([
      true,
      false,
      true,
      true,
    ])
  })

  it('does not cut a session that fits whole into the next chunk', () => {
    const chunks = chunksOf(
      [shown('sesn_a', null, [long('a')]), shown('sesn_b', null, ['b1', long('b2')])],
      LIMITS,
    )

    expect(chunks.map(({ parts }) => parts.map(({ read }) => read.event.id))).toEqual([
      ['sesn_a/0'],
      ['sesn_b/0', 'sesn_b/1'],
    ])
  })

  it('repeats the last two turns of the user where a long session goes on', () => {
    const texts = ['one', 'two', 'three', long('four'), long('five')]
    const [, second] = chunksOf([shown('sesn_a', null, texts)], LIMITS)

    const repeated = second?.parts.filter(({ isOverlap }) => isOverlap)
    expect(repeated?.map(({ read }) => read.event.ordinal)).toEqual([2, 3])
    expect(second?.parts.map(({ startsSession }) => startsSession)).toEqual([false, false, false])
  })

  it('cuts a text that is longer than a chunk into parts', () => {
    const chunks = chunksOf([shown('sesn_a', null, ['y'.repeat(2_000)])], LIMITS)

    expect(chunks.length).toBeGreaterThan(2)
    const fresh = chunks.flatMap(({ parts }) => parts.filter(({ isOverlap }) => !isOverlap))
    expect(fresh.map(({ text }) => text).join('')).toBe('y'.repeat(2_000))
  })

  it('shows nothing of events without a text', () => {
    expect(chunksOf([shown('sesn_a', null, ['', ''])], LIMITS)).toEqual([])
  })
})
