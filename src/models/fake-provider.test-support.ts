import { serve } from './local-server.test-support.ts'
import type { ModelAnswer, ModelFault } from './model.ts'

export type Dialect = 'anthropic' | 'openai' | 'openai-compatible'

/** What a provider received. */
export interface Received {
  readonly path: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it by path
  readonly body: any
}

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

export interface FakeProvider {
  readonly url: string
  readonly received: readonly Received[]
}

/** A provider on this machine that gives the same reply to every request. */
export async function fakeProvider(reply: Reply): Promise<FakeProvider> {
  const received: Received[] = []
  const url = await serve((request, response, text) => {
    const { url: path = '', headers } = request
    received.push({ path, headers, text, body: JSON.parse(text) })
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
    response.end(reply.body)
  })
  return { url: `${url}/v1`, received }
}

/** The reply of each provider that means this answer. */
export function replyWith(dialect: Dialect, answer: ModelAnswer): Reply {
  return { status: 200, body: JSON.stringify(BODY[dialect](answer)) }
}

const BODY: Readonly<Record<Dialect, (answer: ModelAnswer) => unknown>> = {
  anthropic: ({ text, finish, usage }) => ({
    type: 'message',
    id: 'msg_1',
    model: 'claude-haiku-4-5',
    role: 'assistant',
    content: [{ type: 'text', text }],
    stop_reason: {
      stop: 'end_turn',
      length: 'max_tokens',
      refused: 'refusal',
      other: 'something_new',
    }[finish],
    stop_sequence: null,
    usage: {
      input_tokens: (usage.inputTokens ?? 0) - (usage.cachedInputTokens ?? 0) - 100,
      cache_read_input_tokens: usage.cachedInputTokens,
      cache_creation_input_tokens: 100,
      output_tokens: usage.outputTokens,
    },
  }),
  openai: ({ text, finish, usage }) => ({
    id: 'resp_1',
    created_at: 1_700_000_000,
    model: 'gpt-4.1-mini',
    output: [
      {
        type: 'message',
        role: 'assistant',
        id: 'msg_1',
        content: [{ type: 'output_text', text, annotations: [] }],
      },
    ],
    incomplete_details:
      finish === 'stop'
        ? null
        : {
            reason: { length: 'max_output_tokens', refused: 'content_filter', other: 'new' }[
              finish
            ],
          },
    ...(usage.inputTokens === null
      ? {}
      : {
          usage: {
            input_tokens: usage.inputTokens,
            input_tokens_details: { cached_tokens: usage.cachedInputTokens },
            output_tokens: usage.outputTokens,
          },
        }),
  }),
  'openai-compatible': ({ text, finish, usage }) => ({
    id: 'chat_1',
    created: 1_700_000_000,
    model: 'qwen3:8b',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: text },
        finish_reason: {
          stop: 'stop',
          length: 'length',
          refused: 'content_filter',
          other: 'something_new',
        }[finish],
      },
    ],
    ...(usage.inputTokens === null
      ? {}
      : {
          usage: {
            prompt_tokens: usage.inputTokens,
            completion_tokens: usage.outputTokens,
            prompt_tokens_details: { cached_tokens: usage.cachedInputTokens },
          },
        }),
  }),
}

const STATUS: Partial<Record<ModelFault, number>> = {
  timeout: 504,
  rate_limited: 429,
  spend_cap: 429,
  overloaded: 529,
  unavailable: 500,
  unauthorized: 401,
  not_found: 404,
  refused_request: 400,
  too_large: 413,
  garbled: 200,
}

/** A reply that means this fault; its text holds words that no message may repeat. */
export function replyWithFault(dialect: Dialect, fault: ModelFault): Reply | null {
  const status = STATUS[fault]
  if (status === undefined) return null
  if (fault === 'garbled') return { status, body: '<html>SECRET-body</html>' }
  const type = fault === 'spend_cap' ? 'insufficient_quota' : 'some_error'
  const error = { type, code: type, message: 'SECRET-body key sk-SECRET' }
  const body = dialect === 'anthropic' ? { type: 'error', error } : { error }
  return { status, body: JSON.stringify(body) }
}
