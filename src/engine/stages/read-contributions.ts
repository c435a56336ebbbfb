import { independentUsersMin } from '../../core/audience.ts'
import type { Contribution } from '../../core/dream.ts'
import type { EvidenceSources } from '../../core/evidence.ts'
import type { SessionEventId, SessionId } from '../../core/ids.ts'
import type { Sighting } from '../../core/ledger.ts'
import type { Storage } from '../../storage/storage.ts'
import { DREAM_LIMITS, ENGINE_VERSION } from '../dream-limits.ts'
import type { DreamPorts } from '../dream-ports.ts'
import { runSightings } from '../patterns/contrast/run-sightings.ts'
import { errorSightings } from '../patterns/error-sightings.ts'
import { FAMILY_LINK, familyLink } from '../patterns/family-link.ts'
import { ofOtherAgent } from '../patterns/others/attribution.ts'
import {
  SEALED,
  type SealedSighting,
  sealedOf,
  sealedPattern,
} from '../patterns/others/sealed-sighting.ts'
import { usersOfErrors } from '../patterns/others/users-of-errors.ts'
import { passedCommands } from '../patterns/passed-commands.ts'
import type { ReadSession } from '../read-session.ts'
import { recordedStep } from '../recorded-step.ts'
import { citedEvents } from './cited-events.ts'
import { labelSession } from './label.ts'
import type { Reading } from './read-sessions.ts'
import { reduceEvents } from './reduce.ts'
import type { DreamInputs } from './snapshot.ts'

/** What recurs in sessions that are not the store's own. */
export interface Contributed {
  /** Of sessions whose words the store's readers may see: as they are, with the agent's name. */
  readonly open: readonly Sighting[]
  /** Of all others: reduced to what may be compared. */
  readonly sealed: readonly SealedSighting[]
  /** Which sealed sessions go on from which: nothing else is told of them. */
  readonly families: readonly Sighting[]
  /** Users of the store's own and open sessions that share an error with a sealed one. */
  readonly usersOf: ReadonlyMap<SessionId, readonly string[]>
  readonly eventText: EvidenceSources['eventText']
  /** Contributions that were read, and those of which nothing may be told at all. */
  readonly read: number
  readonly unheard: number
}

/**
 * Stages `reduce`, `label` and `patterns` of each contribution by itself, as for its own audience:
 * what is found is recorded under the contribution alone, so that nothing in between mixes two.
 * Only what tools did is looked for: never what a person said. A session that no user is named for, or
 * that only one person may read of a private store, is not opened.
 */
export async function readContributions(
  inputs: DreamInputs,
  reading: Pick<Reading, 'sightings' | 'earlier'>,
  ports: Pick<DreamPorts, 'storage' | 'signal' | 'keepAlive'>,
): Promise<Contributed> {
  const { store, snapshot } = inputs
  const hears = independentUsersMin(store.audience, DREAM_LIMITS) !== null
  const open: Sighting[] = []
  const sealed: SealedSighting[] = []
  const families: Sighting[] = []
  let unheard = 0
  for (const pinned of snapshot.contributions) {
    const contribution = { ...pinned, agentId: await calledBy(pinned.agentId, ports.storage) }
    ports.signal?.throwIfAborted()
    await ports.keepAlive()
    if (contribution.audience === store.audience) {
      open.push(...(await openSightings(contribution, ports.storage)))
    } else if (hears && contribution.userId !== null) {
      const found = await sealedSightings(contribution, contribution.userId, ports.storage)
      sealed.push(...found.sealed)
      families.push(...found.families)
    } else unheard += 1
  }
  const { lineageId, audience } = store
  const located = open.map((sighting) => ({ ...sighting, lineageId }))
  return {
    open: located,
    sealed,
    families: families.map((it) => ({ ...it, lineageId, detail: { ...it.detail, audience } })),
    usersOf: await usersSharing(sealed, [...reading.earlier, ...reading.sightings, ...open], ports),
    eventText: await citedTexts(located, ports.storage),
    read: snapshot.contributions.length - unheard,
    unheard,
  }
}

/** Errors, passed commands, family links and how it went; what a person corrected stays with that person. */
async function openSightings(
  contribution: Contribution,
  storage: Storage,
): Promise<readonly Sighting[]> {
  return recordedStep(storage.steps, 'read-contribution', keyOf(contribution), async () => {
    const read = await readSession(contribution, storage)
    if (read === null) return []
    const counter = counterOf(read)
    const errors = errorSightings(read, counter)
    const found = [...errors, ...passedCommands(read, counter), ...familyLink(read, counter)]
    return [...found, ...runSightings(read, errors, counter)].map((sighting) =>
      ofOtherAgent(sighting, contribution.agentId),
    )
  })
}

/** Nothing but what `sealedOf` leaves of a session is ever recorded of it. */
async function sealedSightings(
  contribution: Contribution,
  userId: string,
  storage: Storage,
): Promise<{ readonly sealed: readonly SealedSighting[]; readonly families: readonly Sighting[] }> {
  return recordedStep(storage.steps, 'read-sealed', keyOf(contribution), async () => {
    const read = await readSession(contribution, storage)
    if (read === null) return { sealed: [], families: [] }
    const { agentId } = contribution
    const counter = counterOf(read)
    return {
      sealed: errorSightings(read, counter).flatMap(
        (it) => sealedOf(it, { userId, agentId }) ?? [],
      ),
      families: familyLink(read, counter).map((it) => ({ ...it, detail: { kind: FAMILY_LINK } })),
    }
  })
}

/** What an agent is called where it is kept here; else what it is known by. */
async function calledBy(agentId: string | null, { documents }: Storage): Promise<string | null> {
  const kept = agentId === null ? null : await documents.get('agent', agentId)
  if (kept === null) return agentId
  const { name } = JSON.parse(kept.body) as { readonly name?: unknown }
  return typeof name === 'string' && name.trim() !== '' ? name : agentId
}

function keyOf(contribution: Contribution): unknown {
  return { engine: ENGINE_VERSION, ...contribution }
}

async function readSession(
  { sessionId, eventIds, audience }: Contribution,
  storage: Storage,
): Promise<ReadSession | null> {
  const session = await storage.sessions.get(sessionId)
  if (session === null) return null
  const pinned = new Set<SessionEventId>(eventIds)
  const events = (await storage.sessions.events(sessionId)).filter(({ id }) => pinned.has(id))
  return labelSession(session, reduceEvents(events), audience, new Set())
}

/** Whose counter it is becomes known where it is counted: what is found is the session's alone. */
function counterOf({ session }: ReadSession): Pick<Sighting, 'lineageId' | 'rootSessionId'> {
  return { lineageId: '', rootSessionId: session.parentSessionId ?? session.id }
}

async function usersSharing(
  sealed: readonly SealedSighting[],
  counted: readonly Sighting[],
  { storage }: Pick<DreamPorts, 'storage'>,
): Promise<Contributed['usersOf']> {
  const earlier = counted.filter(({ detail }) => detail.kind === SEALED)
  const patterns = new Set([...sealed, ...earlier].map(({ pattern }) => pattern))
  const sharing = counted.filter(({ pattern }) => patterns.has(sealedPattern(pattern)))
  return usersOfErrors(sharing, storage)
}

async function citedTexts(
  sightings: readonly Sighting[],
  storage: Storage,
): Promise<EvidenceSources['eventText']> {
  const cited = sightings.flatMap(({ evidence }) => evidence)
  const events = await citedEvents(cited, storage)
  return (id) => events.get(id)?.text
}
