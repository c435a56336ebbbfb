import { LIMITS } from '../../config.ts'
import { makeFence } from '../asking/fence.ts'
import type { Prompt } from '../asking/prompt.ts'
import type { Estimate } from '../dream-ports.ts'
import { changesPrompt } from '../prompts/changes.ts'
import { extractPrompt } from '../prompts/extract.ts'
import type { DreamInputs } from '../stages/snapshot.ts'
import { changesInput, extractInput } from './prompt-inputs.ts'
import type { ReadingPlan } from './reading-plan.ts'

const BYTES_PER_TOKEN = 4
/** A schema and the marks around data, as sent with each call. */
const FRAME_BYTES = 4_000
/** An answer that is not valid is asked for once more. */
const TRIES_MAX = 2

/** A call of a later stage, which judges or words a handful of texts. */
const LATER_CALL_BYTES = 16_000
const LATER_ANSWER_TOKENS = 3_000
const ITEMS_PER_CALL = 8
/** Probes are answered before and after a dream. */
const PROBE_ROUNDS = 2

/** The most that a dream may ask, made before its first question: its budget may cover less. */
export function estimateOf(plans: readonly ReadingPlan[], inputs: DreamInputs): Estimate {
  const calls = plans.flatMap((plan) => [
    ...plan.chunks.map((chunk) => sizeOf(extractPrompt, extractInput(chunk, plan.profile))),
    ...plan.batches.map((batch) => sizeOf(changesPrompt, changesInput(batch, inputs.names))),
  ])
  const later = laterCalls(plans, inputs)
  const reading = calls.reduce((sum, { bytes }) => sum + bytes, 0)
  const answers = calls.reduce((sum, { outputTokens }) => sum + outputTokens, 0)
  const bytes = TRIES_MAX * (reading + later * LATER_CALL_BYTES)
  const parts = plans.flatMap((plan) => plan.chunks.flatMap((chunk) => chunk.parts))
  return {
    calls: TRIES_MAX * (calls.length + later),
    inputTokens: Math.ceil(bytes / BYTES_PER_TOKEN),
    outputTokens: TRIES_MAX * (answers + later * LATER_ANSWER_TOKENS),
    bytes,
    sessions: new Set(parts.map(({ read }) => read.event.sessionId)).size,
    notes: notesShown(plans, inputs),
  }
}

function sizeOf<Input, Output>(
  prompt: Prompt<Input, Output>,
  input: Input,
): { readonly bytes: number; readonly outputTokens: number } {
  const fence = makeFence('0'.repeat(16))
  const text = prompt.instructions + prompt.profileOf(input, fence) + prompt.dataOf(input, fence)
  return { bytes: Buffer.byteLength(text) + FRAME_BYTES, outputTokens: prompt.outputTokensMax }
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
