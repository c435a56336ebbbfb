import type { Line, Tone } from './styled-line.ts'
import type { SafeText } from './terminal-text.ts'

/** Where text goes: `process.stdout`, `process.stderr`, or a buffer of a test. */
export interface OutputStream {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

export type ColorChoice = 'auto' | 'always' | 'never'

export type Environment = Readonly<Record<string, string | undefined>>

/** One output stream with its width and colours. Nothing but safe text goes through it. */
export interface Terminal {
  /** Columns to fill: the terminal's, at most 100; 80 where there is none. */
  readonly width: number
  /** A person may be watching: a status line can be drawn and taken away again. */
  readonly isLive: boolean
  print(lines: readonly Line[]): void
  printText(text: SafeText): void
  /** Draws over the present status line; null takes it away. Only where `isLive`. */
  status(line: Line | null): void
}

const WIDTH_MAX = 100
const WIDTH_MIN = 40
const WIDTH_DEFAULT = 80

/** SGR parameters; bright black is unreadable on some themes, so quiet is "faint". */
const SGR: Readonly<Record<Tone, string>> = {
  plain: '',
  strong: '1',
  quiet: '2',
  added: '32',
  removed: '31',
  merged: '36',
  learned: '35',
  noted: '34',
  warning: '33',
}

export function createTerminal(
  stream: OutputStream,
  env: Environment,
  color: ColorChoice,
): Terminal {
  const hasColor = usesColor(stream, env, color)
  const paint = (line: Line): string =>
    line
      .map(({ text, tone }) =>
        hasColor && SGR[tone] !== '' ? `\x1b[${SGR[tone]}m${text}\x1b[0m` : text,
      )
      .join('')
      .trimEnd()
  return {
    width: Math.min(Math.max(stream.columns ?? WIDTH_DEFAULT, WIDTH_MIN), WIDTH_MAX),
    isLive: stream.isTTY === true && env.TERM !== 'dumb',
    print(lines) {
      if (lines.length > 0) stream.write(`${lines.map(paint).join('\n')}\n`)
    },
    printText(text) {
      stream.write(`${text}\n`)
    },
    status(line) {
      stream.write(`\r\x1b[K${line === null ? '' : paint(line)}`)
    },
  }
}

/** `--color` first, then NO_COLOR (any non-empty value), FORCE_COLOR, TERM=dumb, then the TTY. */
export function usesColor(stream: OutputStream, env: Environment, color: ColorChoice): boolean {
  if (color !== 'auto') return color === 'always'
  if (isSet(env.NO_COLOR)) return false
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR !== '0'
  return stream.isTTY === true && env.TERM !== 'dumb'
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}
