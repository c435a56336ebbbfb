import type { TallyDraft } from '../import-tally.ts'
import type { ImportSource } from '../importer.ts'
import { asObject, type JsonObject } from '../json-value.ts'
import { sourceValues } from '../values/source-values.ts'

/** One thing that may be a message, with what the object around it says for all its messages. */
export interface ChatItem {
  readonly value: unknown
  /** The object with the `messages`; null = the source itself is the list. */
  readonly around: JsonObject | null
  /** Tells two sessions of one source apart: the place of `around` in the source. */
  readonly group: string
  readonly line: number
}

/** Everything in a source that may be a message, in order. What is no JSON is counted here. */
export async function* chatItems(
  source: ImportSource,
  tally: TallyDraft,
  signal?: AbortSignal,
): AsyncGenerator<ChatItem> {
  let parts = 0
  let items = 0
  for await (const { value, line, isPart } of sourceValues(source, tally, signal)) {
    if (!isPart) {
      for (const item of itemsOf(value, `line ${line}`)) yield { ...item, line }
      continue
    }
    // The parts of one text are told apart by their number, and so are the messages in them.
    for (const item of itemsOf([value], SOURCE, parts)) {
      items += 1
      yield { ...item, line: items }
    }
    parts += 1
  }
}

/** The group of messages that stand in no list of their own. */
const SOURCE = 'source'

/** A list of messages or of sessions, a session with its `messages`, or one message. */
function* itemsOf(
  value: unknown,
  group: string,
  firstIndex = 0,
): Generator<Omit<ChatItem, 'line'>> {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value]
  const ownGroup = Array.isArray(value) ? group : SOURCE
  for (const [index, part] of parts.entries()) {
    const fields = asObject(part)
    if (fields !== null && Array.isArray(fields.messages)) {
      const own = `${group}, ${firstIndex + index}`
      for (const of of fields.messages) yield { value: of, around: fields, group: own }
    } else yield { value: part, around: null, group: ownGroup }
  }
}
