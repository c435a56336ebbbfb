/** A part of a JSON text: a value that stands by itself, or an element of a list that does. */
export interface JsonPart {
  /** Null = longer than the limit, or of more objects and lists; dropped while reading. */
  readonly text: string | null
  /** Where it begins, counted from 1. */
  readonly line: number
  /** False for a last part that nothing ends. */
  readonly isEnded: boolean
}

export interface PartLimits {
  readonly partBytesMax: number
  /** Objects and lists in one part: each costs far more memory than its two bytes. */
  readonly containersMax: number
}

const LINE_FEED = 0x0a
const QUOTE = 0x22
const COMMA = 0x2c
const LIST_START = 0x5b
const BACKSLASH = 0x5c
const LIST_END = 0x5d
const OBJECT_START = 0x7b
const OBJECT_END = 0x7d
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf]

/** What the byte at hand belongs to; a `value` is an object, a list or a string. */
type State = 'between' | 'value' | 'bare'

/**
 * Cuts a JSON text of any length into its values, lists by their elements, and holds one part at a
 * time. It looks at brackets and quotes alone: what a part says is for `JSON.parse` to judge.
 */
export class JsonSplitter {
  readonly #limits: PartLimits
  #state: State = 'between'
  /** Inside a string. */
  #isQuoted = false
  #isEscaped = false
  #isInList = false
  #depth = 0
  #containers = 0
  #line = 1
  #partLine = 1
  #bytes = 0
  #parts: Uint8Array[] = []
  #bytesRead = 0

  constructor(limits: PartLimits) {
    this.#limits = limits
  }

  /** The parts that end in these bytes. */
  *push(chunk: Uint8Array): Generator<JsonPart> {
    for (let at = 0; at < chunk.length; ) {
      if (this.#state === 'between' && !this.#begins(chunk[at] ?? 0)) {
        at += 1
        continue
      }
      const end =
        this.#state === 'bare' ? bareEnd(chunk, at, this.#bytes > 0) : this.#valueEnd(chunk, at)
      if (end === null) {
        this.#keep(chunk.subarray(at))
        break
      }
      yield this.#take(chunk.subarray(at, end), true)
      at = end
    }
    this.#bytesRead += chunk.length
  }

  /** What is left when no more bytes come; null = nothing. */
  finish(): JsonPart | null {
    if (this.#state === 'between') return null
    return this.#take(new Uint8Array(), this.#state === 'bare')
  }

  /** The line of the last byte so far. */
  get line(): number {
    return this.#line
  }

  /** True while a list is open: bytes that end here are a torn text. */
  get isInList(): boolean {
    return this.#isInList
  }

  /** False for what stands between parts. */
  #begins(byte: number): boolean {
    if (byte === LINE_FEED) this.#line += 1
    if (byte <= 0x20 || byte === COMMA || this.#isMark(byte)) return false
    if (byte === LIST_END && this.#isInList) {
      this.#isInList = false
      return false
    }
    if (byte === LIST_START && !this.#isInList) {
      this.#isInList = true
      return false
    }
    this.#partLine = this.#line
    this.#state = stateOf(byte)
    return true
  }

  /** The end of an object, list or string, exclusive; null = it goes on. */
  #valueEnd(chunk: Uint8Array, from: number): number | null {
    let [isQuoted, isEscaped, depth] = [this.#isQuoted, this.#isEscaped, this.#depth]
    let end: number | null = null
    for (let at = from; at < chunk.length && end === null; at += 1) {
      const byte = chunk[at]
      if (byte === LINE_FEED) this.#line += 1
      if (isQuoted) {
        if (isEscaped) isEscaped = false
        else if (byte === BACKSLASH) isEscaped = true
        else if (byte === QUOTE) {
          isQuoted = false
          if (depth === 0) end = at + 1
        }
      } else if (byte === QUOTE) isQuoted = true
      else if (byte === OBJECT_START || byte === LIST_START) {
        depth += 1
        this.#containers += 1
      } else if (byte === OBJECT_END || byte === LIST_END) {
        depth -= 1
        if (depth === 0) end = at + 1
      }
    }
    this.#isQuoted = isQuoted
    this.#isEscaped = isEscaped
    this.#depth = depth
    return end
  }

  #keep(bytes: Uint8Array): void {
    this.#bytes += bytes.length
    // The chunk's memory is the stream's; a part that goes on keeps a copy.
    if (this.#isTooLarge()) this.#parts = []
    else this.#parts.push(bytes.slice())
  }

  #take(last: Uint8Array, isEnded: boolean): JsonPart {
    this.#bytes += last.length
    const text = this.#isTooLarge()
      ? null
      : new TextDecoder().decode(Buffer.concat([...this.#parts, last]))
    this.#state = 'between'
    this.#isQuoted = false
    this.#isEscaped = false
    this.#depth = 0
    this.#containers = 0
    this.#bytes = 0
    this.#parts = []
    return { text, line: this.#partLine, isEnded }
  }

  #isTooLarge(): boolean {
    return this.#bytes > this.#limits.partBytesMax || this.#containers > this.#limits.containersMax
  }

  #isMark(byte: number): boolean {
    return this.#bytesRead === 0 && BYTE_ORDER_MARK.includes(byte)
  }
}

function stateOf(byte: number): State {
  return byte === OBJECT_START || byte === LIST_START || byte === QUOTE ? 'value' : 'bare'
}

/** The end of a number, a word or what is no JSON: at the next blank, comma, bracket or quote. */
function bareEnd(chunk: Uint8Array, from: number, isBegun: boolean): number | null {
  // A bracket that closes nothing is a part by itself.
  if (!isBegun && isClosing(chunk[from] ?? 0)) return from + 1
  for (let at = isBegun ? from : from + 1; at < chunk.length; at += 1) {
    const byte = chunk[at] ?? 0
    if (byte <= 0x20 || byte === COMMA || isClosing(byte) || stateOf(byte) === 'value') return at
  }
  return null
}

function isClosing(byte: number): boolean {
  return byte === OBJECT_END || byte === LIST_END
}
