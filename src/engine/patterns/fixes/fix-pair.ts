import type { ReadEvent } from '../../read-session.ts'
import { type ErrorSignature, stillReports } from '../error-signature.ts'
import { isLooking } from '../shell-command.ts'
import { SHELL, type ToolStep } from '../tool-step.ts'
import { type CallChange, callChange } from './call-change.ts'
import { checkTool } from './check-tool.ts'
import {
  errorIdentifiers,
  errorSpeaksOf,
  quoteFrom,
  salientLine,
  valueSource,
  withoutSecretValue,
} from './fix-words.ts'
import {
  COMMIT,
  commandAfterEdit,
  commitAfterStep,
  type FollowUp,
  trackedFile,
} from './follow-up.ts'
import { unsafeFixReason } from './unsafe-fix.ts'
import { lengthClause, valueAdvice } from './value-change.ts'

/** What an agent did between a failure and the first call that no longer reported it. */
export interface Fix {
  /**
   * `command`: the same command with other words; `step`: another command first; `edit`: a file
   * changed; `arguments`: other arguments of the same tool; `omission`: less was asked for;
   * `retry`: nothing changed.
   */
  readonly kind: 'command' | 'step' | 'edit' | 'arguments' | 'omission' | 'retry'
  /** The command, the added line, or the argument names joined by `, `; empty for a retry. */
  readonly text: string
  /** File of an edit; the head of the shell command, or where an argument's value came from. */
  readonly about: string
  /** False: the repaired call failed with something else. */
  readonly hasSucceeded: boolean
  /**
   * False: other arguments of which neither the error spoke nor a tool gave the value. The call
   * then asks for something else, which may be what nobody wanted.
   */
  readonly isRepair: boolean
  /** What the change of one argument tells about the values that the tool takes; else empty. */
  readonly advice: string
  /** To which values the advice applies; empty when that cannot be said. */
  readonly adviceLimit: string
  readonly followUp: FollowUp | null
  readonly event: ReadEvent
  /** Exact substring of the agent's own call. */
  readonly quote: string
}

/** A failure, what was tried in vain, and what helped. */
export interface FollowedError {
  /** Places in the list of the steps that reported the error. */
  readonly failures: readonly number[]
  readonly fix: Fix | null
  /**
   * Changes after which the error came again: an argument's name, `unchanged`, `$ ` and a
   * command, `edit ` and a file's name.
   */
  readonly vain: readonly string[]
  /** A look at what was refused, right after the refusal. */
  readonly check: FollowUp | null
}

/** Events between a failure and its repair; later ones belong to other work. */
export const FIX_WINDOW_EVENTS = 40

/** Follows one error from the step at `start` until it is repaired or the window ends. */
export function followError(
  steps: readonly ToolStep[],
  start: number,
  signature: ErrorSignature,
): FollowedError {
  const failures = [start]
  const vain: string[] = []
  let found: Fix | null = null
  const followed = (fix: Fix | null): FollowedError => ({
    failures,
    fix,
    vain,
    check: checkTool(steps, failures, signature),
  })
  for (let at = start + 1; at < steps.length; at += 1) {
    const last = failures.at(-1) ?? start
    const [failed, later] = [steps[last], steps[at]]
    if (failed === undefined || later === undefined) break
    if (later.place - failed.place > FIX_WINDOW_EVENTS) break
    const attempt = attemptOf(steps, failures, later, signature)
    if (attempt === null) continue
    const between = steps.slice(last + 1, at)
    const tried = { ...attempt, later, between, before: steps.slice(0, at), signature }
    if (stillReports(later, signature)) {
      vain.push(...vainWords(tried), ...repeatWords(steps, failures, at, signature))
      failures.push(at)
      found = null
      continue
    }
    const fix = fixOf(tried)
    if (fix === null) continue
    // Who asks for less has not repaired it; a later call may. A smaller change that already
    // ended the error is the better account of it than all that changed until a success.
    if (fix.hasSucceeded && fix.kind !== 'omission') {
      return followed(found !== null && isWithin(found, fix) ? found : fix)
    }
    found ??= fix
  }
  return followed(found)
}

/** The latest failed call that the later one repeats: a try in vain may have asked for more. */
function attemptOf(
  steps: readonly ToolStep[],
  failures: readonly number[],
  later: ToolStep,
  signature: ErrorSignature,
): Pick<Candidate, 'failed' | 'change'> | null {
  for (const place of failures.toReversed()) {
    const failed = steps[place]
    const change = failed === undefined ? null : callChange(failed, later, signature)
    if (failed !== undefined && change !== null) return { failed, change }
  }
  return null
}

interface Candidate {
  readonly failed: ToolStep
  readonly later: ToolStep
  readonly change: CallChange
  readonly between: readonly ToolStep[]
  readonly before: readonly ToolStep[]
  readonly signature: ErrorSignature
}

function fixOf(tried: Candidate): Fix | null {
  const fix = editFix(tried) ?? changeFix(tried)
  return fix !== null && unsafeFixReason(fix.text, tried.failed) === null ? fix : null
}

/** An edit that names what the error names; any other edit explains a success too, but not how. */
function editFix({ between, later, signature, failed }: Candidate): Fix | null {
  if (failed.tool !== SHELL) return null
  const identifiers = errorIdentifiers(signature)
  for (const step of between) {
    if (step.edit === null || step.isFailed) continue
    const line = salientLine(step.edit.addedLines, identifiers)
    if (line === null) continue
    const quote = quoteFrom(step.use.event.text, line)
    if (quote === null) continue
    const text = withoutSecretValue(line)
    const followUp = commandAfterEdit(step, between, failed, signature)
    const fix = accepted({ kind: 'edit', text, about: step.edit.path, event: step.use, quote })
    return { ...fix, hasSucceeded: !later.isFailed, followUp }
  }
  return null
}

