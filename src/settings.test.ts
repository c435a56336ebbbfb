import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from './config.ts'
import { isReverieError, ReverieError } from './core/errors.ts'
import { KEY_VARIABLES, moneyCap, OPTIONS, readConfig, tokenCap } from './settings.ts'

const HOME = { HOME: '/home/me' }

function problemOf(env: Readonly<Record<string, string>>): ReverieError {
  try {
    readConfig({ ...HOME, ...env })
  } catch (error) {
    if (isReverieError(error)) return error
    throw error
  }
  throw new Error('It was read.')
}

describe('nothing set', () => {
  it('means rules alone, nothing leaves, and caps for models that a dream names', () => {
    expect(readConfig(HOME)).toMatchObject({
      home: '/home/me/.local/state/reverie',
      models: {
        model: null,
        smallModel: null,
        url: null,
        key: null,
        anthropicKey: null,
        openaiKey: null,
        timeoutMs: 300_000,
        egress: null,
        budget: { tokens: 2_000_000, usd: 5 },
        prices: null,
      },
    })
  })
})

describe('a setting', () => {
  it('is read from its variable', () => {
    const { models } = readConfig({
      ...HOME,
      REVERIE_MODEL: 'anthropic/claude',
      REVERIE_SMALL_MODEL: 'ollama/qwen3:8b',
      REVERIE_MODEL_URL: 'http://localhost:8080/v1',
      REVERIE_MODEL_KEY: ' key ',
      ANTHROPIC_API_KEY: 'a',
      OPENAI_API_KEY: '',
      REVERIE_MODEL_TIMEOUT: '60',
      REVERIE_EGRESS: 'models',
      REVERIE_BUDGET_TOKENS: '200k',
      REVERIE_BUDGET_USD: 'off',
      REVERIE_PRICES: '/etc/prices.json',
    })

    expect(models).toEqual({
      model: 'anthropic/claude',
      smallModel: 'ollama/qwen3:8b',
      url: 'http://localhost:8080/v1',
      key: 'key',
      anthropicKey: 'a',
      openaiKey: null,
      timeoutMs: 60_000,
      egress: 'models',
      budget: { tokens: 200_000, usd: null },
      prices: '/etc/prices.json',
    })
  })

  it.each([
    ['REVERIE_HOME', ' '],
    ['REVERIE_MODEL', ''],
    ['REVERIE_MODEL', 'https://me:secret@models.example/v1'],
    ['REVERIE_MODEL_URL', 'models.example'],
    ['REVERIE_MODEL_URL', 'file:///etc/passwd'],
    ['REVERIE_MODEL_URL', 'https://me:secret@models.example/v1'],
    ['REVERIE_MODEL_URL', 'https://models.example/v1?key=secret'],
    ['REVERIE_MODEL_TIMEOUT', '0'],
    ['REVERIE_MODEL_TIMEOUT', '1.5'],
    ['REVERIE_MODEL_TIMEOUT', String(LIMITS.modelTimeoutSecondsMax + 1)],
    ['REVERIE_EGRESS', 'all'],
    ['REVERIE_BUDGET_TOKENS', '-1'],
    ['REVERIE_BUDGET_TOKENS', '2.5'],
    ['REVERIE_BUDGET_TOKENS', String(LIMITS.budgetTokensMax + 1)],
    ['REVERIE_BUDGET_USD', '0'],
    ['REVERIE_BUDGET_USD', '$5'],
    ['REVERIE_BUDGET_USD', String(LIMITS.budgetUsdMax + 1)],
    ['REVERIE_PRICES', ''],
  ])('%s=%j is refused by its name, without its value', (variable, value) => {
    const problem = problemOf({ [variable]: value })

    expect(problem.type).toBe('invalid_request_error')
    expect(`${problem.message} ${problem.next}`).toContain(variable)
    expect(`${problem.message} ${problem.next}`).not.toContain('secret')
  })

  it('of a small model alone is refused: nobody would word what it finds', () => {
    expect(problemOf({ REVERIE_SMALL_MODEL: 'ollama/small' }).next).toContain('REVERIE_MODEL')
  })
})

describe('a cap', () => {
  it.each([
    ['1', 1],
    ['200k', 200_000],
    ['2M', 2_000_000],
    ['1_000', 1_000],
  ])('of %s tokens is %d', (text, tokens) => {
    expect(tokenCap(text, '--budget-tokens')).toBe(tokens)
  })

  it('is within its bounds, or refused, whatever is written', () => {
    const refusedOr = <T>(read: () => T): T | undefined => {
      try {
        return read()
      } catch (error) {
        expect(error).toBeInstanceOf(ReverieError)
        return undefined
      }
    }
    const texts = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.stringMatching(/^\d{1,12}[km]?$/),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const tokens = refusedOr(() => tokenCap(text, '--budget-tokens')) ?? 1
        const usd = refusedOr(() => moneyCap(text, '--budget-usd')) ?? 1
        expect(Number.isInteger(tokens) && tokens >= 1).toBe(true)
        expect(tokens).toBeLessThanOrEqual(LIMITS.budgetTokensMax)
        expect(usd > 0 && usd <= LIMITS.budgetUsdMax).toBe(true)
      }),
    )
  })
})

describe('OPTIONS', () => {
  it('shows of every key whether it is set, and nothing of it', () => {
    const key = fc.stringMatching(/^sk-[a-z0-9]{12,40}$/)
    fc.assert(
      fc.property(fc.tuple(key, key, key), (keys) => {
        const env = Object.fromEntries(KEY_VARIABLES.map((name, n) => [name, keys[n] ?? '']))
        const config = readConfig({ ...HOME, ...env })
        const shown = OPTIONS.map((option) => option.shown(config))

        expect(shown.filter((value) => value.startsWith('set;'))).toHaveLength(keys.length)
        for (const value of keys) expect(shown.join('\n')).not.toContain(value)
      }),
    )
  })
})
