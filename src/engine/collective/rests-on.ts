import type { Change } from '../../core/change.ts'
import type { Dream } from '../../core/dream.ts'
import type { ChangeId, DreamId, MemoryStoreId, SessionId, SightingId } from '../../core/ids.ts'
import type { Sighting } from '../../core/ledger.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import type { Storage } from '../../storage/storage.ts'
import { isOfRuns } from '../patterns/contrast/compared-runs.ts'
import { isContrastPattern } from '../patterns/contrast/contrast-lessons.ts'
import { sealedPattern, sightingIdOf } from '../patterns/others/sealed-sighting.ts'
import { loadedSealed } from '../patterns/others/stored-sealed.ts'
import { usersOfErrors } from '../patterns/others/users-of-errors.ts'
import { loadSightings } from '../patterns/sightings.ts'
import { dreamsInto } from '../settling/output-of.ts'

/** A lesson of one store that some sessions are part of, and what is left without them. */
export interface RestingLesson {
  readonly lineageId: string
  readonly storeId: MemoryStoreId
  readonly dreamId: DreamId
  readonly changeId: ChangeId
  readonly pattern: string
  readonly status: Change['status']
  /** Every counter of the lineage but those of the sessions; for `retell`. */
  readonly remaining: readonly Sighting[]
  /** Users of the sessions left whose words the store's readers may see; for `retell`. */
  readonly usersOf: ReadonlyMap<SessionId, readonly string[]>
}

/**
 * The lessons of every store that rest on one of the sessions, whether quoted or only counted, and
 * whether applied or still waiting. Reads while the sessions' counters still stand; changes nothing.
 */
export async function restsOn(
  storage: Storage,
  sessionIds: Iterable<SessionId>,
): Promise<readonly RestingLesson[]> {
  const gone = new Set(sessionIds)
  const found: RestingLesson[] = []
  for (const store of await storage.stores.list()) {
    const counted = await storage.counters.list(store.lineageId)
    for (const dream of await dreamsInto(storage, store.id)) {
      found.push(...(await restingIn({ store, dream, counted, gone }, storage)))
    }
  }
  return found
}

interface Searched {
  readonly store: MemoryStore
  readonly dream: Dream
  readonly counted: readonly Sighting[]
  readonly gone: ReadonlySet<SessionId>
}

async function restingIn(
  { store, dream, counted, gone }: Searched,
  storage: Storage,
): Promise<readonly RestingLesson[]> {
  const waiting = dream.planStatus === 'waiting' ? await loadSightings(storage, dream.id) : []
  const all = [...counted, ...waiting]
  const lost = all.filter(({ sessionId }) => gone.has(sessionId))
  const changes = await storage.dreams.changes.list(dream.id)
  // A sighting is named under the lineage that was dreamt over; a clone's is another one.
  const lineages = [store.lineageId, (await storage.stores.get(dream.storeId))?.lineageId ?? '']
  const resting = changes.filter(
    (change) => isStanding(change) && isPart(change, { lost, gone, lineages }),
  )
  if (resting.length === 0) return []
  const left = all.filter(({ sessionId }) => !gone.has(sessionId))
  const remaining = withKnownWords(left, all)
  const usersOf = await usersOfErrors(remaining, storage)
  const { lineageId, id: storeId } = store
  return resting.map(({ id, pattern, status }) => ({
    ...{ lineageId, storeId, dreamId: dream.id, changeId: id },
    ...{ pattern: pattern ?? '', status, remaining, usersOf },
  }))
}

function isStanding({ status, pattern }: Change): boolean {
  return pattern !== null && status !== 'rejected' && status !== 'reverted'
}

function isPart(
  { pattern, evidence }: Change,
  {
    lost,
    gone,
    lineages,
  }: {
    readonly lost: readonly Sighting[]
    readonly gone: ReadonlySet<SessionId>
    readonly lineages: readonly string[]
  },
): boolean {
  const base = (pattern ?? '').replace(/^noted:/, '')
  if (lost.some((it) => it.pattern === base || it.pattern === sealedPattern(base))) return true
  if (isContrastPattern(base) && lost.some(isOfRuns)) return true
  const ids = new Set<SightingId>(
    [...gone].flatMap((id) => lineages.map((lineage) => sightingIdOf(lineage, base, id))),
  )
  return evidence.some(
    (item) =>
      (item.kind === 'event' && gone.has(item.sessionId)) ||
      (item.kind === 'shared' && ids.has(item.sightingId)),
  )
}

/**
 * Words that enough users shared are kept with some of their sightings; here all that have them get
 * them, also from sightings that are about to go. For `retell`.
 */
export function withKnownWords(
  left: readonly Sighting[],
  all: readonly Sighting[],
): readonly Sighting[] {
  const words = new Map(all.flatMap((it) => Object.entries(loadedSealed(it)?.words ?? {})))
  return left.map((sighting) => {
    const sealed = loadedSealed(sighting)
    if (sealed === null) return sighting
    const own = Object.values(sealed.marks).flatMap((mark) => {
      const word = words.get(mark)
      return word === undefined ? [] : [[mark, word] as const]
    })
    const known = JSON.stringify(Object.fromEntries(own))
    return { ...sighting, detail: { ...sighting.detail, words: known } }
  })
}
