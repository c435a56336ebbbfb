import { notFound } from '../../core/errors.ts'
import type { SessionId } from '../../core/ids.ts'
import type { Session } from '../../core/session.ts'
import type { SessionEvent } from '../../core/session-event.ts'
import { compareBinary } from '../binary-order.ts'
import { COPIED } from '../copy-rules.ts'
import { requireEventsOf } from '../session-rules.ts'
import type { Consumption, Retention, Sessions } from '../storage.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Sessions, their events and what lineages have read of them, of one workspace. */
export function ephemeralSessions(access: WorkspaceAccess): Sessions {
  return {
    put: (session) => access.write((data) => putSession(data, session)),
    append: (sessionId, events) => access.write((data) => appendEvents(data, sessionId, events)),
    get: (id) => access.read((data) => data.sessions.get(id)),
    list: () => access.read((data) => [...data.sessions.rows()].sort(byStartThenId)),
    events: (id) => access.read((data) => eventsOf(data, id)),
    event: (id) => access.read((data) => data.events.get(id)),
    labels: (id) =>
      access.read(
        (data) =>
          new Map(
            eventsOf(data, id).flatMap((event) =>
              event.label === undefined ? [] : [[event.id, event.label] as const],
            ),
          ),
      ),
    remove: (id) => access.write((data) => removeSession(data, id)),
    consumption: consumptionOf(access),
    retention: retentionOf(access),
  }
}

function putSession(data: WorkspaceData, session: Session): void {
  const { purgedAt: _, ...row } = session
  const purgedAt = data.sessions.get(session.id)?.purgedAt
  data.sessions.set([session.id], purgedAt === undefined ? row : { ...row, purgedAt })
}

function appendEvents(
  data: WorkspaceData,
  sessionId: SessionId,
  events: readonly SessionEvent[],
): number {
  const session = data.sessions.get(sessionId)
  if (session === null) throw notFound('session', sessionId)
  requireEventsOf(sessionId, events)
  const added = events.filter((event) => data.events.insert([event.id], event)).length
  const { purgedAt: _, ...row } = session
  if (added > 0) data.sessions.set([sessionId], row)
  return added
}

function retentionOf(access: WorkspaceAccess): Retention {
  return {
    purge: (id, at) =>
      access.write((data) => {
        const session = data.sessions.get(id)
        if (session === null) throw notFound('session', id)
        if (session.purgedAt !== undefined) return 0
        const count = eventsOf(data, id).length
        data.events.removeWhere((event) => event.sessionId === id)
        data.sessions.set([id], { ...session, title: '', purgedAt: at })
        return count
      }),
    readers: (id) =>
      access.read((data) => {
        const rows = data.consumption.rows().filter(({ sessionId }) => sessionId === id)
        return [...new Set(rows.map(({ lineageId }) => lineageId))].sort(compareBinary)
      }),
  }
}

function consumptionOf(access: WorkspaceAccess): Consumption {
  return {
    unread: (lineageId, sessionId) =>
      access.read((data) => {
        const rows = data.consumption.rows().filter((row) => row.lineageId === lineageId)
        const consumed = new Set(rows.map((row) => row.eventId))
        const ids = eventsOf(data, sessionId).map((event) => event.id)
        return ids.filter((id) => !consumed.has(id))
      }),
    consume: (lineageId, dreamId, eventIds) =>
      access.write((data) => {
        for (const eventId of eventIds) {
          const sessionId = data.events.get(eventId)?.sessionId
          if (sessionId === undefined) continue
          const row = { eventId, sessionId, lineageId, dreamId }
          data.consumption.insert([eventId, lineageId, dreamId], row)
        }
      }),
    giveBack: (dreamId) =>
      access.write((data) => {
        data.consumption.removeWhere((row) => row.dreamId === dreamId)
      }),
    copy: (fromLineageId, toLineageId, except = []) =>
      access.write((data) => {
        const rows = data.consumption.rows().filter((row) => row.lineageId === fromLineageId)
        for (const { eventId, sessionId, dreamId } of rows) {
          if (except.includes(dreamId)) continue
          const row = { eventId, sessionId, lineageId: toLineageId, dreamId: COPIED }
          data.consumption.insert([eventId, toLineageId, COPIED], row)
        }
      }),
  }
}

function eventsOf(data: WorkspaceData, id: SessionId): readonly SessionEvent[] {
  return data.events
    .rows()
    .filter((event) => event.sessionId === id)
    .sort((a, b) => a.ordinal - b.ordinal || compareBinary(a.id, b.id))
}

function removeSession(data: WorkspaceData, id: SessionId): void {
  const gone = new Set(eventsOf(data, id).map((event) => event.id))
  data.consumption.removeWhere((row) => row.sessionId === id || gone.has(row.eventId))
  data.events.removeWhere((event) => event.sessionId === id)
  data.sessions.removeWhere((session) => session.id === id)
}

function byStartThenId(a: Session, b: Session): number {
  if (a.startedAt === null || b.startedAt === null) {
    return Number(a.startedAt === null) - Number(b.startedAt === null) || compareBinary(a.id, b.id)
  }
  return compareBinary(a.startedAt, b.startedAt) || compareBinary(a.id, b.id)
}
