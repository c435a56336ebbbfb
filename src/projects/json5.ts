const DEPTH_MAX = 100
// Each comment has one end only: nothing here can be read in two ways, so the time stays linear.
const TOKEN =
  /(?:\s|\/\/[^\n\r]*(?![^\n\r])|\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:([{}[\]:,])|"((?:[^"\\\n]|\\[\s\S])*)"|'((?:[^'\\\n]|\\[\s\S])*)'|([^\s{}[\]:,"'/]+)|$)/y

/**
 * The value of a JSON5 text: JSON with comments, trailing commas, single quotes and keys without
 * quotes. Words that are no JSON value are read as text. Throws SyntaxError.
 */
export function parseJson5(text: string): unknown {
  const reader = new Reader(text)
  const value = reader.value(0)
  if (reader.take() !== null) throw new SyntaxError('more than one value')
  return value
}

/** A sign (`{`), a text in quotes, or a word; null = the end. */
type Token =
  | { readonly sign: string }
  | { readonly text: string }
  | { readonly word: string }
  | null

class Reader {
  readonly #text: string
  #at = 0
  #next: Token | undefined

  constructor(text: string) {
    this.#text = text
  }

  take(): Token {
    const token = this.#peek()
    this.#next = undefined
    return token
  }

  value(depth: number): unknown {
    if (depth > DEPTH_MAX) throw new SyntaxError('nested too deeply')
    const token = this.take()
    if (token === null) throw new SyntaxError('ends too early')
    if ('text' in token) return token.text
    if ('word' in token) return plainValue(token.word)
    if (token.sign === '{') return this.#members(depth)
    if (token.sign === '[') return this.#elements(depth)
    throw new SyntaxError(`unexpected "${token.sign}"`)
  }

  #members(depth: number): unknown {
    const members: [string, unknown][] = []
    while (!this.#passes('}')) {
      const key = this.take()
      if (key === null || 'sign' in key) throw new SyntaxError('a key is missing')
      if (!this.#passes(':')) throw new SyntaxError('a colon is missing')
      members.push(['text' in key ? key.text : key.word, this.value(depth + 1)])
      if (!this.#passes(',') && !this.#isNext('}')) throw new SyntaxError('a comma is missing')
    }
    return Object.fromEntries(members)
  }

  #elements(depth: number): unknown {
    const elements: unknown[] = []
    while (!this.#passes(']')) {
      elements.push(this.value(depth + 1))
      if (!this.#passes(',') && !this.#isNext(']')) throw new SyntaxError('a comma is missing')
    }
    return elements
  }

  #passes(sign: string): boolean {
    const isThere = this.#isNext(sign)
    if (isThere) this.take()
    return isThere
  }

  #isNext(sign: string): boolean {
    const token = this.#peek()
    return token !== null && 'sign' in token && token.sign === sign
  }

  #peek(): Token {
    if (this.#next !== undefined) return this.#next
    TOKEN.lastIndex = this.#at
    const found = TOKEN.exec(this.#text)
    if (found === null) throw new SyntaxError('unexpected character')
    this.#at = TOKEN.lastIndex
    const [, sign, double, single, word] = found
    const quoted = double ?? single
    if (sign !== undefined) this.#next = { sign }
    else if (quoted !== undefined) this.#next = { text: unescaped(quoted) }
    else this.#next = word === undefined ? null : { word }
    return this.#next
  }
}

const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null }

function plainValue(word: string): unknown {
  if (Object.hasOwn(WORDS, word)) return WORDS[word]
  const number = Number(word)
  return Number.isNaN(number) ? word : number
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  0: '\0',
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r\n|[\s\S]))/g, (...found) => {
    const [, unicode, byte, character] = found as readonly (string | undefined)[]
    const code = unicode ?? byte
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
    // A break behind a backslash goes on with the line.
    if (/^[\r\n\u2028\u2029]/.test(character ?? '')) return ''
    return ESCAPES[character ?? ''] ?? character ?? ''
  })
}
