import { LIMITS } from '../config.ts'
import { type Audience, LOCAL_AUDIENCE } from '../core/audience.ts'
import { derivedId, type SessionEventId, type SessionId } from '../core/ids.ts'
import type { Session, SessionOutcome } from '../core/session.ts'
import type { SessionEvent } from '../core/session-event.ts'
import { clipped } from '../core/text/clipped.ts'
import type { TallyDraft } from './import-tally.ts'
import type { ImportedSession, Redact } from './importer.ts'

/** An event as the source tells it: not redacted, not numbered. */
export interface EventDraft extends Omit<SessionEvent, 'id' | 'sessionId' | 'ordinal' | 'source'> {
  /** Null = the source has none: session, ordinal and words name the event. */
  readonly id: SessionEventId | null
  readonly line: number
}

/** What a whole source's drafts need. */
export interface DraftContext {
  readonly format: string
  readonly sourcePath: string
  readonly redact: Redact
  readonly tally: TallyDraft
}

const TITLE_CHARS_MAX = 80
const NONE: ReadonlySet<SessionEventId> = new Set()

/** Gathers the events of one session, takes secrets out and gives ids and ordinals. */
export class SessionDraft {
  readonly id: SessionId
  readonly #context: DraftContext
  readonly #parentSessionId: SessionId | null
  readonly #audience: Audience
  readonly #events: SessionEvent[] = []
  #outcome: SessionOutcome | null = null
  #title: string | null = null

  /** `audience` null = the source states none. */
  constructor(
    context: DraftContext,
    id: SessionId,
    parentSessionId: SessionId | null,
    audience: Audience | null = null,
  ) {
    this.#context = context
    this.id = id
    this.#parentSessionId = parentSessionId
    this.#audience = audience ?? LOCAL_AUDIENCE
  }

  async add(draft: EventDraft): Promise<void> {
    const { id, line, ...fields } = draft
    const ordinal = this.#events.length
    const clean = (text: string): Promise<string> => this.#clean(text, line)
    const cleanOrNull = async (text: string | null): Promise<string | null> =>
      text === null ? null : await clean(text)
    const tool = fields.tool
    this.#events.push({
      ...fields,
      id: id ?? derivedId('sevt', this.id, String(ordinal), fields.type, fields.text),
      sessionId: this.id,
      ordinal,
      text: await clean(fields.text),
      tool:
        tool === null
          ? null
          : { ...tool, name: await clean(tool.name), input: await cleanOrNull(tool.input) },
      userId: await cleanOrNull(fields.userId),
      agentId: await cleanOrNull(fields.agentId),
      threadId: await cleanOrNull(fields.threadId),
      source: { path: this.#context.sourcePath, line },
    })
  }

  /** How the session ended, where the source states it; the first word of it counts. */
  async endedAs(outcome: SessionOutcome): Promise<void> {
    if (this.#outcome !== null) return
    const { task } = outcome
    const { redact } = this.#context
    const named = task === null ? null : clipped((await redact(task)).text, TITLE_CHARS_MAX)
    this.#outcome = { ...outcome, task: named }
  }

  /** What the source calls the session; the last word of it counts. */
  async titled(title: string): Promise<void> {
    const line = (await this.#context.redact(title.toWellFormed())).text.trim().split('\n', 1)[0]
    if (line !== undefined && line !== '') this.#title = clipped(line, TITLE_CHARS_MAX)
  }

  get size(): number {
    return this.#events.length
  }

  /**
   * `fallbackTitle` serves a session in which nobody says anything; the events in `dropped` are left
   * out, and those after them keep their ordinals.
   */
  async finish(
    fallbackTitle: string,
    dropped: ReadonlySet<SessionEventId> = NONE,
  ): Promise<ImportedSession> {
    const events = this.#events.filter(({ id }) => !dropped.has(id))
    const times = events.flatMap(({ at }) => at ?? []).sort()
    const session: Session = {
      id: this.id,
      format: this.#context.format,
      title: this.#title ?? titleOf(events) ?? (await this.#context.redact(fallbackTitle)).text,
      sourcePath: this.#context.sourcePath,
      startedAt: times[0] ?? null,
      endedAt: times.at(-1) ?? null,
      userIds: distinct(events.map(({ userId }) => userId)),
      agentIds: distinct(events.map(({ agentId }) => agentId)),
      parentSessionId: this.#parentSessionId,
      audience: this.#audience,
      archivedAt: null,
      ...(this.#outcome === null ? {} : { outcome: this.#outcome }),
    }
    return { session, events }
  }

  async #clean(text: string, line: number): Promise<string> {
    // A lone surrogate has no UTF-8 form: stored and read again it would break exact quotes.
    const { text: clean, kinds } = await this.#context.redact(text.toWellFormed())
    this.#context.tally.countRedacted(kinds, line)
    return clipped(clean, LIMITS.eventTextCharsMax)
  }
}

/** The first words a person said, else the first an agent said. */
function titleOf(events: readonly SessionEvent[]): string | null {
  const first =
    events.find(({ type, voice }) => type === 'user.message' && voice !== 'injected') ??
    events.find(({ type }) => type === 'agent.message')
  const line = first?.text.trim().split('\n', 1)[0]?.trim()
  return line === undefined || line === '' ? null : clipped(line, TITLE_CHARS_MAX)
}

function distinct(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.flatMap((value) => value ?? []))].sort()
}
