import { LIMITS } from '../../config.ts'
import type { Audience } from '../../core/audience.ts'
import type { Unit } from '../../core/unit.ts'
import type { DreamPorts, SecretScanner } from '../dream-ports.ts'
import { pinnedEvents } from '../pinning/pinned-events.ts'
import type { ReadSession } from '../read-session.ts'
import { echoLines, labelSession } from '../stages/label.ts'
import type { DreamInputs } from '../stages/snapshot.ts'
import { type ChangeBatch, changeBatches } from './change-batches.ts'
import { byValue } from './chunk-value.ts'
import { type Chunk, chunksOf, type ShownSession } from './chunks.ts'
import { nearNotes } from './near-notes.ts'
import { ownWords, withoutStrangersWords } from './own-words.ts'
import { profileLines } from './profile.ts'

/** What models are asked about the sessions of one audience; no question holds two. */
export interface ReadingPlan {
  readonly audience: Audience
  readonly profile: readonly string[]
  /** Most valuable first. */
  readonly chunks: readonly Chunk[]
  readonly batches: readonly ChangeBatch[]
}

/** Audiences in order of their names. Chunks without a word that could be cited are not asked. */
export async function readingPlans(
  inputs: DreamInputs,
  ports: DreamPorts,
): Promise<readonly ReadingPlan[]> {
  const limits = { tokensMax: LIMITS.chunkTokensMax, overlapTokensMax: LIMITS.overlapTokensMax }
  const chunks = chunksOf(await shownSessions(inputs, ports), limits).filter(isTelling)
  const byAudience = Map.groupBy(chunks, ({ audience }) => audience)
  const plans: ReadingPlan[] = []
  for (const [audience, own] of byAudience) {
    plans.push(await planOf(audience, own, inputs, ports))
  }
  return plans
}

async function planOf(
  audience: Audience,
  chunks: readonly Chunk[],
  inputs: DreamInputs,
  { rules, secrets }: DreamPorts,
): Promise<ReadingPlan> {
  const notes = inputs.units.filter((unit) => unit.audience === audience)
  const known = notes.map(({ text }) => text)
  const near = rules.hasSecondPass ? nearNotes(inputs, audience) : null
  const batches = near === null ? [] : changeBatches(chunks, audience, near)
  const profile: string[] = []
  for (const line of profileLines(inputs, audience)) profile.push(await secrets.mask(line))
  return {
    audience,
    profile,
    chunks: byValue(chunks, known),
    batches: await withoutSecrets(batches, inputs.names, secrets),
  }
}

/** Sessions are masked when they are read in; a note may still hold a secret, and then stays. */
async function withoutSecrets(
  batches: readonly ChangeBatch[],
  names: DreamInputs['names'],
  secrets: SecretScanner,
): Promise<readonly ChangeBatch[]> {
  const hasSecret = new Map<Unit, boolean>()
  for (const unit of new Set(batches.flatMap(({ notes }) => notes))) {
    const text = [names.get(unit.path) ?? '', ...unit.context, unit.text].join('\n')
    hasSecret.set(unit, (await secrets.mask(text)) !== text)
  }
  return batches
    .map((batch) => ({ ...batch, notes: batch.notes.filter((unit) => !hasSecret.get(unit)) }))
    .filter(({ notes }) => notes.length > 0)
}

async function shownSessions(
  inputs: DreamInputs,
  ports: DreamPorts,
): Promise<readonly ShownSession[]> {
  const storeLines = echoLines(inputs.units)
  const shown: ShownSession[] = []
  for (const { id, eventIds } of inputs.snapshot.sessions) {
    ports.signal?.throwIfAborted()
    await ports.keepAlive()
    const session = await ports.storage.sessions.get(id)
    if (session === null) continue
    const stored = await ports.storage.sessions.events(id)
    const { events, before } = pinnedEvents(session, stored, eventIds)
    const whole = events.map((event) => ({ event, text: event.text }))
    const read = labelSession(session, whole, inputs.store.audience, storeLines, before)
    shown.push(shownSession(read, ports))
  }
  return shown
}

function shownSession({ session, events }: ReadSession, ports: DreamPorts): ShownSession {
  return { session, events: withoutStrangersWords(session, ports.rules.reduce(events)) }
}

function isTelling({ parts }: Chunk): boolean {
  return parts.some(
    ({ read, isOverlap }) =>
      !isOverlap && (ownWords(read).length > 0 || (read.trust === 'tool' && !read.isEcho)),
  )
}
