import type { Evidence } from '../../core/evidence.ts'
import type { MemoryVersionId, SessionEventId, SessionId } from '../../core/ids.ts'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import type { Storage } from '../../storage/storage.ts'
import type { ErasureSubject } from './erasure-api.ts'
import { rowsOf } from './rows.ts'
import { isWithin, SourceWords, type Words, wordsOfQuote } from './words.ts'

/** What a subject is in the storage. */
export interface ErasedSources {
  /** Go whole, also those of which nothing was said yet. */
  readonly sessions: readonly SessionId[]
  /** Go, of sessions that stay. */
  readonly events: readonly SessionEvent[]
  /** Stay, without the words. */
  readonly cutEvents: readonly SessionEvent[]
  readonly words: Words
  /** Where transcripts of these came from, as they were given. */
  readonly transcripts: readonly string[]
  /** Whether the words were asked for themselves, so that nobody else's may stand either. */
  readonly isQuote: boolean
  readonly isCited: (evidence: Evidence) => boolean
}

/** Finds what a subject is; nothing is changed. */
export async function findSources(subject: ErasureSubject, tx: Storage): Promise<ErasedSources> {
  if (subject.kind === 'quote') return sourcesOfQuote(subject.text, tx)
  const all = await tx.sessions.list()
  const isOwn =
    subject.kind === 'session'
      ? family(subject.sessionId, all)
      : await ownOf(subject.userId, all, tx)
  const whole = new Set(isOwn.map(({ id }) => id))
  const words = new SourceWords()
  const events: SessionEvent[] = []
  for (const { id, title } of all) {
    const isWhole = whole.has(id)
    if (isWhole) words.add(title)
    for (const event of await tx.sessions.events(id)) {
      const isTheirs = subject.kind === 'user' && event.userId === subject.userId
      if (isWhole || isTheirs) addEvent(words, event)
      if (!isWhole && isTheirs) events.push(event)
    }
  }
  const shared = new Set(events.map(({ sessionId }) => sessionId))
  const gone = new Set<SessionEventId>(events.map(({ id }) => id))
  const kept = all.filter(({ id }) => !whole.has(id))
  await spareOthers(words, kept, { shared, gone }, tx)
  return {
    sessions: subject.kind === 'session' ? [...new Set([subject.sessionId, ...whole])] : [...whole],
    events,
    cutEvents: await echoesOf(words, shared, gone, tx),
    words,
    transcripts: transcriptsOf(all, new Set([...whole, ...shared])),
    isQuote: false,
    isCited: (item) =>
      item.kind === 'event' &&
      (whole.has(item.sessionId) ||
        gone.has(item.eventId) ||
        // Events of a purged session are gone; who said what is cited of them still is known.
        (subject.kind === 'user' && item.userId === subject.userId)),
  }
}

async function sourcesOfQuote(text: string, tx: Storage): Promise<ErasedSources> {
  const words = wordsOfQuote(text)
  const cutEvents: SessionEvent[] = []
  const all = await tx.sessions.list()
  for (const { id } of all) {
    for (const event of await tx.sessions.events(id)) {
      if (words.holds(event.text) || words.holds(event.tool?.input ?? '')) cutEvents.push(event)
    }
  }
  const texts = new Map(cutEvents.map((event) => [event.id, event.text]))
  return {
    sessions: [],
    events: [],
    cutEvents,
    words,
    transcripts: transcriptsOf(all, new Set(cutEvents.map(({ sessionId }) => sessionId))),
    isQuote: true,
    isCited: (item) =>
      words.holds(item.quote) ||
      (item.kind === 'event' && texts.has(item.eventId) && isWithin(item.quote, text)),
  }
}

function transcriptsOf(
  all: readonly Session[],
  touched: ReadonlySet<SessionId>,
): readonly string[] {
  const own = all.filter(({ id, format }) => touched.has(id) && format !== 'wire')
  return [...new Set(own.map(({ sourcePath }) => sourcePath))].sort()
}

/** A session with the parts of its own: what its sub-agents did, and what went on from it. */
function family(id: SessionId, all: readonly Session[]): readonly Session[] {
  const found = new Set<SessionId>([id])
  for (let before = 0; before < found.size; ) {
    before = found.size
    for (const session of all) {
      if (session.parentSessionId !== null && found.has(session.parentSessionId)) {
        found.add(session.id)
      }
    }
  }
  return all.filter((session) => found.has(session.id))
}

/** Sessions in which nobody else is named, neither by the session nor by one of its events. */
async function ownOf(
  userId: string,
  all: readonly Session[],
  tx: Storage,
): Promise<readonly Session[]> {
  const own: Session[] = []
  for (const session of all) {
    if (session.userIds.some((id) => id !== userId)) continue
    const named = new Set(session.userIds)
    for (const event of await tx.sessions.events(session.id)) {
      if (event.userId !== null) named.add(event.userId)
    }
    if (named.size === 1 && named.has(userId)) own.push(session)
  }
  return own
}

function addEvent(words: SourceWords, { text, tool }: SessionEvent): void {
  words.add(text)
  if (tool?.input != null) words.add(tool.input)
}

/** What others said as well is theirs too; an agent that repeats it in the same session is no other. */
async function spareOthers(
  words: SourceWords,
  kept: readonly Session[],
  of: { readonly shared: ReadonlySet<SessionId>; readonly gone: ReadonlySet<SessionEventId> },
  tx: Storage,
): Promise<void> {
  for (const session of kept) {
    const isShared = of.shared.has(session.id)
    for (const event of await tx.sessions.events(session.id)) {
      const isOther = !isShared || (event.speaker === 'user' && !of.gone.has(event.id))
      if (!isOther) continue
      words.spare(event.text)
      if (event.tool?.input != null) words.spare(event.tool.input)
    }
  }
  for (const store of await tx.stores.list()) {
    words.spare(`${store.name}\n${store.description}`)
  }
  for await (const rows of rowsOf(tx, 'version')) {
    for (const { key } of rows) {
      const units = await tx.units.ofVersion(key[0] as MemoryVersionId)
      for (const { origin, text } of units) if (origin === 'imported') words.spare(text)
    }
  }
}

/** What the agent of a shared session said of them. */
async function echoesOf(
  words: Words,
  shared: ReadonlySet<SessionId>,
  gone: ReadonlySet<SessionEventId>,
  tx: Storage,
): Promise<readonly SessionEvent[]> {
  const echoes: SessionEvent[] = []
  for (const id of shared) {
    for (const event of await tx.sessions.events(id)) {
      if (gone.has(event.id)) continue
      if (words.holds(event.text) || words.holds(event.tool?.input ?? '')) echoes.push(event)
    }
  }
  return echoes
}
