import { type Audience, audienceOfEvent, isWider, scopeOf } from '../../core/audience.ts'
import type { Contribution } from '../../core/dream.ts'
import type { SessionEventId } from '../../core/ids.ts'
import type { Session } from '../../core/session.ts'
import type { EventLabel } from '../../core/session-event.ts'
import { compareText } from '../../core/text/compare-text.ts'
import type { StoreReaders } from './store-readers.ts'

/** What of a session a dream may read, in the order of its events. */
export interface CutSession {
  /** Read as they stand: those who read the store may read them. */
  readonly eventIds: readonly SessionEventId[]
  /** Read for what recurs in them alone, by audience. */
  readonly contributions: readonly Contribution[]
  readonly withheld: {
    readonly events: number
    /** Some of them could count if the session named one user. */
    readonly isWithoutUser: boolean
  }
}

export interface SessionToCut {
  readonly session: Session
  /** Those that the lineage has not read. */
  readonly eventIds: readonly SessionEventId[]
  readonly labels: ReadonlyMap<SessionEventId, EventLabel>
  /** The agent of another store whose session it is; undefined = the store's own agents'. */
  readonly contributorId: string | null | undefined
}

/**
 * Cuts a session by the audiences of its events. Words go where their readers are the store's own
 * and the session is; patterns alone are told of other agents, and of narrower audiences where the
 * store is shared, by whom they count for. All else is withheld.
 */
export function cutSession(of: SessionToCut, readers: StoreReaders): CutSession {
  const byChannel = Map.groupBy(of.eventIds, (id) => channelOf(id, of, readers))
  const contributions: Contribution[] = []
  let eventIds: readonly SessionEventId[] = []
  let isWithoutUser = false
  let withheld = 0
  for (const [channel, ids] of byChannel) {
    const contribution = contributionOf(channel, ids, of, readers)
    if (channel === 'own') eventIds = ids
    else if (contribution !== null) contributions.push(contribution)
    else {
      withheld += ids.length
      isWithoutUser ||= channel !== 'none'
    }
  }
  return {
    eventIds,
    contributions: contributions.sort((a, b) => compareText(a.audience, b.audience)),
    withheld: { events: withheld, isWithoutUser },
  }
}

/** The words themselves, what recurs in words that may be read, in those of an audience, or nothing. */
type Channel = 'own' | 'open' | 'none' | Audience

function channelOf(
  id: SessionEventId,
  { session, labels, contributorId }: SessionToCut,
  readers: StoreReaders,
): Channel {
  const label = labels.get(id)
  const audience = audienceOfEvent(label === undefined ? {} : { label }, session)
  if (audience === null) return 'none'
  if (readers.mayRead(session, audience)) return contributorId === undefined ? 'own' : 'open'
  const isTold = scopeOf(readers.audience) !== 'private' && isWider(readers.audience, audience)
  return isTold ? audience : 'none'
}

/** Null = the words themselves may be read, or nothing may be told. */
function contributionOf(
  channel: Channel,
  eventIds: readonly SessionEventId[],
  { session, contributorId }: SessionToCut,
  readers: StoreReaders,
): Contribution | null {
  if (channel === 'own' || channel === 'none') return null
  const agentId = contributorId === undefined ? onlyOne(session.agentIds) : contributorId
  const told = { sessionId: session.id, eventIds, agentId }
  if (channel === 'open') return { ...told, audience: readers.audience, userId: null }
  const userId = onlyOne(session.userIds)
  return userId === null ? null : { ...told, audience: channel, userId }
}

function onlyOne(names: readonly string[]): string | null {
  const [name, ...others] = new Set(names)
  return name === undefined || others.length > 0 ? null : name
}
