import { basename } from 'node:path'
import { derivedId, type SessionEventId, type SessionId } from '../../core/ids.ts'
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
import { Branches } from './branches.ts'
import { type MessageRow, messageRow, rowPlace, rowTypeOf } from './claude-code-row.ts'
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
  readonly #branches = new Branches()
  readonly #eventsOf = new Map<string, readonly SessionEventId[]>()
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
    const place = rowPlace(row)
    if (place !== null && !this.#branches.has(place.uuid)) this.#branches.add(place)
    if (kind === 'unknown') return tally.skipBad('unknown type', line, row.type)
    if (kind === 'bare') return tally.skip('no content', row.type)
    const message = messageRow(row)
    if (this.#isRepeated(message)) return tally.skip('repeated')
    const said = message.blocks.flatMap((block) => this.#said(block, message))
    if (said.length === 0) return tally.skip('no content', emptyType(message))
    const session = this.#sessionOf(message)
    for (const [part, event] of said.entries()) {
      const id = this.#eventId(message, part)
      await session.add({ ...event, ...this.#placeOf(message), id, line })
    }
    tally.countRead()
    this.#noteBranch(message, said)
  }

  /** What a rewind of the session left behind is no part of it. */
  async finish(): Promise<readonly ImportedSession[]> {
    const left = this.#branches.leftBehind()
    const dropped = new Set<SessionEventId>()
    for (const uuid of left) {
      const events = this.#eventsOf.get(uuid)
      if (events === undefined) continue
      this.#context.tally.takeBack('left by a rewind')
      for (const id of events) dropped.add(id)
    }
    const sessions: ImportedSession[] = []
    for (const [nativeId, draft] of this.#sessions) {
      const session = await draft.finish(nativeId, dropped)
      if (session.events.length > 0) sessions.push(session)
    }
    return sessions
  }

  #isRepeated({ uuid }: MessageRow): boolean {
    if (uuid === null) return false
    const isKnown = this.#seenUuids.has(uuid)
    this.#seenUuids.add(uuid)
    return isKnown
  }

  /** By the row's uuid alone: sessions that are resumed or forked copy rows, with it or under it. */
  #eventId({ uuid }: MessageRow, part: number): SessionEventId | null {
    return uuid === null ? null : derivedId('sevt', this.#context.format, uuid, String(part))
  }

  #noteBranch(message: MessageRow, said: readonly Said[]): void {
    const { uuid, isSidechain } = message
    if (uuid === null) return
    this.#eventsOf.set(
      uuid,
      said.flatMap((_event, part) => this.#eventId(message, part) ?? []),
    )
    const isTyped = said.some(({ speaker, voice }) => speaker === 'user' && voice !== 'injected')
    this.#branches.note(uuid, isTyped && !isSidechain ? 'prompt' : 'message')
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

function emptyType({ role, blocks }: MessageRow): unknown {
  const first = blocks[0]
  return first?.kind === 'none' && typeof first.type === 'string' ? first.type : role
}
