import { basename } from 'node:path'
import type { SessionId } from '../../core/ids.ts'
import type { ContentBlock } from '../content-block.ts'
import type { ImportedSession } from '../importer.ts'
import type { JsonObject } from '../json-value.ts'
import {
  CalledTools,
  type Said,
  saidByBlock,
  saidByProgram,
  saidSummary,
  saidWords,
} from '../saying/said.ts'
import { type DraftContext, type EventDraft, SessionDraft } from '../session-draft.ts'
import { type MessageRow, messageRow, rowTypeOf } from './claude-code-row.ts'
import { voicedTexts } from './claude-code-voice.ts'

/** Sub-agent traffic of the older layout, which stands in the parent's file without an id. */
const NAMELESS_SIDECHAIN = 'sidechain'
/** The program's own agent that writes the summaries of compactions. */
const COMPACTING_AGENT = 'acompact'

/** Reads the rows of one file, in order, into the sessions that they name. */
export class ClaudeCodeReading {
  readonly #context: DraftContext
  readonly #sessionIdOf: (nativeId: string) => SessionId
  readonly #sessions = new Map<string, SessionDraft>()
  readonly #seenUuids = new Set<string>()
  readonly #called = new CalledTools()
  readonly #fileName: string
  readonly #agentOfFile: string | null

  constructor(context: DraftContext, sessionIdOf: (nativeId: string) => SessionId) {
    this.#context = context
    this.#sessionIdOf = sessionIdOf
    this.#fileName = basename(context.sourcePath).replace(/\.[^.]*$/, '')
    this.#agentOfFile = /^agent-(.+)$/.exec(this.#fileName)?.[1] ?? null
  }

  async readRow(row: JsonObject, line: number): Promise<void> {
    const { tally } = this.#context
    const kind = rowTypeOf(row.type)
    if (kind === 'unknown') return tally.skipBad('unknown type', line, row.type)
    if (kind === 'bare') return tally.skip('no content', row.type)
    const message = messageRow(row)
    // Resumed sessions begin with a copy of the rows they go on from.
    if (message.uuid !== null && this.#seenUuids.has(message.uuid)) return tally.skip('repeated')
    if (message.uuid !== null) this.#seenUuids.add(message.uuid)
    const said = message.blocks.flatMap((block) => this.#said(block, message))
    if (said.length === 0) return tally.skip('no content', emptyType(message))
    const session = this.#sessionOf(message)
    for (const [part, event] of said.entries()) {
      await session.add({ ...event, ...this.#placeOf(message), key: keyOf(message, part), line })
    }
    tally.countRead()
  }

  async finish(): Promise<readonly ImportedSession[]> {
    const sessions: ImportedSession[] = []
    for (const [nativeId, draft] of this.#sessions) sessions.push(await draft.finish(nativeId))
    return sessions
  }

  /**
   * A file that names several sessions was resumed: each session goes on from the one before it
   * in the file.
   */
  #sessionOf(row: MessageRow): SessionDraft {
    const last = [...this.#sessions.keys()].at(-1)
    const nativeId = row.nativeSessionId ?? last ?? this.#fileName
    const known = this.#sessions.get(nativeId)
    if (known !== undefined) return known
    const parent = row.forkedFrom ?? last ?? null
    const parentId = parent === null || parent === nativeId ? null : this.#sessionIdOf(parent)
    const session = new SessionDraft(this.#context, this.#sessionIdOf(nativeId), parentId)
    this.#sessions.set(nativeId, session)
    return session
  }

  #placeOf(row: MessageRow): Pick<EventDraft, 'at' | 'userId' | 'agentId' | 'threadId'> {
    const agentId = this.#agentOf(row)
    const threadId = agentId ?? (row.isSidechain ? NAMELESS_SIDECHAIN : null)
    return { at: row.at, userId: null, agentId, threadId }
  }

  #agentOf(row: MessageRow): string | null {
    return row.agentId ?? (row.isSidechain ? this.#agentOfFile : null)
  }

  #said(block: ContentBlock, row: MessageRow): readonly Said[] {
    switch (block.kind) {
      case 'none':
        return []
      case 'text':
        return row.role === 'user'
          ? this.#userTexts(block.text, row)
          : this.#agentText(block.text, row)
      case 'tool_use':
      case 'tool_result':
        return saidByBlock(block, 'agent', this.#called)
    }
  }

  #agentText(text: string, row: MessageRow): readonly Said[] {
    if (this.#agentOf(row)?.startsWith(COMPACTING_AGENT) === true) return [saidSummary(text)]
    const said = saidWords('agent', text)
    return [row.isMachineText ? { ...said, voice: 'injected' } : said]
  }

  #userTexts(text: string, row: MessageRow): readonly Said[] {
    if (row.isCompactSummary) return [saidSummary(text)]
    const isAgents = row.isSidechain || row.agentId !== null
    const isCompaction = this.#agentOf(row)?.startsWith(COMPACTING_AGENT) === true
    return voicedTexts(text).map((stretch) => {
      if (stretch.voice === 'summary') return saidSummary(stretch.text)
      const isInjected = row.isMachineText || isCompaction || stretch.voice === 'injected'
      if (isInjected) return saidByProgram(stretch.text)
      // What a sub-agent is asked was written by the agent that called it, not by a person.
      return saidWords(isAgents ? 'agent' : 'user', stretch.text)
    })
  }
}

function keyOf({ uuid }: MessageRow, part: number): readonly string[] | null {
  return uuid === null ? null : [uuid, String(part)]
}

function emptyType({ role, blocks }: MessageRow): unknown {
  const first = blocks[0]
  return first?.kind === 'none' && typeof first.type === 'string' ? first.type : role
}
