import { LIMITS } from '../../config.ts'
import type { Page, PageQuery } from '../../storage/storage.ts'

/** The items of a list, page after page; at most so many. */
export async function* itemsOf<Item>(
  pageOf: (query: PageQuery) => Promise<Page<Item>>,
  itemsMax: number,
): AsyncGenerator<Item> {
  let query: PageQuery = { limit: LIMITS.pageItemsMax }
  for (let count = 0; count < itemsMax; ) {
    const { items, next } = await pageOf(query)
    count += items.length
    yield* items
    if (next === null) return
    query = { ...query, after: next }
  }
}
