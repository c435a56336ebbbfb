import type { FixSummary } from './agreed-fix.ts'
import { clipped } from './plain-message.ts'
import { SHELL } from './tool-step.ts'

/** What an error lesson tells: each part is backed by the sessions, nothing is advised beyond. */
export interface ErrorStory {
  /** Command head or tool name. */
  readonly what: string
  readonly error: string
  readonly fix: FixSummary | null
  /** Something helped in some session, though not reliably enough to be told as the fix. */
  readonly hasHelpedOnce: boolean
  /** Argument names, or `unchanged`, after which the error came again. */
  readonly vain: readonly string[]
  readonly sessions: number
}

const ERROR_CHARS_MAX = 140
const TITLE_CHARS_MAX = 70
const VAIN_TOLD_MAX = 2

/** One bullet: condition, what happened, what worked. Null when it cannot be said in the words allowed. */
export function errorLessonText(story: ErrorStory, wordsMax: number): string | null {
  if (story.what === '' || story.error === '') return null
  const condition = `When \`${story.what}\` fails with “${clipped(story.error, ERROR_CHARS_MAX)}”`
  const nothing = story.hasHelpedOnce
    ? 'nothing that was tried helped reliably'
    : 'no later attempt was seen to succeed'
  const helped = story.fix === null ? nothing : helpedText(story.fix)
  const vain = vainText(story.vain)
  const long = `${condition}, ${helped}${vain} (${seenText(story)}).`
  if (wordCount(long) <= wordsMax) return long
  const short = `${condition}, ${helped} (${seenText(story)}).`
  return wordCount(short) <= wordsMax ? short : null
}

/** A few words for a list. */
export function errorTitle({ what, error }: ErrorStory): string {
  return clipped(`${what}: ${error}`, TITLE_CHARS_MAX)
}

/** A correction in the user's own words. */
export function correctionText(
  statement: string,
  sessions: number,
  wordsMax: number,
): string | null {
  const words = statement.replace(/[\s.!]+$/, '')
  const text = `${words.charAt(0).toUpperCase()}${words.slice(1)} (the user corrected this in ${sessions} sessions).`
  return wordCount(text) <= wordsMax ? text : null
}

function helpedText(fix: FixSummary): string {
  switch (fix.kind) {
    case 'command':
      return `\`${fix.text}\` worked`
    case 'step':
      return `running \`${fix.text}\` first and then repeating it worked`
    case 'edit':
      return `adding \`${fix.text}\` to \`${fix.about}\` made this error go away`
    case 'retry':
      return 'repeating it unchanged succeeded'
    case 'omission':
      return fix.about === SHELL
        ? `it went through only without \`${fix.text}\``
        : `the tool accepted the call only with part of \`${fix.text}\` left out`
    default:
      return argumentsText(fix)
  }
}

function argumentsText({ names, about, hasSucceeded }: FixSummary): string {
  const changed = names.map((name) => `\`${name}\``).join(' and ')
  const source = about === '' ? '' : ` to a value that \`${about}\` had returned`
  return hasSucceeded
    ? `the tool accepted the call after changing ${changed}${source}`
    : `this error did not come back after changing ${changed}${source}`
}

function vainText(vain: readonly string[]): string {
  const told = vain
    .slice(0, VAIN_TOLD_MAX)
    .map((change) =>
      change === 'unchanged' ? 'repeating it unchanged' : `changing only \`${change}\``,
    )
  return told.length === 0 ? '' : `; ${told.join(' or ')} did not help`
}

function seenText({ fix, sessions }: ErrorStory): string {
  const seen = `seen in ${sessions} sessions`
  if (fix === null || fix.worked === sessions) return seen
  return `${seen}, worked in ${fix.worked}`
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter(Boolean).length
}
