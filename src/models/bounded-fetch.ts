import { Agent, fetch, type Response as NetworkResponse } from 'undici'
import { LIMITS } from '../config.ts'
import { ReverieError } from '../core/errors.ts'
import { ModelError } from './model.ts'

export interface FetchBounds {
  /** For messages. */
  readonly modelId: string
  /** Requests to any other origin are refused. */
  readonly url: string
  /** From the first byte sent to the last byte read, in ms. */
  readonly timeoutMs: number
}

/**
 * The one place that opens a socket: `fetch` for one origin, without redirects, with a limit on time
 * and on the bytes of an answer, which is read whole. Throws `ModelError`; `permission_error` for
 * another origin; the reason of a signal that was aborted.
 */
export function boundedFetch(bounds: FetchBounds): typeof globalThis.fetch {
  const { origin } = new URL(bounds.url)
  // Its own waits are off: slow models think for minutes, and the limit on the whole call stops them.
  const agent = new Agent({
    connect: { timeout: LIMITS.modelConnectMsMax },
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.origin !== origin) throw otherOrigin(bounds.modelId, url.host)
    const call = openCall(bounds, init?.signal ?? null)
    try {
      const response = await fetch(url, {
        method: init?.method ?? 'GET',
        headers: [...new Headers(init?.headers)],
        body: typeof init?.body === 'string' ? init.body : null,
        redirect: 'manual',
        signal: call.signal,
        dispatcher: agent,
      })
      return await readWhole(response, bounds.modelId, call.answers)
    } catch (error) {
      throw call.signal.aborted ? call.signal.reason : networkFault(error, bounds.modelId)
    } finally {
      call.end()
    }
  }
}

interface Call {
  readonly signal: AbortSignal
  /** The first byte is there. */
  answers(): void
  /** Frees the timer, and the socket if the answer was not read to its end. */
  end(): void
}

function openCall({ modelId, timeoutMs }: FetchBounds, outer: AbortSignal | null): Call {
  outer?.throwIfAborted()
  const controller = new AbortController()
  let stage = 'did not begin to answer'
  const timer = setTimeout(() => {
    const message = `The model "${modelId}" ${stage} within ${timeoutMs / 1000} s.`
    const next = 'Raise REVERIE_MODEL_TIMEOUT if the model is slow.'
    controller.abort(new ModelError('timeout', message, { next }))
  }, timeoutMs)
  const passOn = (): void => controller.abort(outer?.reason)
  outer?.addEventListener('abort', passOn, { once: true })
  return {
    signal: controller.signal,
    answers: () => {
      stage = 'did not finish its answer'
    },
    end: () => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', passOn)
      controller.abort()
    },
  }
}

async function readWhole(
  response: NetworkResponse,
  modelId: string,
  answers: () => void,
): Promise<Response> {
  answers()
  if (response.status >= 300 && response.status < 400) {
    throw new ModelError(
      'refused_request',
      `The address of the model "${modelId}" sends requests elsewhere (status ${response.status}).`,
      { next: 'Name the address that answers; redirects are not followed.' },
    )
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > LIMITS.modelAnswerBytesMax) {
      throw new ModelError(
        'garbled',
        `The answer of the model "${modelId}" is longer than ${LIMITS.modelAnswerBytesMax} bytes.`,
      )
    }
    chunks.push(chunk)
  }
  const headers = new Headers([...response.headers])
  headers.delete('content-encoding')
  headers.delete('content-length')
  const { status } = response
  return new Response(bytes === 0 ? null : Buffer.concat(chunks), { status, headers })
}

function otherOrigin(modelId: string, host: string): ReverieError {
  return new ReverieError(
    'permission_error',
    `A request for the model "${modelId}" would have gone to another host, ${host}.`,
    { next: 'Nothing was sent; check the address of the model.' },
  )
}

function networkFault(error: unknown, modelId: string): unknown {
  if (error instanceof ReverieError) return error
  const code = codeOf(error)
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    const message = `The host of the model "${modelId}" did not take the connection in time.`
    return new ModelError('timeout', message)
  }
  return new ModelError('unreachable', `The model "${modelId}" cannot be reached (${code}).`, {
    next: 'Check that it runs, and its address.',
  })
}

/** The system's own word for what failed (`ECONNREFUSED`): the only part of it fit for a message. */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const code = 'code' in at ? at.code : undefined
    if (typeof code === 'string' && /^[A-Z\d_]{1,60}$/.test(code)) return code
  }
  return 'the connection failed'
}
