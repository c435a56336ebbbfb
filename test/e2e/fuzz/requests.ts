import fc, { type Arbitrary } from 'fast-check'
import type { Parameter, Route } from './documented-routes.ts'
import type { Schemas } from './json-schema.ts'
import { kindOfName, placeholder } from './known-ids.ts'
import { parameterTexts, valuesOf } from './schema-values.ts'
import { spoiled, spoils } from './spoiled-values.ts'

/** A request as it is planned; ids are placeholders until it is sent. */
export interface PlannedRequest {
  readonly route: Route
  readonly method: string
  readonly path: string
  /** Without `?`. */
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
}

/**
 * Requests of every route: as documented, nearly so, and far from it. What makes things comes more
 * often than what ends them, so that there always are some.
 */
export function requestsOf(routes: readonly Route[], schemas: Schemas): Arbitrary<PlannedRequest> {
  return fc.oneof(
    ...routes.map((route) => ({
      weight: weightOf(route),
      arbitrary: requestsOfRoute(route, schemas),
    })),
  )
}

function weightOf({ method, path }: Route): number {
  if (method === 'DELETE' || path.endsWith('/archive')) return 1
  return method === 'POST' && !path.endsWith('}') ? 6 : 4
}

function requestsOfRoute(route: Route, schemas: Schemas): Arbitrary<PlannedRequest> {
  const asDocumented = fc.record({
    route: fc.constant(route),
    method: fc.constant(route.method),
    path: pathsOf(route),
    query: queriesOf(route.query),
    headers: fc.constant({}),
    body: fc.constant<string | null>(null),
  })
  const whole = withBody(asDocumented, bodiesOf(route, schemas), route)
  const variants = [
    { weight: 9, arbitrary: whole },
    {
      weight: 1,
      arbitrary: fc.tuple(whole, strangePaths(route)).map(([one, path]) => ({ ...one, path })),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(whole, strangeQueries(route)).map(([one, query]) => ({ ...one, query })),
    },
    { weight: 1, arbitrary: fc.tuple(whole, methods).map(([one, method]) => ({ ...one, method })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(whole, rawBodies, contentTypes)
        .map(([one, body, headers]) => ({ ...one, body, headers })),
    },
  ]
  if (Object.keys(route.body).length > 0) {
    const spoiledBodies = fc
      .tuple(valuesOf(bodySchema(route), schemas), spoils)
      .map(([value, acts]) => JSON.stringify(spoiled(value, acts)) ?? '')
    variants.push({ weight: 8, arbitrary: withBody(asDocumented, spoiledBodies, route) })
  }
  return fc.oneof(...variants)
}

const JSON_TYPE = 'application/json'
const LINES_TYPE = 'application/x-ndjson'

function bodySchema(route: Route): NonNullable<Route['body'][string]>['schema'] {
  return route.body[JSON_TYPE]?.schema ?? {}
}

function bodiesOf(route: Route, schemas: Schemas): Arbitrary<string | null> {
  if (Object.keys(route.body).length === 0) return fc.constant(null)
  return valuesOf(bodySchema(route), schemas).map((value) => JSON.stringify(value))
}

function withBody(
  requests: Arbitrary<PlannedRequest>,
  bodies: Arbitrary<string | null>,
  route: Route,
): Arbitrary<PlannedRequest> {
  const types = Object.keys(route.body)
  const type = types.length > 1 ? fc.constantFrom(...types) : fc.constant(types[0] ?? JSON_TYPE)
  return fc.tuple(requests, bodies, type).map(([request, body, contentType]) => {
    const headers = body === null ? {} : { 'content-type': contentType }
    return { ...request, headers, body }
  })
}

function pathsOf({ path, params }: Route): Arbitrary<string> {
  const ids = fc.tuple(
    ...params.map(({ name }) => {
      const kind = kindOfName(name) ?? name
      return fc.oneof(
        { weight: 30, arbitrary: fc.nat({ max: 99 }).map((n) => placeholder(kind, n)) },
        { weight: 1, arbitrary: fc.nat({ max: 9 }).map((n) => `${kind}_${n}`) },
      )
    }),
  )
  return ids.map((all) =>
    params.reduce((text, { name }, n) => text.replace(`{${name}}`, () => all[n] ?? ''), path),
  )
}

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

function strangePaths({ path }: Route): Arbitrary<string> {
  const places = path.match(/\{\w+\}/g) ?? []
  const segments = fc.array(strangeSegments, { minLength: places.length, maxLength: places.length })
  const filledIn = segments.map((all) =>
    places.reduce((text, place, n) => text.replace(place, () => all[n] ?? ''), path),
  )
  return fc
    .tuple(filledIn, fc.constantFrom('', '', '/', '//', '/%00', '/more'))
    .map((all) => all.join(''))
}

function queriesOf(parameters: readonly Parameter[]): Arbitrary<string> {
  const some = fc.subarray([...parameters], { maxLength: Math.min(parameters.length, 3) })
  return some
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map(({ name, schema }) =>
          parameterTexts(schema, name).map((texts) =>
            texts.map((text) => pair(name, text)).join('&'),
          ),
        ),
      ),
    )
    .map((pairs) => pairs.filter((text) => text !== '').join('&'))
}

/** Placeholders stay readable. */
function pair(name: string, text: string): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(text.toWellFormed())}`
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

function strangeQueries({ query }: Route): Arbitrary<string> {
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

const methods = fc.constantFrom(
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

const rawBodies: Arbitrary<string | Uint8Array | null> = fc.oneof(
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

const contentTypes = fc.constantFrom<Readonly<Record<string, string>>>(
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
