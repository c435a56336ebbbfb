import type { EvidenceSources } from '../../core/evidence.ts'
import type { SessionEventId, SessionId } from '../../core/ids.ts'
import type { Sighting } from '../../core/ledger.ts'
import type { SessionEvent } from '../../core/session-event.ts'
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
import { recordedStep } from '../recorded-step.ts'
import { extractClaims } from './extract.ts'
import { echoLines, labelSession } from './label.ts'
import { findPatterns } from './patterns.ts'
import { reduceEvents } from './reduce.ts'
import type { DreamInputs } from './snapshot.ts'

/** What the sessions gave, and the texts that the quotes were taken from. */
export interface Reading extends ModelReading {
  readonly sightings: readonly Sighting[]
  readonly untrusted: readonly UntrustedInstruction[]
  readonly events: number
  /** Counters of earlier dreams of this lineage. */
  readonly earlier: readonly Sighting[]
  readonly sources: EvidenceSources
}

type SessionReading = Pick<Reading, 'claims' | 'sightings' | 'untrusted' | 'events'>

/**
 * Stages `reduce`, `label` and `extract`, one session at a time so that memory holds one
 * transcript. Each session's result is recorded under the events it was read from.
 */
export async function readSessions(inputs: DreamInputs, ports: DreamPorts): Promise<Reading> {
  const readings: SessionReading[] = []
  const { sessions } = inputs.snapshot
  const storeLines = echoLines(inputs.units)
  const storeKey = [...storeLines].sort()
  for (const [n, { id, eventIds }] of sessions.entries()) {
    ports.signal?.throwIfAborted()
    await ports.keepAlive()
    if (n === 0) ports.onProgress({ stage: 'label', done: 0, of: sessions.length })
    ports.onProgress({ stage: 'extract', done: n, of: sessions.length })
    const key = {
      engine: ENGINE_VERSION,
      id,
      eventIds,
      storeKey,
      asOf: inputs.snapshot.asOf,
      instructions: inputs.snapshot.instructions,
    }
    readings.push(
      await recordedStep(ports.storage.steps, 'read-session', key, () =>
        readSession(inputs, ports, { id, eventIds, storeLines }),
      ),
    )
  }
  const all = {
    claims: readings.flatMap(({ claims }) => claims),
    sightings: readings.flatMap(({ sightings }) => sightings),
    untrusted: readings.flatMap(({ untrusted }) => untrusted),
  }
  const events = readings.reduce((sum, reading) => sum + reading.events, 0)
  const earlier = await ports.storage.counters.list(inputs.store.lineageId)
  const sources = await loadSources(inputs, { ...all, earlier }, ports)
  return { ...NOTHING_READ, ...all, events, earlier, sources }
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
 * The cited texts only: transcripts are large, citations few. A session that is gone by now is
 * vouched for by the quotes that earlier dreams copied into the counters.
 */
async function loadSources(
  inputs: DreamInputs,
  found: Pick<Reading, 'claims' | 'sightings' | 'untrusted' | 'earlier'>,
  ports: DreamPorts,
): Promise<EvidenceSources> {
  const cited = [
    ...found.claims.flatMap(({ evidence }) => evidence),
    ...found.sightings.flatMap(({ evidence }) => evidence),
    ...found.untrusted.map(({ evidence }) => evidence),
  ]
  const copied = new Map<SessionEventId, string>()
  for (const item of found.earlier.flatMap(({ evidence }) => evidence)) {
    if (item.kind !== 'event') continue
    copied.set(item.eventId, `${copied.get(item.eventId) ?? ''}${item.quote}\n`)
  }
  cited.push(...found.earlier.flatMap(({ evidence }) => evidence))
  const texts = new Map<SessionEventId, string>()
  for (const item of cited) {
    if (item.kind !== 'event' || texts.has(item.eventId)) continue
    const event: SessionEvent | null = await ports.storage.sessions.event(item.eventId)
    if (event !== null) texts.set(item.eventId, event.text)
  }
  const versions = new Map(
    inputs.snapshot.memories.map(({ path, versionId }) => [
      versionId,
      inputs.content.memories.get(path)?.content,
    ]),
  )
  return {
    eventText: (id) => texts.get(id) ?? copied.get(id),
    versionContent: (id) => versions.get(id),
    sharedText: () => undefined,
  }
}
