import { lstatSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { StateDatabase } from '../../port/state-upkeep.ts'
import { errorCode } from '../../system-errors.ts'

export interface StateFolderParts {
  readonly home: string
  /** Name of the database file; its log and index stand beside it. */
  readonly databaseName: string
  readonly database: StateDatabase
  /** Folders and files that are ours but of no lasting worth, by their path below the state folder. */
  readonly isPassing: (path: string) => boolean
  /** The same for what is worth keeping, besides the database. */
  readonly isOurs: (path: string) => boolean
}

/** A file or folder below the state folder. */
export interface StateEntry {
  /** Relative, with `/`. */
  readonly path: string
  readonly kind: 'file' | 'folder' | 'other'
  readonly mode: number
}

/** Everything below a state folder, links not followed, sorted. */
export function entriesOf(home: string): readonly StateEntry[] {
  const names = readdirSync(home, { recursive: true, withFileTypes: true })
  const entries = names.flatMap((entry): readonly StateEntry[] => {
    const full = join(entry.parentPath, entry.name)
    const mode = modeOf(full)
    if (mode === null) return []
    const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other'
    return [{ path: relative(home, full).split(sep).join('/'), kind, mode }]
  })
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Whether a file belongs to the database. */
export function isDatabaseFile(path: string, databaseName: string): boolean {
  return ['', '-wal', '-shm', '-journal'].some((end) => path === `${databaseName}${end}`)
}

/** Null = it went meanwhile. */
export function modeOf(path: string): number | null {
  try {
    return lstatSync(path).mode
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}
