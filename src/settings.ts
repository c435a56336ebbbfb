import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { LIMITS } from './config.ts'
import type { Budget } from './core/dream.ts'
import { ReverieError } from './core/errors.ts'
import { type FolderAutoApply, isFolderLevel } from './core/schedule.ts'
import { RETENTION_OPTIONS, type RetentionConfig, readRetention } from './retention-settings.ts'
import { readServerConfig, SERVER_OPTIONS, type ServerConfig } from './server-settings.ts'

export interface Config {
  /** State folder: database, journal. Files in it are 0600. */
  readonly home: string
  readonly models: ModelConfig
  /** What a dream in an idle gap writes into its folder by itself. */
  readonly autoApply: FolderAutoApply
  readonly server: ServerConfig
  readonly retention: RetentionConfig
}

/** Which models may be asked, where, and for how much. */
export interface ModelConfig {
  /** `provider/name`; null = rules alone, unless a dream names one. */
  readonly model: string | null
  /** Reads and judges; null = `model`. */
  readonly smallModel: string | null
  /** Base address for `openai-compatible/...` and `ollama/...`. */
  readonly url: string | null
  /** Key for that address. */
  readonly key: string | null
  readonly anthropicKey: string | null
  readonly openaiKey: string | null
  readonly timeoutMs: number
  /** Null = nobody said: what a dream names is asked, what the settings name is not. */
  readonly egress: 'none' | 'models' | null
  readonly budget: Budget
  /** Path of a file with prices; null = the built-in table. */
  readonly prices: string | null
}

export interface OptionSpec {
  readonly name: string
  readonly env: string
  readonly default: string
  readonly meaning: string
  /** What people see of the value: of a key only whether there is one. */
  shown(config: Config): string
}

const NONE = 'none'
const presence = (key: string | null): string => (key === null ? 'not set' : 'set; never shown')

export const OPTIONS: readonly OptionSpec[] = [
  {
    name: 'home',
    env: 'REVERIE_HOME',
    default: '$XDG_STATE_HOME/reverie, else ~/.local/state/reverie',
    meaning: 'State folder: database and journal, files 0600. Memory folders hold nothing of ours.',
    shown: ({ home }) => home,
  },
  {
    name: 'model',
    env: 'REVERIE_MODEL',
    default: NONE,
    meaning:
      'Model of every dream, as provider/name: anthropic, openai, ollama or openai-compatible. ' +
      'Needs REVERIE_EGRESS=models; --model names one for a single dream.',
    shown: ({ models }) => models.model ?? NONE,
  },
  {
    name: 'small_model',
    env: 'REVERIE_SMALL_MODEL',
    default: 'the model',
    meaning: 'Model that reads and judges; the other one words merges and lessons.',
    shown: ({ models }) => models.smallModel ?? models.model ?? NONE,
  },
  {
    name: 'model_url',
    env: 'REVERIE_MODEL_URL',
    default: "the provider's own",
    meaning: 'Base address of openai-compatible and ollama models.',
    shown: ({ models }) => models.url ?? "the provider's own",
  },
  {
    name: 'model_key',
    env: 'REVERIE_MODEL_KEY',
    default: 'not set',
    meaning: 'Key for that address.',
    shown: ({ models }) => presence(models.key),
  },
  {
    name: 'anthropic_key',
    env: 'ANTHROPIC_API_KEY',
    default: 'not set',
    meaning: 'Key for anthropic models.',
    shown: ({ models }) => presence(models.anthropicKey),
  },
  {
    name: 'openai_key',
    env: 'OPENAI_API_KEY',
    default: 'not set',
    meaning: 'Key for openai models.',
    shown: ({ models }) => presence(models.openaiKey),
  },
  {
    name: 'model_timeout',
    env: 'REVERIE_MODEL_TIMEOUT',
    default: '300',
    meaning: `Seconds that one call may take, up to ${LIMITS.modelTimeoutSecondsMax}.`,
    shown: ({ models }) => String(models.timeoutMs / 1000),
  },
  {
    name: 'egress',
    env: 'REVERIE_EGRESS',
    default: 'none, except to a model that the command names',
    meaning: 'What may leave this machine: none, or models for questions to the configured models.',
    shown: ({ models }) => models.egress ?? 'none, except to a model that the command names',
  },
  {
    name: 'budget_tokens',
    env: 'REVERIE_BUDGET_TOKENS',
    default: '2000000',
    meaning: 'Hard cap of a dream in tokens, input and output together.',
    shown: ({ models }) => String(models.budget.tokens),
  },
  {
    name: 'budget_usd',
    env: 'REVERIE_BUDGET_USD',
    default: '5',
    meaning: 'Hard cap of a dream in US dollars, or off. Models that cost nothing need none.',
    shown: ({ models }) => (models.budget.usd === null ? 'off' : String(models.budget.usd)),
  },
  {
    name: 'prices',
    env: 'REVERIE_PRICES',
    default: 'the built-in table',
    meaning: 'JSON file with prices of models, in the shape of the built-in table.',
    shown: ({ models }) => models.prices ?? 'the built-in table',
  },
  {
    name: 'auto_apply',
    env: 'REVERIE_AUTO_APPLY',
    default: 'off',
    meaning:
      'What `dream --if-due` writes by itself: off, safe (duplicates, index repair) or trusted.',
    shown: ({ autoApply }) => autoApply,
  },
  ...RETENTION_OPTIONS,
  ...SERVER_OPTIONS,
]

