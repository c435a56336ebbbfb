import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isReverieError, type ReverieError } from '../core/errors.ts'
import { scriptedModel } from '../testing/scripted-model.ts'
import { recordInto } from './cassette-model.ts'
import { fakeProvider, replyWith, replyWithFault } from './fake-provider.test-support.ts'
import { closedAddress } from './local-server.test-support.ts'
import type { ModelAnswer } from './model.ts'
import { aModelRequest } from './model-request.test-support.ts'
import { type ModelSettings, openModel } from './open-model.ts'
import type { Patience } from './patience.ts'

const NOTHING: ModelSettings = {
  url: null,
  key: null,
  anthropicKey: null,
  openaiKey: null,
  timeoutMs: 60_000,
}
const ANSWER: ModelAnswer = {
  text: '{}',
  finish: 'stop',
  usage: { inputTokens: 9, cachedInputTokens: 3, outputTokens: 1 },
}

function refusal(name: string, settings: ModelSettings = NOTHING): ReverieError {
  try {
    openModel(name, settings)
  } catch (error) {
    if (isReverieError(error)) return error
    throw error
  }
  throw new Error('It was opened.')
}

describe('openModel', () => {
  it.each([
    ['anthropic/claude-haiku-4-5', 'anthropic/claude-haiku-4-5', 'api.anthropic.com'],
    ['openai/gpt-5-mini', 'openai/gpt-5-mini', 'api.openai.com'],
    ['ollama/qwen3:8b', 'ollama/qwen3:8b', 'gpu.local:9000'],
    ['openai-compatible/org/model', 'openai-compatible/org/model@gpu.local:9000', 'gpu.local:9000'],
    ['https://m.example/v1#a/b', 'openai-compatible/a/b@m.example', 'm.example'],
    ['http://127.0.0.1:8080/v1', 'openai-compatible/default@127.0.0.1:8080', '127.0.0.1:8080'],
  ])('gives %s its id and host', (name, id, host) => {
    const settings = {
      ...NOTHING,
      url: 'http://gpu.local:9000/v1',
      anthropicKey: 'k',
      openaiKey: 'k',
    }
    const model = openModel(name, settings)

    expect({ id: model.id, host: model.host }).toEqual({ id, host })
  })

  it('finds Ollama on this machine when no address is set', () => {
    expect(openModel('ollama/qwen3:8b', NOTHING).host).toBe('127.0.0.1:11434')
  })

  it.each([
    ['anthropic/claude-haiku-4-5', 'ANTHROPIC_API_KEY'],
    ['openai/gpt-5-mini', 'OPENAI_API_KEY'],
  ])('names the variable of the key that %s needs', (name, variable) => {
    const { type, message } = refusal(name)

    expect(type).toBe('authentication_error')
    expect(message).toContain(variable)
  })

  it('refuses a key that no header can hold, without repeating it', () => {
    const { type, message, next } = refusal('openai/m', { ...NOTHING, openaiKey: 'sk-se cret' })

    expect(type).toBe('authentication_error')
    expect(`${message} ${next}`).not.toContain('cret')
  })

  it('asks for the address of an openai-compatible model', () => {
    expect(refusal('openai-compatible/m').next).toContain('REVERIE_MODEL_URL')
  })

  it('sends the key and the question to the address in the name', async () => {
    const provider = await fakeProvider(replyWith('openai-compatible', ANSWER))
    const model = openModel(`${provider.url}#m`, { ...NOTHING, key: 'k-1' })

    expect(await model.answer(aModelRequest())).toEqual(ANSWER)
    expect(provider.received[0]?.headers.authorization).toBe('Bearer k-1')
    expect(provider.received[0]?.body.model).toBe('m')
  })

  it('sends the key of one address to no other', async () => {
    const provider = await fakeProvider(replyWith('openai-compatible', ANSWER))
    const settings = { ...NOTHING, url: 'http://gpu.local:9000/v1', key: 'k-1' }
    await openModel(provider.url, settings).answer(aModelRequest())

    expect(provider.received[0]?.headers.authorization).toBeUndefined()
  })

  it('names REVERIE_MODEL_KEY where a server wants a key', async () => {
    const reply = replyWithFault('openai-compatible', 'unauthorized')
    if (reply === null) throw new Error('There is such a reply.')
    const { url } = await fakeProvider(reply)

    await expect(openModel(url, NOTHING).answer(aModelRequest())).rejects.toMatchObject({
      type: 'authentication_error',
      next: expect.stringContaining('REVERIE_MODEL_KEY'),
    })
  })

  it('shares patience by provider', async () => {
    const patiences = new Map<string, Patience>()
    const url = await closedAddress()
    openModel(`${url}/v1#small`, NOTHING, patiences)
    openModel(`${url}/v1#large`, NOTHING, patiences)
    openModel('ollama/other', NOTHING, patiences)

    expect([...patiences.keys()]).toEqual([new URL(url).host, '127.0.0.1:11434'])
  })

  it('opens a cassette', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'reverie-open-model-'))
    const manifest = {
      format: 'reverie/cassette/1',
      made: 'script',
      model: 'script/answers',
      model_family: null,
      recorded_at: '2026-01-02',
      note: '',
    } as const
    await recordInto(
      folder,
      scriptedModel(() => ANSWER),
      manifest,
    ).answer(aModelRequest())

    const end = await openModel(`cassette:${folder}`, NOTHING).answer(aModelRequest())
    rmSync(folder, { recursive: true })

    expect(end).toEqual(ANSWER)
  })
})
