import { derivedId, type SessionId } from '../core/ids.ts'
import { ClaudeCodeReading } from './claude-code/claude-code-reading.ts'
import { isClaudeCodeRow, rowTypeOf } from './claude-code/claude-code-row.ts'
import { NOT_UTF8, TallyDraft } from './import-tally.ts'
import type { Importer, ImportResult, ImportSource, Redact } from './importer.ts'
import { asObject, parseJson } from './json-value.ts'
import { sourceLines } from './source-lines.ts'

const FORMAT = 'claude-code'
const HEAD_LINES = 20

/** Transcripts as Claude Code keeps them: JSONL, one row a line, sub-agents in files of their own. */
export const claudeCodeImporter: Importer = {
  format: FORMAT,
  recognizes(head) {
    return head.split('\n', HEAD_LINES).some((line) => {
      const row = asObject(parseJson(line))
      return row === null ? isTornRow(line) : isClaudeCodeRow(row)
    })
  },
  read: readClaudeCode,
}

async function readClaudeCode(
  source: ImportSource,
  redact: Redact,
  signal?: AbortSignal,
): Promise<ImportResult> {
  const tally = new TallyDraft(source.path)
  const context = { format: FORMAT, sourcePath: source.path, redact, tally }
  const reading = new ClaudeCodeReading(context, claudeCodeSessionId)
  for await (const { number, text, isEnded, isWhole } of sourceLines(source, signal)) {
    tally.countLine()
    if (text === null) tally.skipBad('line too long', number)
    else if (text.trim() === '') tally.skip('blank')
    else {
      const row = asObject(parseJson(text))
      if (row !== null) await reading.readRow(row, number)
      else tally.skipBad(isEnded ? 'not JSON' : 'torn line', number)
      if (row !== null && !isWhole) tally.tellBad(NOT_UTF8, number)
    }
  }
  return { sessions: await reading.finish(), tally: tally.finish() }
}

/** Equal on every machine, so that a transcript and its sub-agents' files meet in one session. */
function claudeCodeSessionId(nativeId: string): SessionId {
  return derivedId('sesn', FORMAT, nativeId)
}

/** A first line can be longer than the head. */
function isTornRow(line: string): boolean {
  const type = /"type":"([a-z-]{1,40})"/.exec(line)?.[1]
  return type !== undefined && rowTypeOf(type) !== 'unknown' && /"sessionId":"[^"]/.test(line)
}
