import { ReverieError } from '../core/errors.ts'
import type { Page, Position, TimeRange } from './storage.ts'

/** The page that up to one row more than its limit make; that one tells whether there is a next page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  of: { readonly item: (row: Row) => Item; readonly position: (row: Row) => Position },
): Page<Item> {
  const shown = rows.slice(0, limit)
  const end = shown.at(-1)
  const last = end === undefined ? null : of.position(end)
  return { items: shown.map(of.item), next: rows.length > shown.length ? last : null, last }
}

/** The number that a position of digits stands for. Throws `invalid_request_error` for any other. */
export function sequenceAt(position: Position): number {
  if (!/^\d{1,15}$/.test(position)) throw noPosition()
  return Number(position)
}

/** A position that no list made. */
export function noPosition(): ReverieError {
  return new ReverieError(
    'invalid_request_error',
    'The place to go on from is not one of this list.',
    {
      next: 'List from the start.',
    },
  )
}

/** Whether a time lies within all bounds given; an unknown time lies within none. */
export function isWithin(at: string | null, { gt, gte, lt, lte }: TimeRange): boolean {
  return (
    (gt === undefined || (at !== null && at > gt)) &&
    (gte === undefined || (at !== null && at >= gte)) &&
    (lt === undefined || (at !== null && at < lt)) &&
    (lte === undefined || (at !== null && at <= lte))
  )
}
