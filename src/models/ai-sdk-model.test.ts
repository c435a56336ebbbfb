import { describe, expect, it } from 'vitest'
import { LIMITS } from '../config.ts'
import {
  anthropicModel,
  type Connection,
  compatibleModel,
  openaiModel,
} from './ai-sdk-providers.ts'
import {
  type Dialect,
  type FakeProvider,
  fakeProvider,
  type Reply,
  replyWith,
  replyWithFault,
} from './fake-provider.test-support.ts'
import { closedAddress, serve } from './local-server.test-support.ts'
import { modelContract } from './model.contract.ts'
import type { Model, ModelAnswer } from './model.ts'
import { ModelError } from './model.ts'
import { aModelRequest } from './model-request.test-support.ts'

const KEY = 'sk-SECRET-key'
const ADAPTERS: Readonly<Record<Dialect, (connection: Connection) => Model>> = {
  anthropic: anthropicModel,
  openai: openaiModel,
  'openai-compatible': compatibleModel,
}
const NAMES: Readonly<Record<Dialect, string>> = {
  anthropic: 'claude-haiku-4-5',
  openai: 'gpt-4.1-mini',
  'openai-compatible': 'org/qwen3:8b',
}
const DIALECTS = Object.keys(ADAPTERS) as readonly Dialect[]
const ANSWER: ModelAnswer = {
  text: '{"claims":[]}',
  finish: 'stop',
  usage: { inputTokens: 900, cachedInputTokens: 0, outputTokens: 5 },
}

function modelAt(dialect: Dialect, url: string, changes: Partial<Connection> = {}): Model {
  const name = NAMES[dialect]
  return ADAPTERS[dialect]({
    id: `${dialect}/${name}`,
    name,
    url,
    key: KEY,
    keyVariable: 'THE_KEY',
    timeoutMs: 60_000,
    ...changes,
  })
}

for (const dialect of DIALECTS) {
  modelContract({
    name: dialect,
    answering: async (answer) =>
      modelAt(dialect, (await fakeProvider(replyWith(dialect, answer))).url),
    failing: async (fault) => {
      if (fault === 'unreachable') return modelAt(dialect, `${await closedAddress()}/v1`)
      const reply = replyWithFault(dialect, fault)
      return reply === null ? null : modelAt(dialect, (await fakeProvider(reply)).url)
    },
    mayNotCount: dialect !== 'anthropic',
  })
}

async function afterOneCall(dialect: Dialect): Promise<FakeProvider['received'][number]> {
  const provider = await fakeProvider(replyWith(dialect, ANSWER))
  await modelAt(dialect, provider.url).answer(aModelRequest())
  const [received] = provider.received
  if (received === undefined) throw new Error('Nothing was sent.')
  return received
}

async function failureAfter(dialect: Dialect, reply: Reply): Promise<ModelError> {
  const { url } = await fakeProvider(reply)
  const end = await modelAt(dialect, url)
    .answer(aModelRequest())
    .catch((error: unknown) => error)
  if (end instanceof ModelError) return end
  throw new Error(`No ModelError but ${String(end)}`)
}

