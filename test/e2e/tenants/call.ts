import type { WireApp } from '../../../src/server/routing.ts'

/** A JSON object as a test looks at it. */
export type Json = Readonly<Record<string, unknown>>

/** What is asked; `path` may have a query. */
export interface Call {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Where the app looks for its socket. */
  readonly env?: object
}

export interface Answer {
  readonly status: number
  /** Empty for a stream, which is ended at once. */
  readonly text: string
  readonly json: Json
  readonly headers: Headers
}

/** Asks with a key; null = with none. */
export async function callAt(app: WireApp, key: string | null, call: Call): Promise<Answer> {
  const { method, path, body, headers = {}, env } = call
  const response = await app.request(
    `http://127.0.0.1${path}`,
    {
      method,
      headers: {
        host: '127.0.0.1',
        ...(key === null ? {} : { 'x-api-key': key }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
    env ?? {},
  )
  const { status } = response
  const type = response.headers.get('content-type') ?? ''
  if (type.startsWith('text/event-stream')) {
    await response.body?.cancel()
    return { status, text: '', json: {}, headers: response.headers }
  }
  const text = await response.text()
  const json = type.startsWith('application/json') ? (JSON.parse(text) as Json) : {}
  return { status, text, json, headers: response.headers }
}

/** Status and body of an answer, but for the id of its request. */
export function toldBy({ status, text }: Answer): string {
  return `${status} ${text.replace(/"request_id":"[^"]*"/, '')}`
}
