import type { ReadEvent } from '../../read-session.ts'
import type { ErrorSignature } from '../error-signature.ts'
import { isLooking, type ShellSegment } from '../shell-command.ts'
import type { ToolStep } from '../tool-step.ts'
import { errorIdentifiers, quoteFrom } from './fix-words.ts'
import { unsafeFixReason } from './unsafe-fix.ts'

/** What a repair needed besides itself, or why it was right. */
export interface FollowUp {
  /** A command, or `TRACKED`. */
  readonly text: string
  readonly event: ReadEvent
  /** Exact substring of the event's text. */
  readonly quote: string
}

/** The follow-up of a file that is under version control although a rule ignores it. */
export const TRACKED = 'tracked'
export const COMMIT = 'git commit'

/** The one command between an edit and the call that it repaired; one that the error's words led to first. */
export function commandAfterEdit(
  edit: ToolStep,
  between: readonly ToolStep[],
  failed: ToolStep,
  signature: ErrorSignature,
): FollowUp | null {
  const failedHeads = new Set(failed.segments.map(({ head }) => head))
  const run = between
    .filter(({ place, isFailed }) => place > edit.place && !isFailed)
    .flatMap((step) => step.segments.map((segment) => ({ step, segment })))
    .filter(({ segment }) => isCommand(segment) && !failedHeads.has(segment.head))
    .filter(({ segment }) => unsafeFixReason(segment.text, failed) === null)
  const words = errorIdentifiers(signature)
  const named = run.filter(({ step }) =>
    words.some((word) => step.result.event.text.includes(word)),
  )
  const chosen = named[0] ?? (run.length === 1 ? run[0] : undefined)
  return chosen === undefined ? null : quoted(chosen.segment.text, chosen.step, chosen.segment)
}

/** The commit of what a step changed, before the rest of the call that it repaired. */
export function commitAfterStep(
  step: ToolStep,
  between: readonly ToolStep[],
  later: ToolStep,
): FollowUp | null {
  for (const run of between) {
    const commit = run.segments.find(({ head }) => head === COMMIT)
    if (commit !== undefined && run.place > step.place && !run.isFailed) {
      return quoted(COMMIT, run, commit)
    }
  }
  const at = later.segments.findIndex(({ head }) => head === COMMIT)
  const commit = later.segments[at]
  const isBeforeMore = later.segments.slice(at + 1).some(isCommand)
  return isBeforeMore && commit !== undefined ? quoted(COMMIT, later, commit) : null
}

/** Where the session shows that a file added against a rule of `.gitignore` is versioned. */
export function trackedFile(
  added: ShellSegment,
  later: ToolStep,
  between: readonly ToolStep[],
): FollowUp | null {
  const path = added.args.findLast((word) => !word.startsWith('-'))
  if (added.head !== 'git add' || path === undefined) return null
  for (const step of between) {
    const isListing = step.segments.some(({ head }) => head === 'git ls-files')
    if (!isListing || step.isFailed) continue
    if (step.result.event.text.split(/\s+/).includes(path)) {
      return { text: TRACKED, event: step.result, quote: path }
    }
  }
  const commit = later.segments.find(({ head }) => head === COMMIT)
  return commit === undefined ? null : quoted(TRACKED, later, commit)
}

function isCommand(segment: ShellSegment): boolean {
  return !isLooking(segment) && !segment.hasInlineCode
}

/** A command whose words hold a here-document is quoted by its head. */
function quoted(text: string, { use }: ToolStep, segment: ShellSegment): FollowUp | null {
  const quote = quoteFrom(use.event.text, segment.text) ?? quoteFrom(use.event.text, segment.head)
  return quote === null ? null : { text, event: use, quote }
}
