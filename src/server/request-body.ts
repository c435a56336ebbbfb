import type { Context, MiddlewareHandler } from 'hono'
import { LIMITS } from '../config.ts'
import { ReverieError } from '../core/errors.ts'
import type { ServerEnv } from './context.ts'

/** Reads its body by itself, as it comes in. */
const STREAMED = '/v1/reverie/sessions/import'

/** Whether a route reads its own body: it may be larger and take longer. */
export function isStreamed(path: string): boolean {
  return path === STREAMED
}

/** Reads the body within its limit, as UTF-8 and JSON that is not nested too deep. */
export function readBody(): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const { method, path } = c.req
    const hasBody = method !== 'GET' && method !== 'HEAD'
    if (hasBody) assertPlain(c)
    if (hasBody && !isStreamed(path)) await keepText(c)
    await next()
  }
}

/** What is small on the wire may be endless inside. */
function assertPlain(c: Context<ServerEnv>): void {
  const encoding = c.req.header('content-encoding') ?? 'identity'
  if (encoding.toLowerCase() === 'identity') return
  throw new ReverieError('invalid_request_error', 'Compressed bodies are not read.', {
    next: 'Send it without `content-encoding`.',
  })
}

async function keepText(c: Context<ServerEnv>): Promise<void> {
  const text = decoded(await bytesWithin(c, LIMITS.requestBytesMax))
  const { headers } = c.req.raw
  if (text !== '' && !headers.has('content-type')) headers.set('content-type', 'application/json')
  if (depthOf(text) > LIMITS.jsonDepthMax) {
    throw new ReverieError(
      'invalid_request_error',
      `The body is nested deeper than ${LIMITS.jsonDepthMax} levels.`,
    )
  }
  assertPlainKeys(text)
  // Where Hono looks first for what was read already.
  Object.assign(c.req.bodyCache, { text: Promise.resolve(text) })
}

async function bytesWithin(c: Context<ServerEnv>, max: number): Promise<Uint8Array> {
  const length = c.req.header('content-length')
  if (length !== undefined) {
    if (Number(length) > max) throw tooLarge(max)
    return new Uint8Array(await unlessCut(c.req.raw.arrayBuffer()))
  }
  const reader = c.req.raw.body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  while (reader !== undefined) {
    const { done, value } = await unlessCut(reader.read())
    if (done) break
    size += value.byteLength
    if (size > max) throw tooLarge(max)
    chunks.push(value)
  }
  return Buffer.concat(chunks)
}

/** A body that ends before its time is the client's doing, not a fault of ours. */
async function unlessCut<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    throw new ReverieError('invalid_request_error', 'The body ended before it was whole.', {
      cause: error,
    })
  }
}

function tooLarge(max: number): ReverieError {
  return new ReverieError('request_too_large', `The body is larger than ${max} bytes.`, {
    next: 'Send less at once; sessions are imported under /v1/reverie/.',
  })
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new ReverieError('invalid_request_error', 'The body is not UTF-8.', { cause: error })
  }
}

/** Schemas would drop such a key in silence, and code that copies fields may change what objects are. */
function assertPlainKeys(text: string): void {
  if (!/__proto__|\\u00/.test(text)) return
  let isThere = false
  try {
    JSON.parse(text, (key, value: unknown) => {
      isThere ||= key === '__proto__'
      return value
    })
  } catch (error) {
    // Told by whoever reads it.
    if (error instanceof SyntaxError) return
    throw error
  }
  if (isThere) throw new ReverieError('invalid_request_error', 'A field may not be `__proto__`.')
}

/** How deep brackets outside strings are nested. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let isInString = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at)
    if (isInString) {
      if (char === BACKSLASH) at += 1
      else if (char === QUOTE) isInString = false
    } else if (char === QUOTE) isInString = true
    else if (char === BRACKET || char === BRACE) {
      depth += 1
      deepest = Math.max(deepest, depth)
    } else if (char === BRACKET_END || char === BRACE_END) depth -= 1
  }
  return deepest
}

const QUOTE = 34
const BACKSLASH = 92
const BRACKET = 91
const BRACKET_END = 93
const BRACE = 123
const BRACE_END = 125
