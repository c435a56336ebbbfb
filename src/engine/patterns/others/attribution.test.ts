import { describe, expect, test } from 'vitest'
import type { Sighting } from '../../../core/ledger.ts'
import { DREAM_LIMITS } from '../../dream-limits.ts'
import { contentStems } from '../../language/tokens.ts'
import { findPatterns } from '../../stages/patterns.ts'
import { countsIn, failureIn } from '../lesson-text.ts'
import { aReadSession, shell } from '../read-session.test-support.ts'
import { isSaid } from '../retelling.ts'
import { agentName, ofOtherAgent } from './attribution.ts'

const OPTIONS = { lineageId: 'line', limits: DREAM_LIMITS }

/** A push that fails for want of an upstream, and the one that passes. */
function seenIn(sessions: readonly string[]): readonly Sighting[] {
  const read = sessions.map((id) =>
    aReadSession(id, [
      shell('git push', 'fatal: The current branch has no upstream branch', 128),
      shell('git push -u origin main', 'done'),
    ]),
  )
  return findPatterns(read, [], OPTIONS).sightings
}

function textOf(sightings: readonly Sighting[]): string | undefined {
  return findPatterns([], sightings, OPTIONS).lessons[0]?.text
}

describe('a lesson from sessions of other agents', () => {
  test('names the agent and its counts', () => {
    const coder = seenIn(['one', 'two']).map((it) => ofOtherAgent(it, 'coder'))

    expect(textOf(coder)).toContain('(in 2 sessions of agent coder)')
  })

  test('tells how many of the sessions were theirs', () => {
    const others = [
      ...seenIn(['two']).map((it) => ofOtherAgent(it, 'qa')),
      ...seenIn(['three']).map((it) => ofOtherAgent(it, 'coder')),
    ]

    const text = textOf([...seenIn(['one']), ...others]) ?? ''

    expect(text).toContain('(in 3 sessions, 2 of them of agents coder and qa)')
    expect(countsIn(text)).toBe('(in 3 sessions, 2 of them of agents coder and qa)')
    expect(failureIn(text)?.what).toBe('git push')
    expect(isSaid(text, contentStems(textOf(seenIn(['one', 'two'])) ?? ''))).toBe(true)
  })

  test('says so where no agent is named, and nothing where all sessions are its own', () => {
    const unnamed = seenIn(['one', 'two']).map((it) => ofOtherAgent(it, null))

    expect(textOf(unnamed)).toContain('(in 2 sessions of another agent)')
    expect(textOf(seenIn(['one', 'two']))).toContain('(in 2 sessions)')
  })

  test('is none from a single session, not even a note', () => {
    const refusal = { tool: 'ship', input: { parcel: 'P1' }, failed: true } as const
    const turns = [1, 2].map(() => ({ ...refusal, result: 'Error: the depot is full' }))
    const { sightings } = findPatterns([aReadSession('one', turns)], [], OPTIONS)

    expect(findPatterns([], sightings, OPTIONS).lessons).toHaveLength(1)
    const others = sightings.map((it) => ofOtherAgent(it, 'coder'))
    expect(findPatterns([], others, OPTIONS).lessons).toEqual([])
  })

  test('never takes markup or brackets from the name of an agent', () => {
    expect(agentName('co`der](x) \n(5 times in 9 sessions)')).toBe(
      'co-der-x-5-times-in-9-sessions-',
    )
  })
})
