import { LIMITS } from '../../config.ts'
import { isReverieError } from '../../core/errors.ts'
import { derivedId, digestOf, type SessionId } from '../../core/ids.ts'
import {
  checkedEvent,
  type ImportedEvent,
  isOfThreads,
  namedEvent,
  ownSessionId,
} from '../../wire/session-events/imported-event.ts'
import {
  type ImportedSession,
  importedSessionSchema,
} from '../../wire/session-events/session-import.ts'
import type { WireSessionEvent } from '../../wire/session-events/vocabulary.ts'
import { redactedEvent } from '../sessions/redacted-json.ts'
import { ringAll, type SessionDeps } from '../sessions/session-deps.ts'
import type { ImportReport } from './import-report.ts'
import { keepEvents, type OpenedSession, openImported } from './imported-session.ts'

/** Bytes of waiting events after which they are written. */
const BYTES_AT_ONCE = 8_388_608

interface WaitingEvent {
  readonly event: WireSessionEvent
  readonly line: number
}

/** Takes sessions and their events one after the other, and writes them in steps. */
export class SessionImport {
  readonly #deps: SessionDeps
  readonly #report: ImportReport
  /** The session that events belong to; null = none was named, or a bad one. */
  #header: ImportedSession | null = null
  #opened: OpenedSession | null = null
  /** The session is there and takes no events. */
  #isRefused = false
  #waiting: WaitingEvent[] = []
  #waitingBytes = 0
  readonly #ordinals = new Map<string, number>()

  constructor(deps: SessionDeps, report: ImportReport) {
    this.#deps = deps
    this.#report = report
  }

  /** The events that follow belong to this session. */
  async session(value: unknown, line: number): Promise<void> {
    await this.flush()
    this.#header = null
    this.#opened = null
    this.#isRefused = false
    const result = importedSessionSchema.safeParse(value)
    if (!result.success) return this.#report.skip('bad session', line)
    this.#report.countRead()
    this.#header = result.data
    // Without an id of its own a session is known by its first event.
    if (result.data.id !== undefined) await this.#open(result.data, ownSessionId(result.data.id))
  }

  /** The events that follow belong to a session that is here already. */
  into(opened: OpenedSession): void {
    this.#header = {}
    this.#opened = opened
  }

  async event(value: unknown, line: number, bytes: number): Promise<void> {
    if (this.#header === null) return this.#report.skip('no session', line)
    const checked = checkedEvent(value)
    if ('reason' in checked) return this.#report.skip(checked.reason, line)
    if (this.#opened === null && !this.#isRefused) {
      await this.#open(this.#header, this.#derivedId(checked.event))
    }
    const opened = this.#opened
    if (opened === null) return this.#report.skip('session takes no events', line)
    const ordinal = this.#nextOrdinal(opened.id)
    const named = namedEvent(checked.event, opened.id, ordinal)
    const { value: event, kinds } = await redactedEvent(named, this.#deps.redact)
    this.#report.countRead()
    this.#report.redacted(kinds)
    this.#waiting.push({ event, line })
    this.#waitingBytes += bytes
    const isFull =
      this.#waiting.length >= LIMITS.importLinesAtOnce || this.#waitingBytes >= BYTES_AT_ONCE
    if (isFull) await this.flush()
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    const opened = this.#opened
    const waiting = this.#waiting
    this.#waiting = []
    this.#waitingBytes = 0
    if (opened === null || waiting.length === 0) return
    const placed = waiting.map(({ event, line }) => ({ ...placeOf(event), line }))
    const { newEvents, streams } = await keepEvents(opened, placed, this.#deps)
    this.#report.sessionGrew(opened.id, newEvents)
    if (newEvents > 0) ringAll(this.#deps, streams)
  }

  async #open(header: ImportedSession, id: SessionId): Promise<void> {
    try {
      this.#opened = await openImported(header, id, this.#deps, this.#report)
      this.#report.sessionGrew(id, 0)
    } catch (error) {
      if (!isReverieError(error, 'invalid_request_error')) throw error
      this.#isRefused = true
    }
  }

  #derivedId(first: ImportedEvent): SessionId {
    return derivedId('sesn', 'imported', digestOf(this.#header), digestOf(first))
  }

  #nextOrdinal(id: string): number {
    const ordinal = this.#ordinals.get(id) ?? 0
    this.#ordinals.set(id, ordinal + 1)
    return ordinal
  }
}

/** The thread that an event belongs to; there it needs no name. */
function placeOf(event: WireSessionEvent): {
  readonly event: WireSessionEvent
  readonly threadId: string | null
} {
  const { session_thread_id: threadId, ...rest } = event
  return isOfThreads(event) || typeof threadId !== 'string'
    ? { event, threadId: null }
    : { event: rest as WireSessionEvent, threadId }
}
