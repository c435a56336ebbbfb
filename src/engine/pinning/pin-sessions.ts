import type { Contribution, Snapshot, Withheld } from '../../core/dream.ts'
import type { SessionId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Session } from '../../core/session.ts'
import { compareText } from '../../core/text/compare-text.ts'
import type { Storage } from '../../storage/storage.ts'
import { ownersBehind } from '../hosting/owners.ts'
import { type CutSession, cutSession } from './cut-session.ts'
import { type StoreReaders, storeReaders } from './store-readers.ts'

/** Sessions of another agent: only patterns are told of them. */
export interface Contributor {
  readonly agentId: string | null
  readonly sessionIds: readonly SessionId[]
}

export interface SessionsToPin {
  readonly store: MemoryStore
  /** Sessions of the store's own agents. */
  readonly sessionIds: readonly SessionId[]
  readonly contributors: readonly Contributor[]
}

export type PinnedSessions = Pick<Snapshot, 'sessions' | 'contributions' | 'withheld'>

/**
 * What of the named sessions a dream reads, by the audience of every event; only what the lineage
 * has not consumed. Sorted by id, so that the order in which sessions were named or have equal
 * times is no matter. Sessions that are gone are passed over.
 */
export async function pinSessions(order: SessionsToPin, tx: Storage): Promise<PinnedSessions> {
  const named = await sessionsIn(order, tx)
  const readers = await readersOf(order, named, tx)
  const sessions: Snapshot['sessions'][number][] = []
  const contributions: Contribution[] = []
  const withheld: CutSession['withheld'][] = []
  for (const { session, contributorId } of named) {
    const { id } = session
    const eventIds = await tx.sessions.consumption.unread(order.store.lineageId, id)
    if (eventIds.length === 0) continue
    const labels = await tx.sessions.labels(id)
    const cut = cutSession({ session, eventIds, labels, contributorId }, readers)
    if (cut.eventIds.length > 0) sessions.push({ id, eventIds: cut.eventIds })
    contributions.push(...cut.contributions)
    if (cut.withheld.events > 0) withheld.push(cut.withheld)
  }
  return { sessions, contributions, withheld: sumOf(withheld) }
}

interface NamedSession {
  readonly session: Session
  /** As in `SessionToCut`. */
  readonly contributorId: string | null | undefined
}

/** Each session once, as the store's own where it is named as such, by id. */
async function sessionsIn(
  { sessionIds, contributors }: SessionsToPin,
  tx: Storage,
): Promise<readonly NamedSession[]> {
  const contributorOf = new Map<SessionId, string | null | undefined>(
    contributors
      .toReversed()
      .flatMap(({ agentId, sessionIds: ids }) => ids.map((id) => [id, agentId] as const)),
  )
  for (const id of sessionIds) contributorOf.set(id, undefined)
  const named: NamedSession[] = []
  for (const [id, contributorId] of [...contributorOf].sort(([a], [b]) => compareText(a, b))) {
    const session = await tx.sessions.get(id)
    if (session !== null) named.push({ session, contributorId })
  }
  return named
}

/** The words of other agents tell whose a store is only where its own name nobody. */
async function readersOf(
  { store }: SessionsToPin,
  named: readonly NamedSession[],
  tx: Storage,
): Promise<StoreReaders> {
  const usersOf = (of: readonly NamedSession[]): readonly string[] =>
    of.flatMap(({ session }) => session.userIds)
  const own = named.filter(({ contributorId }) => contributorId === undefined)
  const known = [...usersOf(own), ...(await ownersBehind(tx, store.id)).userIds]
  return storeReaders(store.audience, known.length > 0 ? known : usersOf(named))
}

function sumOf(all: readonly CutSession['withheld'][]): Withheld {
  return {
    sessions: all.length,
    events: all.reduce((sum, { events }) => sum + events, 0),
    withoutUser: all.filter(({ isWithoutUser }) => isWithoutUser).length,
  }
}
