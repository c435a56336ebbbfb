import { isIP } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import { ReverieError } from '../core/errors.ts'
import type { ServerEnv } from './context.ts'

/** Under which names the server answers, and which web pages may call it. */
export interface AllowedPlaces {
  /** True: only callers on this machine reach the server. */
  readonly isLoopback: boolean
  /** Host names besides the loopback ones, without port. */
  readonly hosts: readonly string[]
  /** Whole origins (`https://app.example`) besides the server's own. */
  readonly origins: readonly string[]
}

/** Whether a name or address is one of this machine's own. */
export function isLoopbackHost(host: string): boolean {
  const address = bare(host)
  return (
    host === 'localhost' || address === '::1' || (isIP(address) === 4 && host.startsWith('127.'))
  )
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}

/**
 * Refuses other names and other web pages: a page in a browser on this machine reaches loopback
 * too, under a name of its own (DNS rebinding). An address cannot be rebound, so that servers that
 * others reach answer to any.
 */
export function onlyAllowedPlaces(places: AllowedPlaces): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host
    if (!isAllowedHost(host, places)) {
      throw new ReverieError('permission_error', 'This server does not answer to that host name.', {
        next: 'Start it with --allow-host and the name.',
      })
    }
    const origin = c.req.header('origin')
    if (origin !== undefined && !isAllowedOrigin(origin, host, places)) {
      throw new ReverieError('permission_error', 'Pages of that origin may not call this server.', {
        next: 'Start it with --allow-origin and the origin.',
      })
    }
    await next()
  }
}

function isAllowedHost(host: string, places: AllowedPlaces): boolean {
  const name = host.replace(/:\d{1,5}$/, '').toLowerCase()
  if (isLoopbackHost(name) || places.hosts.includes(name)) return true
  return !places.isLoopback && isIP(bare(name)) !== 0
}

function isAllowedOrigin(origin: string, host: string, { origins }: AllowedPlaces): boolean {
  const own = host.toLowerCase()
  return origins.includes(origin) || origin === `http://${own}` || origin === `https://${own}`
}
