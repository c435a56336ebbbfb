import { describe, expect, it } from 'vitest'
import { LIMITS } from './config.ts'
import { isReverieError, type ReverieError } from './core/errors.ts'
import { readServerConfig, SERVER_OPTIONS } from './server-settings.ts'

function problemOf(env: Readonly<Record<string, string>>): ReverieError | null {
  try {
    readServerConfig(env)
    return null
  } catch (error) {
    if (isReverieError(error)) return error
    throw error
  }
}

const shown = (env: Readonly<Record<string, string>>, name: string): string | undefined =>
  SERVER_OPTIONS.find((option) => option.name === name)?.shown({ server: readServerConfig(env) })

describe('nothing set', () => {
  it('gives ten thousand memories a store and a port of its own', () => {
    expect(readServerConfig({})).toMatchObject({
      memoriesPerStore: 10_000,
      port: 4_983,
      logLevel: 'info',
    })
  })

  it("lets the wire's model ids mean rules alone, and no other", () => {
    const { meanings } = readServerConfig({})
    expect([meanings.get('claude-opus-5'), meanings.get('embedded')]).toEqual([
      'embedded',
      'embedded',
    ])
    expect(meanings.get('gpt-5')).toBeUndefined()
  })
})

describe('REVERIE_MODELS', () => {
  it('says what ids stand for, and leaves the others as they are', () => {
    const value =
      'claude-opus-5=embedded, claude-sonnet-5=anthropic/claude-sonnet-5,mine=ollama/q:8b'
    const { meanings } = readServerConfig({ REVERIE_MODELS: value })
    expect(meanings.get('claude-sonnet-5')).toBe('anthropic/claude-sonnet-5')
    expect(meanings.get('mine')).toBe('ollama/q:8b')
    expect(meanings.get('claude-opus-4-8')).toBe('embedded')
  })

  it('is shown as what differs from the built-in meanings', () => {
    expect(shown({ REVERIE_MODELS: 'a=ollama/b,claude-opus-5=embedded' }, 'models')).toBe(
      'a=ollama/b',
    )
    expect(shown({}, 'models')).toBe("the wire's known ids mean rules alone")
  })

  it.each(['', 'claude', 'claude=', '=embedded', 'a=b', 'a=x/y,,'])('refuses %j', (value) => {
    expect(problemOf({ REVERIE_MODELS: value })?.message).toContain('REVERIE_MODELS')
  })
})

it.each([
  ['REVERIE_MEMORIES_PER_STORE', ['0', '-1', '1.5', 'many', '', '1000001']],
  ['REVERIE_DREAMS_AT_ONCE', ['-1', '1.5', 'all', '', '65']],
  ['REVERIE_PORT', ['0', '65536', 'http']],
  ['REVERIE_LOG_LEVEL', ['loud', '']],
])('%s refuses what it cannot be, and says what it may be', (name, values) => {
  for (const value of values) {
    const problem = problemOf({ [name]: value })
    expect(problem?.message, value).toContain(name)
    expect(problem?.next, value).toContain(name)
  }
})

it('takes the most that is allowed', () => {
  const max = String(LIMITS.memoriesPerStoreSettingMax)
  expect(readServerConfig({ REVERIE_MEMORIES_PER_STORE: max }).memoriesPerStore).toBe(Number(max))
  const dreams = String(LIMITS.dreamsAtOnceMax)
  expect(readServerConfig({ REVERIE_DREAMS_AT_ONCE: dreams }).dreamsAtOnce).toBe(Number(dreams))
})

it('may leave all dreams to other processes', () => {
  expect(readServerConfig({ REVERIE_DREAMS_AT_ONCE: '0' }).dreamsAtOnce).toBe(0)
})
