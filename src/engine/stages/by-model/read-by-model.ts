import type { Claim } from '../../../core/claim.ts'
import type { SessionEventId } from '../../../core/ids.ts'
import type { Asker } from '../../asking/asker.ts'
import { dependencySightings } from '../../assembly/dependants/dependencies.ts'
import type { DreamPorts } from '../../dream-ports.ts'
import { steeringOf } from '../../instructions.ts'
import { changesPrompt } from '../../prompts/changes.ts'
import { extractPrompt } from '../../prompts/extract.ts'
import { Discards } from '../../reading/checks/discards.ts'
import { joinedClaims } from '../../reading/checks/joined-claims.ts'
import { type HintedClaim, proposedChanges } from '../../reading/checks/proposed-changes.ts'
import { type CheckInputs, proposedClaims } from '../../reading/checks/proposed-claims.ts'
import type { Chunk } from '../../reading/chunks.ts'
import { estimateOf } from '../../reading/estimate.ts'
import { knownWords } from '../../reading/profile.ts'
import { changesInput, extractInput } from '../../reading/prompt-inputs.ts'
import { type ReadingPlan, readingPlans } from '../../reading/reading-plan.ts'
import type { Reading } from '../read-sessions.ts'
import type { DreamInputs } from '../snapshot.ts'

/**
 * Has models read the sessions, one audience after the other: what they say, then what of it
 * changes a note. A model only points at words; what it makes of them counts where code finds it
 * in these words. Events that got no answer are listed as unread. Tells first what would leave.
 */
export async function readByModel(
  inputs: DreamInputs,
  reading: Reading,
  ports: DreamPorts,
): Promise<Reading> {
  const { asker } = ports
  if (asker === null) return reading
  const plans = await readingPlans(inputs, ports)
  // Lessons of earlier sessions may be worded even where nothing else is left to ask.
  const isNothing = plans.length === 0 && inputs.units.length === 0 && reading.earlier.length === 0
  if (isNothing && reading.sightings.length === 0) return reading
  await ports.announce(estimateOf(plans, inputs))
  const found: Found = { claims: [], changes: [], unread: new Set(), discards: new Discards() }
  for (const [n, plan] of plans.entries()) {
    ports.signal?.throwIfAborted()
    await ports.keepAlive()
    ports.onProgress({ stage: 'extract', done: n, of: plans.length })
    const checks = checksOf(plan, inputs)
    await readClaims(plan, checks, found, asker)
    await readChanges(plan, checks, found, { asker, names: inputs.names })
  }
  const { claims, hints, twins } = joinedClaims(reading.claims, found.claims, found.changes)
  return {
    ...reading,
    claims,
    sightings: [...reading.sightings, ...dependencySightings(found.claims, inputs.store.lineageId)],
    hints,
    twins,
    unread: [...found.unread].sort(),
    discarded: found.discards.counted(),
  }
}

interface Found {
  readonly claims: Claim[]
  readonly changes: HintedClaim[]
  readonly unread: Set<SessionEventId>
  readonly discards: Discards
}

function checksOf({ profile }: ReadingPlan, { snapshot }: DreamInputs): CheckInputs {
  return {
    known: { words: knownWords(profile) },
    steering: steeringOf(snapshot.instructions),
    asOf: snapshot.asOf,
  }
}

async function readClaims(
  { chunks, profile }: ReadingPlan,
  checks: CheckInputs,
  found: Found,
  asker: Asker,
): Promise<void> {
  const questions = chunks.map((chunk) => extractInput(chunk, profile))
  const answers = await asker.ask(extractPrompt, questions)
  for (const [n, chunk] of chunks.entries()) {
    const answer = answers[n]
    if (answer?.kind !== 'answered') markUnread(chunk, found)
    else found.claims.push(...proposedClaims(answer.output, chunk, checks, found.discards))
  }
}

async function readChanges(
  { batches }: ReadingPlan,
  checks: CheckInputs,
  found: Found,
  { asker, names }: { readonly asker: Asker; readonly names: DreamInputs['names'] },
): Promise<void> {
  if (batches.length === 0) return
  const questions = batches.map((batch) => changesInput(batch, names))
  const answers = await asker.ask(changesPrompt, questions)
  for (const [n, batch] of batches.entries()) {
    const answer = answers[n]
    if (answer?.kind !== 'answered') markUnread(batch, found)
    else found.changes.push(...proposedChanges(answer.output, batch, checks, found.discards))
  }
}

/** What stands in a chunk for its context is read where it stands for itself. */
function markUnread({ parts }: Chunk, { unread }: Found): void {
  for (const { read, isOverlap } of parts) if (!isOverlap) unread.add(read.event.id)
}
