import type { ReadEvent } from '../read-session.ts'
import { type CallChange, callChange } from './call-change.ts'
import { type ErrorSignature, stillReports } from './error-signature.ts'
import { errorIdentifiers, quoteFrom, salientLine, valueSource } from './fix-words.ts'
import { SHELL, type ToolStep } from './tool-step.ts'
import { unsafeFixReason } from './unsafe-fix.ts'

/** What an agent did between a failure and the first call that no longer reported it. */
export interface Fix {
  /**
   * `command`: the same command with other words; `step`: another command first; `edit`: a file
   * changed; `arguments`: other arguments of the same tool; `retry`: nothing changed.
   */
  readonly kind: 'command' | 'step' | 'edit' | 'arguments' | 'retry'
  /** The command, the added line, or the argument names joined by `, `; empty for a retry. */
  readonly text: string
  /** File of an edit; the head of the shell command, or where an argument's value came from. */
  readonly about: string
  /** False: the repaired call failed with something else. */
  readonly hasSucceeded: boolean
  readonly event: ReadEvent
  /** Exact substring of the agent's own call. */
  readonly quote: string
}

/** A failure, what was tried in vain, and what helped. */
export interface Episode {
  /** Places in the list of the steps that reported the error. */
  readonly failures: readonly number[]
  readonly fix: Fix | null
  /** Changes after which the error came again: argument names, commands, or `unchanged`. */
  readonly vain: readonly string[]
}

/** Events between a failure and its repair; later ones belong to other work. */
export const FIX_WINDOW_EVENTS = 40

/** Follows one error from the step at `start` until it is repaired or the window ends. */
export function followError(
  steps: readonly ToolStep[],
  start: number,
  signature: ErrorSignature,
): Episode {
  const failures = [start]
  const vain: string[] = []
  let found: Fix | null = null
  for (let at = start + 1; at < steps.length; at += 1) {
    const last = failures.at(-1) ?? start
    const [failed, later] = [steps[last], steps[at]]
    if (failed === undefined || later === undefined) break
    if (later.place - failed.place > FIX_WINDOW_EVENTS) break
    const change = callChange(failed, later, signature)
    if (change === null) continue
    if (stillReports(later, signature)) {
      vain.push(...vainWords(change))
      failures.push(at)
      found = null
      continue
    }
    const between = steps.slice(last + 1, at)
    const fix = fixOf({ failed, later, change, between, before: steps.slice(0, at), signature })
    if (fix === null) continue
    const isFinal = fix.hasSucceeded && !(change.kind === 'command' && change.isDropping)
    if (isFinal) return { failures, fix, vain }
    found ??= fix
  }
  return { failures, fix: found, vain }
}

interface Repair {
  readonly failed: ToolStep
  readonly later: ToolStep
  readonly change: CallChange
  readonly between: readonly ToolStep[]
  readonly before: readonly ToolStep[]
  readonly signature: ErrorSignature
}

function fixOf(repair: Repair): Fix | null {
  const fix = editFix(repair) ?? changeFix(repair)
  return fix !== null && unsafeFixReason(fix.text, repair.failed) === null ? fix : null
}

/** An edit that names what the error names; any other edit explains a success too, but not how. */
function editFix({ between, later, signature, failed }: Repair): Fix | null {
  if (failed.tool !== SHELL) return null
  const identifiers = errorIdentifiers(signature)
  for (const step of between) {
    if (step.edit === null || step.isFailed) continue
    const line = salientLine(step.edit.addedLines, identifiers)
    if (line === null) continue
    const quote = quoteFrom(step.use.event.text, line)
    if (quote === null) continue
    const { path } = step.edit
    const hasSucceeded = !later.isFailed
    return { kind: 'edit', text: line, about: path, hasSucceeded, event: step.use, quote }
  }
  return null
}

function changeFix({ failed, later, change, between, before, signature }: Repair): Fix | null {
  const hasSucceeded = !later.isFailed
  if (change.kind === 'arguments') {
    const quote = quoteFrom(later.use.event.text, `"${change.names[0]}"`)
    const about = valueSource(change.names, failed, later, before)
    const text = change.names.join(', ')
    return quote === null
      ? null
      : { kind: 'arguments', text, about, hasSucceeded, event: later.use, quote }
  }
  if (!hasSucceeded) return null
  const isEdited = between.some(({ edit, isFailed }) => edit !== null && !isFailed)
  if (isEdited && change.kind !== 'command') return null
  if (change.kind === 'command')
    return isEdited ? null : commandFix('command', later, change.segment)
  if (change.kind === 'step') return commandFix('step', later, change.segment)
  return stepBetween(failed, between, signature) ?? retryFix(later, between)
}

function commandFix(
  kind: 'command' | 'step',
  step: ToolStep,
  segment: { readonly text: string; readonly head: string },
): Fix | null {
  const quote = quoteFrom(step.use.event.text, segment.text)
  if (quote === null) return null
  const { text, head: about } = segment
  return { kind, text, about, hasSucceeded: true, event: step.use, quote }
}

/** A command between the failure and the same call again: one that the error names, or the only one. */
function stepBetween(
  failed: ToolStep,
  between: readonly ToolStep[],
  signature: ErrorSignature,
): Fix | null {
  const commands = between
    .filter(({ isFailed }) => !isFailed)
    .flatMap((step) => step.segments.map((segment) => ({ step, segment })))
    .filter(({ segment }) => !LOOKING.test(segment.head) && !segment.hasInlineCode)
  const words = errorIdentifiers(signature).map((word) => word.toLowerCase())
  const output = failed.result.event.text
  const named = commands.filter(
    ({ segment }) =>
      words.some((word) => segment.text.toLowerCase().includes(word)) ||
      output.includes(segment.text),
  )
  const chosen = named[0] ?? (commands.length === 1 ? commands[0] : undefined)
  return chosen === undefined ? null : commandFix('step', chosen.step, chosen.segment)
}

/** Commands that look and change nothing. */
const LOOKING =
  /^(?:ls|cat|head|tail|find|stat|wc|file|tree|grep|rg|sed|awk|less|du|diff|test|which|ps|env|printenv|uname|git (?:status|log|diff|show|branch|ls-files|remote|check-ignore|rev-parse|blame)|\S+ (?:--version|--help|help|version|list|show|info))\b/

/** Only where nothing at all happened in between: else the success has another cause. */
function retryFix(later: ToolStep, between: readonly ToolStep[]): Fix | null {
  const isQuiet = between.every(({ edit, segments }) => edit === null && segments.length === 0)
  const quote = quoteFrom(later.use.event.text, later.segments[0]?.text ?? '"')
  if (!isQuiet || quote === null) return null
  return { kind: 'retry', text: '', about: '', hasSucceeded: true, event: later.use, quote }
}

function vainWords(change: CallChange): readonly string[] {
  if (change.kind === 'arguments') return change.names.length === 1 ? [...change.names] : []
  return change.kind === 'unchanged' ? ['unchanged'] : []
}
