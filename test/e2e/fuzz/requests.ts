import fc, { type Arbitrary } from 'fast-check'
import type { Parameter, Route } from './documented-routes.ts'
import type { Schemas } from './json-schema.ts'
import { kindOfName, placeholder } from './known-ids.ts'
import { parameterTexts, valuesOf } from './schema-values.ts'
import { spoiled, spoils } from './spoiled-values.ts'
import {
  bodyHeaders,
  methods,
  rawBodies,
  strangePaths,
  strangeQueries,
} from './strange-requests.ts'

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
        .tuple(whole, rawBodies, bodyHeaders)
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
