import { TallyDraft } from '../import-tally.ts'
import type { Importer, ImportResult, ImportSource, Redact } from '../importer.ts'
import { parseJson } from '../json-value.ts'
import { exportItems, itemsOf } from './export-items.ts'
import { ExportReading } from './export-reading.ts'

const FORMAT = 'session-events'
const HEAD_LINES = 20

/**
 * Sessions and events of Claude Managed Agents as its API shows them (platform.claude.com, Sessions
 * and Events) and as a server of ours does: events a line each or in pages, sessions with their
 * events, the form of our imports, recorded streams. Ids, times, threads, agents and users stay what
 * they were, so that an event is the same here and on the server.
 */
export const sessionEventsImporter: Importer = {
  format: FORMAT,
  recognizes(head) {
    const start = head.trimStart()
    if (/^(?:event|data): ?/.test(start)) return /^data: ?\{.*"type": ?"[a-z_]+\./m.test(start)
    const values = start.split('\n', HEAD_LINES).map(parseJson)
    const items = values.flatMap((value) => (value === undefined ? [] : [...itemsOf(value, 1)]))
    if (items.some((it) => it.kind === 'event' || isSession(it))) return true
    return /^[[{]/.test(start) && HELD_EVENT.test(start)
  },
  read: readSessionEvents,
}

/** An event in a text over several lines, or in one that is longer than the head. */
const HELD_EVENT =
  /"type"\s*:\s*"(?:user\.message|agent\.(?:message|tool_use|tool_result|thinking|mcp_tool_use)|session\.status_[a-z]+|system\.message)"/

function isSession(
  item: ReturnType<typeof itemsOf> extends Generator<infer T> ? T : never,
): boolean {
  return item.kind === 'session' && item.fields.type === 'session'
}

async function readSessionEvents(
  source: ImportSource,
  redact: Redact,
  signal?: AbortSignal,
): Promise<ImportResult> {
  const tally = new TallyDraft(source.path)
  const reading = new ExportReading({ format: FORMAT, sourcePath: source.path, redact, tally })
  for await (const item of exportItems(source, tally, signal)) {
    signal?.throwIfAborted()
    tally.countLine()
    await reading.readItem(item)
  }
  return { sessions: await reading.finish(), tally: tally.finish() }
}
