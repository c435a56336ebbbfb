import { existsSync, lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { LIMITS } from '../../config.ts'
import { errorCode } from '../system-errors.ts'

export interface KeptFilesOptions {
  readonly stateFolder: string
  /** The storage's own files, by name: it cleans them itself. */
  readonly isDatabase: (name: string) => boolean
  /** Kept answers, by name: they may go, and are asked for again. */
  readonly isAnswer: (name: string) => boolean
}

/** What is found in files beside the storage. Links are not followed. */
export interface KeptFilesOnDisk {
  /** Files of the state folder and at or below these paths that hold what is looked for, or are too large to tell. */
  holding(holds: (text: string) => boolean, paths: readonly string[]): Promise<readonly string[]>
  /** Removes answers of the state folder that hold it; returns what still does. */
  clean(holds: (text: string) => boolean, paths: readonly string[]): Promise<readonly string[]>
  /** Whether a folder may still be where it was put; one whose disk is away may be. */
  mayStand(folder: string): Promise<boolean>
}

/** Looks through the state folder: recordings, journals, uploads, copies of the database. */
export function keptFiles(options: KeptFilesOptions): KeptFilesOnDisk {
  const holding: KeptFilesOnDisk['holding'] = async (holds, paths) => [
    ...found(options.stateFolder, holds, options),
    ...paths.flatMap((path) => found(path, holds, options)),
  ]
  return {
    holding,
    async clean(holds, paths) {
      const own = found(options.stateFolder, holds, options)
      const answers = own.filter((path) => options.isAnswer(nameOf(path)))
      for (const path of answers) rmSync(path, { force: true })
      return holding(holds, paths)
    },
    mayStand: async (folder) => existsSync(folder) || !existsSync(dirname(folder)),
  }
}

function found(
  folder: string,
  holds: (text: string) => boolean,
  { isDatabase }: KeptFilesOptions,
): readonly string[] {
  return filesIn(folder).filter((path) => {
    if (isDatabase(nameOf(path))) return false
    const { size } = lstatSync(path)
    // Looking into the lock of a folder would let go of it: SQLite's locks end with any `close`.
    if (size === 0) return false
    if (size > LIMITS.erasureFileBytesMax) return true
    return holds(readFileSync(path, 'utf8'))
  })
}

/** What is gone holds nothing any more. */
function filesIn(folder: string): readonly string[] {
  try {
    if (lstatSync(folder).isFile()) return [folder]
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
