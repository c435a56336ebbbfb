import type { FixSummary } from './fixes/agreed-fix.ts'
import { COMMIT, TRACKED } from './fixes/follow-up.ts'
import { clipped } from './plain-message.ts'

/** What an error lesson tells: each part is backed by the sessions, nothing is advised beyond. */
export interface ErrorStory {
  /** Command head or tool name. */
  readonly what: string
  readonly isShell: boolean
  readonly error: string
  readonly fix: FixSummary | null
  /** The tool with which several sessions looked at what was refused; empty without one. */
  readonly check: string
  /** Several sessions repeated the call unchanged, and it failed again. */
  readonly isRepeatVain: boolean
  /** In some session the same call passed later, so that nothing need be done about it. */
  readonly hasPassedAgain: boolean
  readonly sessions: number
}

const ERROR_CHARS_MAX = 140
const TITLE_CHARS_MAX = 70

/**
 * One bullet: a rule that keeps the error from coming back. Null when no rule follows from what
 * the sessions show, or when it cannot be said in the words allowed.
 */
export function errorLessonText(story: ErrorStory, wordsMax: number): string | null {
  if (story.what === '' || story.error === '') return null
  const text = story.fix === null ? checkRule(story) : fixRule(story.fix, story)
  return text !== null && wordCount(text) <= wordsMax ? text : null
}

/** A few words for a list. */
export function errorTitle({ what, error }: ErrorStory): string {
  return clipped(`${what}: ${error}`, TITLE_CHARS_MAX)
}

/** A correction in the user's own words. */
export function correctionText(
  statement: string,
  sessions: { readonly corrected: number; readonly said: number },
  wordsMax: number,
): string | null {
  const words = statement.replace(/[\s.!]+$/, '')
  const { corrected, said } = sessions
  const count = said > corrected ? `said this in ${said}` : `corrected this in ${corrected}`
  const text = `${words.charAt(0).toUpperCase()}${words.slice(1)} (the user ${count} sessions).`
  return wordCount(text) <= wordsMax ? text : null
}

function fixRule(fix: FixSummary, story: ErrorStory): string | null {
  const { kind, text, about, followUp } = fix
  const what = `\`${story.what}\``
  const error = quoted(story)
  const seen = seenText(story)
  if (kind === 'arguments') return argumentsRule(fix, story)
  if (text === '') return null
  if (kind === 'command') {
    const why = followUp === TRACKED ? 'the file is tracked all the same, ' : ''
    return `${what} fails with ${error} (${seen}): ${why}use \`${text}\` from the start.`
  }
  if (kind === 'step') {
    const isCommitted = followUp === COMMIT && !story.what.startsWith(COMMIT)
    const run = `run \`${text}\`${isCommitted ? ' and commit' : ''}`
    return `${what} fails with ${error} (${seen}): ${run} first.`
  }
  if (kind !== 'edit' || about === '') return null
  // The edit may be committed by now: as something to keep, the rule stays true.
  const then = followUp === '' ? '' : `; after adding it run \`${followUp}\``
  return `Keep \`${text}\` in \`${about}\`: without it ${what} fails with ${error} (${seen})${then}.`
}

function argumentsRule(fix: FixSummary, story: ErrorStory): string {
  const names = fix.names.map((name) => `\`${name}\``).join(' and ')
  const refuses = `\`${story.what}\` refuses ${quoted(story)} (${seenText(story)})`
  if (fix.hasSucceeded && fix.about !== '') {
    return `Take ${names} from \`${fix.about}\`: otherwise \`${story.what}\` fails with ${quoted(story)} (${seenText(story)}).`
  }
  if (fix.advice !== '') return `${refuses}: ${fix.advice}.`
  return `${refuses}: ${fix.names.length === 1 ? 'another' : 'other'} ${names} got past this.`
}

/** What passes by itself cannot be checked before. */
const TRANSIENT =
  /\btime(?:d )?-?out|\breset\b|unavailable|unreachable|overloaded|rate.?limit|too many requests|internal (?:server )?error|try again|\b50\d\b/i
const MISSING_PROGRAM = /\b(?:command )?not found\b|not recognized as/i

/** Without a fix: what is refused can be looked at before; a missing program can be avoided. */
function checkRule(story: ErrorStory): string | null {
  const { what, error, check, isShell, isRepeatVain } = story
  if (story.hasPassedAgain || TRANSIENT.test(error)) return null
  if (isShell) {
    const [program = ''] = what.split(' ')
    const isMissing = MISSING_PROGRAM.test(error) && error.split(/[\s:'"]+/).includes(program)
    return isMissing
      ? `Do without \`${program}\`: it fails with ${quoted(story)} (${seenText(story)}).`
      : null
  }
  const looked = check === '' ? 'check that' : `check with \`${check}\``
  const vain = isRepeatVain ? '; repeating the same call did not help' : ''
  return `\`${what}\` refuses ${quoted(story)} (${seenText(story)}): ${looked} before calling it${vain}.`
}

function quoted({ error }: ErrorStory): string {
  return `“${clipped(error, ERROR_CHARS_MAX)}”`
}

function seenText({ fix, sessions }: ErrorStory): string {
  const seen = `${sessions} sessions`
  return fix === null || fix.worked === sessions ? seen : `${seen}, helped in ${fix.worked}`
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter(Boolean).length
}
