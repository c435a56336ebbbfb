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
  /** Independent sessions that met it, and how often they did. */
  readonly sessions: number
  readonly occurrences: number
  /** ISO 8601 time of the last sighting; null when no session is dated. */
  readonly lastSeen: string | null
}

/** Longest quotes of an error; the shorter one where the words allowed are few. */
const ERROR_CHARS_MAX = [140, 70] as const
const TITLE_CHARS_MAX = 70

/**
 * One bullet: what failed and how often, what succeeded after it, and the rule that follows. Null
 * when no rule follows from what the sessions show, or when it cannot be said in the words allowed.
 */
export function errorLessonText(story: ErrorStory, wordsMax: number): string | null {
  if (story.what === '' || story.error === '') return null
  const rule = story.fix === null ? checkRule(story) : fixRule(story.fix, story)
  if (rule === null) return null
  const texts = ERROR_CHARS_MAX.map((charsMax) => `${failureText(story, charsMax)}${rule}`)
  return texts.find((text) => wordCount(text) <= wordsMax) ?? null
}

/** A few words for a list. */
export function errorTitle({ what, error }: ErrorStory): string {
  return clipped(`${what}: ${error}`, TITLE_CHARS_MAX)
}

/** A correction in the user's own words. */
export function correctionText(
  statement: string,
  seen: { readonly corrected: number; readonly said: number; readonly lastSeen: string | null },
  wordsMax: number,
): string | null {
  const words = statement.replace(/[\s.!]+$/, '')
  const { corrected, said, lastSeen } = seen
  const count = said > corrected ? `said this in ${said}` : `corrected this in ${corrected}`
  const text = `${words.charAt(0).toUpperCase()}${words.slice(1)} (the user ${count} sessions${lastSeenText(lastSeen)}).`
  return wordCount(text) <= wordsMax ? text : null
}

/** Such as: `git push` failed with “no upstream branch” (4 times in 3 sessions, last seen …). */
function failureText(story: ErrorStory, charsMax: number): string {
  const { what, isShell, error, sessions, occurrences, lastSeen } = story
  const verb = isShell ? 'failed with' : 'refused'
  const often = occurrences > sessions ? `${occurrences} times in` : 'in'
  const count = `${often} ${sessions} ${sessions === 1 ? 'session' : 'sessions'}`
  return `\`${what}\` ${verb} “${clipped(error, charsMax)}” (${count}${lastSeenText(lastSeen)})`
}

function lastSeenText(at: string | null): string {
  return at === null ? '' : `, last seen ${at.slice(0, 'yyyy-mm-dd'.length)}`
}

function fixRule(fix: FixSummary, story: ErrorStory): string | null {
  const { kind, text, about, followUp, worked } = fix
  const succeeded = worked === story.sessions ? 'succeeded' : `succeeded in ${worked}`
  if (kind === 'arguments') return argumentsRule(fix, succeeded)
  if (text === '') return null
  if (kind === 'command') {
    const isTracked = followUp === TRACKED
    const how = isTracked
      ? `the file is tracked all the same and \`${text}\` ${succeeded}`
      : `it ${succeeded} as \`${text}\``
    return `; ${how}: use that from the start.`
  }
  if (kind === 'step') {
    const isCommitted = followUp === COMMIT && !story.what.startsWith(COMMIT)
    const run = `\`${text}\`${isCommitted ? ' and a commit' : ''}`
    return `; it ${succeeded} after ${run}: do that first.`
  }
  if (kind !== 'edit' || about === '') return null
  // The edit may be committed by now: as something to keep, the rule stays true.
  const then = followUp === '' ? '' : ` and \`${followUp}\` was run`
  const gone = worked === story.sessions ? 'went away' : `went away in ${worked}`
  const outcome = fix.hasSucceeded ? `it ${succeeded}` : `the error ${gone}`
  return `; ${outcome} after \`${text}\` was added to \`${about}\`${then}: keep it there.`
}

function argumentsRule(fix: FixSummary, succeeded: string): string {
  const names = fix.names.map((name) => `\`${name}\``).join(' and ')
  const isOne = fix.names.length === 1
  if (fix.hasSucceeded && fix.about !== '') {
    const take = `take ${isOne ? 'it' : 'them'} from there`
    return `; it ${succeeded} with ${names} from \`${fix.about}\`: ${take}.`
  }
  const rule = fix.advice === '' ? '' : `: ${fix.advice}`
  const other = `${isOne ? 'another' : 'other'} ${names}`
  return fix.hasSucceeded
    ? `; it ${succeeded} with ${other}${rule}.`
    : `; ${other} got past this error, though not always to success${rule}.`
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
    return isMissing ? `: do without \`${program}\`.` : null
  }
  const vain = isRepeatVain ? '; repeating the same call did not help' : ''
  const looked = check === '' ? 'check that' : `check with \`${check}\``
  return `${vain}: ${looked} before calling it.`
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter(Boolean).length
}
