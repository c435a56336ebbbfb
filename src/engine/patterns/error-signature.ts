import { sha256 } from '../../core/ids.ts'
import { expectedLineReason, expectedResultReason } from './expected-failure.ts'
import { type MessageParts, messageParts, templateText } from './message-template.ts'
import { plainMessage, SPEAKS_OF_FAILURE } from './plain-message.ts'
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
/** A line without an error prefix is read as an error only in short output: logs are full of words. */
const SHORT_OUTPUT_LINES_MAX = 30
const LINE_CHARS_MAX = 400

/** The distinct errors of a failed call, most telling first; none for a failure to be expected. */
export function errorSignatures(step: ToolStep): readonly ErrorSignature[] {
  if (!step.isFailed || expectedResultReason(step) !== null) return []
  const lines = outputLines(step.result.event.text)
  const kept = lines.filter((line) => !isNoise(line.text))
  const found = new Map<string, ErrorSignature>()
  for (const line of errorLines(kept)) {
    if (found.size === SIGNATURES_PER_RESULT_MAX) break
    const signature = signatureOf(step, joined(line, lines))
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

interface OutputLine {
  readonly text: string
  readonly raw: string
  readonly index: number
}

// A tool that prints its report through `echo` without `-e` leaves the breaks as two characters.
const LINE_BREAK = /\r?\n|\\n/

function outputLines(text: string): readonly OutputLine[] {
  return text
    .split(LINE_BREAK)
    .map((raw) => ({ raw: raw.trim(), text: plainLine(raw) }))
    .filter(({ text: line }) => line !== '' && !EXIT_LINE.test(line))
    .map((line, index) => ({ ...line, index }))
}

const EXIT_LINE = /^(?:Exit code|exit status|Process exited with code) \d+\.?$/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are what is removed
const ANSI = /\u001b\[[0-9;?]*[A-Za-z]/g
const MARKER =
  /^(?:[\s✘×✗❌✖•●*>|│┃├└─-]+|<\/?tool_use_error>|(?:npm|pnpm|yarn) (?:ERR!|error)\s*|\[(?:error|fatal|err)\]:?\s+(?=\S)|(?:error|fatal)(?:\[\w+\])?:\s*(?=\S)|E\s{2,}|\((?:eval|\w+sh)\):(?:\d+:)?\s*|\/?(?:usr\/)?(?:bin\/)?(?:ba|z|da)?sh:\s*(?:line \d+:\s*)?)/i

/** The line without colour, gutter and severity marks, so that `error: x` and `[ERROR] x` agree. */
function plainLine(raw: string): string {
  let line = raw.replace(ANSI, '').replace('</tool_use_error>', '').trim()
  for (let before = ''; before !== line; ) {
    before = line
    line = line.replace(MARKER, '').trim()
  }
  return line
}

const NOISE: readonly RegExp[] = [
  /^(?:warning|warn|hint|note|info|debug|help|tip|deprecat\w+)\b|\[(?:warning|warn|info|debug)\]/i,
  // Progress of builds and test runs.
  /(?:\.\.\.|…)$|^(?:==>|Compil(?:ing|ed)|Generated|Running|Getting|Checking|Resolving|Resolution|Downloading|Fetching|Installing|Building|Collecting|Preparing|Starting|Finished|Done|Ran|Loading|Analysis took)\b/,
  // Stack frames, source excerpts, carets.
  /^(?:at |in )\S+.*[(:]|^File "|^\([\w.]+ [\d.]+\) |:\d+(?::\d+)?:? \(?(?:in|test|anonymous)\b|^[\^~═=+\-.\s]+$|^\d+\s*[│|]|^\s*\d+\) /,
  // A row of a linter's table; a place in a file without a word of what is wrong there.
  /^\d+:\d+\s/,
  /^\S+\.\w+:\d+(?::\d+)?:?(?!.*\b(?:error|fatal)\b)/i,
  // Parts of an assertion's report.
  /^(?:code|left|right|stacktrace|expected|received|actual|got|diff|traceback)\b.*:/i,
  /^(?:let|const|var|throw|return|raise|def|function|import|from|if|assert)\s.*[({;=]/,
]

function isNoise(line: string): boolean {
  return line.length > LINE_CHARS_MAX || NOISE.some((noise) => noise.test(line))
}

const STRONG =
  /^(?:[\s✘×✗❌✖│|]*)(?:\*\* \(\w|\[?(?:error|fatal|ERR!?)\]?\b|npm (?:ERR!|error)|E\s{2,}\S|remote: error|! \[|(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception|Failure)\b)/i
const TYPED =
  /^(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception)\b\s*:|\((?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception)\)/

/** The sum of a test run: its other lines speak of tests, whatever words they have. */
const TEST_SUMMARY =
  /\b\d+ (?:tests?|passed|examples?|specs?|doctests?)\b|\b\d+ fail(?:ed|ures?)(?:[,;.)]|$)/i

/** Lines that open like an error; in short output also lines that speak of one. */
function errorLines(kept: readonly OutputLine[]): readonly OutputLine[] {
  const strong = kept.filter(({ raw, text }) => STRONG.test(raw) || TYPED.test(text))
  const told = strong.filter(({ text }) => expectedLineReason(text) === null)
  if (strong.length > 0) return told
  if (kept.length > SHORT_OUTPUT_LINES_MAX || kept.some(({ text }) => TEST_SUMMARY.test(text))) {
    return []
  }
  const speaking = kept.filter(
    ({ text }) => SPEAKS_OF_FAILURE.test(text) && expectedLineReason(text) === null,
  )
  return speaking.slice(0, 1)
}

/** A line that ends in a colon says what is wrong in the next one. */
function joined(line: OutputLine, lines: readonly OutputLine[]): { text: string; quote: string } {
  const next = lines[line.index + 1]
  if (!line.text.endsWith(':') || next === undefined || isNoise(next.text)) {
    return { text: line.text, quote: line.raw }
  }
  return { text: `${line.text} ${next.text}`, quote: line.raw }
}

/** Fewer fixed words than these make a template that anything matches. */
const FIXED_WORDS_MIN = 2
/** What differs after so many characters is detail of the same error. */
const TEMPLATE_CHARS_MAX = 160

function signatureOf(
  step: ToolStep,
  { text, quote }: { text: string; quote: string },
): ErrorSignature | null {
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

/** `KeyError: 'region'` says next to nothing without its name, so there the name stays. */
function tellingParts(message: string): MessageParts | null {
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
