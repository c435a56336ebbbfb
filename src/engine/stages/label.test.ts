import { describe, expect, it } from 'vitest'
import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import { derivedId } from '../../core/ids.ts'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'
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

  it('gives every event the audience of the store', () => {
    expect(labelled(event('tool', 'x', 'own', 'Bash'))?.audience).toBe(LOCAL_AUDIENCE)
  })
})
