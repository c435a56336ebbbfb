import { ReverieError } from '../core/errors.ts'

/**
 * Steering without a model: lines or `;`-separated parts of `keep: <path or topic>` and
 * `ignore: <path or topic>`. A path ends in `.md` or `/` or starts with `/`; all else is a topic.
 */
export interface Steering {
  /** Memories that the dream leaves as they are. */
  readonly keeps: (path: string, text: string) => boolean
  /** Memories and statements that the dream does not look at. */
  readonly ignores: (path: string | null, text: string) => boolean
}

export const INSTRUCTION_GRAMMAR = 'keep: <path or topic>; ignore: <path or topic>'

/** Throws `invalid_request_error` for anything else, naming the part: nothing is silently ignored. */
export function parseInstructions(instructions: string | null): Steering {
  return steeringBy(partsOf(instructions).map(parseRule))
}

/** As far as rules can follow; what else the instructions ask for is passed over. */
export function steeringOf(instructions: string | null): Steering {
  return steeringBy(partsOf(instructions).filter(isFollowed).map(parseRule))
}

/** How many parts of the instructions `steeringOf` passes over. */
export function unfollowedParts(instructions: string | null): number {
  return partsOf(instructions).filter((part) => !isFollowed(part)).length
}

function isFollowed(part: string): boolean {
  return (RULE.exec(part)?.[2]?.trim() ?? '') !== ''
}

function steeringBy(rules: readonly Rule[]): Steering {
  const matches = (verb: 'keep' | 'ignore', path: string | null, text: string): boolean =>
    rules.some((rule) => rule.verb === verb && rule.matches(path, text))
  return {
    keeps: (path, text) => matches('keep', path, text),
    ignores: (path, text) => matches('ignore', path, text),
  }
}

/** The text without blank parts; null = it says nothing. What is null steers like no instructions. */
export function normalInstructions(text: string | null): string | null {
  const parts = partsOf(text)
  return parts.length === 0 ? null : parts.join('; ')
}

function partsOf(text: string | null): readonly string[] {
  return (text ?? '')
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

interface Rule {
  readonly verb: 'keep' | 'ignore'
  readonly matches: (path: string | null, text: string) => boolean
}

const RULE = /^(keep|ignore)\s*:\s*(.*)$/i

function parseRule(part: string): Rule {
  const match = RULE.exec(part)
  const verb = match?.[1]?.toLowerCase()
  const target = match?.[2]?.trim()
  if (target === '') {
    throw new ReverieError('invalid_request_error', `"${part}" does not say what to ${verb}.`, {
      next: `Name a path or a topic: ${INSTRUCTION_GRAMMAR}`,
    })
  }
  if (target === undefined || (verb !== 'keep' && verb !== 'ignore')) {
    throw new ReverieError(
      'invalid_request_error',
      `The instruction "${part.slice(0, 60)}" needs a model to be understood, and none is configured.`,
      { next: `Without a model instructions are: ${INSTRUCTION_GRAMMAR}` },
    )
  }
  return { verb, matches: isPath(target) ? pathMatcher(target) : topicMatcher(target) }
}

function isPath(target: string): boolean {
  return target.startsWith('/') || target.endsWith('/') || target.endsWith('.md')
}

function pathMatcher(target: string): Rule['matches'] {
  const wanted = target.startsWith('/') ? target : `/${target}`
  return (path) =>
    path !== null && (wanted.endsWith('/') ? path.startsWith(wanted) : path === wanted)
}

/** Every word of the topic stands in the text as a whole word. */
function topicMatcher(target: string): Rule['matches'] {
  const words = wordsOf(target)
  return (_path, text) => {
    const present = new Set(wordsOf(text))
    return words.length > 0 && words.every((word) => present.has(word))
  }
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
