import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../config.ts'
import type { SessionId } from '../../core/ids.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import { SEED } from '../../testing/arbitraries.ts'
import { type EventPlace, readEvent } from './read-event.ts'
import { shownEvent } from './shown-event.ts'
import {
  SESSION_EVENT_VOCABULARY,
  type WireEventType,
  type WireSessionEvent,
} from './vocabulary.ts'

const PLACE: EventPlace = {
  sessionId: 'sesn_1' as SessionId,
  ordinal: 3,
  threadId: null,
  userId: 'ada',
  agentId: 'agent_1',
  source: { path: '/v1/sessions/sesn_1', line: 4 },
  toolName: (useId) => (useId === 'sevt_use' ? 'bash' : null),
}
const AT = '2026-11-01T08:00:00.000Z'
const text = (...texts: readonly string[]) => texts.map((one) => ({ type: 'text', text: one }))

function read(type: WireEventType, fields: Readonly<Record<string, unknown>>): SessionEvent | null {
  return readEvent({ id: 'sevt_1', type, processed_at: AT, ...fields } as WireSessionEvent, PLACE)
}

describe('what a dream reads of an event', () => {
  it('is the words of a person, who is named', () => {
    expect(read('user.message', { content: text('a', 'b') })).toEqual({
      id: 'sevt_1',
      sessionId: 'sesn_1',
      ordinal: 3,
      type: 'user.message',
      speaker: 'user',
      text: 'a\nb',
      at: AT,
      tool: null,
      userId: 'ada',
      agentId: null,
      threadId: null,
      source: { path: '/v1/sessions/sesn_1', line: 4 },
      voice: 'own',
    })
  })

  it.each([
    ['user.tool_confirmation', { result: 'deny', deny_message: 'Not on Friday' }, 'Not on Friday'],
    ['user.define_outcome', { description: 'Fix CI' }, 'Fix CI'],
  ] as const)('is what a person says in a %s', (type, fields, words) => {
    expect(read(type, fields)).toMatchObject({ type: 'user.message', speaker: 'user', text: words })
  })

  it.each(['agent.message', 'agent.thread_message_sent', 'agent.thread_message_received'] as const)(
    'is what an agent says in a %s',
    (type) => {
      const said = {
        type: 'agent.message',
        speaker: 'agent',
        text: 'hi',
        agentId: 'agent_1',
        userId: null,
      }
      expect(read(type, { content: text('hi') })).toMatchObject(said)
    },
  )

  it('is a call with its arguments, a command as it was typed', () => {
    expect(read('agent.tool_use', { name: 'bash', input: { command: 'make ci' } })).toMatchObject({
      text: 'make ci',
      tool: { name: 'bash', useId: 'sevt_1', input: '{"command":"make ci"}', isError: false },
    })
    const called = read('agent.mcp_tool_use', {
      name: 'run',
      mcp_server_name: 'db',
      input: { q: 1 },
    })
    expect(called).toMatchObject({ text: '{"q":1}', tool: { name: 'mcp__db__run' } })
  })

  it.each([
    ['agent.tool_result', 'tool_use_id'],
    ['agent.mcp_tool_result', 'mcp_tool_use_id'],
    ['user.tool_result', 'tool_use_id'],
    ['user.custom_tool_result', 'custom_tool_use_id'],
  ] as const)('is the result in a %s, under the name of its tool', (type, field) => {
    const content = [...text('Error: no'), { type: 'image', source: {} }]
    expect(read(type, { [field]: 'sevt_use', content, is_error: true })).toMatchObject({
      type: 'agent.tool_result',
      speaker: 'tool',
      text: 'Error: no\n[image]',
      tool: { name: 'bash', useId: 'sevt_use', isError: true },
    })
    expect(read(type, { [field]: 'sevt_other' })?.tool?.name).toBe('unknown')
  })

  it('is not held to be typed where it is too long', () => {
    const typed = 'x'.repeat(LIMITS.typedCharsMax)
    expect(read('user.message', { content: text(typed) })?.voice).toBe('own')
    expect(read('user.message', { content: text(`${typed}x`) })?.voice).toBe('pasted')
  })

  it('is nothing where nothing is said', () => {
    const silent = SESSION_EVENT_VOCABULARY.filter((type) => read(type, {}) === null)
    const calls = ['agent.tool_use', 'agent.mcp_tool_use', 'agent.custom_tool_use']
    expect(silent).toEqual(SESSION_EVENT_VOCABULARY.filter((type) => !calls.includes(type)))
    expect(read('user.message', { content: text(' \n') })).toBeNull()
  })
})

describe('an event of a transcript on the wire', () => {
  const words = fc.string({ minLength: 1, unit: 'grapheme' }).filter((one) => one.trim() !== '')
  const message = fc.record({
    type: fc.constantFrom('user.message', 'agent.message', 'system.message'),
    content: words.map((one) => text(one)),
  })
  const use = fc.record({
    type: fc.constantFrom('agent.tool_use'),
    name: fc.constantFrom('bash', 'mcp__db__run'),
    input: fc.dictionary(fc.constantFrom('command', 'path'), words),
  })

  it('says to a dream what it said before', () => {
    fc.assert(
      fc.property(fc.oneof(message, use), (fields) => {
        const before = read(fields.type as WireEventType, fields)
        if (before === null) throw new Error('Words were read as none.')
        const shown = shownEvent(before, () => null)
        expect(readEvent(shown, PLACE)).toEqual(before)
      }),
      { seed: SEED },
    )
  })
})
