/** What stands where words were. */
export const ERASED = '[erased]'

/** Words that have to go, however they were found. */
export interface Words {
  holds(text: string): boolean
  /** The text without them. */
  cut(text: string): string
}

/** A quote in any case and with any white space between its words. */
export function wordsOfQuote(quote: string): Words {
  const parts = quote.trim().split(/\s+/u).map(escaped)
  const pattern = parts.join('\\s+')
  return {
    holds: (text) => new RegExp(pattern, 'iu').test(text),
    cut: (text) => text.replace(new RegExp(pattern, 'giu'), ERASED),
  }
}

/** Words in a row that tell one source from another. */
const ROW = 5
/** A shorter line counts as a whole, if it has this many words or one that tells. */
const LINE_WORDS_MIN = 3

/**
 * What only certain sources said: words that stand nowhere else, rows of five words, and short
 * lines. A text that holds one of them was made from these sources.
 */
export class SourceWords implements Words {
  readonly #telling = new Set<string>()
  readonly #rows = new Set<string>()
  readonly #lines = new Set<string>()

  /** Texts that have to go. `lineWordsMin`: how many words a line has that is looked for as a whole. */
  add(text: string, lineWordsMin: number = LINE_WORDS_MIN): void {
    for (const line of text.split('\n')) {
      const words = runsOf(line)
      for (const word of words) if (isTelling(word)) this.#telling.add(word)
      for (const row of rowsOf(words)) this.#rows.add(row)
      if (words.length >= lineWordsMin && words.length < ROW) this.#lines.add(words.join(' '))
    }
  }

  /** Texts that stay: what they say too is not what only the others said. */
  spare(text: string): void {
    for (const line of text.split('\n')) {
      const words = runsOf(line)
      for (const word of words) this.#telling.delete(word)
      for (const row of rowsOf(words)) this.#rows.delete(row)
      if (words.length < ROW) this.#lines.delete(words.join(' '))
    }
  }

  holds(text: string): boolean {
    return text.split('\n').some((line) => this.#isIn(line))
  }

  /** Line by line: what stands on other lines stays. */
  cut(text: string): string {
    return text
      .split('\n')
      .map((line) => (this.#isIn(line) ? withoutWords(line) : line))
      .join('\n')
  }

  #isIn(line: string): boolean {
    const words = runsOf(line)
    if (words.some((word) => this.#telling.has(word))) return true
    if (words.length < ROW) return this.#lines.has(words.join(' '))
    return rowsOf(words).some((row) => this.#rows.has(row))
  }
}

/** True of what one of them finds; each takes out its own. */
export function anyOf(...all: readonly Words[]): Words {
  return {
    holds: (text) => all.some((words) => words.holds(text)),
    cut: (text) => all.reduce((left, words) => words.cut(left), text),
  }
}

/** The words of a text as they are compared: letters and digits, lower case; ids of ours left out. */
export function runsOf(text: string): readonly string[] {
  const bare = text.replace(OWN_ID, ' ').toLowerCase()
  return bare.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** One text in another, however they are spaced and punctuated. */
export function isWithin(part: string, whole: string): boolean {
  const wanted = runsOf(part)
  return wanted.length > 0 && ` ${runsOf(whole).join(' ')} `.includes(` ${wanted.join(' ')} `)
}

/** Ids and times are kept, and so they never tell. */
const OWN_ID = /\b[a-z]{2,12}_[\da-z]{8,}\b|\b\d{4}-\d\d-\d\dT[\d:.]+Z?/g

/** Rare by its form: a number of some length, letters with digits, or a long word. */
function isTelling(word: string): boolean {
  if (/^\d+$/.test(word)) return word.length >= 6
  if (/\d/.test(word)) return word.length >= 5
  return word.length >= 10
}

function rowsOf(words: readonly string[]): readonly string[] {
  if (words.length < ROW) return []
  return words.slice(ROW - 1).map((_, n) => words.slice(n, n + ROW).join(' '))
}

/** A list stays a list, a field of front matter a field. */
function withoutWords(line: string): string {
  const [, before = ''] = /^(\s*(?:[-*+]\s|\d+[.)]\s|#+\s|>\s)?)/.exec(line) ?? []
  const [, field] = /^([\w-]+:\s)/.exec(line) ?? []
  return field === undefined ? `${before}${ERASED}` : `${field}"${ERASED}"`
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
