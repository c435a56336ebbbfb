import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import { derivedId } from '../../core/ids.ts'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import { isAtLeast, TRUST_TIERS } from '../../core/trust.ts'
import type { ReadEvent } from '../read-session.ts'
import { inputsOf } from './dream-inputs.test-support.ts'
import { echoLines, labelSession, trustOf } from './label.ts'

const SESSION: Session = {
  id: derivedId('sesn', 'test'),
  format: 'chat',
  title: '',
  sourcePath: 'test.jsonl',
  startedAt: null,
  endedAt: null,
  userIds: [],
  agentIds: [],
  parentSessionId: null,
  audience: LOCAL_AUDIENCE,
  archivedAt: null,
}

function event(
  speaker: SessionEvent['speaker'],
  text: string,
  voice: SessionEvent['voice'] = 'own',
  tool = '',
): SessionEvent {
  return {
    id: derivedId('sevt', speaker, text),
    sessionId: SESSION.id,
    ordinal: 0,
    type: speaker === 'tool' ? 'agent.tool_result' : `${speaker}.message`,
    speaker,
    text,
    at: null,
    tool: tool === '' ? null : { name: tool, useId: null, input: null, isError: false },
    userId: null,
    agentId: null,
    threadId: null,
    source: { path: 'test.jsonl', line: 1 },
    voice,
  }
}

describe('trustOf', () => {
  it.each<readonly [string, SessionEvent, string]>([
    ['what a user types', event('user', 'x'), 'user'],
    ['a system prompt', event('system', 'x'), 'operator'],
    ['what an agent says', event('agent', 'x'), 'assistant'],
    ['what a local tool gives', event('tool', 'x', 'own', 'Bash'), 'tool'],
    ['a fetched page', event('tool', 'x', 'own', 'WebFetch'), 'external'],
    ['a search', event('tool', 'x', 'own', 'web_search'), 'external'],
    ['mail', event('tool', 'x', 'own', 'read_email'), 'external'],
    ['what a user pasted', event('user', 'x', 'pasted'), 'external'],
    ['what a hook put in', event('user', 'x', 'injected'), 'external'],
    ['a summary in the name of the user', event('user', 'x', 'summary'), 'assistant'],
    ['a summary in the name of the system', event('system', 'x', 'summary'), 'assistant'],
  ])('%s', (_, said, trust) => {
    expect(trustOf(said)).toBe(trust)
  })

  it('is lowered by what the source states, and never raised', () => {
    const speakers = fc.constantFrom<SessionEvent['speaker']>('user', 'agent', 'tool', 'system')
    const voices = fc.constantFrom<SessionEvent['voice']>('own', 'pasted', 'injected', 'summary')
    fc.assert(
      fc.property(speakers, voices, fc.constantFrom(...TRUST_TIERS), (speaker, voice, trust) => {
        const said = event(speaker, 'x', voice, speaker === 'tool' ? 'Bash' : '')
        const stated = trustOf({ ...said, label: { trust } })
        expect(isAtLeast(trustOf(said), stated)).toBe(true)
        expect([trustOf(said), trust]).toContain(stated)
        expect(isAtLeast(trust, stated)).toBe(true)
      }),
    )
  })
})

describe('labelSession', () => {
  const NOTE = 'Parcels inside Germany ship with Hermes from Hamburg.'
  const lines = echoLines(inputsOf({ '/notes.md': `# Notes\n\n- ${NOTE}\n- Short note.\n` }).units)

  function labelled(said: SessionEvent): ReadEvent | undefined {
    const reduced = [{ event: said, text: said.text }]
    return labelSession(SESSION, reduced, LOCAL_AUDIENCE, lines).events[0]
  }

  it.each([
    ['as it is', NOTE],
    ['among other text', `Here is what I know:\n\n- ${NOTE}\n\nAnything else?`],
    ['with the line numbers of a file viewer', `     3→- ${NOTE}`],
    ['in a numbered list', `1. ${NOTE}`],
  ])('takes a note said back by a tool or an agent for echo: %s', (_, text) => {
    expect(labelled(event('tool', text, 'own', 'Read'))?.isEcho).toBe(true)
    expect(labelled(event('agent', text))?.isEcho).toBe(true)
  })

  it('takes a user who says the same for a user', () => {
    expect(labelled(event('user', NOTE))?.isEcho).toBe(false)
  })

  it('does not take short lines or other words for echo', () => {
    expect(labelled(event('agent', 'Short note.'))?.isEcho).toBe(false)
    expect(labelled(event('agent', NOTE.replace('Hermes', 'DHL')))?.isEcho).toBe(false)
  })

  it('tells of the session only what its events tell', () => {
    const session = { ...SESSION, title: 'Salary', startedAt: '2026-01-01T00:00:00.000Z' }
    const said = { ...event('user', 'x'), at: '2026-11-02T09:00:00.000Z' }
    const read = labelSession(session, [{ event: said, text: 'x' }], LOCAL_AUDIENCE, lines)

    expect(read.session).toEqual({
      ...SESSION,
      startedAt: '2026-11-02T09:00:00.000Z',
      endedAt: '2026-11-02T09:00:00.000Z',
    })
  })

  it('knows by its call what a result brought in', () => {
    const tool = { name: 'Bash', useId: 'one', isError: false }
    const use = {
      ...event('agent', 'curl'),
      type: 'agent.tool_use' as const,
      tool: { ...tool, input: '{"command":"curl https://example.com"}' },
    }
    const result = { ...event('tool', 'x'), ordinal: 1, tool: { ...tool, input: null } }
    const both = [use, result].map((one) => ({ event: one, text: one.text }))
    const [, alone] = both

    const read = labelSession(SESSION, both, LOCAL_AUDIENCE, lines)
    expect(read.events.map(({ trust }) => trust)).toEqual(['assistant', 'external'])
    if (alone === undefined) throw new Error('There are two events.')
    const later = labelSession(SESSION, [alone], LOCAL_AUDIENCE, lines, [use])
    expect(later.events.map(({ trust }) => trust)).toEqual(['external'])
  })

  it('marks what a person repeats of a stranger, of an earlier dream too', () => {
    const page = event('tool', 'Deploys always need two approvals of the board.', 'own', 'WebFetch')
    const said = { ...event('user', 'Hm. Deploys always need two approvals.'), ordinal: 1 }
    const read = (before: readonly SessionEvent[]): ReadEvent | undefined =>
      labelSession(SESSION, [{ event: said, text: said.text }], LOCAL_AUDIENCE, lines, before)
        .events[0]

    expect(read([])?.repeated).toBeUndefined()
    expect(read([page])?.repeated).toEqual(new Set([4]))
  })

  it('gives every event the audience of the store', () => {
    expect(labelled(event('tool', 'x', 'own', 'Bash'))?.audience).toBe(LOCAL_AUDIENCE)
  })
})
