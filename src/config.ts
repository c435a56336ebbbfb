import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { ReverieError } from './core/errors.ts'

/**
 * Every limit of the product by name. A limit that people may change has an environment variable
 * in `OPTIONS`; the others are fixed here so that nothing is unbounded.
 */
export const LIMITS = {
  /** The wire's, for `store:` memories. */
  memoryBytesMax: 102_400,
  memoriesPerStoreMax: 2_000,
  pathBytesMax: 1_024,
  pathSegmentsMax: 20,
  instructionsCharsMax: 4_096,
  /** Folders have their own. */
  folderFilesMax: 5_000,
  folderFileBytesMax: 1_048_576,
  /** Names of any kind that reading a folder looks at. */
  folderEntriesMax: 100_000,
  indexLinesMax: 200,
  indexBytesMax: 25_600,
  /** Imports. */
  sourceBytesMax: 1_073_741_824,
  sourceLineBytesMax: 16_777_216,
  sourceFilesMax: 10_000,
  /** A JSON document is read whole; JSONL is streamed. */
  jsonSourceBytesMax: 67_108_864,
  eventTextCharsMax: 1_000_000,
  /** A dream. */
  sessionsPerBatchMax: 100,
  clusterSizeMax: 12,
  /** Statements of one session that are not worth a memory but may outdate one. */
  plainStatementsMax: 300,
  neighboursMax: 10,
  sessionsWithFixMin: 2,
  sessionsWithoutFixMin: 3,
  newLessonsMax: 5,
  lessonWordsMax: 60,
  claimsPerChunkMax: 40,
  claimWordsMax: 60,
  quoteWordsMax: 30,
  changesMax: 2_000,
  lossUnitsMin: 5,
  lossShareMax: 0.25,
  probesMax: 150,
  searchHitsMax: 100,
  /** How long a process may hold a dream without renewing, in ms; after a kill, so long a wait. */
  leaseMs: 15_000,
  /** How long a command waits for another process's write, in ms. */
  busyTimeoutMs: 10_000,
} as const

/** Names of the transcript formats that are read, in the order in which a source is judged. */
export const TRANSCRIPT_FORMATS: readonly string[] = ['claude-code', 'chat']

export interface Config {
  /** State folder: database, journal. Files in it are 0600. */
  readonly home: string
}

export interface OptionSpec {
  readonly name: string
  readonly env: string
  readonly default: string
  readonly meaning: string
}

export const OPTIONS: readonly OptionSpec[] = [
  {
    name: 'home',
    env: 'REVERIE_HOME',
    default: '$XDG_STATE_HOME/reverie, else ~/.local/state/reverie',
    meaning: 'State folder: database and journal, files 0600. Memory folders hold nothing of ours.',
  },
]

/** Reads the configuration from the environment; throws `invalid_request_error` on a bad value. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = env.REVERIE_HOME
  if (given !== undefined && given.trim() === '') {
    throw new ReverieError('invalid_request_error', 'REVERIE_HOME is set but empty.', {
      next: 'Unset it or set it to a folder.',
    })
  }
  const stateHome = env.XDG_STATE_HOME
  const base =
    stateHome !== undefined && isAbsolute(stateHome)
      ? stateHome
      : join(env.HOME ?? homedir(), '.local', 'state')
  return { home: given === undefined ? join(base, 'reverie') : resolve(given) }
}
