import type { SessionEvent } from '../../core/session-event.ts'

/** Characters kept of a long tool result that is no error. */
const HEAD_CHARS = 2_000
const TAIL_CHARS = 500

export interface ReducedEvent {
  readonly event: SessionEvent
  readonly text: string
}

/**
 * Stage `reduce`: a system prompt once, an identical tool result once, long results clipped,
 * errors and all human text verbatim. Only `text` shrinks; quotes are checked on `event.text`.
 */
export function reduceEvents(events: readonly SessionEvent[]): readonly ReducedEvent[] {
  const seen = new Set<string>()
  return events.map((event) => ({ event, text: reducedText(event, seen) }))
}

function reducedText(event: SessionEvent, seen: Set<string>): string {
  const text = event.text
  if (event.type === 'system.message' || event.type === 'agent.tool_result') {
    const isError = event.tool?.isError ?? false
    if (!isError && seen.has(text)) return ''
    seen.add(text)
    if (!isError && text.length > HEAD_CHARS + TAIL_CHARS) {
      return `${text.slice(0, HEAD_CHARS)}\n[…]\n${text.slice(-TAIL_CHARS)}`
    }
  }
  return text
}
