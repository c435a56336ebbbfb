import type { Audience } from '../../core/audience.ts'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import type { Trust } from '../../core/trust.ts'
import type { Unit } from '../../core/unit.ts'
import type { ReadEvent, ReadSession } from '../read-session.ts'
import type { ReducedEvent } from './reduce.ts'

/** Tools whose results bring in text that strangers wrote. */
const FETCHING_TOOL =
  /fetch|search|browse|browser|http|url|e-?mail|inbox|message|ticket|scrape|crawl/i

/** Shorter lines recur by chance and say nothing about where they come from. */
const ECHO_LINE_CHARS_MIN = 40

/**
 * Stage `label`: who stands behind each event and who may read it. What repeats the store's own
 * lines is echo: a dream must not take its output for evidence.
 */
export function labelSession(
  session: Session,
  events: readonly ReducedEvent[],
  storeAudience: Audience,
  storeLines: ReadonlySet<string>,
): ReadSession {
  return {
    session,
    events: events.map(
      ({ event, text }): ReadEvent => ({
        event,
        text,
        trust: trustOf(event),
        audience: storeAudience,
        isEcho: event.speaker !== 'user' && repeatsStore(text, storeLines),
      }),
    ),
  }
}

/** The lines of a store by which its echo is known. */
export function echoLines(units: readonly Unit[]): ReadonlySet<string> {
  return new Set(units.flatMap((unit) => unit.text.split('\n').map(normalLine).filter(isTelling)))
}

export function trustOf(event: SessionEvent): Trust {
  if (event.voice === 'summary') return 'assistant'
  if (event.voice === 'injected' || event.voice === 'pasted') return 'external'
  switch (event.speaker) {
    case 'user':
      return 'user'
    case 'system':
      return 'operator'
    case 'agent':
      return 'assistant'
    case 'tool':
      return FETCHING_TOOL.test(event.tool?.name ?? '') ? 'external' : 'tool'
  }
}

function repeatsStore(text: string, storeLines: ReadonlySet<string>): boolean {
  if (storeLines.size === 0) return false
  return text.split('\n').some((line) => storeLines.has(normalLine(line)))
}

/** Without list markers, line numbers of a file viewer, and emphasis. */
function normalLine(line: string): string {
  return line.replace(/^\s*(?:\d+\s*[→|:\t])?\s*(?:[-*+]|\d+[.)])?\s*/, '').trim()
}

function isTelling(line: string): boolean {
  return line.length >= ECHO_LINE_CHARS_MIN
}
