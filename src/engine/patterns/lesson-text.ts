import type { FixSummary } from './agreed-fix.ts'
import { clipped } from './plain-message.ts'

/** What an error lesson tells: each part is backed by the sessions, nothing is advised beyond. */
export interface ErrorStory {
  /** Command head or tool name. */
  readonly what: string
  /** The whole call of which `what` is a part, or the same. */
  readonly call: string
  readonly error: string
  readonly fix: FixSummary | null
  /** Something helped in some session, though not reliably enough to be told as the fix. */
  readonly hasHelpedOnce: boolean
  readonly vain: readonly VainAttempt[]
  readonly sessions: number
}

/** Something after which the error came again, and the sessions that saw it. */
export interface VainAttempt {
  /** An argument's name, or `UNCHANGED`. */
  readonly change: string
  readonly sessions: number
}

export const UNCHANGED = 'unchanged'

const ERROR_CHARS_MAX = 140
const TITLE_CHARS_MAX = 70
const VAIN_TOLD_MAX = 2

/** One bullet: condition, what happened, what worked. Null when it cannot be said in the words allowed. */
export function errorLessonText(story: ErrorStory, wordsMax: number): string | null {
  if (story.what === '' || story.error === '') return null
  const condition = `When \`${story.what}\` fails with “${clipped(story.error, ERROR_CHARS_MAX)}”`
  const helped = story.fix === null ? [] : [helpedText(story.fix, story)]
  const vain = story.vain.slice(0, VAIN_TOLD_MAX).map(vainText)
  // What is another wish rather than a repair is told last, as what else was seen.
  const told = story.fix?.isRepair === false ? [...vain, ...helped] : [...helped, ...vain]
  const [least = nothingText(story), ...more] = told
  for (const parts of [[least, ...more], [least, ...more.slice(0, 1)], [least]]) {
    const text = `${condition}, ${parts.join('; ')} (${seenText(story)}).`
    if (wordCount(text) <= wordsMax) return text
  }
  return null
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

function helpedText(fix: FixSummary, { what, call }: ErrorStory): string {
  switch (fix.kind) {
    case 'command':
      return `\`${fix.text}\` worked`
    case 'step':
      return `running \`${fix.text}\` first and then repeating ${what === call ? 'it' : `\`${call}\``} worked`
    case 'edit':
      return `adding \`${fix.text}\` to \`${fix.about}\` made this error go away`
    case 'retry':
      return 'repeating it unchanged succeeded'
    default:
      return argumentsText(fix)
  }
}

function argumentsText({ names, about, hasSucceeded, isRepair, worked }: FixSummary): string {
  const changed = names.map((name) => `\`${name}\``).join(' and ')
  if (!isRepair) {
    return `calls with other values of ${changed} passed in ${worked} sessions, which is for the user to choose`
  }
  const source = about === '' ? '' : ` to a value that \`${about}\` had returned`
  return hasSucceeded
    ? `the tool accepted the call after changing ${changed}${source}`
    : `this error did not come back after changing ${changed}${source}, though another one came`
}

function nothingText({ hasHelpedOnce }: ErrorStory): string {
  return hasHelpedOnce
    ? 'nothing that was tried helped reliably'
    : 'no later attempt was seen to succeed'
}

function vainText({ change, sessions }: VainAttempt): string {
  return change === UNCHANGED
    ? 'repeating it unchanged did not help'
    : `other values of \`${change}\` were tried in vain in ${sessions} sessions`
}

function seenText({ fix, sessions }: ErrorStory): string {
  const seen = `seen in ${sessions} sessions`
  if (fix === null || !fix.isRepair || fix.worked === sessions) return seen
  return `${seen}, ${fix.hasSucceeded ? 'worked' : 'so'} in ${fix.worked}`
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter(Boolean).length
}
