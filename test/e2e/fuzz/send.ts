import type { FuzzWorld } from './fuzz-world.ts'
import { filled, filledPath, kindOfName, LIST } from './known-ids.ts'
import type { PlannedRequest } from './requests.ts'

/** A request as it went out, with its answer. */
export interface Exchange {
  readonly planned: PlannedRequest
  /** Path with ids, and query. */
  readonly url: URL
  readonly body: string | Uint8Array | null
  readonly status: number
  readonly headers: Headers
  /** Null = none, or a stream, which is not read. */
  readonly text: string | null
}

const ADDRESS = 'http://127.0.0.1'

/** Sends a planned request; the world learns from what is answered. */
export async function send(planned: PlannedRequest, world: FuzzWorld): Promise<Exchange> {
  const path = filledPath(planned.path, world.ids)
  const query = filled(planned.query, world.ids, path)
  const url = new URL(`${ADDRESS}${path}${query === '' ? '' : `?${query}`}`)
  const { method } = planned
  const isBare = method === 'GET' || method === 'HEAD'
  const body = typeof planned.body === 'string' ? filled(planned.body, world.ids) : planned.body
  const headers = isBare ? {} : planned.headers
  const init = { method, headers: { host: '127.0.0.1', ...headers } }
  const request = new Request(url, { ...init, body: isBare ? null : asBytes(body) })
  const response = await world.app.request(request)
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  const text = isStream ? null : await response.text()
  if (isStream) await response.body?.cancel()
  if (response.ok && text !== null && method !== 'HEAD') learn(text, path, planned, world)
  return {
    planned,
    url,
    body: isBare ? null : body,
    status: response.status,
    headers: response.headers,
    text,
  }
}

/** Bytes bring no content type of their own. */
function asBytes(body: string | Uint8Array | null): Uint8Array<ArrayBuffer> | null {
  if (body === null) return null
  return typeof body === 'string' ? new TextEncoder().encode(body) : Uint8Array.from(body)
}

function learn(
  text: string,
  path: string,
  { route, method }: PlannedRequest,
  { ids }: FuzzWorld,
): void {
  const parts = path.split('/')
  const inPath = route.path.split('/').flatMap((part, n): [string, string][] => {
    const kind = part.startsWith('{') ? kindOfName(part.slice(1, -1)) : null
    return kind === null ? [] : [[kind, parts[n] ?? '']]
  })
  const [, last] = inPath.at(-1) ?? []
  if (method === 'DELETE' && last !== undefined) ids.forget(last)
  else ids.learn(JSON.parse(text), new Map([...inPath, [LIST, path]]))
}