describe('over the wire', () => {
  it.each(DIALECTS)('%s: the key stands in a header and not in the body', async (dialect) => {
    const { headers, text } = await afterOneCall(dialect)

    expect(headers['x-api-key'] ?? headers.authorization).toMatch(/^(?:Bearer )?sk-SECRET-key$/)
    expect(text).not.toContain(KEY)
  })

  it.each(DIALECTS)('%s: instructions, then profile, then data, each once', async (dialect) => {
    const { text } = await afterOneCall(dialect)
    const { system = [], messages = [], input = [] } = JSON.parse(text)
    const sent = JSON.stringify([system, messages, input])

    const order = ['SECRET-instructions', 'SECRET-profile', 'SECRET-data']
    expect(sent.match(/SECRET-\w+/g)).toEqual(order)
  })

  it.each(DIALECTS)('%s: equal requests give equal bytes', async (dialect) => {
    expect((await afterOneCall(dialect)).text).toBe((await afterOneCall(dialect)).text)
  })

  it('sends no key where there is none', async () => {
    const provider = await fakeProvider(replyWith('openai-compatible', ANSWER))
    await modelAt('openai-compatible', provider.url, { key: null }).answer(aModelRequest())

    expect(provider.received[0]?.headers.authorization).toBeUndefined()
  })

  it('anthropic: schema, limit, temperature and two marks for its cache', async () => {
    const { path, body } = await afterOneCall('anthropic')

    expect(path).toBe('/v1/messages')
    expect(body).toMatchObject({ model: 'claude-haiku-4-5', max_tokens: 2000, temperature: 0 })
    expect(body.output_config.format).toMatchObject({
      type: 'json_schema',
      schema: { type: 'object', required: ['claims'], additionalProperties: false },
    })
    const mark = { cache_control: { type: 'ephemeral' } }
    expect(body.system).toMatchObject([mark])
    expect(body.messages[0].content).toMatchObject([mark, {}])
    expect(body.messages[0].content[1].cache_control).toBeUndefined()
  })

  it('openai: schema, limit with room to think, nothing stored, one cache for a prompt', async () => {
    const { path, body } = await afterOneCall('openai')

    expect(path).toBe('/v1/responses')
    expect(body).toMatchObject({
      model: 'gpt-4.1-mini',
      max_output_tokens: 2000 + LIMITS.modelThinkingTokensMax,
      temperature: 0,
      store: false,
      prompt_cache_key: 'reverie-extract-1',
    })
    expect(body.text.format).toMatchObject({
      type: 'json_schema',
      strict: true,
      name: 'extract-1',
      schema: { required: ['claims'] },
    })
  })

  it('openai-compatible: schema, limit, the name as it was written', async () => {
    const { path, body } = await afterOneCall('openai-compatible')

    expect(path).toBe('/v1/chat/completions')
    expect(body).toMatchObject({
      model: 'org/qwen3:8b',
      max_tokens: 2000 + LIMITS.modelThinkingTokensMax,
      temperature: 0,
    })
    expect(body.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { strict: true, name: 'extract-1', schema: { required: ['claims'] } },
    })
  })

  it('anthropic: an older model gets the schema as a tool, and its input is the answer', async () => {
    const content = [{ type: 'tool_use', id: 't1', name: 'json', input: { claims: ['a'] } }]
    const usage = { input_tokens: 9, output_tokens: 1 }
    const reply = { type: 'message', id: 'm', content, stop_reason: 'tool_use', usage }
    const provider = await fakeProvider({ status: 200, body: JSON.stringify(reply) })
    const model = modelAt('anthropic', provider.url, { name: 'claude-3-haiku-20240307' })

    const answer = await model.answer(aModelRequest())

    expect(answer).toMatchObject({ text: '{"claims":["a"]}', finish: 'stop' })
    expect(provider.received[0]?.body.tools).toMatchObject([
      { name: 'json', input_schema: { required: ['claims'] } },
    ])
  })

  it('openai: a model that thinks is sent no temperature', async () => {
    const provider = await fakeProvider(replyWith('openai', ANSWER))
    await modelAt('openai', provider.url, { name: 'gpt-5-mini' }).answer(aModelRequest())

    expect(provider.received[0]?.body.temperature).toBeUndefined()
  })

  it('leaves an empty profile out', async () => {
    const provider = await fakeProvider(replyWith('anthropic', ANSWER))
    await modelAt('anthropic', provider.url).answer(aModelRequest({ profile: '' }))

    expect(provider.received[0]?.body.messages[0].content).toEqual([
      { type: 'text', text: aModelRequest().data },
    ])
  })
})

