import { type Cell, get, post, times, upTo } from './cell.ts'

const STORES = '/v1/memory_stores'
const JSON_TYPE = { 'content-type': 'application/json' }

/** A valid body of so many bytes. */
const padded = (bytes: number): string => '{"name":"padded"}'.padEnd(bytes)

const chunked = (bytes: number): ReadableStream<Uint8Array> =>
  new Blob([padded(bytes)]).stream() as ReadableStream<Uint8Array>

const nested = (levels: number): unknown => {
  let value: unknown = {}
  for (let n = 1; n < levels; n += 1) value = [value]
  return value
}

const keyed =
  (n: number, name: string): Cell['ask'] =>
  () => ({
    ...post('/v1/environments', { name }),
    headers: { 'idempotency-key': 'k'.repeat(n) },
  })

const MIB = 1_048_576

export const TRANSPORT_CELLS: readonly Cell[] = [
  ...upTo(
    'bytes of a body',
    MIB,
    (n) => ({ method: 'POST', path: STORES, raw: padded(n), headers: JSON_TYPE }),
    413,
  ),
  ...upTo(
    'bytes of a body without a length',
    MIB,
    (n) => ({ method: 'POST', path: STORES, raw: chunked(n), headers: JSON_TYPE }),
    413,
  ),
  // The body, its list and the tool are levels too.
  ...upTo('levels of a body', 100, (n) =>
    post('/v1/agents', {
      name: 'deep',
      model: 'embedded',
      tools: [{ type: 'custom', deep: nested(n - 3) }],
    }),
  ),
  { what: 'an idempotency key of 1 character', status: 200, ask: keyed(1, 'one') },
  { what: 'the same key for another request', status: 400, ask: keyed(1, 'other') },
  ...upTo('characters of an idempotency key', 255, (n) => ({
    ...post('/v1/environments', { name: 'keyed' }),
    headers: { 'idempotency-key': `${n}`.padEnd(n, 'k') },
  })),
  {
    what: '15,000 bytes of a header',
    status: 200,
    ask: () => ({ ...get('/healthz'), headers: { 'x-long': 'x'.repeat(15_000) } }),
  },
  {
    what: '16,400 bytes of a header',
    status: 431,
    ask: () => ({ ...get('/healthz'), headers: { 'x-long': 'x'.repeat(16_400) } }),
  },
  {
    what: '600 headers of little',
    status: 200,
    ask: () => ({
      ...get('/healthz'),
      headers: Object.fromEntries(times(600, (n) => [`x-${n}`, 'y'])),
    }),
  },
  {
    what: 'a body of another type',
    status: 400,
    ask: () => ({
      method: 'POST',
      path: STORES,
      raw: '{"name":"a"}',
      headers: { 'content-type': 'text/plain' },
    }),
  },
  {
    what: 'a body that ends too soon',
    status: 400,
    ask: () => ({ method: 'POST', path: STORES, raw: '{"name":', headers: JSON_TYPE }),
  },
  { what: 'a route that is not there', status: 404, ask: () => get('/v1/nothing') },
]
