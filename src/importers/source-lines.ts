import { LIMITS } from '../config.ts'
import { ReverieError } from '../core/errors.ts'
import type { ImportSource } from './importer.ts'

/** One line of a source, without its line break. */
export interface SourceLine {
  /** Counted from 1. */
  readonly number: number
  /** Null = longer than the limit, dropped while reading. */
  readonly text: string | null
  /** False only for a last line that no line break ends: it may be torn. */
  readonly isEnded: boolean
  /** False = bytes that are no UTF-8 were replaced by U+FFFD. */
  readonly isWhole: boolean
}

export interface LineLimits {
  readonly lineBytesMax: number
  readonly sourceBytesMax: number
}

const LINE_LIMITS: LineLimits = {
  lineBytesMax: LIMITS.sourceLineBytesMax,
  sourceBytesMax: LIMITS.sourceBytesMax,
}

const LINE_FEED = 0x0a

/**
 * Streams a source line by line and holds at most one line. Throws `request_too_large` when the
 * source turns out longer than the limit, and the signal's reason when it is aborted.
 */
export async function* sourceLines(
  source: ImportSource,
  signal?: AbortSignal,
  limits: LineLimits = LINE_LIMITS,
): AsyncGenerator<SourceLine> {
  const line = new OpenLine(limits.lineBytesMax)
  let number = 0
  let bytesRead = 0
  for await (const chunk of source.open()) {
    bytesRead += chunk.length
    if (bytesRead > limits.sourceBytesMax) throw tooLarge(source.path, limits.sourceBytesMax)
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      signal?.throwIfAborted()
      line.push(chunk.subarray(start, end))
      number += 1
      yield { number, ...line.take(), isEnded: true }
      start = end + 1
    }
    line.push(chunk.subarray(start))
  }
  if (!line.isEmpty) yield { number: number + 1, ...line.take(), isEnded: false }
}

/** The source's first bytes as text, for judging its format. */
export async function sourceHead(source: ImportSource, bytesMax: number): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of source.open()) {
    parts.push(chunk.subarray(0, bytesMax - bytes))
    bytes += chunk.length
    if (bytes >= bytesMax) break
  }
  return new TextDecoder().decode(Buffer.concat(parts))
}

/** The whole source as text. Throws `request_too_large` beyond the limit. */
export async function sourceText(source: ImportSource, bytesMax: number): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of source.open()) {
    bytes += chunk.length
    if (bytes > bytesMax) throw tooLarge(source.path, bytesMax)
    parts.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(parts))
}

export function tooLarge(path: string, bytesMax: number): ReverieError {
  return new ReverieError('request_too_large', `"${path}" is larger than ${bytesMax} bytes.`, {
    next: 'Split it into smaller files.',
  })
}

/** Bytes of the line being read; keeps none of a line that is too long. */
class OpenLine {
  readonly #bytesMax: number
  #parts: Uint8Array[] = []
  #bytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get isEmpty(): boolean {
    return this.#bytes === 0
  }

  push(part: Uint8Array): void {
    if (part.length === 0) return
    this.#bytes += part.length
    // The chunk's memory is the stream's; a line that goes on keeps a copy.
    if (this.#bytes <= this.#bytesMax) this.#parts.push(part.slice())
    else this.#parts = []
  }

  take(): Pick<SourceLine, 'text' | 'isWhole'> {
    const isTooLong = this.#bytes > this.#bytesMax
    const bytes = Buffer.concat(this.#parts)
    this.#parts = []
    this.#bytes = 0
    if (isTooLong) return { text: null, isWhole: true }
    const text = new TextDecoder().decode(bytes)
    // A replacement character may also stand in the source.
    return { text, isWhole: !text.includes('\uFFFD') || bytes.equals(Buffer.from(text)) }
  }
}
