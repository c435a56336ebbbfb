/** A line of a prompt's data with its mark, `⟨n|...⟩ text` or `⟨note n|...⟩ text`. */
export interface MarkedLine {
  readonly n: number
  /** All of the mark but its number: `user|2026-01-02`, `A|notes.md`, `note `. */
  readonly mark: string
  readonly text: string
}

/** The lines of the data that have a mark, in order. */
export function markedLines(data: string): readonly MarkedLine[] {
  return [...data.matchAll(/^⟨(note )?(\d+)\|?([^⟩]*)⟩ (.*)$/gm)].map(
    ([, note = '', n = '', mark = '', text = '']) => ({ n: Number(n), mark: note + mark, text }),
  )
}

/** Numbers of the lines whose mark begins with a word. */
export function numbered(lines: readonly MarkedLine[], word: string): readonly number[] {
  return lines.filter(({ mark }) => mark === word || mark.startsWith(`${word}|`)).map(({ n }) => n)
}

/** Words between white space. */
export function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

const ORDER =
  /\b(?:please|always|never|must|should|remember|memor(?:y|ize)|store|ignore|system|assistant|from now on|make sure|send|forward|add|use|include|insert|incorporate|your (?:code|reply|response|answer))\b/i

/** Whether a text reads like an order, to anyone. */
export function isOrder(text: string): boolean {
  return ORDER.test(text)
}
