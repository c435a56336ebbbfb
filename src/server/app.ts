import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { routePath } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { ReverieError } from '../core/errors.ts'
import { type AllowedPlaces, onlyAllowedPlaces } from './allowed-places.ts'
import type { ServerEnv, ServerPorts } from './context.ts'
import { failureBody, STATUS_OF_TYPE, toldError } from './failure-body.ts'
import { invalidInput } from './invalid-input.ts'
import { authenticated } from './keys/authentication.ts'
import { keyRingOf } from './keys/key-ring.ts'
import { NO_LOG, type ServerLog } from './log.ts'
import type { Metrics } from './operations/metrics.ts'
import { operationRoutes } from './operations/operation-routes.ts'
import { readBody } from './request-body.ts'
import { deliveriesOf } from './retries/deliveries.ts'
import { DREAM_REQUESTS } from './retries/dream-requests.ts'
import { keptReplies } from './retries/kept-replies.ts'
import { heard, noDoubleDreams } from './retries/no-double-dreams.ts'
import { ALL_ROUTES, type Mount } from './routes/all.ts'
import type { WireApp } from './routing.ts'

export interface AppOptions {
  /** Default: loopback alone. */
  readonly places?: AllowedPlaces
  /** Default: nowhere. */
  readonly log?: ServerLog
  /** The state folder, for what readiness tells. */
  readonly home?: string
  /** On loopback they are served too; elsewhere that is another listener's. */
  readonly metrics?: Metrics
  /** Default: all there are. */
  readonly routes?: readonly Mount[]
}

const LOOPBACK_ONLY: AllowedPlaces = { isLoopback: true, hosts: [], origins: [] }

/** The whole server as a function of a request; the network is another file's. */
export function createApp(ports: ServerPorts, options: AppOptions = {}): WireApp {
  const {
    places = LOOPBACK_ONLY,
    log = NO_LOG,
    routes = ALL_ROUTES,
    home = null,
    metrics = null,
  } = options
  const app: WireApp = new OpenAPIHono<ServerEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidInput(result.error)
    },
  })
  const keys = keyRingOf(ports)
  // Tells what another run of the server left behind.
  const process = ports.newId('req')
  app.onError((error, c) => failed(error, c, log))
  app.notFound(unknownRoute)
  app.use(
    requestIds(ports),
    requestLines(ports, log, metrics),
    headAlone(),
    heard(),
    onlyAllowedPlaces(places),
  )
  if (places.origins.length > 0) app.use(cors({ origin: [...places.origins] }))
  app.use('/v1/*', authenticated({ ports, keys, isOpenWithoutKeys: places.isLoopback }))
  app.use('/v1/*', readBody(), keptReplies(ports, process))
  const retries = { ports, deliveries: deliveriesOf(process, ports.now), log }
  for (const { path, shown } of DREAM_REQUESTS) {
    app.post(path, noDoubleDreams({ ...retries, shown }))
  }
  for (const mount of routes) mount(app, ports)
  operationRoutes(app, ports, { home, metrics: places.isLoopback ? metrics : null })
  return app
}

function requestIds({ newId }: ServerPorts): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const id = newId('req')
    c.set('requestId', id)
    c.header('request-id', id)
    // Texts of others are never taken for a page or a script of this server, nor for one elsewhere.
    c.header('x-content-type-options', 'nosniff')
    c.header('cross-origin-resource-policy', 'same-origin')
    await next()
  }
}

/** Of a HEAD nobody reads the body: a stream behind it would stay open. */
function headAlone(): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    await next()
    if (c.req.method === 'HEAD') await c.res.body?.cancel()
  }
}

/** One line for each request: the pattern of its route, never its path, query or body. */
function requestLines(
  { now }: ServerPorts,
  log: ServerLog,
  metrics: Metrics | null,
): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const from = now().getTime()
    await next()
    const caller = c.get('caller') as ServerEnv['Variables']['caller'] | undefined
    const { method } = c.req
    const { status } = c.res
    const route = routePath(c, -1)
    const ms = now().getTime() - from
    metrics?.answered(method, route, status, ms)
    log.info(
      {
        request_id: c.get('requestId'),
        method,
        route,
        status,
        ms,
        workspace: caller?.workspaceId ?? null,
        key: caller?.keyId ?? null,
      },
      'request',
    )
  }
}

function failed(error: unknown, c: Context<ServerEnv>, log: ServerLog): Response {
  const requestId = c.get('requestId')
  const told = toldError(error) ?? untold(error, requestId, log)
  const status = STATUS_OF_TYPE[told.type]
  // Asking again mends none of our conflicts, and the SDK would.
  if (status === 409) c.header('x-should-retry', 'false')
  if (status === 413) c.header('connection', 'close')
  // 529 is the wire's, not one of the statuses that Hono has types for.
  return c.json(failureBody(told, requestId), status as ContentfulStatusCode)
}

/** A fault of the server: the log has its name and place, the caller has the id to look it up. */
function untold(error: unknown, requestId: string, log: ServerLog): ReverieError {
  const { name, stack } = error instanceof Error ? error : { name: 'thrown', stack: undefined }
  // The first line of a stack is the message, which may quote what was being worked on.
  const places = stack?.split('\n').filter((row) => /^\s+at /.test(row)) ?? []
  log.error({ request_id: requestId, name, at: places.join('\n') }, 'fault')
  return new ReverieError('api_error', 'The server failed at this request.', {
    next: `Its log has more under ${requestId}.`,
  })
}

function unknownRoute(c: Context<ServerEnv>): Response {
  const error = new ReverieError('not_found_error', 'There is no such route or method.', {
    next: 'docs/compatibility.md lists what this server speaks.',
  })
  return c.json(failureBody(error, c.get('requestId')), 404)
}
