import type { ErrorSignature } from './error-signature.ts'
import { slotsOf } from './message-template.ts'
import type { ShellSegment } from './shell-command.ts'
import { isRecord, type ToolStep } from './tool-step.ts'

/** How a later call differs from the failed one that it repeats. */
export type CallChange =
  | { readonly kind: 'unchanged' }
  /** A shell command that the failed call ran too, with other words. */
  | { readonly kind: 'command'; readonly segment: ShellSegment; readonly isDropping: boolean }
  /** A command that the failed call did not have, run before the one it had. */
  | { readonly kind: 'step'; readonly segment: ShellSegment }
  /** Names of the arguments that differ. */
  | { readonly kind: 'arguments'; readonly names: readonly string[] }

/**
 * Null when the later call is not an attempt at the same thing. Two shell calls are when they
 * share a command's head; two calls of another tool when an argument of theirs is equal.
 */
export function callChange(
  failed: ToolStep,
  later: ToolStep,
  signature: ErrorSignature,
): CallChange | null {
  if (failed.tool !== later.tool) return null
  return failed.segments.length > 0
    ? shellChange(failed.segments, later.segments, signature)
    : argumentChange(failed.input, later.input)
}

function shellChange(
  failed: readonly ShellSegment[],
  later: readonly ShellSegment[],
  signature: ErrorSignature,
): CallChange | null {
  const heads = new Set(failed.map(({ head }) => head))
  const shared = later.filter(({ head }) => heads.has(head))
  if (shared.length === 0) return renamedProgram(failed, later, signature)
  const written = new Set(failed.map(comparable))
  const changed = later.filter((segment) => !written.has(comparable(segment)))
  const objects = objectsOf(failed, signature)
  const attempts = changed
    .filter(({ head, hasInlineCode }) => heads.has(head) && !hasInlineCode)
    .flatMap((segment) => segmentChange(failed, segment, objects) ?? [])
  const best = attempts.find(({ isDropping }) => !isDropping) ?? attempts[0]
  if (best !== undefined) return best
  // Other words of the same command, none of them told by the error: another task.
  const isRepeat = shared.some((segment) => written.has(comparable(segment)))
  if (!isRepeat) return null
  const step = changed.find(({ head }) => !heads.has(head))
  const isBefore = step !== undefined && later.indexOf(step) < later.indexOf(shared[0] ?? step)
  return isBefore ? { kind: 'step', segment: step } : { kind: 'unchanged' }
}

/** Commit messages are prose; two attempts at one commit may word them differently. */
function comparable({ head, args }: ShellSegment): string {
  const words = args.filter((word) => !/[\s]/.test(word) && word !== '<<heredoc')
  return [head, ...words].join(' ')
}

/** Arguments of the failed call that the error speaks of. */
function objectsOf(
  segments: readonly ShellSegment[],
  signature: ErrorSignature,
): readonly string[] {
  const named = slotsOf(signature.parts)
    .map(({ value }) => value.replace(/^\W+|\W+$/g, ''))
    .filter((value) => value.length > 2)
  const words = segments.flatMap(({ args }) => args)
  return words.filter((word) => named.some((name) => word.includes(name) || isPlainIn(word, name)))
}

function isPlainIn(word: string, name: string): boolean {
  return word.length > 3 && !word.startsWith('-') && name.includes(word)
}

function segmentChange(
  failed: readonly ShellSegment[],
  segment: ShellSegment,
  objects: readonly string[],
): Extract<CallChange, { kind: 'command' }> | null {
  const before = new Set(failed.filter(({ head }) => head === segment.head).flatMap((s) => s.args))
  const after = new Set(segment.args)
  const added = segment.args.filter((word) => !before.has(word))
  const removed = [...before].filter((word) => !after.has(word))
  const mentions = objects.some((word) => after.has(word))
  if (objects.length > 0 && !mentions) {
    const isDropping = added.length === 0 && removed.some((word) => objects.includes(word))
    const isReplacing = added.length > 0 && removed.some((word) => objects.includes(word))
    if (!isDropping && !isReplacing) return null
    return { kind: 'command', segment, isDropping }
  }
  const hasNewFlag = added.some((word) => word.startsWith('-'))
  const isExtended = added.length > 0 && removed.length === 0
  return hasNewFlag || isExtended ? { kind: 'command', segment, isDropping: false } : null
}

/** `python x.py` where the error says that `python` is missing, then `python3 x.py`. */
function renamedProgram(
  failed: readonly ShellSegment[],
  later: readonly ShellSegment[],
  signature: ErrorSignature,
): CallChange | null {
  for (const segment of later) {
    const twin = failed.find(
      ({ args }) => args.length > 0 && args.join(' ') === segment.args.join(' '),
    )
    const program = twin?.head.split(' ')[0] ?? ''
    const isNamed = program !== '' && signature.message.split(/[\s:'"]+/).includes(program)
    if (isNamed && !segment.hasInlineCode) return { kind: 'command', segment, isDropping: false }
  }
  return null
}

function argumentChange(
  failed: Readonly<Record<string, unknown>>,
  later: Readonly<Record<string, unknown>>,
): CallChange | null {
  const names = [...new Set([...Object.keys(failed), ...Object.keys(later)])].sort()
  const isEqual = (name: string): boolean => canonical(failed[name]) === canonical(later[name])
  const changed = names.filter((name) => !isEqual(name))
  if (changed.length === 0) return { kind: 'unchanged' }
  const keepsOne = names.some((name) => failed[name] !== undefined && isEqual(name))
  return keepsOne ? { kind: 'arguments', names: changed } : null
}

/** JSON with sorted keys: sources write the same arguments in different order. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, nested: unknown) =>
      isRecord(nested)
        ? Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : 1)))
        : nested,
    ) ?? ''
  )
}
