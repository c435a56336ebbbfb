import type { Change } from '../change.ts'
import { newlyWritten, type Rail } from './rail-facts.ts'

/**
 * Rail 7, hygiene: a new text that carries characters which nobody sees, or markup that would run or
 * call out when it is shown, waits for a person. What stands in the store already is left alone.
 */
export const safeText: Rail = (change, facts) =>
  [...newlyWritten(change, facts), ...told(change)].some(isUnsafe)
    ? { act: 'hold', why: 'unsafe_text' }
    : null

/** What a person reads of a change beside its text. */
function told({ reason }: Change): readonly string[] {
  return [reason]
}

export function isUnsafe(text: string): boolean {
  return hasHidden(text) || hasLiveMarkup(text)
}

/** Joiners are spelling in these scripts, and join pictures; elsewhere they hide. */
const SPELLED_JOINERS: readonly RegExp[] = [
  /(?<=\p{Script=Arabic}|\p{Script=Devanagari}|\p{Script=Bengali}|\p{Script=Tamil}|\p{Script=Telugu}|\p{Script=Malayalam}|\p{Script=Kannada}|\p{Script=Sinhala}|\p{M})(?:\u200c|\u200d)(?=\p{L}|\p{M})/gu,
  /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic})/gu,
  /(?<=\p{Extended_Pictographic}|[\d#*])(?:\ufe0e|\ufe0f)/gu,
]
/** Format, private, unassigned and half characters; signs and selectors that look like nothing. */
const UNSEEN: readonly RegExp[] = [
  /\p{Cf}|\p{Co}|\p{Cn}|\p{Cs}/u,
  /(?![\t\r\n])\p{Cc}|\u2028|\u2029/u,
  /\u034f|\u115f|\u1160|\u17b4|\u17b5|\u180b|\u180c|\u180d|\u180f|\u2800|\u3164|\uffa0/u,
  /[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/u,
]

function hasHidden(text: string): boolean {
  const spelled = SPELLED_JOINERS.reduce((rest, joiner) => rest.replace(joiner, ''), text)
  return UNSEEN.some((sign) => sign.test(spelled))
}

const CODE = /(?<!`)(`{1,3})(?!`)[^`]{1,4000}\1(?!`)/g
/** Elements that run, load, cover or send; a comment hides. */
const ELEMENT =
  /<\s*\/?\s*(?:script|iframe|frame|frameset|object|embed|applet|img|image|svg|math|video|audio|source|track|picture|link|style|meta|base|form|input|button|textarea|select|template|slot|portal|dialog|marquee|isindex|body|html|noscript|xml|xss)\b|<!--|<!\[CDATA|<\?|<!DOCTYPE/i
const EVENT_ATTRIBUTE = /<[^<>]{0,300}[\s"'/]on[a-z]{3,30}\s*=/i
const LIVE_SCHEME = /(?:javascript|vbscript|livescript|data|blob|file)\s*:\s*(?:[a-z]+\/|[^\s])/i
const LINK_TO =
  /\]\(\s*<?\s*([^)\s>]{1,2000})|\]:\s*<?\s*(\S{1,2000})|<([a-z][a-z0-9+.-]*:[^>\s]{1,2000})>|\b(?:href|src|action|formaction|xlink:href)\s*=\s*["']?\s*([^"'\s>]{1,2000})/gi
const PICTURE = /!\[[^\][]{0,300}\]\s{0,3}[([]/

function hasLiveMarkup(raw: string): boolean {
  const text = withEntities(raw.replace(CODE, ' '))
  if (ELEMENT.test(text) || EVENT_ATTRIBUTE.test(text) || PICTURE.test(text)) return true
  return [...text.matchAll(LINK_TO)].some((match) => {
    // One of the groups has the target, the others are undefined.
    return LIVE_SCHEME.test(decoded(match.slice(1).join('')).replace(/[\s\p{Cc}]/gu, ''))
  })
}

/** Characters that are written as entities, as a reader of markdown sees them. */
function withEntities(text: string): string {
  const numbered = text
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, hex: string) => signOf(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});?/g, (_, digits: string) => signOf(Number.parseInt(digits, 10)))
  return NAMED.reduce((rest, [entity, sign]) => rest.replace(entity, sign), numbered)
}

const NAMED: readonly (readonly [entity: RegExp, sign: string])[] = [
  [/&colon;/gi, ':'],
  [/&lt;/gi, '<'],
  [/&gt;/gi, '>'],
  [/&tab;/gi, '\t'],
  [/&newline;/gi, '\n'],
]

function signOf(code: number): string {
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : ''
}

function decoded(target: string): string {
  return target.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => signOf(Number.parseInt(hex, 16)))
}
