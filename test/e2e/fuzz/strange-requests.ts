import fc, { type Arbitrary } from 'fast-check'
import type { Route } from './documented-routes.ts'
import { placeholder } from './known-ids.ts'

const JSON_TYPE = 'application/json'
const LINES_TYPE = 'application/x-ndjson'

const strangeSegments = fc.oneof(
  fc.constantFrom(
    ...[
      '%00',
      '%zz',
      '%',
      '%e2%82',
      '%ff%fe',
      '%2f',
      '%2e%2e',
      '..',
      '.',
      '',
      '%20',
      '%F0%9F%98%80',
    ],
    ...[
      'a'.repeat(2_000),
      '__proto__',
      'constructor',
      '%0d%0ax:y',
      '*',
      ':id',
      '{id}',
      'null',
      '%25',
    ],
    ...[
      placeholder('mem', 1),
      placeholder('drm', 0),
      placeholder('sesn', 2),
      placeholder('env', 0),
    ],
  ),
  fc.string({ maxLength: 30, unit: 'binary' }).map((text) => encodeURIComponent(text)),
)

/** Paths whose ids are none, or that lead elsewhere. */
export function strangePaths({ path }: Route): Arbitrary<string> {
  const places = path.match(/\{\w+\}/g) ?? []
  const segments = fc.array(strangeSegments, { minLength: places.length, maxLength: places.length })
  const filledIn = segments.map((all) =>
    places.reduce((text, place, n) => text.replace(place, () => all[n] ?? ''), path),
  )
  return fc
    .tuple(filledIn, fc.constantFrom('', '', '/', '//', '/%00', '/more'))
    .map((all) => all.join(''))
}

const strangeTexts = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      '0',
      '-1',
      '101',
      '1001',
      '1e2',
      '1.0',
      '0x10',
      ' 5',
      '99999999999999999999',
      'NaN',
      'null',
    ],
    ...[
      'true',
      'TRUE',
      '2026-13-01T00:00:00Z',
      '2026-02-30T00:00:00Z',
      '2026-11-22',
      'page_',
      'page_AA',
    ],
    ...[
      '%zz',
      '%00',
      '%ff',
      '%e2%82',
      'a%00b',
      '[]',
      'x'.repeat(9_000),
      '+',
      '+275760-09-13T00:00:00Z',
    ],
    ...[
      placeholder('page', 0),
      placeholder('page', 3),
      placeholder('page', 9),
      placeholder('mem', 0),
    ],
  ),
  fc.string({ maxLength: 20, unit: 'binary' }).map((text) => encodeURIComponent(text)),
)

/** Queries of other names, shapes and values, and of one name twice. */
export function strangeQueries({ query }: Route): Arbitrary<string> {
  const known = query.map(({ name }) => name)
  const shapes = ['', '[]', '[gt]', '[x]', '[0]', '[', '%5B%5D', '[gte][lte]']
  const names = fc.oneof(
    fc.constantFrom('beta', 'limit', 'page', 'x', '__proto__', 'toString', ...known),
    fc
      .tuple(fc.constantFrom('limit', ...known), fc.constantFrom(...shapes))
      .map((all) => all.join('')),
  )
  const part = fc.tuple(names, strangeTexts).map(([name, text]) => `${name}=${text}`)
  return fc
    .array(part, { minLength: 1, maxLength: 3 })
    .chain((parts) =>
      fc.boolean().map((isTwice) => [...parts, ...(isTwice ? parts.slice(0, 1) : [])].join('&')),
    )
}

/** Methods, most of which no path has. */
export const methods: Arbitrary<string> = fc.constantFrom(
  'PUT',
  'PATCH',
  'OPTIONS',
  'HEAD',
  'DELETE',
  'POST',
  'GET',
  'BREW',
  'QUERY',
)

const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`

/** Bodies that are no JSON, or JSON that nobody expects. */
export const rawBodies: Arbitrary<string | Uint8Array | null> = fc.oneof(
  fc.constantFrom<string | Uint8Array | null>(
    ...[
      null,
      '',
      '{',
      '{"a":',
      'null',
      '[]',
      '1',
      '"x"',
      '{}{}',
      '{"a":1,}',
      "{'a':1}",
      'NaN',
      '\u0000',
    ],
    ...[
      '{"name":"a","name":"b"}',
      '\ufeff{}',
      '{"a":1e999}',
      '{"__proto__":{"x":1},"name":"a"}',
      '{}',
    ],
    ...[
      deep(99),
      deep(101),
      deep(10_000),
      'a=1&b=2',
      '--x\r\n\r\n--x--',
      '{"\\ud800":1}',
      '{"a":"\u0001"}',
    ],
    ...[
      Uint8Array.of(0xff, 0xfe, 0x7b),
      Uint8Array.of(0x7b, 0xc3, 0x28, 0x7d),
      Uint8Array.of(31, 139, 8),
    ],
    ...[
      '{"type":"user.message"}\n{"type":',
      '{"id":"a","events":[]}\n\n{"id":"a","events":[{"type":"x"}]}',
    ],
  ),
  fc.string({ maxLength: 60, unit: 'binary' }),
  fc.uint8Array({ maxLength: 60 }),
)

/** Headers that say what a body is, and others that change what is done. */
export const bodyHeaders: Arbitrary<Readonly<Record<string, string>>> = fc.constantFrom<
  Readonly<Record<string, string>>
>(
  { 'content-type': JSON_TYPE },
  { 'content-type': JSON_TYPE },
  {},
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': LINES_TYPE },
  { 'content-type': '' },
  { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  { 'content-type': 'application/json', 'idempotency-key': 'x'.repeat(256) },
  { 'content-type': 'application/json', 'idempotency-key': 'one-key' },
  { 'content-type': 'application/json', 'x-stainless-retry-count': '1' },
  { 'content-type': 'application/json', 'content-length': 'abc' },
)
