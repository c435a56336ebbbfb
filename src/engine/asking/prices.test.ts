import { describe, expect, it } from 'vitest'
import { DOLLAR } from './asking.test-support.ts'
import { PRICE_LIST } from './price-list.ts'
import { nanoUsdOf, parsePrices, priceOf } from './prices.ts'

describe('the price of a model', () => {
  it('is that of its undated name where the dated one is not listed', () => {
    const haiku = priceOf(PRICE_LIST, 'anthropic/claude-haiku-4-5', 'api.anthropic.com')
    expect(haiku?.input).toBe(1)
    expect(priceOf(PRICE_LIST, 'anthropic/claude-haiku-4-5-20251001', null)).toEqual(haiku)
    expect(priceOf(PRICE_LIST, 'openai/gpt-5-nano-2025-08-07', null)?.output).toBe(0.4)
  })

  it('is not guessed: another provider, another name or a longer one has none', () => {
    for (const id of ['acme/claude-haiku-4-5', 'openai/gpt-0', 'openai/gpt-5.4-pro']) {
      expect(priceOf(PRICE_LIST, id, 'api.example.com')).toBeNull()
    }
  })

  it('is nothing on this machine, unless the table says otherwise', () => {
    for (const host of ['localhost:11434', '127.0.0.1:8000', '127.1.2.3', '[::1]:80', '::1']) {
      expect(priceOf([], 'openai-compatible/qwen', host)).toMatchObject({ input: 0, output: 0 })
    }
    expect(priceOf([], 'ollama/qwen', null)).toMatchObject({ input: 0 })
    expect(priceOf([DOLLAR], DOLLAR.model, 'localhost')).toBe(DOLLAR)
    for (const host of ['127.0.0.1.example.com', 'localhost.example.com', '10.0.0.1', null]) {
      expect(priceOf([], 'openai-compatible/qwen', host)).toBeNull()
    }
  })

  it('is the first one listed, so that a file can stand before the list', () => {
    const own = { ...DOLLAR, model: 'anthropic/claude-haiku-4-5', input: 7 }
    expect(priceOf([own, ...PRICE_LIST], own.model, null)).toBe(own)
  })
})

describe('the cost of a call', () => {
  const price = { ...DOLLAR, input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 10 }

  it('counts input from a cache apart, other input as written to one', () => {
    const tokens = { input: 1_000_000, cachedInput: 400_000, output: 100_000 }
    expect(nanoUsdOf(price, tokens)).toBe((1.5 + 0.08 + 1) * 1_000_000_000)
  })

  it('takes the rates of long input for the whole call', () => {
    const long = { ...price, long: { ...price, input: 20, cacheWrite: null, above: 1_000 } }
    expect(nanoUsdOf(long, { input: 1_000, cachedInput: 0, output: 0 })).toBe(2_500_000)
    expect(nanoUsdOf(long, { input: 1_001, cachedInput: 0, output: 0 })).toBe(20_020_000)
  })
})

describe('the price list', () => {
  it('reads as a file of prices does, names no model twice, says where each line is from', () => {
    expect(parsePrices(JSON.parse(JSON.stringify(PRICE_LIST)))).toEqual(PRICE_LIST)
    expect(new Set(PRICE_LIST.map(({ model }) => model)).size).toBe(PRICE_LIST.length)
    for (const line of PRICE_LIST) expect(line.source).toMatch(/^https:\/\//)
  })

  it.each([
    ['no list', {}],
    ['a negative price', [{ ...DOLLAR, input: -1 }]],
    ['a price that is no number', [{ ...DOLLAR, output: '3' }]],
    ['a name without a provider', [{ ...DOLLAR, model: 'gpt' }]],
    ['an unknown property', [{ ...DOLLAR, perMinute: 1 }]],
    ['a day that is none', [{ ...DOLLAR, date: 'today' }]],
  ])('is refused as a file with %s', (_what, json) => {
    expect(() => parsePrices(json)).toThrow(/price table is not valid at/)
  })
})
