import { basename } from 'node:path'
import { derivedId } from '../../core/ids.ts'
import { contentBlocks } from '../content-block.ts'
import { TallyDraft } from '../import-tally.ts'
import type { ImportedSession, Importer, ImportResult, ImportSource, Redact } from '../importer.ts'
import { asObject, type JsonObject, parseJson } from '../json-value.ts'
import { type GrowingSession, GrowingSessions, linkOf } from '../saying/growing-sessions.ts'
import { isMessage, roleOf, saidIn } from '../saying/message.ts'
import { CalledTools, type Said, saidWords } from '../saying/said.ts'
import { whoIn } from '../saying/who.ts'
import { type DraftContext, SessionDraft } from '../session-draft.ts'
import { statedOutcome } from '../stated-outcome.ts'
import { utcTime } from '../utc-time.ts'
import { sourceValues } from '../values/source-values.ts'
import { type Exchange, exchangeIn, isExchange, partyOf } from './exchange.ts'

const FORMAT = 'messages-api'
const HEAD_LINES = 20

/**
 * Logs of requests to a model and its answers, as the Messages API of Anthropic and the chat
 * completions have them (platform.claude.com, Messages and Message Batches; platform.openai.com,
 * Chat): a request, an answer, or both a line, results of batches, or lists of these. Each request
 * repeats the conversation; each message of it is read once. Thinking, images and documents are
 * passed over. A conversation without a name is known by when it begins, else by its file, and by its
 * first words; what is said in it by all that was said before.
 */
export const messagesApiImporter: Importer = {
  format: FORMAT,
  recognizes(head) {
    const start = head.trimStart()
    const values = start.split('\n', HEAD_LINES).map(parseJson)
    if (values.some((value) => listOf(value).some(isExchangeIn))) return true
    // A text over several lines, or one line that is longer than the head.
    return values.every((value) => value === undefined) && isTornExchange(start)
  },
  read: readMessagesApi,
}

