import { clipped } from '../plain-message.ts'
import { agentsText } from './attribution.ts'
import { wordsIn } from './rare-words.ts'

/** What a lesson tells of sessions whose words stay with their users. */
export interface SealedStory {
  /** Tool or command head. */
  readonly what: string
  readonly isShell: boolean
  readonly error: string
  readonly sessions: number
  readonly users: number
  /** Agents that enough of the users have in common. */
  readonly agents: readonly string[]
  readonly fix: SealedFix | null
  /** A tool with which enough users looked at what was refused; empty = none. */
  readonly check: string
  /** Sessions in which something else helped than in the rest. */
  readonly others: number
}

export interface SealedFix {
  readonly kind: 'arguments' | 'command' | 'step'
  /** Argument names of `arguments`, else empty. */
  readonly names: readonly string[]
  /** Command head, else empty. */
  readonly head: string
  /** Tool that showed the new value; empty = several or none. */
  readonly source: string
  /** Sessions in which it helped. */
  readonly worked: number
}

const ERROR_CHARS_MAX = [140, 70] as const
const MISSING_PROGRAM = /\b(?:command )?not found\b|not recognized as/i

/**
 * One bullet in words of ours and in what enough users share; how many saw something else is told
 * too. Null when no rule follows or it does not fit. `counted` writes numbers.
 */
export function sealedText(
  story: SealedStory,
  wordsMax: number,
  counted: (n: number) => string = String,
): string | null {
  const seen = story.fix === null ? checkFirst(story) : afterFix(story.fix, story, counted)
  if (seen === null || story.what === '' || story.error === '') return null
  const dissent = dissentText(story, counted)
  const outcome = [seen.outcome, dissent].filter((it) => it !== '').join('; ')
  const rest = `${outcome === '' ? '' : `; ${outcome}`}${seen.rule === '' ? '' : `: ${seen.rule}`}.`
  const texts = ERROR_CHARS_MAX.map((max) => `${failureText(story, max, counted)}${rest}`)
  return texts.find((text) => text.split(/\s+/).length <= wordsMax) ?? null
}

function failureText(
  { what, isShell, error, sessions, users, agents }: SealedStory,
  charsMax: number,
  counted: (n: number) => string,
): string {
  const verb = isShell ? 'failed with' : 'refused'
  const whose = agents.length === 0 ? '' : `, ${agentsText(agents)}`
  const count = `in ${counted(sessions)} sessions of ${counted(users)} users${whose}`
  return `\`${code(what)}\` ${verb} “${clipped(error, charsMax)}” (${count})`
}

interface Seen {
  readonly outcome: string
  readonly rule: string
}

function afterFix(
  { kind, names, head, source, worked }: SealedFix,
  { what, sessions }: SealedStory,
  counted: (n: number) => string,
): Seen {
  const succeeded = `it succeeded${worked === sessions ? '' : ` in ${counted(worked)}`}`
  if (kind === 'step') {
    return { outcome: `${succeeded} after \`${code(head)}\``, rule: 'do that first' }
  }
  if (kind === 'command') {
    const isSame = what.split(' && ').includes(head)
    return isSame
      ? { outcome: `${succeeded} with other arguments`, rule: '' }
      : { outcome: `${succeeded} as \`${code(head)}\``, rule: 'use that from the start' }
  }
  const named = names.map((name) => `\`${code(name)}\``).join(' and ')
  const isOne = names.length === 1
  return source === ''
    ? { outcome: `${succeeded} with ${isOne ? 'another' : 'other'} ${named}`, rule: '' }
    : {
        outcome: `${succeeded} with ${named} from \`${code(source)}\``,
        rule: `take ${isOne ? 'it' : 'them'} from there`,
      }
}

/** As for a session of one's own: what is refused can be looked at, a missing program avoided. */
function checkFirst({ what, error, check, isShell }: SealedStory): Seen | null {
  if (!isShell) {
    const looked = check === '' ? 'check that' : `check with \`${code(check)}\``
    return { outcome: '', rule: `${looked} before calling it` }
  }
  const [program = ''] = what.split(' ')
  const isMissing = MISSING_PROGRAM.test(error) && error.split(/[\s:'"]+/).includes(program)
  return isMissing ? { outcome: '', rule: `do without \`${code(program)}\`` } : null
}

function dissentText(
  { fix, sessions, others }: SealedStory,
  counted: (n: number) => string,
): string {
  const without = sessions - others - (fix?.worked ?? 0)
  const parts = [
    ...(others === 0
      ? []
      : [`in ${counted(others)} of ${counted(sessions)} sessions something else helped`]),
    ...(fix === null || without <= 0
      ? []
      : [`${counted(without)} of ${counted(sessions)} went on without it`]),
  ]
  return parts.join(', ')
}

function code(text: string): string {
  return text.replaceAll('`', "'").replace(/\s+/g, ' ')
}

/** Every word of ours that a lesson may hold; a number of ours is written `#` where it is looked for. */
export const OUR_WORDS: ReadonlySet<string> = wordsIn(`
  failed with refused in sessions of users agent agents and more it succeeded after do that first
  other arguments as use that from the start another take them there check before calling do without
  something else helped went on without
  address date duration branch name path id number
`)