describe('what a provider may answer', () => {
  const failed = (status: number, text: string, headers: Record<string, string> = {}): Reply => ({
    status,
    headers,
    body: JSON.stringify({ error: { message: text, type: 'x' } }),
  })

  it.each([
    [402, 'no', 'spend_cap'],
    [400, 'Your credit balance is too low', 'spend_cap'],
    [429, 'You exceeded your current quota: insufficient_quota', 'spend_cap'],
    [429, 'Slow down', 'rate_limited'],
    [400, 'This model has a maximum context length of 8192', 'too_large'],
    [403, 'no', 'unauthorized'],
    [408, 'no', 'timeout'],
    [409, 'no', 'unavailable'],
    [422, 'no', 'refused_request'],
    [418, 'no', 'refused_request'],
    [502, 'no', 'unavailable'],
    [503, 'no', 'unavailable'],
    [503, 'The server is overloaded', 'overloaded'],
    [599, 'no', 'unavailable'],
  ] as const)('reads status %d with "%s" as %s', async (status, text, fault) => {
    expect((await failureAfter('openai-compatible', failed(status, text))).fault).toBe(fault)
  })

  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after-ms': '120', 'retry-after': '7' }, 120],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'later' }, null],
    [{ 'retry-after': '-3' }, null],
    [{}, null],
  ])('reads %j as a wait of %s ms', async (headers, wait) => {
    const failure = await failureAfter('openai-compatible', failed(429, 'slow', headers))

    expect(failure.retryAfterMs).toBe(wait)
  })

  it('says what to do when a server does not take a schema', async () => {
    const reply = failed(400, "Unknown field 'response_format'")

    expect((await failureAfter('openai-compatible', reply)).next).toContain('response_format')
  })

  it('names the variable of the key when it is not taken', async () => {
    expect((await failureAfter('openai', failed(401, 'bad key'))).next).toContain('THE_KEY')
  })

  it.each([
    '',
    ' ',
    'null',
    '{"choices":[]}',
    '{"error":{"message":"x"}}',
    'data: {"error":1}\n\n',
  ])('finds status 200 with %j unreadable', async (body) => {
    expect((await failureAfter('openai-compatible', { status: 200, body })).fault).toBe('garbled')
  })

  it.each([
    ['server_error', 'unavailable'],
    ['rate_limit_exceeded', 'rate_limited'],
    ['invalid_prompt', 'refused_request'],
  ])('openai: reads the error %s inside an answer as %s', async (code, fault) => {
    const reply = { id: 'r', error: { code, type: 'x', message: 'SECRET-body' }, output: [] }

    const failure = await failureAfter('openai', { status: 200, body: JSON.stringify(reply) })

    expect(failure.fault).toBe(fault)
  })

  it('takes a refusal beside the text for one', async () => {
    const message = { role: 'assistant', content: null, refusal: 'I would rather not.' }
    const choices = [{ index: 0, message, finish_reason: 'stop' }]
    const { url } = await fakeProvider({ status: 200, body: JSON.stringify({ choices }) })

    const answer = await modelAt('openai-compatible', url).answer(aModelRequest())

    expect(answer.finish).toBe('refused')
  })

  it('takes no count for zero', async () => {
    const reply = JSON.parse(replyWith('openai-compatible', ANSWER).body)
    const body = JSON.stringify({ ...reply, usage: { prompt_tokens: 7 } })
    const { url } = await fakeProvider({ status: 200, body })

    const answer = await modelAt('openai-compatible', url).answer(aModelRequest())

    expect(answer.usage).toEqual({ inputTokens: 7, cachedInputTokens: null, outputTokens: null })
  })

  it('takes a count below zero, a broken or an unsafe one for none', async () => {
    const usage = { inputTokens: -5, cachedInputTokens: 1.5, outputTokens: 1e300 }
    const { url } = await fakeProvider(replyWith('openai-compatible', { ...ANSWER, usage }))

    const answer = await modelAt('openai-compatible', url).answer(aModelRequest())

    expect(answer.usage).toEqual({ inputTokens: null, cachedInputTokens: null, outputTokens: null })
  })

  it.each(DIALECTS)(
    '%s: throws the reason of a signal aborted during the call',
    async (dialect) => {
      const controller = new AbortController()
      const reason = { because: 'the person has gone' }
      const url = await serve(() => controller.abort(reason))
      const end = modelAt(dialect, `${url}/v1`).answer(aModelRequest({ signal: controller.signal }))

      await expect(end).rejects.toBe(reason)
    },
  )

  it.each(DIALECTS)('%s: a silent server ends as timeout', async (dialect) => {
    const url = await serve(() => 'nothing is written')
    const model = modelAt(dialect, `${url}/v1`, { timeoutMs: 40 })

    await expect(model.answer(aModelRequest())).rejects.toMatchObject({ fault: 'timeout' })
  })
})
