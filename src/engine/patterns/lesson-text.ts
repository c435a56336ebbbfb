import { isSameContrast } from './contrast/contrast-actions.ts'
import type { ErrorStory } from './error-story.ts'
import type { FixSummary } from './fixes/agreed-fix.ts'
import { COMMIT, TRACKED } from './fixes/follow-up.ts'
import { messageParts, templateText } from './message-template.ts'
import { whoseText } from './others/attribution.ts'
import { clipped } from './plain-message.ts'

/** Longest quotes of an error; the shorter one where the words allowed are few. */
const ERROR_CHARS_MAX = [140, 70] as const
const TITLE_CHARS_MAX = 70

/**
 * One bullet: what failed and how often, what succeeded after it, and the rule that follows. Null
 * when no rule follows from what the sessions show, or when it cannot be said in the words allowed.
 */
export function errorLessonText(story: ErrorStory, wordsMax: number): string | null {
  const seen = story.fix === null ? checkFirst(story) : afterFix(story.fix, story)
  if (seen === null) return null
  const outcome = seen.outcome === '' ? '' : `; ${seen.outcome}`
  const rule = seen.rule === '' ? '' : `: ${seen.rule}`
  return withinWords(story, `${outcome}${rule}.`, wordsMax)
}

/** What failed, how often and what was seen to succeed, without a rule; null as above. */
export function refusalText(story: ErrorStory, wordsMax: number): string | null {
  if (passesByItself(story)) return null
  const { fix } = story
  // Another value may have been luck; one that a tool had given was not.
  const isKnown = fix?.hasSucceeded && fix.about !== ''
  const outcome = isKnown ? afterFix(fix, story)?.outcome : undefined
  return withinWords(story, `${outcome === undefined ? '' : `; ${outcome}`}.`, wordsMax)
}

