import fc, { type Arbitrary } from 'fast-check'

/** Bytes as a client sends them; latin-1 text, so that every byte can be written. */
export interface BrokenRequest {
  readonly what: string
  readonly bytes: string
  /** Cut off by the client after the last byte. */
  readonly isCut?: boolean
}

const HOST = 'host: 127.0.0.1\r\n'
const TYPE = 'content-type: application/json\r\n'
const POST = `POST /v1/memory_stores HTTP/1.1\r\n${HOST}${TYPE}`
const HIDDEN = `GET /v1/hidden HTTP/1.1\r\n${HOST}\r\n`
const CHUNKED = 'transfer-encoding: chunked\r\n'
const head = (lines: string): string => `GET /healthz HTTP/1.1\r\n${lines}\r\n`

/** Shapes that servers and proxies read differently, and heads that are none. */
export const SHAPES: readonly BrokenRequest[] = [
  {
    what: 'length and chunks',
    bytes: `${POST}content-length: 4\r\n${CHUNKED}\r\n0\r\n\r\n${HIDDEN}`,
  },
  {
    what: 'two lengths',
    bytes: `${POST}content-length: 2\r\ncontent-length: 40\r\n\r\n{}${HIDDEN}`,
  },
  { what: 'a list of lengths', bytes: `${POST}content-length: 2, 40\r\n\r\n{}` },
  { what: 'a signed length', bytes: `${POST}content-length: +2\r\n\r\n{}` },
  { what: 'a negative length', bytes: `${POST}content-length: -1\r\n\r\n{}` },
  { what: 'a hexadecimal length', bytes: `${POST}content-length: 0x2\r\n\r\n{}` },
  { what: 'a huge length', bytes: `${POST}content-length: ${'9'.repeat(40)}\r\n\r\n{}` },
  { what: 'chunks twice', bytes: `${POST}${CHUNKED}${CHUNKED}\r\n0\r\n\r\n${HIDDEN}` },
  {
    what: 'chunks that are not last',
    bytes: `${POST}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
  },
  {
    what: 'chunks behind a tab',
    bytes: `${POST}transfer-encoding:\x0bchunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  },
  { what: 'a space before the colon', bytes: `${POST}content-length : 2\r\n\r\n{}` },
  { what: 'a folded header', bytes: head(`${HOST}x-a: b\r\n c\r\n`) },
  {
    what: 'line feeds alone',
    bytes: `GET /healthz HTTP/1.1\nhost: 127.0.0.1\ncontent-length: 3\n\n`,
  },
  { what: 'a return alone', bytes: head(`${HOST}x: a\rcontent-length: 5\r\n`) },
  { what: 'no size of a chunk', bytes: `${POST}${CHUNKED}\r\n\r\n{}\r\n0\r\n\r\n` },
  { what: 'a size of a chunk that is none', bytes: `${POST}${CHUNKED}\r\nzz\r\n{}\r\n0\r\n\r\n` },
  { what: 'a negative size of a chunk', bytes: `${POST}${CHUNKED}\r\n-2\r\n{}\r\n0\r\n\r\n` },
  {
    what: 'a huge size of a chunk',
    bytes: `${POST}${CHUNKED}\r\n${'f'.repeat(20)}\r\n{}\r\n0\r\n\r\n`,
  },
  { what: 'a chunk longer than it says', bytes: `${POST}${CHUNKED}\r\n1\r\n{}\r\n0\r\n\r\n` },
  {
    what: 'a long extension of a chunk',
    bytes: `${POST}${CHUNKED}\r\n2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
  },
  { what: 'a chunk cut short', bytes: `${POST}${CHUNKED}\r\nff\r\n{}`, isCut: true },
  { what: 'a body cut short', bytes: `${POST}content-length: 400\r\n\r\n{"name":`, isCut: true },
  { what: 'a head cut short', bytes: `${POST}content-le`, isCut: true },
  { what: 'two hosts', bytes: head(`${HOST}host: evil.example\r\n`) },
  { what: 'another host', bytes: head('host: evil.example\r\n') },
  { what: 'no host', bytes: head('') },
  { what: 'a host with a path', bytes: head('host: 127.0.0.1/v1@evil\r\n') },
  {
    what: 'an address of another server',
    bytes: `GET http://evil.example/healthz HTTP/1.1\r\n${HOST}\r\n`,
  },
  { what: 'CONNECT', bytes: `CONNECT evil.example:443 HTTP/1.1\r\n${HOST}\r\n` },
  { what: 'TRACE', bytes: `TRACE /v1/dreams HTTP/1.1\r\n${HOST}\r\n` },
  { what: 'an unknown method', bytes: `BREW /v1/dreams HTTP/1.1\r\n${HOST}\r\n` },
  { what: 'no path', bytes: `GET  HTTP/1.1\r\n${HOST}\r\n` },
  { what: 'a path without a slash', bytes: `GET v1 HTTP/1.1\r\n${HOST}\r\n` },
  { what: 'a path of two slashes', bytes: `GET //evil.example/v1 HTTP/1.1\r\n${HOST}\r\n` },
  { what: 'a null in the path', bytes: `GET /v1/\0 HTTP/1.1\r\n${HOST}\r\n` },
  {
    what: 'bytes that are no UTF-8 in the path',
    bytes: `GET /v1/agents/\xff\xfe HTTP/1.1\r\n${HOST}\r\n`,
  },
  { what: 'bytes that are no UTF-8 in a header', bytes: head(`${HOST}x-api-key: \xff\xfe\r\n`) },
  {
    what: 'bytes that are no UTF-8 in a body',
    bytes: `${POST}content-length: 4\r\n\r\n"\xc3\x28"`,
  },
  { what: 'a null in a header', bytes: head(`${HOST}x: a\0b\r\n`) },
  { what: 'a header without a name', bytes: head(`${HOST}: b\r\n`) },
  { what: 'a header of a megabyte', bytes: head(`${HOST}x: ${'y'.repeat(1_048_576)}\r\n`) },
  { what: 'a path of a megabyte', bytes: `GET /${'y'.repeat(1_048_576)} HTTP/1.1\r\n${HOST}\r\n` },
  { what: 'twenty thousand headers', bytes: head(`${HOST}${'x: y\r\n'.repeat(20_000)}`) },
  { what: 'HTTP/0.9', bytes: 'GET /healthz\r\n' },
  { what: 'HTTP/9.9', bytes: `GET /healthz HTTP/9.9\r\n${HOST}\r\n` },
  { what: 'HTTP/2', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' },
  { what: 'TLS', bytes: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' },
  { what: 'an upgrade', bytes: head(`${HOST}connection: upgrade\r\nupgrade: websocket\r\n`) },
  { what: 'an expectation', bytes: `${POST}expect: 200-maybe\r\ncontent-length: 2\r\n\r\n{}` },
  {
    what: 'two keys',
    bytes: `${POST}idempotency-key: a\r\nidempotency-key: b\r\ncontent-length: 2\r\n\r\n{}`,
  },
  {
    what: 'a compressed body',
    bytes: `${POST}content-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}`,
  },
]

/** A shape with some of its bytes changed, taken out or doubled. */
export const BROKEN: Arbitrary<BrokenRequest> = fc
  .record({
    shape: fc.constantFrom(...SHAPES.filter(({ bytes }) => bytes.length < 1_000)),
    edits: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        act: fc.constantFrom('put', 'cut', 'double'),
        byte: fc.nat({ max: 255 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ shape, edits }) => ({
    what: `${shape.what}, edited`,
    isCut: true,
    bytes: edits.reduce((bytes, { at, act, byte }) => {
      const from = Math.floor(at * bytes.length)
      const middle = bytes.slice(from, from + 8)
      const put = { put: String.fromCharCode(byte), cut: '', double: middle + middle }[act]
      return `${bytes.slice(0, from)}${put}${bytes.slice(from + (act === 'put' ? 1 : 8))}`
    }, shape.bytes),
  }))
