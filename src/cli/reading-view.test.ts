import { describe, expect, it } from 'vitest'
import type { PlanReport } from '../core/dream.ts'
import type { DreamOutcome } from '../reverie.ts'
import { importView, readingView } from './reading-view.ts'

interface Read {
  readonly files: number
  readonly areSessionsNamed?: boolean
  readonly sessions?: PlanReport['read']['sessions']
}

/** What is said of the sessions of a plan. */
function told({ files, areSessionsNamed = false, sessions }: Read): string {
  const usage = { models: [], stages: [] }
  const read = { lines: 0, events: 0, skipped: {}, pending: 0, ...(sessions && { sessions }) }
  const report = { memories: 1, sessions: 2, read, effect: { bytes: { before: 1 } }, usage }
  const imported = {
    files,
    sessions: 3,
    newEvents: 4,
    lines: 0,
    read: 0,
    skipped: {},
    redacted: [],
  }
  const outcome = {
    dream: { snapshot: { thinking: null }, plan: { report } },
    imported: { ...imported, badLines: [] },
  } as unknown as DreamOutcome
  const lines = readingView({ memory: './memory', areSessionsNamed, outcome, index: null }, 200)
  const text = lines.map((spans) => spans.map((span) => span.text).join('')).join('\n')
  return /Sessions\s+(.*)/.exec(text)?.[1]?.trim() ?? ''
}

describe('readingView', () => {
  it('says how many sessions were read and that none is left', () => {
    expect(told({ files: 3, sessions: { read: 300, pending: 0 } })).toBe(
      '3 found in 3 files, 4 new events; 300 read, 0 pending',
    )
  })

  it('says how many wait and what to do about it', () => {
    expect(told({ files: 0, sessions: { read: 2_000, pending: 400 } })).toBe(
      '2,400 stored sessions with something new; 2,000 read, 400 pending: run it again after apply',
    )
  })

  it('tells of an older plan what it knows', () => {
    expect(told({ files: 1 })).toContain('2 read, 0 pending')
  })

  it('names no pending ones where none were named', () => {
    expect(told({ files: 0, sessions: { read: 0, pending: 0 } })).toBe(
      'none named; the memory alone is tidied',
    )
  })

  it('says that nothing was found where transcripts were named', () => {
    const sessions = { read: 0, pending: 0 }
    expect(told({ files: 0, areSessionsNamed: true, sessions })).toBe(
      'no transcript found there; the memory alone is tidied',
    )
  })
})

describe('importView', () => {
  it('tells what was skipped, also where no file could be read', () => {
    const path = '/sessions/pipe.jsonl'
    const lines = importView(
      {
        files: 0,
        sessions: 0,
        newEvents: 0,
        lines: 0,
        read: 0,
        skipped: { 'file: not a regular file': 1 },
        redacted: [],
        badLines: [{ path, line: null, reason: 'file: not a regular file' }],
      },
      200,
    )
    const text = lines.map((spans) => spans.map((span) => span.text).join('')).join('\n')
    expect(text).toContain(`${path}: file: not a regular file`)
  })
})
