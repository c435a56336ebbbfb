import { toolCallText } from '../../core/text/tool-call-text.ts'
import type { ContentBlock } from '../content-block.ts'
import type { EventDraft } from '../session-draft.ts'
import { voiceOfPerson } from '../typed-text.ts'

/** What a source's message says, before it has a place in a session. */
export type Said = Pick<EventDraft, 'type' | 'speaker' | 'text' | 'tool' | 'voice'>

/** Who may speak a message; results are the tools'. */
export type MessageRole = 'user' | 'agent' | 'system'

/** The name of a tool that the source leaves out. */
export const UNKNOWN_TOOL = 'unknown'

/** Words of a message; a person's are judged by their length. */
export function saidWords(role: MessageRole, text: string): Said {
  const said = { text, tool: null, voice: 'own' } as const
  if (role === 'agent') return { ...said, type: 'agent.message', speaker: 'agent' }
  if (role === 'system') return { ...said, type: 'system.message', speaker: 'system' }
  return { ...said, type: 'user.message', speaker: 'user', voice: voiceOfPerson(text) }
}

/** What a program put into a person's message. */
export function saidByProgram(text: string): Said {
  return { type: 'user.message', speaker: 'user', text, tool: null, voice: 'injected' }
}

/** The model's words about the session so far, wherever the program put them. */
export function saidSummary(text: string): Said {
  const type = 'agent.thread_context_compacted'
  return { type, speaker: 'agent', text, tool: null, voice: 'summary' }
}

/** A call of a tool with its arguments as a value. */
export function saidUse(name: string, useId: string | null, given: unknown): Said {
  const { input, text } = toolCallText(given)
  const tool = { name, useId, input, isError: false }
  return { type: 'agent.tool_use', speaker: 'agent', text, tool, voice: 'own' }
}

export function saidResult(
  name: string | null,
  useId: string | null,
  text: string,
  isError: boolean,
): Said {
  const tool = { name: name ?? UNKNOWN_TOOL, useId, input: null, isError }
  return { type: 'agent.tool_result', speaker: 'tool', text, tool, voice: 'own' }
}

/** The names of the tools that were called so far, by the ids of the calls. */
export class CalledTools {
  readonly #names = new Map<string, string>()

  /** The same as was said; remembers the name of a call. */
  remember(said: Said): Said {
    const { tool, type } = said
    if (type === 'agent.tool_use' && tool !== null && tool.useId !== null) {
      this.#names.set(tool.useId, tool.name)
    }
    return said
  }

  nameOf(useId: string | null): string | null {
    return useId === null ? null : (this.#names.get(useId) ?? null)
  }
}

/** What one block of a message says; none = nothing that a dream reads. */
export function saidByBlock(
  block: ContentBlock,
  role: MessageRole,
  called: CalledTools,
): readonly Said[] {
  switch (block.kind) {
    case 'none':
      return []
    case 'text':
      return [saidWords(role, block.text)]
    case 'tool_use':
      return [called.remember(saidUse(block.name, block.useId, block.given))]
    case 'tool_result':
      return [saidResult(called.nameOf(block.useId), block.useId, block.text, block.isError)]
  }
}
