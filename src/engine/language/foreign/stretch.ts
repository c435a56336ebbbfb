/** A part of a text, by its offsets. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

export interface TextLine extends Stretch {
  readonly line: string
}

export function linesOf(text: string): readonly TextLine[] {
  let start = 0
  return text.split('\n').map((line) => {
    const at = start
    start += line.length + 1
    return { line, start: at, end: at + line.length }
  })
}

export function overlaps(a: Stretch, b: Stretch): boolean {
  return a.start < b.end && b.start < a.end
}
