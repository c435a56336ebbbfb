import { LIMITS } from '../../config.ts'
import type { AskedAmount, Estimate } from '../dream-ports.ts'
import { entailPrompt } from '../prompts/entail.ts'
import { lessonPrompt } from '../prompts/lesson.ts'
import { mergePrompt } from '../prompts/merge.ts'
import { probesPrompt } from '../prompts/probes.ts'
import { relatePrompt } from '../prompts/relate.ts'
import type { DreamInputs } from '../stages/snapshot.ts'
import { type PromptSize, promptSize } from './prompt-size.ts'
import type { ReadingPlan } from './reading-plan.ts'
import { tokensOfBytes } from './token-count.ts'

/**
 * What dreams take on average, in tokens: an answer to what was read, a statement found in it, and
 * each judged, worded or checked item with its answer.
 */
const RATES = {
  readOutputShare: 0.05,
  statement: 110,
  /** Pairs that rules leave open, for each statement that is new and for each note. */
  pairsPerStatement: 1.5,
  pairsPerNote: 0.6,
  /** Of a large memory the first dream asks about twice as many, each later one about half. */
  pairsOfNotesMax: LIMITS.pairsAskedMax / 2,
  pair: { input: 50, output: 60 },
  mergesPerPair: 0.02,
  merge: { input: 80, output: 250 },
  sessionsPerLesson: 4,
  lesson: { input: 100, output: 300 },
  /** Sentences that a model wrote, for each statement that is new. */
  sentencesPerStatement: 0.5,
  sentence: { input: 60, output: 60 },
  /** Memories that a plan touches, for each statement that is new and for each pair. */
  touchedPerStatement: 1,
  touchedPerPair: 0.1,
  probe: { input: 20, output: 25 },
} as const

const NOTHING: AskedAmount = { calls: 0, inputTokens: 0, outputTokens: 0 }

/** Reading as it will be sent, and the rest by average rates; nothing is asked twice. */
export function expectedAsking(
  plans: readonly ReadingPlan[],
  reading: readonly PromptSize[],
  inputs: DreamInputs,
): Estimate['expected'] {
  const read = sumOf(reading.map(readingCall))
  const statements = read.outputTokens / RATES.statement
  const notes = inputs.units.filter(({ kind }) => kind !== 'index-line').length
  const pairsOfNotes = Math.min(RATES.pairsOfNotesMax, notes * RATES.pairsPerNote)
  const pairs = Math.min(
    LIMITS.pairsAskedMax,
    Math.round(statements * RATES.pairsPerStatement + pairsOfNotes),
  )
  const lessons = Math.min(
    LIMITS.newLessonsMax,
    Math.floor(sessionsIn(plans) / RATES.sessionsPerLesson),
  )
  const merges = Math.round(pairs * RATES.mergesPerPair)
  const sentences = Math.round(statements * RATES.sentencesPerStatement) + merges + lessons
  return {
    small: sumOf([
      read,
      itemCalls(promptSize(relatePrompt, []), pairs, RATES.pair, LIMITS.pairsPerCallMax),
      itemCalls(promptSize(entailPrompt, []), sentences, RATES.sentence, LIMITS.entailBatchMax),
      probeCalls(statements * RATES.touchedPerStatement + pairs * RATES.touchedPerPair, inputs),
    ]),
    large: sumOf([
      itemCalls(promptSize(mergePrompt, { members: [] }), merges, RATES.merge, 1),
      itemCalls(promptSize(lessonPrompt, { row: '', quotes: [] }), lessons, RATES.lesson, 1),
    ]),
  }
}

/** Distinct sessions of which something is read. */
export function sessionsIn(plans: readonly ReadingPlan[]): number {
  const parts = plans.flatMap((plan) => plan.chunks.flatMap((chunk) => chunk.parts))
  return new Set(parts.map(({ read }) => read.event.sessionId)).size
}

function readingCall({ bytes, dataBytes }: PromptSize): AskedAmount {
  const outputTokens = Math.round(tokensOfBytes(dataBytes) * RATES.readOutputShare)
  return { calls: 1, inputTokens: tokensOfBytes(bytes), outputTokens }
}

function itemCalls(
  { bytes }: PromptSize,
  items: number,
  rate: { readonly input: number; readonly output: number },
  perCall: number,
): AskedAmount {
  const calls = Math.ceil(items / perCall)
  return {
    calls,
    inputTokens: calls * tokensOfBytes(bytes) + items * rate.input,
    outputTokens: items * rate.output,
  }
}

/** Probes are made of the notes of every memory that a plan touches. */
function probeCalls(touched: number, { units }: DreamInputs): AskedAmount {
  const paths = new Set(units.map(({ path }) => path)).size
  const calls = Math.min(paths, Math.ceil(touched))
  if (calls === 0) return NOTHING
  const notes = Math.min(LIMITS.probeNotesMax, Math.round((units.length * calls) / paths))
  const { bytes } = promptSize(probesPrompt, { path: '', units: [] })
  return {
    calls,
    inputTokens: calls * tokensOfBytes(bytes) + notes * RATES.probe.input,
    outputTokens: notes * RATES.probe.output,
  }
}

function sumOf(amounts: readonly AskedAmount[]): AskedAmount {
  return amounts.reduce(
    (sum, { calls, inputTokens, outputTokens }) => ({
      calls: sum.calls + calls,
      inputTokens: sum.inputTokens + inputTokens,
      outputTokens: sum.outputTokens + outputTokens,
    }),
    NOTHING,
  )
}