function isTornExchange(head: string): boolean {
  if (!/^\[?\s*\{/.test(head) || !/"role"\s*:\s*"(?:user|assistant)"/.test(head)) return false
  if (/^\[?\s*\{\s*"(?:custom_id|request|params)"/.test(head)) return true
  const before = /^\[?\s*\{[^{}[\]]{0,2000}/.exec(head)?.[0] ?? ''
  const isOfModel = /"model"\s*:/.test(before) && !/"(?:id|at)"\s*:/.test(head)
  return isOfModel || /"(?:max_tokens|stream)"\s*:/.test(before)
}

function isExchangeIn(value: unknown): boolean {
  const fields = asObject(value)
  return fields !== null && isExchange(fields)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

async function readMessagesApi(
  source: ImportSource,
  redact: Redact,
  signal?: AbortSignal,
): Promise<ImportResult> {
  const tally = new TallyDraft(source.path)
  const reading = new LogReading({ format: FORMAT, sourcePath: source.path, redact, tally })
  for await (const { value, line } of sourceValues(source, tally, signal)) {
    for (const item of listOf(value)) {
      signal?.throwIfAborted()
      await reading.readItem(item, line)
    }
  }
  return { sessions: await reading.finish(), tally: tally.finish() }
}

interface Held {
  readonly draft: SessionDraft
  hasSystem: boolean
}

/** What one message of an exchange says; `said` empty = nothing. */
interface Part {
  readonly said: readonly Said[]
  readonly isAnswer: boolean
}

class LogReading {
  readonly #context: DraftContext
  readonly #growing = new GrowingSessions<Held>()
  readonly #drafts = new Map<string, Held>()

  constructor(context: DraftContext) {
    this.#context = context
  }

  async readItem(value: unknown, line: number): Promise<void> {
    const { tally } = this.#context
    const fields = asObject(value)
    const exchange = fields === null ? null : exchangeIn(fields)
    if (exchange === null) {
      tally.countLine()
      return tally.skipBad('not an exchange', line)
    }
    const parts = this.#partsOf(exchange, line)
    const said = parts.flatMap((part) => part.said)
    if (said.length === 0) return
    const party = partyOf(exchange)
    const who = whoIn({}, exchange.around)
    const place = { ...who, userId: who.userId ?? party.userId }
    const seed = JSON.stringify([party.session, place.userId, place.threadId])
    const found = this.#growing.find(seed, said)
    this.#countParts(parts, found.known)
    const at = timeIn(exchange.around)
    const beginning = JSON.stringify([seed, at ?? basename(this.#context.sourcePath)])
    const conversation = found.conversation ?? this.#begin(beginning, said, found)
    const { draft } = conversation.held
    const outcome = statedOutcome(exchange.around)
    if (outcome !== null) await draft.endedAs(outcome)
    const first = said[0]
    if (found.known < said.length && first !== undefined) {
      await this.#addSystem(conversation.held, linkOf(seed, first), { exchange, line })
    }
    const turn = turnStart(parts)
    let chain = found.chain
    for (const [index, event] of said.entries()) {
      if (index < found.known) continue
      chain = this.#growing.add(conversation, chain, event)
      const id = derivedId('sevt', FORMAT, chain)
      // What a request repeats was said at some time before.
      await draft.add({ ...event, ...place, at: index < turn ? null : at, id, line })
    }
  }

  async finish(): Promise<readonly ImportedSession[]> {
    const sessions: ImportedSession[] = []
    const name = basename(this.#context.sourcePath)
    for (const { draft } of this.#drafts.values()) {
      if (draft.size > 0) sessions.push(await draft.finish(name))
    }
    return sessions
  }

  /** Counts what says nothing; all else is counted when it is known what is new. */
  #partsOf({ messages, answer }: Exchange, line: number): readonly Part[] {
    const { tally } = this.#context
    const called = new CalledTools()
    const all = answer === null ? messages : [...messages, answer]
    return all.flatMap((value, index) => {
      const fields = asObject(value)
      const role = fields === null ? null : roleOf(fields)
      const said = fields === null || role === null ? [] : saidIn(fields, called)
      // Orders of the request stand before all messages, wherever it puts them.
      const isSaid = said.length > 0 && role !== 'system'
      if (isSaid) return [{ said, isAnswer: answer !== null && index === messages.length }]
      tally.countLine()
      if (role === 'system') tally.skip('system message')
      else if (fields === null || !isMessage(fields)) tally.skipBad('not a message', line)
      else if (role === null) tally.skipBad('unknown role', line, fields.role)
      else tally.skip('no content', emptyType(fields))
      return []
    })
  }

  #countParts(parts: readonly Part[], known: number): void {
    const { tally } = this.#context
    let end = 0
    for (const { said } of parts) {
      end += said.length
      tally.countLine()
      if (end <= known) tally.skip('repeated')
      else tally.countRead()
    }
  }

  #begin(
    beginning: string,
    said: readonly Said[],
    { forkOf, known, chain }: ReturnType<GrowingSessions<Held>['find']>,
  ): GrowingSession<Held> {
    const key = forkOf === null ? beginning : `fork ${chain}`
    const first = said[known]
    const id = derivedId('sesn', FORMAT, key, first?.type ?? '', first?.text.trim() ?? '')
    const parent = forkOf?.held.draft.id ?? null
    const held = this.#drafts.get(id) ?? {
      draft: new SessionDraft(this.#context, id, parent),
      hasSystem: forkOf !== null,
    }
    this.#drafts.set(id, held)
    return this.#growing.begin(held)
  }

  /** Orders that come with every request are told once: they often hold the day and the hour. */
  async #addSystem(
    held: Held,
    chain: string,
    { exchange, line }: { readonly exchange: Exchange; readonly line: number },
  ): Promise<void> {
    if (held.hasSystem) return
    held.hasSystem = true
    const { system, messages } = exchange
    const own = messages.flatMap((it) => {
      const fields = asObject(it)
      return fields !== null && roleOf(fields) === 'system' ? [fields.content] : []
    })
    const texts = [system, ...own].flatMap((content) =>
      contentBlocks(content).flatMap((block) => (block.kind === 'text' ? [block.text] : [])),
    )
    for (const text of texts) {
      const id = derivedId('sevt', FORMAT, chain, 'system', text)
      const nobody = { at: null, userId: null, agentId: null, threadId: null }
      await held.draft.add({ ...saidWords('system', text), ...nobody, id, line })
    }
  }
}

/** Where the last turn begins: behind the last words that the model said before its answer. */
function turnStart(parts: readonly Part[]): number {
  let start = 0
  let at = 0
  for (const { said, isAnswer } of parts) {
    at += said.length
    if (!isAnswer && said.some(({ speaker }) => speaker === 'agent')) start = at
  }
  return start
}

function timeIn(around: JsonObject): string | null {
  const { at, timestamp, created_at, time, created } = around
  for (const value of [at, timestamp, created_at, time, created]) {
    const found = utcTime(value)
    if (found !== null) return found
  }
  return null
}

function emptyType(message: JsonObject): unknown {
  const first = contentBlocks(message.content)[0]
  return first?.kind === 'none' && typeof first.type === 'string' ? first.type : message.role
}
