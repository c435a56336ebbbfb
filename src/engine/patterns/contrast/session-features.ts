import type { Evidence } from '../../../core/evidence.ts'
import type { SessionEventId } from '../../../core/ids.ts'
import type { Sighting } from '../../../core/ledger.ts'
import { eventEvidence } from '../../event-evidence.ts'
import type { ReadEvent } from '../../read-session.ts'
import { addressesIn } from '../address.ts'
import { isLooking } from '../shell-command.ts'
import { SHELL, type ToolStep } from '../tool-step.ts'
import { CONTRAST_LIMITS } from './contrast-limits.ts'
import { isVerifying } from './verifying-run.ts'

/**
 * What a session may show: a tool or command was used; an error was met and left open; a failed
 * call was repeated unchanged in vain; a call failed twice or more before it succeeded; something
 * was verified after the last edit.
 */
export const FEATURE_KINDS = ['used', 'error', 'repeat', 'retry', 'verify'] as const

export type FeatureKind = (typeof FEATURE_KINDS)[number]

/** One feature of one session, of tools alone: no arguments, no words of a person. */
export interface SessionFeature {
  readonly kind: FeatureKind
  /** The tool, `shell` for commands; with `head`, the command's first words, `git push`. */
  readonly tool: string
  readonly head: string
  /** The error's own words; empty for other kinds. */
  readonly message: string
  /** The pattern of the error sighting; empty for other kinds. */
  readonly error: string
  /** Ordinal of the first event that shows it: comparable inside the session. */
  readonly place: number
  /** One line of a tool's result; none where it is empty or a stranger's. */
  readonly evidence: readonly Evidence[]
}

export interface SessionFeatures {
  readonly features: readonly SessionFeature[]
  /** Kinds of which the session shows more than are kept: what is missing of them is unknown. */
  readonly cut: readonly FeatureKind[]
  readonly calls: number
  readonly hasEdited: boolean
}

/**
 * The features of one session by its calls in order and its error sightings. Where a test run told
 * the outcome (`isToldByRuns`), what those runs showed is the outcome itself and no feature of it.
 */
export function sessionFeatures(
  threads: readonly (readonly ToolStep[])[],
  errors: readonly Sighting[],
  isToldByRuns: boolean,
): SessionFeatures {
  const steps = threads.flat().sort((a, b) => placeOf(a) - placeOf(b))
  const counted = isToldByRuns ? steps.filter((step) => !verifies(step)) : steps
  const calls = threads.map((thread) => thread.filter((step) => counted.includes(step)))
  const byKind: readonly (readonly SessionFeature[])[] = [
    usedOnce(steps),
    openErrors(errors, counted),
    calls.flatMap(repeatedInVain),
    calls.flatMap(retried),
    isToldByRuns ? [] : verifiedAtEnd(steps),
  ]
  const limits = FEATURE_KINDS.map((kind) => KEPT_MAX[kind])
  const kept = byKind.map((found, at) => onceEach(found).slice(0, limits[at]))
  return {
    features: kept.flat(),
    cut: FEATURE_KINDS.filter((_, at) => onceEach(byKind[at] ?? []).length > (limits[at] ?? 0)),
    calls: steps.length,
    hasEdited: steps.some(({ edit }) => edit !== null),
  }
}

const KEPT_MAX: Readonly<Record<FeatureKind, number>> = {
  used: CONTRAST_LIMITS.featureToolsMax,
  error: CONTRAST_LIMITS.featureErrorsMax,
  repeat: CONTRAST_LIMITS.featureCallsMax,
  retry: CONTRAST_LIMITS.featureCallsMax,
  verify: 1,
}

/** What names one feature over sessions. */
export function featureKey({ kind, tool, head, error }: SessionFeature): string {
  return kind === 'error' ? `error:${error}` : `${kind}:${head === '' ? tool : head}`
}

function onceEach(features: readonly SessionFeature[]): readonly SessionFeature[] {
  const first = new Map<string, SessionFeature>()
  for (const feature of features.toSorted((a, b) => a.place - b.place)) {
    if (!first.has(featureKey(feature))) first.set(featureKey(feature), feature)
  }
  return [...first.values()]
}

