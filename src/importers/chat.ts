import { basename } from 'node:path'
import { type Audience, LOCAL_AUDIENCE, parseAudience } from '../core/audience.ts'
import { derivedId, type SessionId } from '../core/ids.ts'
import type { SessionEvent } from '../core/session-event.ts'
import { isTrust } from '../core/trust.ts'
import { type ChatItem, chatItems } from './chat/chat-items.ts'
import { TallyDraft } from './import-tally.ts'
import type { Importer, ImportResult, ImportSource, Redact } from './importer.ts'
import { asObject, asText, compactJson, type JsonObject, parseJson } from './json-value.ts'
import { isMessage, roleOf, saidIn } from './saying/message.ts'
import { CalledTools } from './saying/said.ts'
import { whoIn } from './saying/who.ts'
import { type DraftContext, SessionDraft } from './session-draft.ts'
import { statedOutcome } from './stated-outcome.ts'
import { utcTime } from './utc-time.ts'

const FORMAT = 'chat'
const HEAD_LINES = 20

/**
 * Messages with roles: `{role, content, at?, user?, agent?, thread?, audience?, trust?}`, one a line,
 * or a JSON document of them, as the chat APIs have them; who speaks is told as in `whoIn`. What is
 * around the messages, or a first line without a role, holds for all of them and may state how the
 * session ended (`statedOutcome`).
 */
export const chatImporter: Importer = {
  format: FORMAT,
  recognizes(head) {
    const start = head.trimStart()
    const lines = start.split('\n', HEAD_LINES).map(parseJson)
    if (lines.some(holdsMessage)) return true
    // A document over several lines, or one line that is longer than the head.
    return (
      /^[[{]/.test(start) &&
      /"role"\s*:\s*"/.test(start) &&
      /"(?:content|tool_calls)"\s*:/.test(start)
    )
  },
  read: readChat,
}

async function readChat(
  source: ImportSource,
  redact: Redact,
  signal?: AbortSignal,
): Promise<ImportResult> {
  const tally = new TallyDraft(source.path)
  const reading = new ChatReading({ format: FORMAT, sourcePath: source.path, redact, tally })
  for await (const item of chatItems(source, tally, signal)) {
    signal?.throwIfAborted()
    tally.countLine()
    await reading.readItem(item)
  }
  return { sessions: await reading.finish(), tally: tally.finish() }
}

interface OpenSession {
  readonly draft: SessionDraft
  readonly name: string
  readonly called: CalledTools
}

class ChatReading {
  readonly #context: DraftContext
  readonly #sessions = new Map<string, OpenSession>()
  /** What a first line without a role says for the messages after it. */
  #header: JsonObject = {}
  #isFirst = true

  constructor(context: DraftContext) {
    this.#context = context
  }

  async readItem({ value, around, group, line }: ChatItem): Promise<void> {
    const { tally } = this.#context
    const isFirst = this.#isFirst
    this.#isFirst = false
    const message = asObject(value)
    if (message === null || !isMessage(message)) {
      const isHeader = isFirst && message !== null && around === null
      if (isHeader) this.#header = message
      return isHeader ? tally.skip('header') : tally.skipBad('not a message', line)
    }
    if (roleOf(message) === null) return tally.skipBad('unknown role', line, message.role)
    const outer = around ?? this.#header
    const session = this.#sessionOf(message, outer, group)
    const outcome = statedOutcome(outer)
    if (outcome !== null) await session.draft.endedAs(outcome)
    const said = saidIn(message, session.called)
    if (said.length === 0) return tally.skip('no content', message.role)
    const place = {
      at: utcTime(message.at),
      ...whoIn(message, outer),
      ...labelIn(message),
    }
    for (const event of said) await session.draft.add({ ...event, ...place, id: null, line })
    tally.countRead()
  }

  async finish(): Promise<readonly ImportResult['sessions'][number][]> {
    const sessions: ImportResult['sessions'][number][] = []
    for (const { draft, name } of this.#sessions.values()) {
      const session = await draft.finish(name)
      // Opened by a message that said nothing.
      if (session.events.length > 0) sessions.push(session)
    }
    return sessions
  }

  #sessionOf(message: JsonObject, outer: JsonObject, group: string): OpenSession {
    const named = asText(message.session) ?? asText(outer.session) ?? asText(outer.id)
    const key = named === null ? `group ${group}` : `id ${named}`
    const known = this.#sessions.get(key)
    if (known !== undefined) return known
    const source = basename(this.#context.sourcePath)
    const id = named === null ? this.#freshId([source, compactJson(message)]) : sessionId(named)
    const session = {
      draft: new SessionDraft(this.#context, id, null, audienceIn(outer)),
      name: named ?? source,
      called: new CalledTools(),
    }
    this.#sessions.set(key, session)
    return session
  }

  /**
   * A session without an id of its own is known by its file's name and its first message; the
   * next one of the file that begins alike is counted.
   */
  #freshId(parts: readonly string[]): SessionId {
    const taken = new Set([...this.#sessions.values()].map(({ draft }) => draft.id))
    let id = sessionId(...parts)
    for (let n = 2; taken.has(id); n += 1) id = sessionId(...parts, String(n))
    return id
  }
}

/** An audience in no known form is nobody's but the local principal's. */
function audienceIn(fields: JsonObject): Audience | null {
  const raw = asText(fields.audience)
  return raw === null ? null : (parseAudience(raw) ?? LOCAL_AUDIENCE)
}

function labelIn(message: JsonObject): Pick<SessionEvent, 'label'> {
  const audience = audienceIn(message)
  const trust = isTrust(message.trust) ? message.trust : null
  if (audience === null && trust === null) return {}
  return {
    label: { ...(audience === null ? {} : { audience }), ...(trust === null ? {} : { trust }) },
  }
}

function sessionId(...parts: readonly string[]): SessionId {
  return derivedId('sesn', FORMAT, ...parts)
}

function holdsMessage(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsMessage)
  const fields = asObject(value)
  if (fields === null) return false
  if (Array.isArray(fields.messages)) return fields.messages.some(holdsMessage)
  return isMessage(fields) && ('content' in fields || 'tool_calls' in fields)
}
