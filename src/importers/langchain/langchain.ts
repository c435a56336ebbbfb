import { TallyDraft } from '../import-tally.ts'
import type { Importer, ImportResult, ImportSource, Redact } from '../importer.ts'
import { asObject, parseJson } from '../json-value.ts'
import { sourceValues } from '../values/source-values.ts'
import { langChainMessage } from './langchain-message.ts'
import { messageListIn } from './message-lists.ts'
import { MessageReading } from './message-reading.ts'

const FORMAT = 'langchain'
const HEAD_LINES = 20

/**
 * Messages of LangChain and states of LangGraph (langchain-ai/langchain: `load/dump.py` and
 * `messages/utils.py` of langchain-core; langchain-ai/langgraph: `StateSnapshot` and the `ThreadState`
 * of its SDK): constructors (`lc: 1`), `{type, data}`, `{type, content}`, one a line or in lists, and
 * states or checkpoints with their thread. A state repeats all messages: each is read once, by its id.
 */
export const langchainImporter: Importer = {
  format: FORMAT,
  recognizes(head) {
    const start = head.trimStart()
    if (start.split('\n', HEAD_LINES).map(parseJson).some(holdsMessage)) return true
    return (
      /^[[{]/.test(start) &&
      (/"lc"\s*:\s*1\b[\s\S]{0,400}"messages"/.test(start) ||
        /"type"\s*:\s*"(?:human|ai|HumanMessage|AIMessage)(?:Chunk)?"/.test(start)) &&
      /"(?:content|kwargs)"\s*:/.test(start)
    )
  },
  read: readLangChain,
}

function holdsMessage(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsMessage)
  const fields = asObject(value)
  if (fields === null) return false
  const list = messageListIn(fields)
  if (list !== null) return list.messages.some((it) => isOfLangChain(it))
  return isOfLangChain(fields)
}

/** `{type: "user", content}` alone is anybody's. */
function isOfLangChain(value: unknown): boolean {
  const type = asObject(value)?.type
  const isNamed =
    typeof type === 'string' && /^(?:human|ai|constructor)$|Message(?:Chunk)?$/.test(type)
  return isNamed && langChainMessage(value) !== null
}

async function readLangChain(
  source: ImportSource,
  redact: Redact,
  signal?: AbortSignal,
): Promise<ImportResult> {
  const tally = new TallyDraft(source.path)
  const reading = new MessageReading({ format: FORMAT, sourcePath: source.path, redact, tally })
  for await (const { value, line } of sourceValues(source, tally, signal)) {
    signal?.throwIfAborted()
    reading.readValue(value, line)
  }
  return { sessions: await reading.finish(), tally: tally.finish() }
}
