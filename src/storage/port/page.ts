/** A place in a list that new items do not move; made and read by the adapter alone. */
export type Position = string

/** Filters narrow a list; one that is an empty list of choices lets nothing through. */
export interface PageQuery {
  readonly limit: number
  /** Goes on behind this place. */
  readonly after?: Position
}

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** Where the next page goes on; null = this is the last one. */
  readonly next: Position | null
  /** The place of the last item; null where the page is empty. */
  readonly last: Position | null
}

/** Bounds of a time, ISO 8601 UTC; `gt` and `lt` exclude it, `gte` and `lte` include it. */
export interface TimeRange {
  readonly gt?: string
  readonly gte?: string
  readonly lt?: string
  readonly lte?: string
}
