import type { Storage, TextPlace, TextRow } from '../../storage/storage.ts'

/** Rows looked at together. */
const ROWS_AT_ONCE = 500

/** Every row of a place, a page at a time; the rows may be rewritten or removed meanwhile. */
export async function* rowsOf(tx: Storage, place: TextPlace): AsyncGenerator<readonly TextRow[]> {
  for (let after: string | null | undefined; after !== null; ) {
    const query = { limit: ROWS_AT_ONCE, ...(after === undefined ? {} : { after }) }
    const { items, next } = await tx.erasure.page(place, query)
    yield items
    after = next
  }
}
