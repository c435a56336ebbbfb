import type { Sighting } from '../../../core/ledger.ts'
import { wordCount } from '../lesson-text.ts'
import { commonText, messageParts } from '../message-template.ts'
import { type Others, whoseText } from '../others/attribution.ts'
import { clipped } from '../plain-message.ts'
import { type Advice, adviceOn, adviceText, takenBackText } from './contrast-actions.ts'
import type { Contrast, Side } from './proven-contrasts.ts'

/** What a contrast is told with, besides its counts. */
export interface Told {
  /** Sightings of its feature, of `before` those of the tool that comes later. */
  readonly shown: readonly Sighting[]
  readonly others: Others
  /** ISO 8601 time of the last session that failed so; null when none is dated. */
  readonly lastSeen: string | null
}

/** Longest quotes of an error; the shorter one where the words allowed are few. */
const ERROR_CHARS_MAX = [100, 50] as const

/**
 * What to do or to leave and how sessions with it and without it ended, all counted, as one line.
 * Null where that cannot be said in the words allowed.
 */
export function contrastText(contrast: Contrast, told: Told, wordsMax: number): string | null {
  return firstWithin(wordsMax, (charsMax) =>
    withCounts(adviceText(adviceOf(contrast, told, charsMax)), contrast, told),
  )
}

/** That what was told of a contrast does not show any more, with the counts of now. */
export function reversedText(contrast: Contrast, told: Told, wordsMax: number): string | null {
  return firstWithin(wordsMax, (charsMax) =>
    withCounts(takenBackText(adviceOf(contrast, told, charsMax)), contrast, told),
  )
}

const TITLE_CHARS_MAX = 70

/** A few words for a list. */
export function contrastTitle(contrast: Contrast, told: Told): string {
  return clipped(adviceText(adviceOf(contrast, told, ERROR_CHARS_MAX[1])), TITLE_CHARS_MAX)
}

function adviceOf({ condition, direction }: Contrast, told: Told, charsMax: number): Advice {
  return adviceOn(condition, direction, errorIn(told, charsMax))
}

function withCounts(advice: string, contrast: Contrast, told: Told): string {
  return `${advice}: ${countsText(contrast)} (${scopeText(contrast, told)}).`
}

function firstWithin(wordsMax: number, textOf: (errorCharsMax: number) => string): string | null {
  return ERROR_CHARS_MAX.map(textOf).find((text) => wordCount(text) <= wordsMax) ?? null
}

function errorIn(
  { shown }: Told,
  charsMax: number,
): { readonly error: string; readonly tool: string } {
  const [first] = shown
  if (first === undefined) return { error: '', tool: '' }
  const messages = shown.map(({ detail }) => messageParts(detail.message ?? ''))
  const tool = first.detail.heads || (first.detail.tool ?? '')
  return { error: clipped(commonText(messages), charsMax), tool }
}

/** The failing side first: with it or without it, as the action goes. */
function countsText({ direction, failing, others }: Contrast): string {
  const [with_, without] =
    direction === 'failure' ? ['with it', 'without it'] : ['without it', 'with it']
  return `${with_} ${ofSessions(failing)} sessions failed, ${without} ${ofSessions(others)}`
}

function ofSessions({ failed, sessions }: Side): string {
  return `${failed} of ${sessions}`
}

/** Where it was compared and how much: the reader's measure of how far it holds. */
function scopeText({ strata, failing, others }: Contrast, told: Told): string {
  const sessions = failing.sessions + others.sessions
  const tasks = strata.filter((stratum) => / task /.test(stratum)).length
  const within =
    tasks === 0 ? '' : `compared within ${tasks === 1 ? 'one task' : `${tasks} tasks`}, `
  const seen =
    told.lastSeen === null ? '' : `, last seen ${told.lastSeen.slice(0, 'yyyy-mm-dd'.length)}`
  return `${within}in ${sessions} sessions${whoseText(told.others, sessions)}${seen}`
}
