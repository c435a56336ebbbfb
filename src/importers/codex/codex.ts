import { basename } from 'node:path'
import { derivedId, type SessionEventId, type SessionId } from '../../core/ids.ts'
import { TallyDraft } from '../import-tally.ts'
import type { Importer, ImportResult, ImportSource, Redact } from '../importer.ts'
import { asObject, asText, type JsonObject, parseJson } from '../json-value.ts'
import { linkOf } from '../saying/growing-sessions.ts'
import { CalledTools, type Said, saidSummary } from '../saying/said.ts'
import { nameIn } from '../saying/who.ts'
import { type DraftContext, SessionDraft } from '../session-draft.ts'
import { utcTime } from '../utc-time.ts'
import { sourceValues } from '../values/source-values.ts'
import { saidByItem } from './codex-item.ts'
import { codexRow, isCodexRow } from './codex-row.ts'

const FORMAT = 'codex'
const HEAD_LINES = 20

/**
 * Sessions of the Codex command line, `sessions/YYYY/MM/DD/rollout-*.jsonl` (openai/codex: the crates
 * `history`, `rollout` and `protocol`), with and without the wrapper of each line. What the program
 * puts in under the person's name is marked; turns that were rolled back are left out; what a fork
 * copied has the ids of the session that it left.
 */
export const codexImporter: Importer = {
  format: FORMAT,
  recognizes(head) {
    return head.split('\n', HEAD_LINES).some((line) => {
      const row = asObject(parseJson(line))
      return row === null
        ? /^\s*\{[^{}]{0,200}"type":\s*"session_meta"/.test(line)
        : isCodexRow(row)
    })
  },
  read: readCodex,
}

async function readCodex(
  source: ImportSource,
  redact: Redact,
  signal?: AbortSignal,
): Promise<ImportResult> {
  const tally = new TallyDraft(source.path)
  const reading = new RolloutReading({ format: FORMAT, sourcePath: source.path, redact, tally })
  for await (const { value, line } of sourceValues(source, tally, signal)) {
    signal?.throwIfAborted()
    tally.countLine()
    await reading.readLine(value, line)
  }
  return { sessions: await reading.finish(), tally: tally.finish() }
}

/** What the first line tells of a session. */
interface Meta {
  readonly nativeId: string
  readonly parentId: string | null
  readonly agentId: string | null
  /** Another agent writes the prompts. */
  readonly isAgents: boolean
}

class RolloutReading {
  readonly #context: DraftContext
  readonly #called = new CalledTools()
  #meta: Meta | null = null
  #draft: SessionDraft | null = null
  #chain = ''
  /** The events of each turn of the person, line by line. */
  #turns: SessionEventId[][][] = []
  readonly #dropped = new Set<SessionEventId>()

  constructor(context: DraftContext) {
    this.#context = context
  }

  async readLine(value: unknown, line: number): Promise<void> {
    const { tally } = this.#context
    const fields = asObject(value)
    const row = fields === null ? null : codexRow(fields)
    if (row === null) return tally.skipBad('unknown type', line, fields?.type)
    switch (row.kind) {
      case 'meta':
        // A fork copies the lines of the session that it leaves, this one too.
        this.#meta ??= metaIn(row.fields)
        return tally.skip('header')
      case 'bare':
        return tally.skip('no content', row.type)
      case 'rollback':
        this.#rollBack(row.turns)
        return tally.skip('no content', 'thread_rolled_back')
      case 'summary':
        return this.#add([saidSummary(row.text)], { at: row.at, author: null, line })
      case 'item': {
        const said = saidByItem(row.fields, this.#called, this.#meta?.isAgents === true)
        if (said.length === 0) return tally.skip('no content', row.fields.type)
        return this.#add(said, { at: row.at, author: nameIn(row.fields.author), line })
      }
    }
  }

  async finish(): Promise<ImportResult['sessions']> {
    const draft = this.#draft
    if (draft === null) return []
    const session = await draft.finish(basename(this.#context.sourcePath), this.#dropped)
    return session.events.length === 0 ? [] : [session]
  }

  async #add(
    said: readonly Said[],
    place: { readonly at: unknown; readonly author: string | null; readonly line: number },
  ): Promise<void> {
    const draft = this.#opened()
    const agentId = place.author ?? this.#meta?.agentId ?? null
    const ids: SessionEventId[] = []
    if (said.some(isPrompt)) this.#turns.push([])
    for (const event of said) {
      this.#chain = linkOf(this.#chain, event)
      const id = derivedId('sevt', FORMAT, this.#chain)
      ids.push(id)
      const at = utcTime(place.at)
      const who = { userId: null, agentId, threadId: null }
      await draft.add({ ...event, ...who, at, id, line: place.line })
    }
    this.#turns.at(-1)?.push(ids)
    this.#context.tally.countRead()
  }

  #opened(): SessionDraft {
    if (this.#draft !== null) return this.#draft
    const file = basename(this.#context.sourcePath)
    const nativeId = this.#meta?.nativeId ?? UUID_OF_FILE.exec(file)?.[1] ?? file
    const parentId = this.#meta?.parentId ?? null
    const parent = parentId === null ? null : sessionId(parentId)
    this.#draft = new SessionDraft(this.#context, sessionId(nativeId), parent)
    // A fork tells again what was said before, with other times: its words are known by the origin.
    this.#chain = parentId ?? nativeId
    return this.#draft
  }

  #rollBack(turns: number): void {
    const count = Math.min(Math.max(Math.trunc(turns), 0), this.#turns.length)
    for (const lines of this.#turns.splice(this.#turns.length - count, count)) {
      for (const ids of lines) {
        for (const id of ids) this.#dropped.add(id)
        this.#context.tally.takeBack('left by a rewind')
      }
    }
  }
}

const UUID_OF_FILE = /([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\.jsonl?$/

function isPrompt({ type, voice }: Said): boolean {
  return type === 'user.message' && voice !== 'injected'
}

function sessionId(nativeId: string): SessionId {
  return derivedId('sesn', FORMAT, nativeId)
}

function metaIn(fields: JsonObject): Meta | null {
  const id = asText(fields.id)
  const root = asText(fields.session_id)
  const nativeId = id ?? root
  if (nativeId === null) return null
  const parentId = asText(fields.forked_from_id) ?? asText(fields.parent_thread_id) ?? root
  const isAgents =
    asObject(fields.source)?.subagent !== undefined || fields.thread_source === 'subagent'
  const named = nameIn(fields.agent_nickname) ?? nameIn(fields.agent_role)
  return {
    nativeId,
    parentId: parentId === nativeId ? null : parentId,
    agentId: named ?? (isAgents ? 'subagent' : null),
    isAgents,
  }
}
