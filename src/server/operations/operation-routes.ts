import { LIMITS } from '../../config.ts'
import type { ServerPorts } from '../context.ts'
import type { WireApp } from '../routing.ts'
import {
  type ApiDocument,
  PAGE,
  PAGE_POLICY,
  pageScript,
  plainPage,
  START_SCRIPT,
} from './api-page.ts'
import type { Metrics } from './metrics.ts'
import { withNullInEnums } from './nullable-enums.ts'
import { readiness } from './readiness.ts'

export interface Operations {
  /** The state folder; null = there is none. */
  readonly home: string | null
  /** Null = they are served elsewhere, or nowhere. */
  readonly metrics: Metrics | null
}

/** What is not the API itself; none of it needs a key, none of it tells contents. */
export function operationRoutes(app: WireApp, ports: ServerPorts, operations: Operations): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    const checks = await readiness(ports, operations.home)
    const isReady = Object.values(checks).every(Boolean)
    return c.json({ status: isReady ? 'ok' : 'failing', checks }, isReady ? 200 : 503)
  })
  const { metrics } = operations
  if (metrics !== null) metricsRoute(app, metrics)
  apiRoutes(app, ports)
}

function metricsRoute(app: Pick<WireApp, 'get'>, metrics: Metrics): void {
  app.get('/metrics', async (c) =>
    c.body(await metrics.text(), 200, { 'content-type': metrics.contentType }),
  )
}

function apiRoutes(app: WireApp, ports: ServerPorts): void {
  const document = once(() => apiDocument(app, ports.version))
  const script = once(pageScript)
  const asScript = {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': `max-age=${LIMITS.pageScriptSeconds}`,
  }
  app.get('/openapi.json', (c) => c.json(document()))
  app.get('/docs', (c) => {
    c.header('content-security-policy', PAGE_POLICY)
    return c.html(script() === null ? plainPage(document()) : PAGE)
  })
  app.get('/docs/start.js', (c) => c.body(START_SCRIPT, 200, asScript))
  app.get('/docs/reference.js', (c) => {
    const found = script()
    return found === null ? c.notFound() : c.body(found, 200, asScript)
  })
}

/** OpenAPI 3.1 of every route that was added to the app. */
export function apiDocument(app: WireApp, version: string): ApiDocument {
  const bearer = { type: 'http', scheme: 'bearer' } as const
  const header = { type: 'apiKey', in: 'header', name: 'x-api-key' } as const
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', bearer)
  app.openAPIRegistry.registerComponent('securitySchemes', 'x-api-key', header)
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Reverie',
      version,
      description:
        'Memory stores, sessions and dreams as the Anthropic SDK speaks of them; what is our own stands under /v1/reverie/.',
    },
    security: [{ bearer: [] }, { 'x-api-key': [] }],
  })
  return withNullInEnums(document) as ApiDocument
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
