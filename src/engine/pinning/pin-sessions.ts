import type { Contribution, Snapshot, Withheld } from '../../core/dream.ts'
import type { SessionId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Session } from '../../core/session.ts'
import { compareText } from '../../core/text/compare-text.ts'
import type { Storage } from '../../storage/storage.ts'
import { DREAM_LIMITS } from '../dream-limits.ts'
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
  /** How much one dream reads; absent = the limits of a dream. */
  readonly room?: DreamRoom
}

/** How much one dream reads. */
export interface DreamRoom {
  readonly sessions: number
  /** After the first session, which is read whatever its length. */
  readonly events: number
}

export type PinnedSessions = Pick<
  Snapshot,
  'sessions' | 'contributions' | 'withheld' | 'pendingSessions'
>

/**
 * What of the named sessions a dream reads, by the audience of every event; only what the lineage
 * has not consumed, oldest sessions first, undated ones last, for as long as there is room; the
 * rest is counted. Sorted by id, so that the order in which sessions were named or have equal
 * times is no matter. Sessions that are gone are passed over.
 */
export async function pinSessions(order: SessionsToPin, tx: Storage): Promise<PinnedSessions> {
  const named = await sessionsIn(order, tx)
  const readers = await readersOf(order, named, tx)
  const pinned = new PinnedDraft(order.room ?? ROOM)
  for (const { session, contributorId } of named.toSorted(byAge)) {
    const { id } = session
    const eventIds = await tx.sessions.consumption.unread(order.store.lineageId, id)
    if (eventIds.length === 0) continue
    const labels = await tx.sessions.labels(id)
    pinned.add(id, cutSession({ session, eventIds, labels, contributorId }, readers))
  }
  return pinned.finish()
}

const ROOM: DreamRoom = {
  sessions: DREAM_LIMITS.sessionsPerFolderDreamMax,
  events: DREAM_LIMITS.eventsPerFolderDreamMax,
}

/** Takes in what is cut of sessions for as long as there is room. */
class PinnedDraft {
  readonly #room: DreamRoom
  readonly #sessions: Snapshot['sessions'][number][] = []
  readonly #contributions: Contribution[] = []
  readonly #withheld: CutSession['withheld'][] = []
  #taken = 0
  #events = 0
  #pending = 0

  constructor(room: DreamRoom) {
    this.#room = room
  }

  add(id: SessionId, cut: CutSession): void {
    const { eventIds, contributions, withheld } = cut
    const events = [cut, ...contributions].reduce((sum, part) => sum + part.eventIds.length, 0)
    if (events > 0 && !this.#hasRoom(events)) {
      this.#pending += 1
      return
    }
    if (events > 0) this.#taken += 1
    this.#events += events
    if (eventIds.length > 0) this.#sessions.push({ id, eventIds })
    this.#contributions.push(...contributions)
    if (withheld.events > 0) this.#withheld.push(withheld)
  }

  finish(): PinnedSessions {
    return {
      sessions: this.#sessions.toSorted((a, b) => compareText(a.id, b.id)),
      // Stable: those of one session stay in the order of their audiences.
      contributions: this.#contributions.toSorted((a, b) => compareText(a.sessionId, b.sessionId)),
      withheld: sumOf(this.#withheld),
      ...(this.#pending === 0 ? {} : { pendingSessions: this.#pending }),
    }
  }

  /** Once one waits, all later ones do: nothing is read ahead of what is older. */
  #hasRoom(events: number): boolean {
    if (this.#pending > 0) return false
    if (this.#taken === 0) return true
    return this.#taken < this.#room.sessions && this.#events + events <= this.#room.events
  }
}

/** By the first word said, undated ones last, then by id. */
function byAge({ session: a }: NamedSession, { session: b }: NamedSession): number {
  const undated = Number(a.startedAt === null) - Number(b.startedAt === null)
  return undated || compareText(a.startedAt ?? '', b.startedAt ?? '') || compareText(a.id, b.id)
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
