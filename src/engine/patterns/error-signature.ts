import { sha256 } from '../../core/ids.ts'
import { type ErrorLine, errorLines } from './error-lines.ts'
import { expectedResultReason } from './expected-failure.ts'
import { type MessageParts, messageParts, templateText } from './message-template.ts'
import { plainMessage } from './plain-message.ts'
import type { ToolStep } from './tool-step.ts'

/** One error that a failed call reported, comparable over sessions. */
export interface ErrorSignature {
  /** Stable key `error:<tool>:<hash>` over the tool and the normalised message. */
  readonly pattern: string
  readonly tool: string
  /** The error's own words: one line, without addresses and without words that command. */
  readonly message: string
  readonly parts: MessageParts
  /** Exact substring of the result's text. */
  readonly quote: string
}

const SIGNATURES_PER_RESULT_MAX = 5
const QUOTE_CHARS_MAX = 160

/** The distinct errors of a failed call, most telling first; none for a failure to be expected. */
export function errorSignatures(step: ToolStep): readonly ErrorSignature[] {
  if (!step.isFailed || expectedResultReason(step) !== null) return []
  const found = new Map<string, ErrorSignature>()
  for (const line of errorLines(step.result.event.text)) {
    if (found.size === SIGNATURES_PER_RESULT_MAX) break
    const signature = signatureOf(step, line)
    if (signature !== null && !found.has(signature.pattern)) found.set(signature.pattern, signature)
  }
  return [...found.values()]
}

/** True when a later result still reports the error, failed or not (a pipe hides exit codes). */
export function stillReports(step: ToolStep, signature: ErrorSignature): boolean {
  if (errorSignatures(step).some(({ pattern }) => pattern === signature.pattern)) return true
  const words = signature.message
  return words.length >= 12 && step.result.event.text.includes(words)
}

/** Fewer fixed words than these make a template that anything matches. */
const FIXED_WORDS_MIN = 2
/** What differs after so many characters is detail of the same error. */
export const TEMPLATE_CHARS_MAX = 160

function signatureOf(step: ToolStep, { text, quote }: ErrorLine): ErrorSignature | null {
  const message = plainMessage(text)
  if (message === null) return null
  const parts = tellingParts(message)
  if (parts === null) return null
  const template = templateText(parts).toLowerCase().slice(0, TEMPLATE_CHARS_MAX)
  return {
    pattern: `error:${step.tool.toLowerCase()}:${sha256(template).slice(0, 16)}`,
    tool: step.tool,
    message,
    parts,
    quote: quote.slice(0, QUOTE_CHARS_MAX).trimEnd(),
  }
}

/**
 * The parts of a message by which errors are compared; null of one with too few words.
 * `KeyError: 'region'` says next to nothing without its name, so there the name stays.
 */
export function tellingParts(message: string): MessageParts | null {
  const parts = messageParts(message)
  if (fixedWords(parts) >= FIXED_WORDS_MIN) return parts
  const named = parts.map((part) =>
    typeof part !== 'string' && part.kind === 'name' ? part.value : part,
  )
  return fixedWords(named) >= FIXED_WORDS_MIN ? named : null
}

function fixedWords(parts: MessageParts): number {
  const fixed = parts.filter((part) => typeof part === 'string').join(' ')
  return (fixed.match(/[A-Za-z]{3,}/g) ?? []).length
}
