import { basename } from 'node:path'
import { derivedId, type SessionEventId, type SessionId } from '../../core/ids.ts'
import type { ImportedSession } from '../importer.ts'
import { asObject } from '../json-value.ts'
import { linkOf } from '../saying/growing-sessions.ts'
import { CalledTools, type Said } from '../saying/said.ts'
import { nameIn } from '../saying/who.ts'
import { type DraftContext, type EventDraft, SessionDraft } from '../session-draft.ts'
import { utcTime } from '../utc-time.ts'
import {
  joinedChunks,
  type LangChainMessage,
  langChainMessage,
  saidByLangChain,
} from './langchain-message.ts'
import { type MessageList, messageListIn } from './message-lists.ts'

/** Shorter ids are counted by somebody and are unique in their thread at most. */
const OWN_ID_CHARS_MIN = 16
const NO_PLACE = { threadId: null, subgraph: null, userId: null, agentId: null, savedAt: null }

type Place = Omit<MessageList, 'messages'>

interface OpenThread {
  readonly id: SessionId
  readonly name: string
  readonly called: CalledTools
  readonly events: Map<SessionEventId, EventDraft>
  /** The name under which the first human speaks; `undefined` = none has spoken. */
  person: string | null | undefined
  /** Of the messages that stand in no list. */
  chain: string
}

/** A message that may go on in the next piece. */
interface Pending {
  readonly message: LangChainMessage
  readonly place: Place
  readonly line: number
}

/** Gathers the messages of one source by their threads, each once. */
export class MessageReading {
  readonly #context: DraftContext
  readonly #threads = new Map<string, OpenThread>()
  #pending: Pending | null = null

  constructor(context: DraftContext) {
    this.#context = context
  }

  readValue(value: unknown, line: number): void {
    for (const item of Array.isArray(value) ? value.flat(1) : [value]) {
      const list = messageListIn(asObject(item) ?? {})
      if (list === null) this.#readMessage(item, NO_PLACE, line)
      else {
        this.#flush()
        this.#restart(list)
        for (const message of list.messages) this.#readMessage(message, list, line)
        this.#flush()
      }
    }
  }

  async finish(): Promise<readonly ImportedSession[]> {
    this.#flush()
    const sessions: ImportedSession[] = []
    for (const { id, name, events } of this.#threads.values()) {
      const draft = new SessionDraft(this.#context, id, null)
      for (const event of events.values()) await draft.add(event)
      sessions.push(await draft.finish(name))
    }
    return sessions
  }

  #readMessage(value: unknown, place: Place, line: number): void {
    const { tally } = this.#context
    tally.countLine()
    const message = langChainMessage(value)
    const before = this.#pending
    if (message !== null && before !== null && isSame(before.message, message)) {
      tally.skip('joined')
      this.#pending = { ...before, message: joinedChunks(before.message, message) }
      return
    }
    this.#flush()
    if (message === null) tally.skipBad('not a message', line)
    else if (message.kind === 'remove') tally.skip('no content', 'remove')
    else this.#pending = { message, place, line }
  }

  #flush(): void {
    const pending = this.#pending
    this.#pending = null
    if (pending !== null) this.#add(pending)
  }

  #add({ message, place, line }: Pending): void {
    const { tally } = this.#context
    const known = this.#threads.get(keyOf(place))
    const isPersons = isOfPerson(message, known?.person)
    const said = saidByLangChain(message, isPersons, known?.called ?? new CalledTools())
    if (said.length === 0) {
      tally.skip('no content', message.kind)
      return
    }
    const thread = known ?? this.#open(message, said, place)
    if (message.kind === 'human' && thread.person === undefined) thread.person = message.name
    const at = timeOf(message) ?? place.savedAt
    let isNew = false
    for (const [part, event] of said.entries()) {
      thread.called.remember(event)
      thread.chain = linkOf(thread.chain, event)
      const id = this.#eventId(thread, message, part)
      const before = thread.events.get(id)
      isNew ||= before === undefined
      const draft = before ?? { ...event, ...whoOf(message, event, place), id, at, line }
      // States are saved one after the other, and often listed the last one first.
      thread.events.set(id, { ...draft, at: earlier(draft.at, at) })
    }
    if (isNew) tally.countRead()
    else tally.skip('repeated')
  }

  #eventId(thread: OpenThread, { id }: LangChainMessage, part: number): SessionEventId {
    const { format } = this.#context
    if (id === null) return derivedId('sevt', thread.id, thread.chain)
    return id.length < OWN_ID_CHARS_MIN
      ? derivedId('sevt', thread.id, id, String(part))
      : derivedId('sevt', format, id, String(part))
  }

  /** A thread without a name is known by its first message, and by the file where that has no id. */
  #open(message: LangChainMessage, said: readonly Said[], place: Place): OpenThread {
    const { format, sourcePath } = this.#context
    const file = basename(sourcePath)
    const isOwn = message.id !== null && message.id.length >= OWN_ID_CHARS_MIN
    const first = isOwn ? [message.id ?? ''] : [file, said[0]?.text ?? '']
    const id = derivedId('sesn', format, ...(place.threadId === null ? first : [place.threadId]))
    const thread: OpenThread = {
      id,
      name: place.threadId ?? file,
      called: new CalledTools(),
      events: new Map(),
      person: undefined,
      chain: '',
    }
    this.#threads.set(keyOf(place), thread)
    return thread
  }

  /** Each list tells its thread from the beginning. */
  #restart(place: Place): void {
    const thread = this.#threads.get(keyOf(place))
    if (thread !== undefined) thread.chain = ''
  }
}

function keyOf({ threadId }: Place): string {
  return threadId === null ? 'source' : `thread ${threadId}`
}

function isSame(a: LangChainMessage, b: LangChainMessage): boolean {
  return a.isChunk && b.isChunk && a.kind === 'ai' && b.kind === 'ai' && a.id === b.id
}

/** Graphs hand on the words of an agent as a human message under its name: the first human is one. */
function isOfPerson({ name }: LangChainMessage, person: string | null | undefined): boolean {
  return person === undefined || name === null || name === person
}

function whoOf(
  { kind, name }: LangChainMessage,
  { speaker }: Said,
  place: Place,
): Pick<EventDraft, 'userId' | 'agentId' | 'threadId'> {
  const agentName = kind === 'ai' || (kind === 'human' && speaker === 'agent') ? nameIn(name) : null
  return {
    userId: place.userId,
    agentId: agentName ?? place.agentId,
    threadId: place.subgraph,
  }
}

function timeOf({ fields }: LangChainMessage): string | null {
  const metadata = asObject(fields.response_metadata)
  const extra = asObject(fields.additional_kwargs)
  for (const value of [
    fields.created_at,
    extra?.timestamp,
    extra?.created_at,
    metadata?.created_at,
  ]) {
    const found = utcTime(value)
    if (found !== null) return found
  }
  return null
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
