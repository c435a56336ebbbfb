import { type Cell, get, post, upTo } from './cell.ts'

const HELD = '/v1/reverie/held'
const AUDIT = '/v1/reverie/audit'
const LINK = 'a'.repeat(64)

/** What is held, and what was done. */
export const REVIEW_CELLS: readonly Cell[] = [
  ...upTo('held changes of a page', 100, (n) => get(`${HELD}?limit=${n}`)),
  {
    what: 'held changes of a store',
    ask: (g) => get(`${HELD}?memory_store_id=${g.store}`),
    status: 200,
  },
  { what: 'held for a reason that there is not', ask: () => get(`${HELD}?reason=x`), status: 400 },
  {
    what: 'reject what is held in a store that there is not',
    ask: () => post(`${HELD}/reject`, { memory_store_id: 'memstore_none', reason: 'pinned' }),
    status: 404,
  },
  {
    what: 'reject what is held for no reason',
    ask: (g) => post(`${HELD}/reject`, { memory_store_id: g.store }),
    status: 400,
  },
  {
    what: 'reject what is held',
    ask: (g) => post(`${HELD}/reject`, { memory_store_id: g.store, reason: 'pinned' }),
    status: 200,
    tells: { type: 'held_changes_rejected', rejected: 0 },
  },
  ...upTo('subject of the audit', 128, (n) => get(`${AUDIT}?subject=${'x'.repeat(n)}`)),
  { what: 'an anchor', ask: () => get(`${AUDIT}/verify?anchor=1:${LINK}`), status: 200 },
  { what: 'a longer link', ask: () => get(`${AUDIT}/verify?anchor=1:${LINK}a`), status: 400 },
  { what: 'the end of the audit', ask: () => get(`${AUDIT}/head`), status: 200 },
]
