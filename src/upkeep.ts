import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { LIMITS } from './config.ts'
import { ReverieError } from './core/errors.ts'
import { DEFAULT_WORKSPACE } from './core/ids.ts'
import type { ReverieOptions } from './engine/api.ts'
import type { Tell, Verification } from './engine/folder-api/upkeep-api.ts'
import type { UpkeepPorts } from './engine/operations/deps.ts'
import { verifyState as verify } from './engine/operations/upkeep/verify.ts'
import { MANIFEST_FILE, namedIn } from './models/cassette-file.ts'
import { readCassette } from './models/cassette-folder.ts'
import { type Config, readConfig } from './settings.ts'
import { restoreFolder } from './storage/folder/upkeep/restore-folder.ts'
import { stateFiles } from './storage/folder/upkeep/state-files.ts'
import { openSqliteStorage } from './storage/sqlite/sqlite-storage.ts'
import { isDatabaseInUse } from './storage/sqlite/upkeep/in-use.ts'
import { sqliteDatabaseFile } from './storage/sqlite/upkeep/sqlite-database-file.ts'
import type { Storage } from './storage/storage.ts'

/** Name of the database in a state folder. */
export const DATABASE: string = 'reverie.db'

/** A state folder as files; `release` is the version of this program. */
export function upkeepPorts(home: string, config: Config, release: string): UpkeepPorts {
  const database = sqliteDatabaseFile(join(home, DATABASE), LIMITS.busyTimeoutMs)
  const files = stateFiles({ home, databaseName: DATABASE, database, isPassing, isOurs })
  return { files, database, release, sessionDays: config.retention.sessionDays }
}

/** Locks, journals, uploads under way, what hooks told, the log of dreams in the background. */
function isPassing(path: string): boolean {
  return /^(?:journal|uploads)\/|^session-ends(?:\.\d+)?\.jsonl$|^dream\.log/.test(path)
}

/** Recordings. */
function isOurs(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name === MANIFEST_FILE || namedIn(name) !== null
}

export interface VerifyOptions extends Pick<ReverieOptions, 'home' | 'env'> {
  readonly readData: boolean
  readonly tell?: Tell
}

/**
 * Checks a state folder, also one whose database does not open. Changes nothing. Throws
 * `not_found_error` where there is no state folder.
 */
export async function verifyState(options: VerifyOptions): Promise<Verification> {
  const { readData, tell = () => undefined } = options
  const config = readConfig(options.env ?? process.env)
  const home = options.home ?? config.home
  if (!existsSync(home)) {
    throw new ReverieError('not_found_error', `There is no state folder "${home}".`, {
      next: 'Set REVERIE_HOME, or run a dream first.',
    })
  }
  const { files, database } = upkeepPorts(home, config, '')
  const opened: Storage[] = []
  const storage = async (): Promise<Storage> => {
    const path = join(home, DATABASE)
    const made = await openSqliteStorage({
      path,
      workspaceId: DEFAULT_WORKSPACE,
      busyTimeoutMs: LIMITS.busyTimeoutMs,
    })
    opened.push(made)
    return made
  }
  try {
    const cassettes = { read: readCassette }
    return await verify({ readData, tell }, { files, database, cassettes, storage })
  } finally {
    for (const one of opened) await one.close()
  }
}

export interface RestoreOptions extends Pick<ReverieOptions, 'home' | 'env' | 'now'> {
  /** A folder that `backup` made. */
  readonly from: string
  /** Moves a state folder that stands there aside; else it has to be absent or empty. */
  readonly isReplacing?: boolean
}

/** What was restored. */
export interface Restored {
  readonly home: string
  readonly takenAt: string
  readonly files: number
  /** Where the old state folder was moved; null = there was none. */
  readonly movedTo: string | null
  /** Memory folders that the backup knows and does not contain. */
  readonly memoryFolders: readonly string[]
}

/**
 * Makes the state folder anew from a backup, whole or not at all. Throws `not_found_error` where
 * there is no backup, `api_error` for a damaged one, `conflict_error` where a state folder stands or
 * another process uses it.
 */
export async function restoreState(options: RestoreOptions): Promise<Restored> {
  const home = resolve(options.home ?? readConfig(options.env ?? process.env).home)
  const now = options.now ?? (() => new Date())
  const { manifest, movedTo } = restoreFolder({
    from: resolve(options.from),
    home,
    isReplacing: options.isReplacing ?? false,
    at: now().toISOString(),
    assertUnused() {
      if (!isDatabaseInUse(join(home, DATABASE))) return
      throw new ReverieError('conflict_error', `Another process has "${home}" open.`, {
        next: 'End every Reverie that runs on it (a server, a dream), then restore again.',
      })
    },
  })
  const { takenAt, files, memoryFolders } = manifest
  return { home, takenAt, files: files.length, movedTo, memoryFolders }
}
