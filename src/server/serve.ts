import { ReverieError } from '../core/errors.ts'
import { isLoopbackHost } from './allowed-places.ts'
import { createApp } from './app.ts'
import type { Installation } from './installation.ts'
import { keyRingOf } from './keys/key-ring.ts'
import type { ServerLog } from './log.ts'
import { type RunningServer, startServer } from './network/start-server.ts'
import { createMetrics, type Metrics } from './operations/metrics.ts'

export interface ServeOptions {
  readonly home: string
  /** Default: this machine alone. */
  readonly host?: string
  /** 0 = any that is free. */
  readonly port: number
  /** PEM texts. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** A proxy in front speaks TLS with the callers. */
  readonly isBehindProxy?: boolean
  readonly allowedHosts?: readonly string[]
  readonly allowedOrigins?: readonly string[]
  readonly log: ServerLog
  /** Aborted first when the server stops. */
  readonly stopping: AbortController
}

type Served = Pick<Installation, 'ports' | 'run'>

/** A server at work over an installation. */
export interface ServerAtWork extends RunningServer {
  /** Whether callers need a key now; the first key that is made changes it. */
  readonly isKeyNeeded: boolean
  /** Where the metrics are. */
  readonly metricsAddress: string
  /** Resolves when it has stopped. */
  readonly ended: Promise<void>
}

const HOST = '127.0.0.1'

/**
 * Answers requests, dreams what waits and looks at schedules, until it is stopped. Throws
 * `invalid_request_error` where others could reach it without a key or in clear text.
 */
export async function serveInstallation(
  { ports, run }: Served,
  options: ServeOptions,
): Promise<ServerAtWork> {
  const { host = HOST, log, stopping } = options
  // What comes through a proxy on this machine comes from elsewhere.
  const isLoopback = isLoopbackHost(host) && options.isBehindProxy !== true
  const isUsed = await keyRingOf(ports).isUsed()
  if (!isLoopback) assertGuarded(host, isUsed, options)
  assertOrigins(options.allowedOrigins ?? [])
  const metrics = createMetrics(ports)
  const app = createApp(ports, {
    log,
    metrics,
    home: options.home,
    places: {
      isLoopback,
      hosts: (options.allowedHosts ?? []).map((name) => name.toLowerCase()),
      origins: options.allowedOrigins ?? [],
    },
  })
  const work = { done: Promise.resolve() }
  const onStop = async (): Promise<void> => {
    stopping.abort()
    await work.done
  }
  const server = await startServer({ ...options, host, app, ports, onStop })
  const besides = isLoopback ? null : await metricsServer(metrics, options, { ports, run })
  work.done = run(stopping.signal, (error) => {
    log.error({ name: error instanceof Error ? error.name : 'thrown' }, 'work beside requests')
  })
  log.info({ address: server.address, key_needed: isUsed || !isLoopback }, 'listening')
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  return {
    ...server,
    ended,
    isKeyNeeded: isUsed || !isLoopback,
    metricsAddress: `${(besides ?? server).address}/metrics`,
    async stop() {
      await Promise.all([server.stop(), besides?.stop()])
      log.info({}, 'stopped')
      end()
    },
  }
}

/** Metrics stay on this machine, whoever reaches the server. */
function metricsServer(
  metrics: Metrics,
  { port }: ServeOptions,
  { ports }: Served,
): Promise<RunningServer> {
  const app = createApp(ports, { routes: [], metrics })
  return startServer({ app, ports, host: HOST, port: port === 0 ? 0 : port + 1 })
}

/** One that no browser sends would let nobody in; `null` would let in every page that hides its own. */
function assertOrigins(origins: readonly string[]): void {
  const wrong = origins.find((text) => !URL.canParse(text) || new URL(text).origin !== text)
  if (wrong === undefined) return
  throw new ReverieError('invalid_request_error', `"${wrong}" is no origin.`, {
    next: 'Write --allow-origin as browsers do: https://app.example, without a path.',
  })
}

function assertGuarded(host: string, isUsed: boolean, { tls, isBehindProxy }: ServeOptions): void {
  if (!isUsed) {
    throw new ReverieError('invalid_request_error', `Others reach ${host}, and there is no key.`, {
      next: 'Make one with `reverie key create`, or leave --host out.',
    })
  }
  if (tls === undefined && isBehindProxy !== true) {
    throw new ReverieError('invalid_request_error', `Keys would go to ${host} in clear text.`, {
      next: 'Give --tls-cert and --tls-key, or --behind-proxy where a proxy speaks TLS.',
    })
  }
}
