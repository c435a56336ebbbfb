import type { NewSession } from '../../../src/reverie.ts'
import { ownTalks } from './own-talks.ts'
import type { PersonSession } from './people.ts'

type Events = NewSession['events']

/** A session that everybody in a team may read, with what is said for good in it. */
export interface SaidAloud {
  readonly session: PersonSession
  readonly sentences: readonly string[]
}

/** The n-th ordinary talk as a session of a team. */
export function saidAloud(n: number, audience: string): SaidAloud {
  const talks = ownTalks()
  const talk = talks[n % talks.length]
  if (talk === undefined) throw new Error('There are no talks.')
  const events = talk.messages.map(({ role, content, name }): Events[number] =>
    role === 'tool'
      ? { speaker: 'tool', text: content, tool: { name: name ?? 'tool' } }
      : { speaker: role === 'assistant' ? 'agent' : 'user', text: content },
  )
  return {
    session: { id: `aloud-${n}-${audience}`, audience, events },
    sentences: talk.orders,
  }
}
