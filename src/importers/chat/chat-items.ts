import { LIMITS } from '../../config.ts'
import type { TallyDraft } from '../import-tally.ts'
import type { ImportSource } from '../importer.ts'
import { asObject, type JsonObject, parseJson } from '../json-value.ts'
import { type SourceLine, sourceLines, sourceText, tooLarge } from '../source-lines.ts'

/** One thing that may be a message, with what the object around it says for all its messages. */
export interface ChatItem {
  readonly value: unknown
  /** The object with the `messages`; null = the source itself is the list. */
  readonly around: JsonObject | null
  /** Tells two sessions of one source apart: the place of `around` in the source. */
  readonly group: string
  readonly line: number
}

/**
 * Everything in a source that may be a message, in order: JSONL is streamed, a JSON document is
 * read whole. Lines that are no JSON are counted here, all others where they are judged.
 */
export async function* chatItems(
  source: ImportSource,
  tally: TallyDraft,
  signal?: AbortSignal,
): AsyncGenerator<ChatItem> {
  const document = await jsonDocument(source, signal)
  if (document !== undefined) {
    yield* itemsOf(document, { group: SOURCE, line: null })
    return
  }
  for await (const line of sourceLines(source, signal)) {
    const value = lineValue(line, tally)
    if (value !== undefined)
      yield* itemsOf(value, { group: `line ${line.number}`, line: line.number })
  }
}

function lineValue({ number, text, isEnded }: SourceLine, tally: TallyDraft): unknown {
  const bad = (reason: string): undefined => {
    tally.countLine()
    tally.skipBad(reason, number)
  }
  if (text === null) return bad('line too long')
  if (text.trim() === '') {
    tally.countLine()
    return tally.skip('blank')
  }
  const value = parseJson(text)
  return value === undefined ? bad(isEnded ? 'not JSON' : 'torn line') : value
}

/**
 * The value of a source that is one JSON text over several lines; undefined = read it as JSONL.
 * Only a first line that is no JSON by itself can begin such a text.
 */
async function jsonDocument(source: ImportSource, signal?: AbortSignal): Promise<unknown> {
  for await (const { text } of sourceLines(source, signal)) {
    if (text?.trim() === '') continue
    const isLineJson = text !== null && parseJson(text) !== undefined
    if (isLineJson || (text !== null && !/^\s*[[{]/.test(text))) return undefined
    if (source.sizeBytes <= LIMITS.jsonSourceBytesMax) {
      return parseJson(await sourceText(source, LIMITS.jsonSourceBytesMax))
    }
    // A bare bracket opens a document; a longer line may be a damaged line of JSONL.
    if (text === null || /^\s*[[{]\s*$/.test(text)) {
      throw tooLarge(source.path, LIMITS.jsonSourceBytesMax)
    }
    return undefined
  }
  return undefined
}

/** The group of messages that stand in no list of their own. */
const SOURCE = 'source'

interface Place {
  readonly group: string
  /** Null = count the items. */
  readonly line: number | null
}

/** A list of messages or of sessions, a session with its `messages`, or one message. */
function* itemsOf(value: unknown, place: Place): Generator<ChatItem> {
  let count = 0
  const item = (of: unknown, around: JsonObject | null, group: string): ChatItem => {
    count += 1
    return { value: of, around, group, line: place.line ?? count }
  }
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value]
  const ownGroup = Array.isArray(value) ? place.group : SOURCE
  for (const [index, part] of parts.entries()) {
    const fields = asObject(part)
    if (fields !== null && Array.isArray(fields.messages)) {
      for (const of of fields.messages) {
        yield item(of, fields, `${place.group}, ${index}`)
      }
    } else yield item(part, null, ownGroup)
  }
}
