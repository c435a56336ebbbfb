import type { EvidenceSources } from '../../core/evidence.ts'
import { digestOf, type SessionEventId, type SessionId } from '../../core/ids.ts'
import type { Sighting } from '../../core/ledger.ts'
import { forgetTexts } from '../../core/text/remembered.ts'
import { orderToModelAt } from '../assembly/order-to-model.ts'
import {
  findUntrustedInstructions,
  type UntrustedInstruction,
} from '../assembly/untrusted-instructions.ts'
import { DREAM_LIMITS, ENGINE_VERSION } from '../dream-limits.ts'
import type { DreamPorts } from '../dream-ports.ts'
import { steeringOf } from '../instructions.ts'
import { pinnedEvents } from '../pinning/pinned-events.ts'
import { type ModelReading, NOTHING_READ } from '../reading/model-reading.ts'
import { recordedSteps } from '../recorded-step.ts'
import { extractClaims } from './extract.ts'
import { echoLines, labelSession } from './label.ts'
import { findPatterns } from './patterns.ts'
import { reduceEvents } from './reduce.ts'
import type { DreamInputs } from './snapshot.ts'

/** What the sessions gave. */
export interface Reading extends ModelReading {
  readonly sightings: readonly Sighting[]
  readonly untrusted: readonly UntrustedInstruction[]
  readonly events: number
  /** Counters of earlier dreams of this lineage. */
  readonly earlier: readonly Sighting[]
  /** Texts that can be quoted without the sessions, see `withCitedTexts`. */
  readonly sources: EvidenceSources
}

type SessionReading = Pick<Reading, 'claims' | 'sightings' | 'untrusted' | 'events'>

/**
 * Stages `reduce`, `label` and `extract` in batches of sessions, and in these one session at a time:
 * of all transcripts memory holds one, and of those that were read what they gave. Each session's
 * result is recorded under the events it was read from, so that the size of a batch is no matter.
 */
export async function readSessions(inputs: DreamInputs, ports: DreamPorts): Promise<Reading> {
  const { sessions } = inputs.snapshot
  const store = storeFactsOf(inputs)
  const perBatch = ports.sessionsPerBatch ?? DREAM_LIMITS.sessionsPerBatchMax
  const readings: SessionReading[] = []
  ports.onProgress({ stage: 'label', done: 0, of: sessions.length })
  while (readings.length < sessions.length) {
    const batch = sessions.slice(readings.length, readings.length + perBatch)
    readings.push(...(await readBatch({ batch, before: readings.length, inputs, store }, ports)))
  }
  const earlier = await ports.storage.counters.list(inputs.store.lineageId)
  const events = readings.reduce((sum, reading) => sum + reading.events, 0)
  // What comes next asks for other texts but for the claims.
  forgetTexts(events + inputs.units.length)
  return {
    ...NOTHING_READ,
    claims: readings.flatMap(({ claims }) => claims),
    sightings: readings.flatMap(({ sightings }) => sightings),
    untrusted: readings.flatMap(({ untrusted }) => untrusted),
    events,
    earlier,
    sources: knownSources(inputs, earlier),
  }
}

type PinnedSession = DreamInputs['snapshot']['sessions'][number]

interface Batch {
  readonly batch: readonly PinnedSession[]
  /** Sessions of earlier batches. */
  readonly before: number
  readonly inputs: DreamInputs
  readonly store: StoreFacts
}

/** What was recorded of a batch is looked up at once; the others are read one after the other. */
async function readBatch(
  { batch, before, inputs, store }: Batch,
  ports: DreamPorts,
): Promise<readonly SessionReading[]> {
  const { snapshot } = inputs
  const { asOf, instructions } = snapshot
  const keyOf = ({ id, eventIds }: PinnedSession): unknown => {
    return { engine: ENGINE_VERSION, id, eventIds, store: store.digest, asOf, instructions }
  }
  return recordedSteps(ports.storage.steps, 'read-session', batch, keyOf, async (session, n) => {
    ports.signal?.throwIfAborted()
    await ports.keepAlive()
    await ports.breathe?.()
    ports.onProgress({ stage: 'extract', done: before + n, of: snapshot.sessions.length })
    return readSession(inputs, ports, { ...session, storeLines: store.lines })
  })
}

/** What of the store takes part in reading a session. */
interface StoreFacts {
  readonly lines: ReadonlySet<string>
  readonly digest: string
}

function storeFactsOf({ units }: DreamInputs): StoreFacts {
  const lines = echoLines(units)
  return { lines, digest: digestOf([...lines].sort()) }
}

async function readSession(
  inputs: DreamInputs,
  ports: DreamPorts,
  part: {
    readonly id: SessionId
    readonly eventIds: readonly SessionEventId[]
    readonly storeLines: ReadonlySet<string>
  },
): Promise<SessionReading> {
  const session = await ports.storage.sessions.get(part.id)
  if (session === null) return { claims: [], sightings: [], untrusted: [], events: 0 }
  const stored = await ports.storage.sessions.events(part.id)
  const { events, before } = pinnedEvents(session, stored, part.eventIds)
  const { audience } = inputs.store
  const read = labelSession(session, reduceEvents(events), audience, part.storeLines, before)
  const steering = steeringOf(inputs.snapshot.instructions)
  const claims = extractClaims(read, { asOf: inputs.snapshot.asOf, ingestedAt: null })
  return {
    claims: claims
      .filter(({ text }) => !steering.ignores(null, text))
      // Words that a person had in the clipboard read like their own.
      .filter(({ text }) => orderToModelAt(text) === null),
    sightings: findPatterns([read], [], { lineageId: inputs.store.lineageId, limits: DREAM_LIMITS })
      .sightings,
    untrusted: findUntrustedInstructions(read),
    events: events.length,
  }
}

/**
 * The notes, and what earlier dreams copied into the counters: it vouches for a session that is gone
 * by now. Texts of sessions are no part of it.
 */
function knownSources(inputs: DreamInputs, earlier: readonly Sighting[]): EvidenceSources {
  const copied = new Map<SessionEventId, string>()
  for (const item of earlier.flatMap(({ evidence }) => evidence)) {
    if (item.kind !== 'event') continue
    copied.set(item.eventId, `${copied.get(item.eventId) ?? ''}${item.quote}\n`)
  }
  const versions = new Map(
    inputs.snapshot.memories.map(({ path, versionId }) => [
      versionId,
      inputs.content.memories.get(path)?.content,
    ]),
  )
  return {
    eventText: (id) => copied.get(id),
    versionContent: (id) => versions.get(id),
    sharedText: () => undefined,
  }
}
