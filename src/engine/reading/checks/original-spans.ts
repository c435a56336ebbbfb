import { cleaned, onOneLine } from '../../asking/clean-text.ts'

/** A stretch of a text, end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Where words that a model copied stand in the original: every letter and mark the same; white
 * space and what a prompt cannot show may differ. Empty = nowhere.
 */
export function originalSpans(words: string, text: string): readonly Span[] {
  const bare = words.trim()
  if (bare === '') return []
  const exact = startsOf(bare, text)
  if (exact.length > 0) return exact.map((start) => ({ start, end: start + bare.length }))
  const wanted = onOneLine(cleaned(words))
  const { shown, places } = shownForm(text)
  return startsOf(wanted, shown).flatMap((at) => {
    const start = places[at]
    const last = places[at + wanted.length - 1]
    return start === undefined || last === undefined ? [] : [{ start, end: last + 1 }]
  })
}

function startsOf(words: string, text: string): readonly number[] {
  const starts: number[] = []
  if (words === '') return starts
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) starts.push(at)
  return starts
}

/** The text as a prompt shows it, and for each of its characters where it stands. */
function shownForm(text: string): { readonly shown: string; readonly places: readonly number[] } {
  let shown = ''
  const places: number[] = []
  let at = 0
  for (const char of text) {
    const piece = cleaned(char).replace(/\s/g, ' ')
    if (piece !== ' ' || !shown.endsWith(' ')) {
      for (let n = 0; n < piece.length; n += 1) places.push(at + n)
      shown += piece
    }
    at += char.length
  }
  return { shown, places }
}
