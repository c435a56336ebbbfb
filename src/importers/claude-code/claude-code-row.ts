import { type ContentBlock, contentBlocks } from '../content-block.ts'
import { asObject, asText, type JsonObject } from '../json-value.ts'
import { utcTime } from '../utc-time.ts'
import type { RowPlace } from './branches.ts'

/** Row types that carry words of the session, and those known to carry none. */
const MESSAGE_TYPES: ReadonlySet<string> = new Set(['user', 'assistant'])
const BARE_TYPES: ReadonlySet<string> = new Set([
  'agent-name',
  'ai-title',
  'attachment',
  'custom-title',
  'file-history-snapshot',
  'last-prompt',
  'mode',
  'permission-mode',
  'pr-link',
  'progress',
  'queue-operation',
  'summary',
  'system',
  'tag',
])

export function rowTypeOf(type: unknown): 'message' | 'bare' | 'unknown' {
  if (typeof type !== 'string') return 'unknown'
  if (MESSAGE_TYPES.has(type)) return 'message'
  return BARE_TYPES.has(type) ? 'bare' : 'unknown'
}

/** True for an object that only Claude Code writes. */
export function isClaudeCodeRow(row: JsonObject): boolean {
  const type = rowTypeOf(row.type)
  if (type === 'unknown') return false
  if (type === 'message') return asObject(row.message) !== null && asText(row.sessionId) !== null
  return ['sessionId', 'uuid', 'messageId', 'leafUuid'].some((field) => asText(row[field]) !== null)
}

/** Where a row of any type stands; null = it has no uuid. */
export function rowPlace(row: JsonObject): RowPlace | null {
  const uuid = asText(row.uuid)
  return uuid === null ? null : { uuid, parentUuid: asText(row.parentUuid) }
}

/** A row of type `user` or `assistant`, checked. */
export interface MessageRow {
  readonly role: 'user' | 'assistant'
  readonly blocks: readonly ContentBlock[]
  readonly uuid: string | null
  /** Of a row that a fork copied, the session that it was said in. */
  readonly nativeSessionId: string | null
  /** The session this row's one was forked from, as newer versions state it. */
  readonly forkedFrom: string | null
  readonly at: string | null
  readonly agentId: string | null
  readonly isSidechain: boolean
  readonly isCompactSummary: boolean
  /** The program says that nobody typed or thought this. */
  readonly isMachineText: boolean
}

export function messageRow(row: JsonObject): MessageRow {
  const message = asObject(row.message)
  const origin = asObject(row.forkedFrom)
  const forkedFrom = asText(origin?.sessionId)
  const copied = forkedFrom === null ? null : asText(origin?.messageUuid)
  return {
    role: row.type === 'assistant' ? 'assistant' : 'user',
    blocks: contentBlocks(message?.content),
    uuid: copied ?? asText(row.uuid),
    nativeSessionId: copied === null ? asText(row.sessionId) : forkedFrom,
    forkedFrom: copied === null ? forkedFrom : null,
    at: utcTime(row.timestamp),
    agentId: asText(row.agentId),
    isSidechain: row.isSidechain === true,
    isCompactSummary: row.isCompactSummary === true,
    isMachineText: isMachineText(row, message),
  }
}

/**
 * `userType` is no sign: it names the kind of account. `promptSource: sdk` is a person's program
 * and counts as the person; so do older rows that state neither.
 */
function isMachineText(row: JsonObject, message: JsonObject | null): boolean {
  if (row.isMeta === true || row.isApiErrorMessage === true) return true
  if (message?.model === '<synthetic>') return true
  const origin = asText(asObject(row.origin)?.kind)
  return origin === null ? row.promptSource === 'system' : origin !== 'human'
}
