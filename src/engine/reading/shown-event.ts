import type { ReadEvent } from '../read-session.ts'

/** An event and what of it a model is shown; an empty text = nothing. */
export interface ShownEvent {
  readonly read: ReadEvent
  readonly text: string
}

/** The first characters of a text, without half a character at the end. */
export function headOf(text: string, chars: number): string {
  const head = text.slice(0, chars)
  return /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head
}

export function tailOf(text: string, chars: number): string {
  const tail = chars === 0 ? '' : text.slice(-chars)
  return /^[\uDC00-\uDFFF]/.test(tail) ? tail.slice(1) : tail
}
