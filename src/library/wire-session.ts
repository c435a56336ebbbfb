import { ReverieError } from '../core/errors.ts'
import { checkedEvent, type ImportedEvent } from '../wire/session-events/imported-event.ts'
import {
  type ImportedSession,
  importedSessionSchema,
} from '../wire/session-events/session-import.ts'
import type { NewSession, Said } from './reverie-api.ts'

/** A session in the wire's words, with its events. */
export interface WireImport {
  readonly header: ImportedSession
  readonly events: readonly ImportedEvent[]
}

/** Throws `invalid_request_error` that names the session and the event, counted from 1. */
export function wireImportOf(session: NewSession, place: number): WireImport {
  const header = importedSessionSchema.safeParse({
    ...(session.id === undefined ? {} : { id: session.id }),
    title: session.title,
    agent_name: session.agent,
    user_id: session.user,
    metadata: session.metadata,
    memory_store_ids: session.storeIds,
  })
  if (!header.success) {
    const field = header.error.issues[0]?.path.join('.') ?? ''
    throw refused(`Session ${place} cannot be kept: ${field} is not as it may be.`)
  }
  const events = session.events.flatMap(wireEventsOf).map((event, at) => {
    const checked = checkedEvent(event)
    if ('event' in checked) return checked.event
    throw refused(`Session ${place}, event ${at + 1} cannot be kept: ${checked.reason}.`)
  })
  return { header: header.data, events }
}

/** One or two events: a tool call comes with its result. */
function wireEventsOf(event: Said | ImportedEvent, at: number): readonly ImportedEvent[] {
  if (!('speaker' in event)) return [event as ImportedEvent]
  const said = event as Said
  const time = said.at === undefined ? {} : { processed_at: said.at }
  switch (said.speaker) {
    case 'user':
    case 'agent':
    case 'system':
      return [{ ...time, type: `${said.speaker}.message`, content: said.text }]
    default: {
      const { name = 'tool', input = {}, isError = false } = said.tool ?? {}
      const id = `call-${at + 1}`
      return [
        { ...time, type: 'agent.tool_use', id, name, input },
        {
          ...time,
          type: 'agent.tool_result',
          tool_use_id: id,
          content: said.text,
          is_error: isError,
        },
      ]
    }
  }
}

function refused(message: string): ReverieError {
  return new ReverieError('invalid_request_error', message, {
    next: 'Nothing was kept: mend it and add all of them again.',
  })
}
