import { ReverieError } from '../core/errors.ts'
import { noPosition } from './page-rules.ts'
import type { Document, DocumentQuery, Page, Position } from './storage.ts'
import { inconsistent } from './storage-errors.ts'

/** Where a document stands among those of its kind. */
export interface Place {
  readonly createdAt: string
  /** Number in the order of the first writes. */
  readonly sequence: number
}

export interface PlacedDocument {
  readonly document: Document
  readonly place: Place
}

/** `later` = first put later, or at the same time but after it. */
export type Side = 'earlier' | 'later'

/** Up to `count` documents that fit a query, nearest first, on one side of a place; null = from the end. */
export type TakeDocuments = (
  side: Side,
  place: Place | null,
  count: number,
) => readonly PlacedDocument[]

/** The document as it is written over the one that stands there; throws `conflict_error`. */
export function writtenOver(
  current: Document | null,
  { kind, id, tags, createdAt, body }: Omit<Document, 'version'>,
  expected: number | undefined,
): Document {
  const version = current?.version ?? 0
  if (expected !== undefined && expected !== version) {
    throw new ReverieError(
      'conflict_error',
      `The ${kind} "${id}" has version ${version}, not ${expected}.`,
      { next: 'Read it again and repeat the change.' },
    )
  }
  return { kind, id, tags, createdAt: current?.createdAt ?? createdAt, version: version + 1, body }
}

/** One page of documents in the order of the query, with its neighbours. */
export function pageOfDocuments(
  query: DocumentQuery,
  take: TakeDocuments,
): Page<Document> & { readonly previous: Position | null } {
  const { limit, after, before, order = 'desc' } = query
  if (after !== undefined && before !== undefined) {
    throw inconsistent('A page goes on after a place or ends before one, not both.')
  }
  const behind: Side = order === 'asc' ? 'later' : 'earlier'
  const ahead: Side = order === 'asc' ? 'earlier' : 'later'
  const isBackward = before !== undefined
  const start = before ?? after
  const from = start === undefined ? null : placeAt(start)
  const taken = take(isBackward ? ahead : behind, from, limit + 1)
  const shown = isBackward ? taken.slice(0, limit).reverse() : taken.slice(0, limit)
  const first = shown[0]?.place ?? (from === null || isBackward ? from : beyond(from, behind))
  const last = shown.at(-1)?.place ?? (from !== null && isBackward ? beyond(from, ahead) : from)
  const hasMore = (side: Side, place: Place | null): boolean =>
    place !== null && take(side, place, 1).length > 0
  return {
    items: shown.map(({ document }) => document),
    next: hasMore(behind, last) ? positionOf(last) : null,
    last: shown.length === 0 ? null : positionOf(last),
    previous: hasMore(ahead, first) ? positionOf(first) : null,
  }
}

/** Compares places: negative where the first one is earlier. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1
  return a.sequence - b.sequence
}

/** The nearest place on that side, which an empty page has as its other edge. */
function beyond({ createdAt, sequence }: Place, side: Side): Place {
  return { createdAt, sequence: side === 'later' ? sequence + 1 : sequence - 1 }
}

function positionOf(place: Place | null): Position | null {
  return place === null ? null : `${place.sequence}@${place.createdAt}`
}

function placeAt(position: Position): Place {
  const [, sequence, createdAt] = /^(\d{1,15})@(.*)$/su.exec(position) ?? []
  if (sequence === undefined || createdAt === undefined) throw noPosition()
  return { createdAt, sequence: Number(sequence) }
}