function placeOf({ use }: ToolStep): number {
  return use.event.ordinal
}

function verifies({ segments }: ToolStep): boolean {
  return segments.some(isVerifying)
}

const NAME = /^[\w.:/+@-]{1,60}(?: [\w.:+-]{1,40})?$/

/** The tool, or the commands of a shell call that do something, as far as they read like names. */
function namesOf({ tool, segments }: ToolStep): readonly Pick<SessionFeature, 'tool' | 'head'>[] {
  const names =
    tool === SHELL
      ? [...new Set(segments.filter((it) => !isLooking(it)).map(({ head }) => head))].map(
          (head) => ({ tool, head }),
        )
      : [{ tool, head: '' }]
  return names.filter(({ head }) => {
    const name = head === '' ? tool : head
    return NAME.test(name) && addressesIn(name).length === 0
  })
}

function usedOnce(steps: readonly ToolStep[]): readonly SessionFeature[] {
  return steps.flatMap((step) => featuresOf('used', step))
}

function featuresOf(kind: FeatureKind, step: ToolStep): readonly SessionFeature[] {
  const evidence = resultQuote(step.result)
  const shown = { message: '', error: '', place: placeOf(step), evidence }
  return namesOf(step).map((name) => ({ kind, ...name, ...shown }))
}

function openErrors(
  errors: readonly Sighting[],
  steps: readonly ToolStep[],
): readonly SessionFeature[] {
  const byResult = new Map<SessionEventId, ToolStep>(
    steps.map((step) => [step.result.event.id, step]),
  )
  return errors.flatMap(({ pattern, detail, evidence }): readonly SessionFeature[] => {
    const [first] = evidence
    const step = first?.kind === 'event' ? byResult.get(first.eventId) : undefined
    if (first === undefined || step === undefined || detail.fixOutcome === 'succeeded') return []
    const head = (detail.failedHead ?? '') || (detail.heads ?? '')
    const told = { tool: detail.tool ?? '', head, message: detail.message ?? '' }
    return [{ kind: 'error', ...told, error: pattern, place: placeOf(step), evidence: [first] }]
  })
}

function argumentsOf({ tool, use }: ToolStep): string {
  return `${tool} ${use.event.tool?.input ?? ''}`
}

function repeatedInVain(steps: readonly ToolStep[]): readonly SessionFeature[] {
  return steps.flatMap((step, at) => {
    const [next] = steps.slice(at + 1).filter((other) => other.tool === step.tool)
    const isInVain = step.isFailed && next?.isFailed && argumentsOf(next) === argumentsOf(step)
    return isInVain ? featuresOf('repeat', next) : []
  })
}

const TRIES_MIN = 2

function retried(steps: readonly ToolStep[]): readonly SessionFeature[] {
  const failures = new Map<string, number>()
  return steps.flatMap((step) =>
    featuresOf('retry', step).filter((feature) => {
      const before = failures.get(featureKey(feature)) ?? 0
      failures.set(featureKey(feature), step.isFailed ? before + 1 : 0)
      return !step.isFailed && before >= TRIES_MIN
    }),
  )
}

function verifiedAtEnd(steps: readonly ToolStep[]): readonly SessionFeature[] {
  const lastEdit = steps.findLastIndex(({ edit }) => edit !== null)
  const run = steps.find((step, at) => at > lastEdit && verifies(step))
  if (lastEdit === -1 || run === undefined) return []
  const evidence = resultQuote(run.result)
  const shown = { message: '', error: '', place: placeOf(run), evidence }
  return [{ kind: 'verify', tool: SHELL, head: 'verify', ...shown }]
}

const QUOTE_CHARS_MAX = 80

/** The first line of what a tool answered; nothing of what strangers wrote. */
export function resultQuote(result: ReadEvent): readonly Evidence[] {
  if (result.trust !== 'tool' || result.isEcho) return []
  const line = result.event.text.split('\n').find((text) => /\w/.test(text)) ?? ''
  const quote = line.trim().slice(0, QUOTE_CHARS_MAX).trim()
  return quote === '' ? [] : [eventEvidence(result, quote)]
}
