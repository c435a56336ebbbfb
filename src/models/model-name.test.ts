import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isReverieError, type ReverieError } from '../core/errors.ts'
import { baseAddress, type ModelName, parseModelName } from './model-name.ts'

function refusal(text: string): ReverieError {
  try {
    parseModelName(text)
  } catch (error) {
    if (isReverieError(error)) return error
    throw error
  }
  throw new Error('It was let through.')
}

describe('parseModelName', () => {
  const known: readonly (readonly [string, ModelName])[] = [
    ['anthropic/claude-haiku-4-5', { kind: 'anthropic', name: 'claude-haiku-4-5' }],
    ['openai/gpt-5-mini', { kind: 'openai', name: 'gpt-5-mini' }],
    ['  ollama/qwen3:8b ', { kind: 'ollama', name: 'qwen3:8b' }],
    ['ollama/hf.co/org/model:Q4_K_M', { kind: 'ollama', name: 'hf.co/org/model:Q4_K_M' }],
    ['openai-compatible/org/model', { kind: 'openai-compatible', name: 'org/model', url: null }],
    [
      'http://127.0.0.1:8080/v1/#qwen3:8b',
      { kind: 'openai-compatible', name: 'qwen3:8b', url: 'http://127.0.0.1:8080/v1' },
    ],
    [
      'https://models.example/v1',
      { kind: 'openai-compatible', name: 'default', url: 'https://models.example/v1' },
    ],
    [
      'https://models.example/v1#org%2Fmodel',
      { kind: 'openai-compatible', name: 'org/model', url: 'https://models.example/v1' },
    ],
    ['cassette:tests/my cassette', { kind: 'cassette', folder: 'tests/my cassette' }],
  ]

  it.each(known)('reads %s', (text, name) => {
    expect(parseModelName(text)).toEqual(name)
  })

  it.each([
    '',
    'claude-haiku',
    'mystery/model',
    'openai/',
    'openai/two words',
    'ollama/a\u200bb',
    'cassette:',
    'ftp://host/v1',
    'http://',
    'http://host/v1#two%20words',
    `openai/${'x'.repeat(300)}`,
  ])('refuses %j and names what is allowed', (text) => {
    const { type, next } = refusal(text)

    expect(type).toBe('invalid_request_error')
    expect(next).toMatch(/anthropic\/<name>.*openai-compatible\/<name>.*cassette:<folder>/)
  })

  it.each([
    'http://mara:s3cret@host/v1',
    'https://s3cret@host/v1#model',
    'https://host/v1?key=s3cret',
  ])('refuses a key in the address %s without repeating it', (text) => {
    const { type, message, next } = refusal(text)

    expect(type).toBe('invalid_request_error')
    expect(`${message} ${next}`).not.toContain('s3cret')
    expect(next).toContain('REVERIE_MODEL_KEY')
  })

  it('gives back every name after a provider as it was written', () => {
    const aName = fc.stringMatching(/^[\w.:/@#?&=+-]{1,60}$/)
    fc.assert(
      fc.property(fc.constantFrom('anthropic', 'openai', 'ollama'), aName, (kind, name) => {
        expect(parseModelName(`${kind}/${name}`)).toEqual({ kind, name })
      }),
      { seed: 41, numRuns: 100 },
    )
  })
})

it('writes equal base addresses alike', () => {
  expect(baseAddress('HTTP://LocalHost:80/v1//#x')).toBe('http://localhost/v1')
  expect(baseAddress('http://localhost/v1')).toBe('http://localhost/v1')
})
