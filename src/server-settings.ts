import { LIMITS } from './config.ts'
import { ReverieError } from './core/errors.ts'

/** What people may set of the server. */
export interface ServerConfig {
  /** What model ids of the wire stand for: `embedded` or `provider/name`; over the built-in ones. */
  readonly meanings: ReadonlyMap<string, string>
  /** How many memories a store may hold. */
  readonly memoriesPerStore: number
  /** How many dreams this process runs at once; 0 = it leaves them to others. */
  readonly dreamsAtOnce: number
  readonly port: number
  readonly logLevel: LogLevelName
}

export type LogLevelName = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** Rules alone decide. */
const EMBEDDED = 'embedded'

/** Ids that clients of the wire send; without a setting of their own they mean rules alone. */
const WIRE_MODELS: readonly string[] = [
  EMBEDDED,
  'claude-opus-5-5',
  'claude-opus-5',
  'claude-opus-4-8',
  'claude-opus-4-7',
  'claude-sonnet-5-5',
  'claude-sonnet-5',
  'claude-sonnet-4-6',
  'claude-haiku-5-5',
  'claude-fable-5-2',
  'claude-fable-5-1',
  'claude-fable-5',
]

const LOG_LEVELS: readonly LogLevelName[] = ['debug', 'info', 'warn', 'error', 'silent']
const MEMORIES = 10_000
const PORT = 4_983

interface ServerOption {
  readonly name: string
  readonly env: string
  readonly default: string
  readonly meaning: string
  shown(config: { readonly server: ServerConfig }): string
}

export const SERVER_OPTIONS: readonly ServerOption[] = [
  {
    name: 'models',
    env: 'REVERIE_MODELS',
    default: "the wire's known ids mean rules alone",
    meaning:
      'What model ids that clients send stand for: id=embedded or id=provider/name, by commas. ' +
      'Models that are sent to need REVERIE_EGRESS=models.',
    shown: ({ server }) =>
      [...server.meanings]
        .filter(([id, meaning]) => meaning !== EMBEDDED || !WIRE_MODELS.includes(id))
        .map(([id, meaning]) => `${id}=${meaning}`)
        .join(',') || "the wire's known ids mean rules alone",
  },
  {
    name: 'memories_per_store',
    env: 'REVERIE_MEMORIES_PER_STORE',
    default: String(MEMORIES),
    meaning: `Memories that a store of the server may hold, up to ${LIMITS.memoriesPerStoreSettingMax}.`,
    shown: ({ server }) => String(server.memoriesPerStore),
  },
  {
    name: 'dreams_at_once',
    env: 'REVERIE_DREAMS_AT_ONCE',
    default: String(LIMITS.dreamsAtOnce),
    meaning:
      `Dreams that this process runs at once, up to ${LIMITS.dreamsAtOnceMax}. ` +
      '0 leaves them to other processes with the same state folder.',
    shown: ({ server }) => String(server.dreamsAtOnce),
  },
  {
    name: 'port',
    env: 'REVERIE_PORT',
    default: String(PORT),
    meaning: 'Port of `reverie serve`.',
    shown: ({ server }) => String(server.port),
  },
  {
    name: 'log_level',
    env: 'REVERIE_LOG_LEVEL',
    default: 'info',
    meaning: `What the server logs: ${LOG_LEVELS.join(', ')}. Never contents.`,
    shown: ({ server }) => server.logLevel,
  },
]

/** Throws `invalid_request_error` on a bad value. */
export function readServerConfig(env: Readonly<Record<string, string | undefined>>): ServerConfig {
  return {
    meanings: meaningsOf(env.REVERIE_MODELS),
    memoriesPerStore: wholeNumber(env, 'REVERIE_MEMORIES_PER_STORE', {
      none: MEMORIES,
      max: LIMITS.memoriesPerStoreSettingMax,
    }),
    dreamsAtOnce: wholeNumber(env, 'REVERIE_DREAMS_AT_ONCE', {
      none: LIMITS.dreamsAtOnce,
      min: 0,
      max: LIMITS.dreamsAtOnceMax,
    }),
    port: wholeNumber(env, 'REVERIE_PORT', { none: PORT, max: 65_535 }),
    logLevel: logLevelOf(env.REVERIE_LOG_LEVEL),
  }
}

function meaningsOf(value: string | undefined): ReadonlyMap<string, string> {
  const builtIn = WIRE_MODELS.map((id) => [id, EMBEDDED] as const)
  if (value === undefined) return new Map(builtIn)
  const pairs = value.split(',').map((pair) => {
    const [, id, meaning] = /^([\w.:/-]+)=(embedded|[\w-]+[/:].+)$/.exec(pair.trim()) ?? []
    if (id === undefined || meaning === undefined) {
      throw invalid('REVERIE_MODELS', '`id=embedded` or `id=provider/name`, by commas')
    }
    return [id, meaning] as const
  })
  return new Map([...builtIn, ...pairs])
}

function wholeNumber(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  { none, min = 1, max }: { readonly none: number; readonly min?: number; readonly max: number },
): number {
  const value = env[name]
  if (value === undefined) return none
  const number = /^\d{1,9}$/.test(value.trim()) ? Number(value) : Number.NaN
  if (number >= min && number <= max) return number
  throw invalid(name, `a whole number from ${min} to ${max}`)
}

function logLevelOf(value: string | undefined): LogLevelName {
  const level = LOG_LEVELS.find((one) => one === (value ?? 'info'))
  if (level === undefined) throw invalid('REVERIE_LOG_LEVEL', LOG_LEVELS.join(', '))
  return level
}

function invalid(what: string, rule: string): ReverieError {
  return new ReverieError('invalid_request_error', `${what} has a value that is not allowed.`, {
    next: `Set ${what} to ${rule}.`,
  })
}
