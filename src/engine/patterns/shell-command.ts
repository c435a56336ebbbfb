import { addressesIn } from './address.ts'

/** One simple command of a shell line, between `&&`, `||`, `;`, `|` and line breaks. */
export interface ShellSegment {
  /** Program and subcommand, `git push`: what two calls must share to be the same attempt. */
  readonly head: string
  /** The words after the head, quotes removed, redirections left out. */
  readonly args: readonly string[]
  /** As written, trimmed, redirections left out. */
  readonly text: string
  /** Holds a program of its own (`python -c`, a here-document): its words tell nothing general. */
  readonly hasInlineCode: boolean
}

/** Cuts a shell line into its commands; `cd`, assignments and wrappers such as `sudo` are dropped. */
export function shellSegments(line: string): readonly ShellSegment[] {
  return splitCommands(line).flatMap((part) => segmentOf(part) ?? [])
}

const HEREDOC = /<<-?\s*["']?(\w+)["']?[^\n]*\n[\s\S]*?(?:\n[ \t]*\1\b|$)/g
const REDIRECTION = /\s*(?:\d|&)?>{1,2}\s*(?:&\d|[^\s;&|]+)/g
const WRAPPER = /^(?:sudo|time|nohup|env|command|timeout\s+\S+|[A-Za-z_]\w*=\S*)\s+/
/** Commands that look and change nothing. */
const LOOKING =
  /^(?:ls|cat|head|tail|find|stat|wc|file|tree|grep|rg|sed|awk|less|du|diff|test|which|ps|env|printenv|uname|git (?:status|log|diff|show|branch|ls-files|remote|check-ignore|rev-parse|blame)|\S+ (?:--version|--help|help|version|list|show|info))\b/

/** True when the command only looks, so that it cannot have repaired anything. */
export function isLooking({ head }: ShellSegment): boolean {
  return LOOKING.test(head)
}

const SUBCOMMAND = /^[a-z][\w:.-]*$/i
const INTERPRETER = /^(?:python\d?|node|ruby|perl|bash|sh|zsh|elixir|deno|bun|php|psql|sqlite3|jq)$/
const IGNORED = new Set([
  'cd',
  'echo',
  'true',
  'export',
  'set',
  'pwd',
  'sleep',
  'then',
  'fi',
  'done',
])

/** Splits outside quotes. An unbalanced quote runs to the end: nothing is invented. */
function splitCommands(line: string): readonly string[] {
  const text = line.replace(HEREDOC, ' <<heredoc')
  const parts: string[] = []
  let start = 0
  let quote = ''
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? ''
    if (char === '\\') at += 1
    else if (quote !== '') quote = char === quote ? '' : quote
    else if (char === '"' || char === "'") quote = char
    else if (/[;|\n]/.test(char) || (char === '&' && text[at + 1] === '&')) {
      parts.push(text.slice(start, at))
      start = at + (text[at + 1] === char ? 2 : 1)
      if (text[at + 1] === char) at += 1
    }
  }
  parts.push(text.slice(start))
  return parts
}

function segmentOf(part: string): ShellSegment | null {
  let text = part.replace(REDIRECTION, '').trim()
  for (let before = ''; before !== text; ) {
    before = text
    text = text.replace(WRAPPER, '')
  }
  const words = shellWords(text)
  const program = words[0]?.replace(/^.*\//, '')
  if (program === undefined || program === '' || IGNORED.has(program)) return null
  const second = words[1]
  const hasSubcommand =
    second !== undefined &&
    SUBCOMMAND.test(second) &&
    addressesIn(second).length === 0 &&
    !INTERPRETER.test(program)
  return {
    head: hasSubcommand ? `${program} ${second}` : program,
    args: words.slice(hasSubcommand ? 2 : 1),
    text,
    hasInlineCode:
      text.includes('<<heredoc') ||
      (INTERPRETER.test(program) && words.some((word) => /^-(?:c|e|r|-eval)$/.test(word))),
  }
}

/** Words of one command; quotes group and are removed. */
export function shellWords(text: string): readonly string[] {
  const words = text.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? []
  return words.map((word) => word.replace(/^(["'])([\s\S]*)\1$/, '$2'))
}
