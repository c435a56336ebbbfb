import { basename } from 'node:path'
import { type Audience, LOCAL_AUDIENCE, parseAudience } from '../core/audience.ts'
import { derivedId, type SessionId } from '../core/ids.ts'
import type { SessionEvent } from '../core/session-event.ts'
import { isTrust } from '../core/trust.ts'
import { type ChatItem, chatItems } from './chat/chat-items.ts'
import { HeardLists } from './chat/heard-lists.ts'
import { TallyDraft } from './import-tally.ts'
import type { Importer, ImportResult, ImportSource, Redact } from './importer.ts'
import { asObject, asText, compactJson, type JsonObject, parseJson } from './json-value.ts'
import { isMessage, roleOf, saidIn } from './saying/message.ts'
import { CalledTools } from './saying/said.ts'
import { nameIn, whoIn } from './saying/who.ts'
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
  readonly key: string
  readonly draft: SessionDraft
  readonly name: string
  readonly called: CalledTools
}

/** The list of messages that is being read. */
interface OpenList {
  readonly group: string
  /** Of the session that it goes on; null = its own. */
  readonly key: string | null
  /** Of its next messages so many were told by an earlier list. */
  repeated: number
}

class ChatReading {
  readonly #context: DraftContext
  readonly #sessions = new Map<string, OpenSession>()
  /** What a first line without a role says for the messages after it. */
  #header: JsonObject = {}
  #isFirst = true
  readonly #heard = new HeardLists()
  readonly #taken = new Set<SessionId>()
  #list: OpenList | null = null

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
    const list = this.#listOf(around, group, message)
    if (list !== null && list.repeated > 0) {
      list.repeated -= 1
      return tally.skip('repeated')
    }
    const session = this.#sessionOf(message, outer, list?.key ?? keyOf(message, outer, group))
    if (list !== null) this.#heard.add(session.key, message)
    const outcome = statedOutcome(outer)
    if (outcome !== null) await session.draft.endedAs(outcome)
    const said = saidIn(message, session.called)
    if (said.length === 0) return tally.skip('no content', message.role)
    const place = {
      at: utcTime(message.at),
      ...whoIn(message, outer),
      ...labelIn(message),
    }
    const own = ownId(message)
    for (const [part, event] of said.entries()) {
      const words = [own ?? '', String(part), event.type, event.text]
      const id = own === null ? null : derivedId('sevt', session.draft.id, ...words)
      await session.draft.add({ ...event, ...place, id, line })
    }
    tally.countRead()
  }

  /** A log may tell a list again when it has grown; null = the message stands in no list. */
  #listOf(around: JsonObject | null, group: string, message: JsonObject): OpenList | null {
    if (around === null) return null
    if (this.#list?.group === group) return this.#list
    const messages = (Array.isArray(around.messages) ? around.messages : []).filter(isTold)
    const own = keyOf(message, around, group)
    const key = this.#sessions.has(own) ? own : (this.#heard.grownFrom(messages) ?? own)
    this.#list = { group, key, repeated: this.#heard.known(key, messages) }
    return this.#list
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

  #sessionOf(message: JsonObject, outer: JsonObject, key: string): OpenSession {
    const known = this.#sessions.get(key)
    if (known !== undefined) return known
    const named = nameOf(message, outer)
    const source = basename(this.#context.sourcePath)
    const place = isOfOneMoment(message) ? '' : source
    const id = named === null ? this.#freshId([place, compactJson(message)]) : sessionId(named)
    this.#taken.add(id)
    const session = {
      key,
      draft: new SessionDraft(this.#context, id, null, audienceIn(outer)),
      name: named ?? source,
      called: new CalledTools(),
    }
    this.#sessions.set(key, session)
    return session
  }

  /**
   * A session without an id of its own is known by its first message, and by its file's name unless
   * that message tells its moment; the next one of the file that begins alike is counted.
   */
  #freshId(parts: readonly string[]): SessionId {
    let id = sessionId(...parts)
    for (let n = 2; this.#taken.has(id); n += 1) id = sessionId(...parts, String(n))
    return id
  }
}

function nameOf(message: JsonObject, outer: JsonObject): string | null {
  return asText(message.session) ?? asText(outer.session) ?? asText(outer.id)
}

function keyOf(message: JsonObject, outer: JsonObject, group: string): string {
  const named = nameOf(message, outer)
  return named === null ? `group ${group}` : `id ${named}`
}

/** True for what is counted as heard: a message of a known role. */
function isTold(value: unknown): boolean {
  const fields = asObject(value)
  return fields !== null && isMessage(fields) && roleOf(fields) !== null
}

/** Clocks give fractions of a second, people and generators do not: no other message has this one. */
function isOfOneMoment(message: JsonObject): boolean {
  const at = utcTime(message.at)
  return at !== null && !at.endsWith('.000Z')
}

/** With it a message is the same wherever a part of the chat is read. */
function ownId(message: JsonObject): string | null {
  return nameIn(message.id) ?? nameIn(message.uuid) ?? nameIn(message.message_id)
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
