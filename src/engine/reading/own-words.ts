import { orderToModelAt } from '../assembly/order-to-model.ts'
import { findUntrustedInstructions } from '../assembly/untrusted-instructions.ts'
import { ownSentencesOf } from '../labeling/own-sentences-of.ts'
import { trustOfResult } from '../labeling/tool-trust.ts'
import type { Sentence } from '../language/sentences.ts'
import type { ReadEvent, ReadSession } from '../read-session.ts'
import type { ShownEvent } from './shown-event.ts'

/** What a person says in their own words, without orders that a clipboard brought in. */
export function ownWords(read: ReadEvent): readonly Sentence[] {
  return ownSentencesOf(read).filter(({ text }) => orderToModelAt(text) === null)
}

/**
 * The events with a short stub in place of all that strangers wrote: whole events, and in the
 * messages of people what they quote, forward or paste. No word of it reaches a model.
 */
export function withoutStrangersWords(
  session: ReadSession['session'],
  events: readonly ShownEvent[],
): readonly ShownEvent[] {
  return events.map((shown) => {
    if (shown.text === '' || isEmpty(shown.text)) return { ...shown, text: '' }
    if (isFromOutside(shown.read, session)) return { ...shown, text: stub(shown.read.event.text) }
    return shown.read.event.speaker === 'user' ? { ...shown, text: ownText(shown.read) } : shown
  })
}

/** Whether an event's words may not be shown: a stranger's, or the store's own. */
export function isFromOutside(read: ReadEvent, session: ReadSession['session']): boolean {
  const { event, trust, isEcho } = read
  if ((trust === 'external' && !isOfOwnShell(read)) || isEcho) return true
  if (event.voice === 'pasted' || event.voice === 'injected') return true
  if (event.speaker === 'user') return false
  if (orderToModelAt(event.text) !== null) return true
  const whole = { ...read, text: event.text }
  return (
    event.speaker === 'tool' && findUntrustedInstructions({ session, events: [whole] }).length > 0
  )
}

/**
 * Only its arguments say that a local action printed what strangers wrote: it is shown, fenced like
 * all data, and may not be cited.
 */
function isOfOwnShell({ event: { speaker, tool, label } }: ReadEvent): boolean {
  if (speaker !== 'tool' || tool === null || label?.trust !== undefined) return false
  return trustOfResult(tool, null) === 'tool'
}

function isEmpty(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text)
}

function stub(text: string): string {
  return `[text from outside, ${text.length} characters, not shown]`
}

/** Own sentences as they stand; what holds words between them is a stub. */
function ownText(read: ReadEvent): string {
  const { text } = read.event
  let out = ''
  let at = 0
  for (const { start, end } of ownWords(read)) {
    out += between(text.slice(at, start)) + text.slice(start, end)
    at = end
  }
  return out + between(text.slice(at))
}

function between(gap: string): string {
  if (isEmpty(gap)) return gap
  // A number in front of a list item is a mark of the list.
  if (/^\s*(?:[-*+•]|\d{1,2}[.)])\s+$/.test(gap)) return gap
  return `\n${stub(gap.trim())}\n`
}
