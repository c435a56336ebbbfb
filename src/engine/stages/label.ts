import type { Audience } from '../../core/audience.ts'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import { lowestTrust, type Trust } from '../../core/trust.ts'
import type { Unit } from '../../core/unit.ts'
import { repeatedWords } from '../labeling/repeated-words.ts'
import { trustOfResult } from '../labeling/tool-trust.ts'
import type { ReadEvent, ReadSession } from '../read-session.ts'
import type { ReducedEvent } from './reduce.ts'

/** Shorter lines recur by chance and say nothing about where they come from. */
const ECHO_LINE_CHARS_MIN = 40

/**
 * Stage `label`: who stands behind each event and who may read it. What repeats the store's own
 * lines is echo: a dream must not take its output for evidence. Of the session only what its events
 * tell is handed on; `before` are events of it that were read earlier, for what strangers said.
 */
export function labelSession(
  session: Session,
  events: readonly ReducedEvent[],
  storeAudience: Audience,
  storeLines: ReadonlySet<string>,
  before: readonly SessionEvent[] = [],
): ReadSession {
  const all = [...before, ...events.map(({ event }) => event)].sort(inOrder)
  const calls = callsIn(all)
  const trustIn = (event: SessionEvent): Trust => trustOf(event, calls)
  const repeated = repeatedWords(all.map((event) => ({ event, trust: trustIn(event) })))
  return {
    session: asTold(session, events),
    events: events.map(({ event, text }): ReadEvent => {
      const own = repeated.get(event.id)
      return {
        event,
        text,
        trust: trustIn(event),
        audience: storeAudience,
        isEcho: event.speaker !== 'user' && repeatsStore(text, storeLines),
        ...(own === undefined ? {} : { repeated: own }),
      }
    }),
  }
}

/** Title and times may come from events that are not for these readers. */
function asTold(session: Session, events: readonly ReducedEvent[]): Session {
  const times = events.flatMap(({ event }) => event.at ?? []).sort()
  return { ...session, title: '', startedAt: times[0] ?? null, endedAt: times.at(-1) ?? null }
}

function inOrder(a: SessionEvent, b: SessionEvent): number {
  return a.ordinal - b.ordinal || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Arguments of calls by the ids that their results name. */
type Calls = ReadonlyMap<string, string>

function callsIn(events: readonly SessionEvent[]): Calls {
  return new Map(
    events.flatMap(({ type, tool }) =>
      type === 'agent.tool_use' && tool?.useId != null && tool.input !== null
        ? [[tool.useId, tool.input] as const]
        : [],
    ),
  )
}

/** The lines of a store by which its echo is known. */
export function echoLines(units: readonly Unit[]): ReadonlySet<string> {
  return new Set(units.flatMap((unit) => unit.text.split('\n').map(normalLine).filter(isTelling)))
}

/** Who stands behind an event. What its source states only lowers what the rules find. */
export function trustOf(event: SessionEvent, calls: Calls = new Map()): Trust {
  const found = foundTrust(event, calls)
  return event.label?.trust === undefined ? found : lowestTrust([found, event.label.trust])
}

function foundTrust(event: SessionEvent, calls: Calls): Trust {
  if (event.voice === 'summary') return 'assistant'
  if (event.voice === 'injected' || event.voice === 'pasted') return 'external'
  switch (event.speaker) {
    case 'user':
      return 'user'
    case 'system':
      return 'operator'
    case 'agent':
      return 'assistant'
    case 'tool': {
      const { tool } = event
      if (tool === null) return 'external'
      return trustOfResult(tool, tool.useId === null ? null : (calls.get(tool.useId) ?? null))
    }
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
