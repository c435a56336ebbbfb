import type { SessionEventId, SessionId } from '../../core/ids.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import type { LogLine, LogQuery, Page, Storage } from '../../storage/storage.ts'
import { shownEvent } from '../../wire/session-events/shown-event.ts'
import type { WireSessionEvent } from '../../wire/session-events/vocabulary.ts'
import type { WireSession } from '../../wire/sessions.ts'

/** The session that a stream belongs to. */
export type SessionOfStream = Pick<WireSession, 'id' | 'created_at'>

/** One page of a stream's events, in the order in which they came. */
export async function pageOfEvents(
  storage: Storage,
  session: SessionOfStream,
  stream: string,
  query: LogQuery,
): Promise<Page<WireSessionEvent>> {
  const page = await storage.logs.page(stream, query)
  return { ...page, items: await eventsOfLines(storage, session, page.items) }
}

/** Lines as events. Those of transcripts have no body of their own: the session's event says it all. */
export async function eventsOfLines(
  storage: Storage,
  session: SessionOfStream,
  lines: readonly LogLine[],
): Promise<readonly WireSessionEvent[]> {
  const told = await toldEvents(storage, session, lines)
  const uses = new Map(
    told.all.flatMap(({ id, type, tool }) =>
      type === 'agent.tool_use' && tool?.useId != null ? [[tool.useId, id] as const] : [],
    ),
  )
  return lines.flatMap((line) => {
    const event = told.byId.get(line.id)
    const wire =
      line.body === null
        ? event && shownEvent(event, (useId) => uses.get(useId) ?? null)
        : (JSON.parse(line.body) as WireSessionEvent)
    return wire === undefined ? [] : [timed({ ...wire, id: line.id }, session)]
  })
}

interface ToldEvents {
  readonly byId: ReadonlyMap<string, SessionEvent>
  /** With the calls that results on these lines answer. */
  readonly all: readonly SessionEvent[]
}

async function toldEvents(
  storage: Storage,
  { id }: SessionOfStream,
  lines: readonly LogLine[],
): Promise<ToldEvents> {
  const bodiless = lines.filter(({ body }) => body === null)
  const needsAll = bodiless.some(({ type }) => type.endsWith('_result'))
  const all = needsAll ? [...(await storage.sessions.events(id as SessionId))] : []
  const byId = new Map<string, SessionEvent>(all.map((event) => [event.id, event]))
  for (const line of bodiless) {
    if (byId.has(line.id)) continue
    const event = await storage.sessions.event(line.id as SessionEventId)
    if (event !== null) byId.set(line.id, event)
  }
  return { byId, all }
}

/** What nobody knows the time of stands at the beginning of its session: clients expect a time. */
function timed(event: WireSessionEvent, { created_at }: SessionOfStream): WireSessionEvent {
  const isPersons = event.type.startsWith('user.') || event.type === 'system.message'
  return isPersons || (event.processed_at ?? null) !== null
    ? event
    : { ...event, processed_at: created_at }
}
