import { describe, expect, it } from 'vitest'
import { derivedId } from '../../core/ids.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import { reduceEvents } from './reduce.ts'

function event(
  text: string,
  type: SessionEvent['type'] = 'agent.tool_result',
  isError = false,
): SessionEvent {
  const speakers = { user: 'user', system: 'system' } as const
  const speaker = speakers[type.split('.')[0] as keyof typeof speakers] ?? 'tool'
  const isTool = type === 'agent.tool_result'
  return {
    id: derivedId('sevt', type, text),
    sessionId: derivedId('sesn', 'test'),
    ordinal: 0,
    type,
    speaker,
    text,
    at: null,
    tool: isTool ? { name: 'Bash', useId: null, input: null, isError } : null,
    userId: null,
    agentId: null,
    threadId: null,
    source: { path: 'test.jsonl', line: 1 },
    voice: 'own',
  }
}

function textsOf(...events: readonly SessionEvent[]): readonly string[] {
  return reduceEvents(events).map(({ text }) => text)
}

const LONG = `${'head '.repeat(500)}${'x'.repeat(5_000)}${' tail'.repeat(200)}`

describe('reduceEvents', () => {
  it('empties a system prompt and a tool result that was there before', () => {
    const prompt = event('You are an agent.', 'system.message')
    const result = event('12 passed')

    expect(textsOf(prompt, result, prompt, result)).toEqual([
      'You are an agent.',
      '12 passed',
      '',
      '',
    ])
  })

  it('keeps every word of people and of agents, however often and long', () => {
    const user = event(LONG, 'user.message')
    const agent = event(LONG, 'agent.message')

    expect(textsOf(user, agent, user, agent)).toEqual([LONG, LONG, LONG, LONG])
  })

  it('clips a long tool result to its head and its tail', () => {
    const [text] = textsOf(event(LONG))

    expect(text).toHaveLength(2_000 + 500 + '\n[…]\n'.length)
    expect(LONG.startsWith(text?.split('\n[…]\n')[0] ?? '-')).toBe(true)
    expect(LONG.endsWith(text?.split('\n[…]\n')[1] ?? '-')).toBe(true)
  })

  it('keeps errors verbatim, also long ones and those seen before', () => {
    const error = event(LONG, 'agent.tool_result', true)

    expect(textsOf(error, error)).toEqual([LONG, LONG])
  })

  it('changes no event: quotes are checked on the text as stored', () => {
    const events = [event(LONG), event(LONG)]

    expect(reduceEvents(events).map((reduced) => reduced.event)).toEqual(events)
  })

  it('cuts no character in half', () => {
    const emoji = event('🫖'.repeat(3_000))
    const shifted = event(`x${'🫖'.repeat(3_000)}`)

    for (const text of textsOf(emoji, shifted)) expect(text.isWellFormed()).toBe(true)
  })
})
