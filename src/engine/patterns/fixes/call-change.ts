import type { ErrorSignature } from '../error-signature.ts'
import { slotsOf } from '../message-template.ts'
import { isLooking, type ShellSegment } from '../shell-command.ts'
import { isRecord, type ToolStep } from '../tool-step.ts'

/** How a later call differs from the failed one that it repeats. */
export type CallChange =
  | { readonly kind: 'unchanged' }
  /** A shell command that the failed call ran too, with other words. */
  | { readonly kind: 'command'; readonly segment: ShellSegment }
  /** The same with less: a shell word that the error names, or items of one list argument. */
  | { readonly kind: 'omission'; readonly what: string; readonly segment: ShellSegment | null }
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
  const best = attempts.find(({ kind }) => kind === 'command') ?? attempts[0]
  if (best !== undefined) return best
  const step = changed.find((segment) => !heads.has(segment.head) && !isLooking(segment))
  const repeated = later.findIndex((segment) => written.has(comparable(segment)))
  if (step !== undefined && later.indexOf(step) < repeated) return { kind: 'step', segment: step }
  // Other words of the same command, none of them told by the error: another task.
  const present = new Set(later.map(comparable))
  return [...written].every((command) => present.has(command)) ? { kind: 'unchanged' } : null
}

/** Commit messages are prose; two attempts at one commit may word them differently. */
function comparable({ head, args, text, hasInlineCode }: ShellSegment): string {
  if (head !== 'git commit') return hasInlineCode ? text : [head, ...args].join(' ')
  return [head, ...args.filter((word) => !/\s|^<<heredoc$/.test(word))].join(' ')
}

/** Arguments of the failed call that the error speaks of. */
function objectsOf(
  segments: readonly ShellSegment[],
  signature: ErrorSignature,
): readonly string[] {
  const told = slotsOf(signature.parts).map(({ value }) => value)
  const placed = signature.message.split(/\s+/).filter((word) => /[/.]/.test(word))
  const named = [...told, ...placed]
    .map((value) => value.replace(/^\W+|\W+$/g, ''))
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
): CallChange | null {
  const before = new Set(failed.filter(({ head }) => head === segment.head).flatMap((s) => s.args))
  const after = new Set(segment.args)
  const added = segment.args.filter((word) => !before.has(word))
  const removed = [...before].filter((word) => !after.has(word))
  const mentions = objects.some((word) => after.has(word))
  if (objects.length > 0 && !mentions) {
    const gone = removed.find((word) => objects.includes(word))
    if (gone === undefined) return null
    return added.length === 0
      ? { kind: 'omission', what: gone, segment }
      : { kind: 'command', segment }
  }
  const hasNewFlag = added.some((word) => word.startsWith('-'))
  const isExtended = added.length > 0 && removed.length === 0
  return hasNewFlag || isExtended ? { kind: 'command', segment } : null
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
    if (isNamed && !segment.hasInlineCode) return { kind: 'command', segment }
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
  if (!names.some((name) => failed[name] !== undefined && isEqual(name))) return null
  const [only] = changed
  const isLess = changed.length === 1 && only !== undefined && isPart(later[only], failed[only])
  return isLess
    ? { kind: 'omission', what: only, segment: null }
    : { kind: 'arguments', names: changed }
}

/** True when one list has some of the other's items and no other ones. */
function isPart(part: unknown, whole: unknown): boolean {
  if (!Array.isArray(part) || !Array.isArray(whole) || part.length === 0) return false
  const items = new Set(whole.map(canonical))
  return part.length < whole.length && part.every((item) => items.has(canonical(item)))
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
