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
      return `${head(text, HEAD_CHARS)}\n[…]\n${tail(text, TAIL_CHARS)}`
    }
  }
  return text
}

/** At most so many UTF-16 units from the start; a pair that the cut would part is left out. */
function head(text: string, chars: number): string {
  return text.slice(0, isPairAt(text, chars - 1) ? chars - 1 : chars)
}

function tail(text: string, chars: number): string {
  const start = text.length - chars
  return text.slice(isPairAt(text, start - 1) ? start + 1 : start)
}

/** True when the unit at `index` and the next one are one character. */
function isPairAt(text: string, index: number): boolean {
  return (text.codePointAt(index) ?? 0) > 0xffff
}
