import type { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { z } from 'zod'
import type { OutputBehavior } from '../core/dream.ts'
import { ReverieError } from '../core/errors.ts'
import { wireErrorSchema } from '../wire/error.ts'
import type { Caller, Scope, ServerEnv } from './context.ts'

/** The app that routes are added to. */
export type WireApp = OpenAPIHono<ServerEnv>

/** A JSON response of a route, for the OpenAPI document. */
export interface JsonResponse<Schema extends z.ZodType> {
  readonly description: string
  readonly content: { readonly 'application/json': { readonly schema: Schema } }
}

export function json<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
): JsonResponse<Schema> {
  return { description, content: { 'application/json': { schema } } }
}

/** A JSON body that a route needs. */
export function jsonBody<Schema extends z.ZodType>(
  schema: Schema,
): {
  readonly required: true
  readonly content: { readonly 'application/json': { readonly schema: Schema } }
} {
  return { required: true, content: { 'application/json': { schema } } }
}

/** Every way in which any route can fail; nothing undocumented is ever answered. */
export const failures: Readonly<Record<FailureStatus, JsonResponse<typeof wireErrorSchema>>> = {
  400: json(wireErrorSchema, 'The request is not valid.'),
  401: json(wireErrorSchema, 'No key, or one that is not good.'),
  403: json(wireErrorSchema, 'The key may not do this, or the host or origin is not allowed.'),
  404: json(wireErrorSchema, 'There is no such thing in this workspace.'),
  409: json(wireErrorSchema, 'Something else stands in the way; asking again does not help.'),
  413: json(wireErrorSchema, 'The body is too large.'),
  429: json(wireErrorSchema, 'Too many at once.'),
  500: json(wireErrorSchema, 'A fault of the server; the log names the request.'),
  504: json(wireErrorSchema, 'The storage is busy for too long.'),
  529: json(wireErrorSchema, 'The server is stopping; ask again in a moment.'),
}

export type FailureStatus = 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500 | 504 | 529

/** Lets a request through only if its key has the scope. The body never says what is there. */
export function needs(scope: Scope): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const { scopes } = c.get('caller')
    if (!scopes.includes(scope) && !scopes.includes('admin')) {
      throw new ReverieError('permission_error', `This key has no \`${scope}\` scope.`, {
        next: 'Use a key that has it: reverie key create --scope …',
      })
    }
    await next()
  }
}

/**
 * Throws `permission_error` where `what` would write into a store that is there, and the key may not:
 * what a key may not do, it may not order either.
 */
export function requireWriteFor(
  what: string,
  behavior: OutputBehavior | undefined,
  { scopes }: Pick<Caller, 'scopes'>,
): void {
  if (behavior !== 'update_existing') return
  if (scopes.includes('write') || scopes.includes('admin')) return
  throw new ReverieError('permission_error', 'This key has no `write` scope.', {
    next: `${what} that updates a store writes memories: use a key that may.`,
  })
}
