import { LOCAL_AUDIENCE } from '../../core/audience.ts'
import type { SessionEventId, SessionId } from '../../core/ids.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import type { ReadEvent, ReadSession } from '../read-session.ts'
import { type ToolStep, toolSteps } from './tool-step.ts'

/** One turn of a small transcript. */
export type Turn =
  | { readonly user: string }
  | {
      readonly tool: string
      readonly input: object
      readonly result: string
      readonly failed?: true
    }

/** A shell call and its answer; a failed one starts as a harness writes it. */
export function shell(command: string, result: string, exitCode = 0): Turn {
  const input = { command }
  if (exitCode === 0) return { tool: 'Bash', input, result }
  return { tool: 'Bash', input, result: `Exit code ${exitCode}\n${result}`, failed: true }
}

export function editOf(path: string, before: string, after: string): Turn {
  const input = { file_path: path, old_string: before, new_string: after }
  return { tool: 'Edit', input, result: `The file ${path} has been updated.` }
}

export function aReadSession(id: string, turns: readonly Turn[], parent?: string): ReadSession {
  const events: ReadEvent[] = []
  const push = (type: SessionEvent['type'], text: string, tool: SessionEvent['tool']): void => {
    events.push(readEvent(id, events.length, type, text, tool))
  }
  for (const [n, turn] of turns.entries()) {
    if ('user' in turn) push('user.message', turn.user, null)
    else {
      const input = JSON.stringify(turn.input)
      const call = { name: turn.tool, useId: `${id}-${n}` }
      push('agent.tool_use', input, { ...call, input, isError: false })
      push('agent.tool_result', turn.result, {
        ...call,
        input: null,
        isError: turn.failed === true,
      })
    }
  }
  return { session: sessionOf(id, parent), events }
}

function sessionOf(id: string, parent: string | undefined): ReadSession['session'] {
  return {
    id: id as SessionId,
    format: 'claude-code',
    title: id,
    sourcePath: `${id}.jsonl`,
    startedAt: null,
    endedAt: null,
    userIds: [],
    agentIds: [],
    parentSessionId: parent === undefined ? null : (parent as SessionId),
    audience: LOCAL_AUDIENCE,
    archivedAt: null,
  }
}

function readEvent(
  id: string,
  ordinal: number,
  type: SessionEvent['type'],
  text: string,
  tool: SessionEvent['tool'],
): ReadEvent {
  const speaker = type === 'user.message' ? 'user' : type === 'agent.tool_use' ? 'agent' : 'tool'
  const event: SessionEvent = {
    id: `${id}-${ordinal}` as SessionEventId,
    sessionId: id as SessionId,
    ordinal,
    type,
    speaker,
    text,
    at: null,
    tool,
    userId: null,
    agentId: null,
    threadId: null,
    source: { path: `${id}.jsonl`, line: ordinal + 1 },
    voice: 'own',
  }
  const trust = speaker === 'user' ? 'user' : speaker === 'agent' ? 'assistant' : 'tool'
  return { event, text, trust, audience: LOCAL_AUDIENCE, isEcho: false }
}

/** The one step of a transcript of one call. */
export function aStep(turn: Turn): ToolStep {
  const [step] = toolSteps(aReadSession('sesn_one', [turn])).flat()
  if (step === undefined) throw new Error('the turn is not a tool call')
  return step
}