type Environment = Readonly<Record<string, string | undefined>>

/** Variables whose values are never printed. */
export const KEY_VARIABLES = ['REVERIE_MODEL_KEY', 'ANTHROPIC_API_KEY', 'OPENAI_API_KEY'] as const

/** Reads the configuration from the environment; throws `invalid_request_error` on a bad value. */
export function readConfig(env: Environment): Config {
  const home = given(env, 'REVERIE_HOME', 'a folder')
  if (env.REVERIE_SMALL_MODEL !== undefined && env.REVERIE_MODEL === undefined) {
    throw new ReverieError('invalid_request_error', 'REVERIE_SMALL_MODEL needs REVERIE_MODEL.', {
      next: 'Set REVERIE_MODEL too, or unset REVERIE_SMALL_MODEL.',
    })
  }
  const prices = given(env, 'REVERIE_PRICES', 'a JSON file')
  return {
    home: home === null ? join(stateHome(env), 'reverie') : resolve(home),
    models: {
      model: modelOf(env, 'REVERIE_MODEL'),
      smallModel: modelOf(env, 'REVERIE_SMALL_MODEL'),
      url: addressOf(given(env, 'REVERIE_MODEL_URL', 'an http or https address')),
      key: keyOf(env.REVERIE_MODEL_KEY),
      anthropicKey: keyOf(env.ANTHROPIC_API_KEY),
      openaiKey: keyOf(env.OPENAI_API_KEY),
      timeoutMs: timeoutOf(given(env, 'REVERIE_MODEL_TIMEOUT', 'seconds')) * 1000,
      egress: egressOf(given(env, 'REVERIE_EGRESS', '`none` or `models`')),
      budget: {
        tokens: tokenCap(given(env, 'REVERIE_BUDGET_TOKENS', 'a number'), 'REVERIE_BUDGET_TOKENS'),
        usd: moneyCap(given(env, 'REVERIE_BUDGET_USD', 'an amount'), 'REVERIE_BUDGET_USD'),
      },
      prices: prices === null ? null : resolve(prices),
    },
    autoApply: levelOf(given(env, 'REVERIE_AUTO_APPLY', 'a level')),
    server: readServerConfig(env),
    retention: readRetention(env),
  }
}

const BUDGET: Budget = { tokens: 2_000_000, usd: 5 }

