import { blanks, type Line, padded, span, wrap } from './styled-line.ts'

const LABEL_COLUMNS = 10

/** `  Label     words`, wrapped under the words. */
export function labelled(label: string, words: string, width: number): Line[] {
  return wrap([span(words)], {
    width,
    before: [blanks(2), ...padded(span(label, 'strong'), LABEL_COLUMNS)],
  })
}
