import { expectedLineReason, isConsequence } from './expected-failure.ts'
import { SPEAKS_OF_FAILURE } from './plain-message.ts'

/** A line of a failed call's output that tells an error. */
export interface ErrorLine {
  /** Without marks of severity; with the next line where this one only announces it. */
  readonly text: string
  /** The line as printed, trimmed: an exact part of the output. */
  readonly quote: string
}

/** A line without an error prefix is read as an error only in short output: logs are full of words. */
const SHORT_OUTPUT_LINES_MAX = 30
const LINE_CHARS_MAX = 400

/**
 * Lines that open like an error; in short output also one that speaks of an error. What only
 * reports that something has failed is told where no line says what it was.
 */
export function errorLines(output: string): readonly ErrorLine[] {
  const lines = outputLines(output)
  const kept = lines.filter(({ text }) => !isNoise(text))
  const strong = kept.filter(({ raw, text }) => STRONG.test(raw) || TYPED.test(text))
  const told = strong.filter(({ text }) => expectedLineReason(text) === null)
  const causes = told.filter(({ text }) => !isConsequence(text))
  // A cause that is to be expected is a cause: its consequences are no error of their own.
  const isExplained = causes.length > 0 || told.length < strong.length
  const chosen = isExplained ? causes : spokenLines(kept, told.at(-1))
  return chosen.map((line) => joined(line, lines))
}

/** The lines of a failed call's output that only say that something has failed. */
export function consequenceLines(output: string): readonly string[] {
  return outputLines(output).flatMap(({ text }) => (isConsequence(text) ? [text] : []))
}

/** Without error prefixes: the line that speaks of a cause, next to the consequence if there is one. */
function spokenLines(
  kept: readonly OutputLine[],
  consequence: OutputLine | undefined,
): readonly OutputLine[] {
  const near =
    consequence === undefined
      ? kept
      : kept.filter(({ index }) => index <= consequence.index).slice(-SHORT_OUTPUT_LINES_MAX)
  const isReport = near.some(({ text }) => TEST_SUMMARY.test(text))
  if (near.length > SHORT_OUTPUT_LINES_MAX || isReport) return []
  const speaking = near.filter(
    ({ text }) => SPEAKS_OF_FAILURE.test(text) && expectedLineReason(text) === null,
  )
  const causes = speaking.filter(({ text }) => !isConsequence(text))
  const cause = consequence === undefined ? causes[0] : causes.at(-1)
  const chosen = cause ?? consequence ?? speaking[0]
  return chosen === undefined ? [] : [chosen]
}

/** A line that ends in a colon says what is wrong in the next one. */
function joined(line: OutputLine, lines: readonly OutputLine[]): ErrorLine {
  const next = lines[line.index + 1]
  if (!line.text.endsWith(':') || next === undefined || isNoise(next.text)) {
    return { text: line.text, quote: line.raw }
  }
  return { text: `${line.text} ${next.text}`, quote: line.raw }
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