/** A cap in tokens as a person wrote it (`200000`, `200k`, `2m`); null = the default. */
export function tokenCap(text: string | null, what: string): number {
  if (text === null) return BUDGET.tokens
  const [, digits, unit] = /^(\d[\d_]*)([km]?)$/i.exec(text.trim()) ?? []
  const factor = unit === undefined || unit === '' ? 1 : /k/i.test(unit) ? 1_000 : 1_000_000
  const tokens = Number((digits ?? '').replaceAll('_', '') || Number.NaN) * factor
  if (Number.isSafeInteger(tokens) && tokens >= 1 && tokens <= LIMITS.budgetTokensMax) return tokens
  throw invalid(what, `a whole number of tokens from 1 to ${LIMITS.budgetTokensMax}`)
}

/** A cap in US dollars as a person wrote it; `off` = no cap (null), null = the default. */
export function moneyCap(text: string | null, what: string): number | null {
  if (text === null) return BUDGET.usd
  const word = text.trim()
  if (word === 'off') return null
  const usd = /^\d+(?:\.\d+)?$/.test(word) ? Number(word) : Number.NaN
  if (usd > 0 && usd <= LIMITS.budgetUsdMax) return usd
  throw invalid(what, `US dollars above 0 and up to ${LIMITS.budgetUsdMax}, or \`off\``)
}

function stateHome(env: Environment): string {
  const found = env.XDG_STATE_HOME
  return found !== undefined && isAbsolute(found)
    ? found
    : join(env.HOME ?? homedir(), '.local', 'state')
}

function given(env: Environment, name: string, what: string): string | null {
  const value = env[name]
  if (value !== undefined && value.trim() === '') {
    throw new ReverieError('invalid_request_error', `${name} is set but empty.`, {
      next: `Unset it or set it to ${what}.`,
    })
  }
  return value ?? null
}

/** An empty key is how shells hand on one that is not there. */
function keyOf(value: string | undefined): string | null {
  const key = value?.trim() ?? ''
  return key === '' ? null : key
}

/** What a name means is the models' own; here only that an address in it holds no password. */
function modelOf(env: Environment, variable: string): string | null {
  const name = given(env, variable, 'provider/name')?.trim() ?? null
  const url = name?.includes('://') === true ? URL.parse(name) : null
  if (url === null || `${url.username}${url.password}${url.search}` === '') return name
  throw invalid(variable, 'a model whose address has no user, password or query')
}

/** The value may hold a password, so no message repeats it. */
function addressOf(value: string | null): string | null {
  if (value === null) return null
  const url = URL.parse(value.trim())
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.hostname !== ''
  if (isPlain && `${url.username}${url.password}${url.search}${url.hash}` === '') return url.href
  throw invalid(
    'REVERIE_MODEL_URL',
    'an http or https address without user, password, query or fragment',
  )
}

function timeoutOf(value: string | null): number {
  if (value === null) return 300
  const seconds = Number(value)
  const isValid = Number.isInteger(seconds) && seconds >= 1
  if (isValid && seconds <= LIMITS.modelTimeoutSecondsMax) return seconds
  throw invalid('REVERIE_MODEL_TIMEOUT', `whole seconds from 1 to ${LIMITS.modelTimeoutSecondsMax}`)
}

function egressOf(value: string | null): ModelConfig['egress'] {
  if (value === null || value === 'none' || value === 'models') return value
  throw invalid('REVERIE_EGRESS', '`none` or `models`')
}

function levelOf(value: string | null): FolderAutoApply {
  if (value === null || isFolderLevel(value)) return value ?? 'off'
  throw invalid('REVERIE_AUTO_APPLY', '`off`, `safe` or `trusted`')
}

function invalid(what: string, rule: string): ReverieError {
  return new ReverieError('invalid_request_error', `${what} has a value that is not allowed.`, {
    next: `Set ${what} to ${rule}.`,
  })
}
