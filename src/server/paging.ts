import { ReverieError } from '../core/errors.ts'
import { digestOf, type WorkspaceId } from '../core/ids.ts'
import type { Position } from '../storage/storage.ts'

/** What a cursor is good for: another list, order or workspace refuses it. */
export interface CursorScope {
  readonly workspaceId: WorkspaceId
  /** Path of the list with its ids, and what else orders it. */
  readonly list: string
}

const PREFIX = 'page_'
const DIGEST_CHARS = 16

/** An opaque cursor, stable while items are inserted. */
export function cursorOf(position: Position, scope: CursorScope): string {
  const sealed = `${sealOf(position, scope)}${position}`
  return `${PREFIX}${Buffer.from(sealed, 'utf8').toString('base64url')}`
}

/** The place that a cursor stands for; throws `invalid_request_error` for any that is not of this list. */
export function positionOf(cursor: string, scope: CursorScope): Position {
  const sealed = Buffer.from(cursor.slice(PREFIX.length), 'base64url').toString('utf8')
  const position = sealed.slice(DIGEST_CHARS)
  if (cursorOf(position, scope) !== cursor) {
    throw new ReverieError('invalid_request_error', 'The `page` is not a cursor of this list.', {
      next: 'Pass `next_page` of the answer before, with the same filters and order.',
    })
  }
  return position
}

/** Not a secret: a forged cursor reads nothing that its workspace may not read anyway. */
function sealOf(position: Position, scope: CursorScope): string {
  return digestOf({ position, ...scope }).slice(0, DIGEST_CHARS)
}
