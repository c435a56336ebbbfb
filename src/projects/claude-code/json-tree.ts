/** A JSON value with where it stands in its text. */
export interface JsonNode {
  readonly start: number
  /** Behind its last character. */
  readonly end: number
  readonly kind: 'object' | 'array' | 'scalar'
  /** In order; none of a scalar. */
  readonly items: readonly JsonItem[]
}

/** A member of an object or an element of an array. */
export interface JsonItem {
  /** Null in arrays. */
  readonly key: string | null
  /** Where the key begins, or the value in an array. */
  readonly start: number
  readonly node: JsonNode
}

const DEPTH_MAX = 100
const SPACE = /[ \t\r\n]*/y
const SCALAR = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/y

/**
 * The places of the values in a text that `JSON.parse` takes. Throws SyntaxError for any other text,
 * comments among it, and for values that are nested too deeply to be settings.
 */
export function jsonTree(text: string): JsonNode {
  JSON.parse(text)
  return new Reader(text).read(skipSpace(text, 0), 0)
}

/** The value of a node of a text. */
export function valueAt(text: string, { start, end }: JsonNode): unknown {
  return JSON.parse(text.slice(start, end))
}

/** The position of the next character that is no white space. */
function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at
  SPACE.exec(text)
  return SPACE.lastIndex
}

/** The last member of a name, as `JSON.parse` takes it; null = there is none. */
export function memberOf(node: JsonNode, key: string): JsonItem | null {
  return node.items.findLast((item) => item.key === key) ?? null
}

/** The text is sound by now, so that reading only measures. */
class Reader {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  read(start: number, depth: number): JsonNode {
    if (depth > DEPTH_MAX) throw new SyntaxError('nested too deeply')
    const first = this.#text[start]
    if (first !== '{' && first !== '[') {
      return { start, end: this.#scalarEnd(start), kind: 'scalar', items: [] }
    }
    const items: JsonItem[] = []
    let at = skipSpace(this.#text, start + 1)
    while (this.#text[at] !== '}' && this.#text[at] !== ']') {
      const item = this.#item(at, first === '{', depth)
      items.push(item)
      at = skipSpace(this.#text, item.node.end)
      if (this.#text[at] === ',') at = skipSpace(this.#text, at + 1)
    }
    return { start, end: at + 1, kind: first === '{' ? 'object' : 'array', items }
  }

  #item(start: number, isMember: boolean, depth: number): JsonItem {
    if (!isMember) return { key: null, start, node: this.read(start, depth + 1) }
    const keyEnd = this.#scalarEnd(start)
    const colon = skipSpace(this.#text, keyEnd)
    const node = this.read(skipSpace(this.#text, colon + 1), depth + 1)
    return { key: JSON.parse(this.#text.slice(start, keyEnd)), start, node }
  }

  #scalarEnd(at: number): number {
    SCALAR.lastIndex = at
    return SCALAR.test(this.#text) ? SCALAR.lastIndex : at + 1
  }
}
