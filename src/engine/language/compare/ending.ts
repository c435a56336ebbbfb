import { remembered } from '../../../core/text/remembered.ts'
import { withoutOpener } from '../cues.ts'
import { areRelatives, stemOf } from '../rivalry/predicate.ts'
import { taggedTokens } from '../tagged-tokens.ts'

const ENDED =
  /^(?:i|we)(?:'ve| have| had)?\s(?:no longer\s|(?:recently\s|just\s|finally\s)?(?:stopped|quit|gave up|given up)\s|(?:don't|do not)\s(?=.*\bany ?more\b))(?<what>[^,;.]+)/i
/** Of the speaker: a note about the user, or one without any subject. */
const OF_SPEAKER = /^(?:the user|user|i|we|my|our)\b|^[^:]{1,60}:\s/i
const CONTENT_WORDS_MIN = 2

/** True where a person says that they do no longer what a note about them tells. */
export function endsNote(newer: string, older: string): boolean {
  const what = endedIn(newer)
  if (what === null || !OF_SPEAKER.test(older)) return false
  const known = stemsOf(older)
  const ended = stemsOf(what.replace(/\bany ?more\b.*$/i, ''))
  return (
    ended.length >= CONTENT_WORDS_MIN &&
    ended.every((stem) => known.some((other) => areRelatives(stem, other)))
  )
}

const TEXTS_REMEMBERED = 15_000

const endedIn = remembered(
  TEXTS_REMEMBERED,
  (text) => ENDED.exec(withoutOpener(text))?.groups?.what ?? null,
)

function stemsOf(text: string): readonly string[] {
  return taggedTokens(text).flatMap((token) => (token.role === 'content' ? [stemOf(token)] : []))
}
