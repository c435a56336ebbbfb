import { LIMITS } from '../../config.ts'
import type { Estimate } from '../dream-ports.ts'
import { changesPrompt } from '../prompts/changes.ts'
import { extractPrompt } from '../prompts/extract.ts'
import type { DreamInputs } from '../stages/snapshot.ts'
import { expectedAsking, sessionsIn } from './expected-asking.ts'
import { changesInput, extractInput } from './prompt-inputs.ts'
import { promptSize } from './prompt-size.ts'
import type { ReadingPlan } from './reading-plan.ts'
import { tokensOfBytes } from './token-count.ts'

/** Marks around data and what a second try is told, as sent with each call. */
const FRAME_BYTES = 3_000
/** An answer that is not valid is asked for once more. */
const TRIES_MAX = 2

/** A call of a later stage, which judges or words a handful of texts. */
const LATER_CALL_BYTES = 16_000
const LATER_ANSWER_TOKENS = 3_000
const ITEMS_PER_CALL = 8
/** Probes are answered before and after a dream. */
const PROBE_ROUNDS = 2

/**
 * What a dream is expected to ask, and the most that its limits allow, made before its first
 * question: its budget may cover less.
 */
export function estimateOf(plans: readonly ReadingPlan[], inputs: DreamInputs): Estimate {
  const reading = plans.flatMap((plan) => [
    ...plan.chunks.map((chunk) => promptSize(extractPrompt, extractInput(chunk, plan.profile))),
    ...plan.batches.map((batch) => promptSize(changesPrompt, changesInput(batch, inputs.names))),
  ])
  const later = laterCalls(plans, inputs)
  const sent = reading.reduce((sum, { bytes }) => sum + bytes + FRAME_BYTES, 0)
  const answers = reading.reduce((sum, { outputTokensMax }) => sum + outputTokensMax, 0)
  const bytes = TRIES_MAX * (sent + later * LATER_CALL_BYTES)
  return {
    calls: TRIES_MAX * (reading.length + later),
    inputTokens: tokensOfBytes(bytes),
    outputTokens: TRIES_MAX * (answers + later * LATER_ANSWER_TOKENS),
    bytes,
    sessions: sessionsIn(plans),
    notes: notesShown(plans, inputs),
    expected: expectedAsking(plans, reading, inputs),
  }
}

/** Pairs, merges, lessons, checks and probes, by their limits and by what there is to judge. */
function laterCalls(plans: readonly ReadingPlan[], inputs: DreamInputs): number {
  const chunks = plans.reduce((sum, plan) => sum + plan.chunks.length, 0)
  const statements = inputs.units.length + chunks * LIMITS.claimsPerChunkMax
  const pairs = Math.min(LIMITS.pairsAskedMax, statements * LIMITS.neighboursMax)
  const worded = Math.min(LIMITS.changesMax, LIMITS.pairsAskedMax, statements)
  const probed = Math.min(LIMITS.probeNotesMax, inputs.units.length)
  const perCall = (items: number): number => Math.ceil(items / ITEMS_PER_CALL)
  return (
    perCall(pairs) +
    perCall(worded) +
    LIMITS.newLessonsMax +
    Math.ceil(probed / LIMITS.probeNotesPerCallMax) +
    PROBE_ROUNDS * perCall(Math.min(LIMITS.modelProbesMax, probed))
  )
}

function notesShown(plans: readonly ReadingPlan[], inputs: DreamInputs): number {
  const near = new Set(plans.flatMap((plan) => plan.batches.flatMap((batch) => batch.notes)))
  const later = 2 * LIMITS.pairsAskedMax + LIMITS.probeNotesMax
  return Math.min(inputs.units.length, near.size + later)
}