const REFUSAL = /^`([^`]+)` refused “(.+?)” \(/
const RULE = /”.*: .*$/

/**
 * True when a text only notes the refusal of which a lesson tells, with other counts, or tells of
 * the difference between sessions that a lesson tells anew or takes back.
 */
export function isNoteOn(note: string, lesson: string): boolean {
  if (isSameContrast(note, lesson)) return true
  const [, tool, words = ''] = REFUSAL.exec(note) ?? []
  const [, toolNow, wordsNow = ''] = REFUSAL.exec(lesson) ?? []
  if (tool === undefined || tool !== toolNow || RULE.test(note)) return false
  const [before, now] = [comparable(words), comparable(wordsNow)]
  return before.startsWith(now) || now.startsWith(before)
}

const FAILURE = /^`([^`]+)` (?:refused|failed with) “(.+?)” \(/

/** The tool or command and the error that a generated lesson tells of; null of a correction. */
export function failureIn(text: string): { readonly what: string; readonly error: string } | null {
  const [, what, error] = FAILURE.exec(text) ?? []
  return what === undefined || error === undefined ? null : { what, error }
}

const COUNTS =
  /\([^()]*\bin \d+ sessions?(?:,? (?:\d+ of them )?of [^()]+?)?(?:, last seen \d{4}-\d{2}-\d{2})?\)/g

/** How often and when something was seen, in its brackets; null = the text does not say. */
export function countsIn(text: string): string | null {
  return text.match(COUNTS)?.at(-1) ?? null
}

/** What one session alone shows in its own words is a placeholder when several differ. */
function comparable(error: string): string {
  const parts = messageParts(error.replace(/…$/, ''))
  return templateText(parts).replaceAll('<number>', '<n>')
}

function withinWords(story: ErrorStory, rest: string, wordsMax: number): string | null {
  if (story.what === '' || story.error === '') return null
  const texts = ERROR_CHARS_MAX.map((charsMax) => `${failureText(story, charsMax)}${rest}`)
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
  const { what, isShell, error, sessions, occurrences, others, lastSeen } = story
  const verb = isShell ? 'failed with' : 'refused'
  const often = occurrences > sessions ? `${occurrences} times in` : 'in'
  const count = `${often} ${sessions} ${sessions === 1 ? 'session' : 'sessions'}${whoseText(others, sessions)}`
  return `\`${what}\` ${verb} “${clipped(error, charsMax)}” (${count}${lastSeenText(lastSeen)})`
}

function lastSeenText(at: string | null): string {
  return at === null ? '' : `, last seen ${at.slice(0, 'yyyy-mm-dd'.length)}`
}

/** What was seen to end an error, and the rule that follows from it; each may be empty. */
interface Seen {
  readonly outcome: string
  readonly rule: string
}

function afterFix(fix: FixSummary, { what, sessions }: ErrorStory): Seen | null {
  const { kind, text, about, followUp, worked } = fix
  const inSome = worked === sessions ? '' : ` in ${worked}`
  const succeeded = `succeeded${inSome}`
  if (kind === 'arguments') return afterArguments(fix, succeeded)
  if (text === '') return null
  if (kind === 'command') {
    const outcome =
      followUp === TRACKED
        ? `the file is tracked all the same and \`${text}\` ${succeeded}`
        : `it ${succeeded} as \`${text}\``
    return { outcome, rule: 'use that from the start' }
  }
  if (kind === 'step') {
    const isCommitted = followUp === COMMIT && !what.startsWith(COMMIT)
    const run = `\`${text}\`${isCommitted ? ' and a commit' : ''}`
    return { outcome: `it ${succeeded} after ${run}`, rule: 'do that first' }
  }
  if (kind !== 'edit' || about === '') return null
  // The edit may be committed by now: as something to keep, the rule stays true. A run that ended
  // well by its exit code may still have failed at something else further on.
  const then = followUp === '' ? '' : ` and \`${followUp}\` was run`
  const outcome = `the error went away${inSome} after \`${text}\` was added to \`${about}\`${then}`
  return { outcome, rule: 'keep it there' }
}

function afterArguments(fix: FixSummary, succeeded: string): Seen {
  const names = fix.names.map((name) => `\`${name}\``).join(' and ')
  const isOne = fix.names.length === 1
  if (fix.hasSucceeded && fix.about !== '') {
    const outcome = `it ${succeeded} with ${names} from \`${fix.about}\``
    return { outcome, rule: `take ${isOne ? 'it' : 'them'} from there` }
  }
  const other = `${isOne ? 'another' : 'other'} ${names}`
  const outcome = fix.hasSucceeded
    ? `it ${succeeded} with ${other}`
    : `${other} got past this error, though not always to success`
  return { outcome, rule: fix.advice }
}

/** What passes by itself cannot be checked before. */
const TRANSIENT =
  /\btime(?:d )?-?out|\breset\b|unavailable|unreachable|overloaded|rate.?limit|too many requests|internal (?:server )?error|try again|\b50\d\b/i
const MISSING_PROGRAM = /\b(?:command )?not found\b|not recognized as/i

function passesByItself({ hasPassedAgain, error }: ErrorStory): boolean {
  return hasPassedAgain || TRANSIENT.test(error)
}

/** Without a fix: what is refused can be looked at before; a missing program can be avoided. */
function checkFirst(story: ErrorStory): Seen | null {
  const { what, error, check, isShell, isRepeatVain } = story
  if (passesByItself(story)) return null
  if (isShell) {
    const [program = ''] = what.split(' ')
    const isMissing = MISSING_PROGRAM.test(error) && error.split(/[\s:'"]+/).includes(program)
    return isMissing ? { outcome: '', rule: `do without \`${program}\`` } : null
  }
  const looked = check === '' ? 'check that' : `check with \`${check}\``
  return {
    outcome: isRepeatVain ? 'repeating the same call did not help' : '',
    rule: `${looked} before calling it`,
  }
}

/** Words as people count them. */
export function wordCount(text: string): number {
  return text.split(/\s+/).filter(Boolean).length
}
