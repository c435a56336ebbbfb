import type { Fence } from '../asking/fence.ts'

/** An event as a model is shown it. */
export interface PromptEvent {
  /** From 1, within the call. */
  readonly n: number
  readonly speaker: 'user' | 'agent' | 'tool'
  /** Name of the tool, of calls and of results. */
  readonly tool: string | null
  /** ISO 8601. */
  readonly at: string | null
  /** Reduced text. */
  readonly text: string
  /** True for the first event of another session. */
  readonly startsSession: boolean
}

/** One line for each event: `⟨n|speaker|time⟩ text`, with `speaker:tool` where a tool is at work. */
export function eventLines(events: readonly PromptEvent[], fence: Fence): string {
  return events
    .flatMap((event) => [...(event.startsSession ? ['(new session)'] : []), lineOf(event, fence)])
    .join('\n')
}

/** `⟨a|b⟩`, the mark in front of a numbered line; parts that are null or empty are left out. */
export function lineMark(parts: readonly (string | number | null)[], fence: Fence): string {
  const shown = parts.filter((part) => part !== null && part !== '')
  return `⟨${shown.map((part) => fence.line(String(part))).join('|')}⟩`
}

function lineOf({ n, speaker, tool, at, text }: PromptEvent, fence: Fence): string {
  const who = tool === null ? speaker : `${speaker}:${tool}`
  return `${lineMark([n, who, at], fence)} ${fence.line(text)}`
}