function isWithin(found: Fix, fix: Fix): boolean {
  if (found.kind !== 'arguments' || fix.kind !== 'arguments') return false
  const names = fix.text.split(', ')
  return found.text.split(', ').every((name) => names.includes(name))
}

function changeFix(tried: Candidate): Fix | null {
  const { later, change, between } = tried
  if (change.kind === 'arguments') return argumentsFix(tried, change.names)
  if (later.isFailed) return null
  if (change.kind === 'omission') return omissionFix(later, change.what)
  const isEdited = between.some(({ edit, isFailed }) => edit !== null && !isFailed)
  if (isEdited) return null
  if (change.kind === 'command') {
    const followUp = trackedFile(change.segment, later, between)
    return commandFix('command', later, change.segment, followUp)
  }
  if (change.kind === 'step') {
    return commandFix('step', later, change.segment, commitAfterStep(later, between, later))
  }
  return stepBetween(tried) ?? retryFix(later, between)
}

function argumentsFix(tried: Candidate, names: readonly string[]): Fix | null {
  const { failed, later, before, signature } = tried
  const quote = quoteFrom(later.use.event.text, `"${names[0]}"`)
  if (quote === null) return null
  const about = valueSource(names, failed, later, before)
  const isNamed = names.every((name) => errorSpeaksOf(signature, name, failed.input[name]))
  const [name = '', ...others] = names
  const [old, fresh] = [failed.input[name], later.input[name]]
  const isOne = others.length === 0
  return {
    kind: 'arguments',
    text: names.join(', '),
    about,
    hasSucceeded: !later.isFailed,
    isRepair: isNamed || about !== '',
    advice: isOne ? valueAdvice(name, old, fresh, signature.message) : '',
    adviceLimit: isOne ? lengthClause(old, fresh) : '',
    followUp: null,
    event: later.use,
    quote,
  }
}

function omissionFix(later: ToolStep, what: string): Fix | null {
  const wanted = later.segments[0]?.text ?? `"${what}"`
  const quote = quoteFrom(later.use.event.text, wanted)
  if (quote === null) return null
  return accepted({ kind: 'omission', text: what, about: '', event: later.use, quote })
}

function commandFix(
  kind: 'command' | 'step',
  step: ToolStep,
  segment: { readonly text: string; readonly head: string },
  followUp: FollowUp | null,
): Fix | null {
  const quote = quoteFrom(step.use.event.text, segment.text)
  if (quote === null) return null
  const { text, head: about } = segment
  return { ...accepted({ kind, text, about, event: step.use, quote }), followUp }
}

function accepted(fix: Pick<Fix, 'kind' | 'text' | 'about' | 'event' | 'quote'>): Fix {
  const plain = { advice: '', adviceLimit: '', followUp: null }
  return { ...fix, ...plain, hasSucceeded: true, isRepair: true }
}

/** A command between the failure and the same call again: one that the error names, or the only one. */
function stepBetween({ failed, later, between, signature }: Candidate): Fix | null {
  const commands = between
    .filter(({ isFailed }) => !isFailed)
    .flatMap((step) => step.segments.map((segment) => ({ step, segment })))
    .filter(({ segment }) => !isLooking(segment) && !segment.hasInlineCode)
    // A commit keeps what another command has changed.
    .filter(({ segment }) => segment.head !== COMMIT && segment.head !== 'git add')
  const words = errorIdentifiers(signature).map((word) => word.toLowerCase())
  const output = failed.result.event.text
  const named = commands.filter(
    ({ segment }) =>
      words.some((word) => segment.text.toLowerCase().includes(word)) ||
      output.includes(segment.text),
  )
  const chosen = named[0] ?? (commands.length === 1 ? commands[0] : undefined)
  if (chosen === undefined) return null
  const { step, segment } = chosen
  return commandFix('step', step, segment, commitAfterStep(step, between, later))
}

/** Only where nothing at all happened in between: else the success has another cause. */
function retryFix(later: ToolStep, between: readonly ToolStep[]): Fix | null {
  const quote = quoteFrom(later.use.event.text, later.segments[0]?.text ?? '"')
  if (!isQuiet(between) || quote === null) return null
  return accepted({ kind: 'retry', text: '', about: '', event: later.use, quote })
}

function vainWords(tried: Candidate): readonly string[] {
  const { change } = tried
  const edit = editFix(tried)
  if (edit !== null) return [`edit ${edit.about.split('/').at(-1)}`]
  if (change.kind === 'arguments') return change.names.length === 1 ? change.names : []
  if (change.kind === 'command' || change.kind === 'step') return [`$ ${change.segment.text}`]
  return []
}

/** An earlier call once more; a shell call only where no other one may have changed its outcome. */
function repeatWords(
  steps: readonly ToolStep[],
  failures: readonly number[],
  at: number,
  signature: ErrorSignature,
): readonly string[] {
  const later = steps[at]
  const isRepeat = failures.some((place) => {
    const failed = steps[place]
    if (failed === undefined || later === undefined) return false
    if (callChange(failed, later, signature)?.kind !== 'unchanged') return false
    return failed.tool !== SHELL || isQuiet(steps.slice(place + 1, at))
  })
  return isRepeat ? [UNCHANGED] : []
}

/** True when no command was run and no file written. */
function isQuiet(between: readonly ToolStep[]): boolean {
  return between.every(({ edit, segments }) => edit === null && segments.length === 0)
}

/** The change that is none, of a call tried again in vain. */
export const UNCHANGED = 'unchanged'
