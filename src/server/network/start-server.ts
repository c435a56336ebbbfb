import { createServer, type Server, type ServerOptions } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { LIMITS } from '../../config.ts'
import { ReverieError } from '../../core/errors.ts'
import type { ServerPorts } from '../context.ts'
import { failureBody } from '../failure-body.ts'
import type { WireApp } from '../routing.ts'
import { keepConnections } from './connections.ts'

export interface ListenOptions {
  readonly app: Pick<WireApp, 'fetch'>
  readonly ports: Pick<ServerPorts, 'newId' | 'wait'>
  readonly host: string
  /** 0 = any that is free. */
  readonly port: number
  /** PEM texts; absent = plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** Callers come through a proxy and share its address. */
  readonly isBehindProxy?: boolean
  /** Called first when it stops: what runs beside it ends, and streams say good-bye. */
  readonly onStop?: () => void | Promise<void>
}

/** A server that listens. */
export interface RunningServer {
  /** `http://127.0.0.1:4983`, the port that it really has. */
  readonly address: string
  readonly port: number
  /** Refuses new requests, lets those under way end, then cuts them; at most 10 s. */
  stop(): Promise<void>
}

const SERVER: ServerOptions = {
  headersTimeout: LIMITS.headersMs,
  requestTimeout: LIMITS.importMs,
  connectionsCheckingInterval: LIMITS.connectionsCheckMs,
  keepAliveTimeout: LIMITS.keepAliveMs,
  maxHeaderSize: LIMITS.headerBytesMax,
}

/** Listens; throws `conflict_error` for a port in use, `invalid_request_error` for a bad certificate. */
export async function startServer(options: ListenOptions): Promise<RunningServer> {
  const { host, tls, isBehindProxy = false, ports } = options
  const life = { isStopping: false }
  const server = httpServer(options, life)
  server.on('request', (_incoming, outgoing) => {
    // Node.js closes those that are idle when it stops, not those that come to be afterwards.
    const leave = (): void => {
      if (life.isStopping) setImmediate(() => server.closeIdleConnections())
    }
    outgoing.once('close', leave)
  })
  const isLoopback = host === '127.0.0.1' || host === '::1' || host === 'localhost'
  keepConnections(server, { wait: ports.wait, isAddressCounted: !isLoopback && !isBehindProxy })
  const port = await listening(server, options)
  const name = host.includes(':') ? `[${host}]` : host
  return {
    address: `${tls === undefined ? 'http' : 'https'}://${name}:${port}`,
    port,
    async stop() {
      life.isStopping = true
      await stopped(server, options)
    },
  }
}

function httpServer(options: ListenOptions, life: { readonly isStopping: boolean }): Server {
  const { host, tls, ports } = options
  const answer = options.app.fetch
  const refusal = (status: 400 | 529, error: ReverieError): Response => {
    const id = ports.newId('req')
    const headers = { 'request-id': id, connection: 'close' }
    return Response.json(failureBody(error, id), { status, headers })
  }
  const listener = getRequestListener(
    (request, env) => (life.isStopping ? refusal(529, STOPPING) : answer(request, env)),
    { hostname: host, errorHandler: () => refusal(400, UNREADABLE) },
  )
  if (tls === undefined) return createServer(SERVER, listener)
  try {
    return createTlsServer({ ...SERVER, ...tls }, listener)
  } catch (error) {
    throw new ReverieError('invalid_request_error', 'The certificate or its key cannot be read.', {
      cause: error,
      next: 'Give both as PEM files that belong together.',
    })
  }
}

const STOPPING = new ReverieError('overloaded_error', 'The server is stopping.', {
  next: 'Ask again in a moment.',
})
const UNREADABLE = new ReverieError(
  'invalid_request_error',
  'The address of the request is not valid.',
)

function listening(server: Server, { host, port }: ListenOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => reject(cannotListen(error, host, port))
    server.once('error', failed)
    server.listen({ host, port }, () => {
      server.off('error', failed)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): ReverieError {
  const isTaken = error.code === 'EADDRINUSE'
  const why = isTaken ? 'is in use' : `cannot be listened on (${error.code ?? error.message})`
  return new ReverieError(
    isTaken ? 'conflict_error' : 'invalid_request_error',
    `Port ${port} of ${host} ${why}.`,
    { cause: error, next: 'Choose another one with `--port`.' },
  )
}

async function stopped(server: Server, { ports, onStop }: ListenOptions): Promise<void> {
  const done = new AbortController()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const cut = ports.wait(LIMITS.stopMs, done.signal).then(
    () => server.closeAllConnections(),
    () => done.abort(),
  )
  await Promise.race([Promise.all([closed, onStop?.()]), cut])
  done.abort()
  server.closeAllConnections()
}
