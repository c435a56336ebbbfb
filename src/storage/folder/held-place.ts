import { join } from 'node:path'
import { ReverieError } from '../../core/errors.ts'
import { errorCode } from '../system-errors.ts'
import type { FileOperations, HeldFolder } from './file-operations.ts'

const NEW_FILE_MODE = 0o600

/** A folder below a root, checked to be no way out of it and held so that it stays that. */
export class HeldPlace {
  readonly path: string
  readonly mode: number
  readonly #folder: HeldFolder

  constructor(folder: HeldFolder) {
    this.path = folder.path
    this.mode = folder.mode
    this.#folder = folder
  }

  sync(): Promise<void> {
    return this.#folder.sync()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#folder.close()
  }
}

/**
 * Holds the folder that the names lead to; null = there is none. `root` is a real path. Throws
 * `permission_error` where a symbolic link stands on the way, also one that leads back inside.
 */
export async function holdPlace(
  files: FileOperations,
  root: string,
  names: readonly string[],
): Promise<HeldPlace | null> {
  const wanted = join(root, ...names)
  const folder = await held(files, wanted)
  if (folder === null) return null
  if (folder.realPath === wanted) return new HeldPlace(folder)
  await folder.close()
  throw leadsOut(wanted)
}

/** The same, and makes the folders that are missing, with the permissions of the one above. */
export async function makePlace(
  files: FileOperations,
  root: string,
  names: readonly string[],
): Promise<HeldPlace> {
  const found = await holdPlace(files, root, names)
  if (found !== null) return found
  const name = names.at(-1)
  if (name === undefined) {
    throw new ReverieError('not_found_error', `There is no folder "${root}" any more.`)
  }
  await using parent = await makePlace(files, root, names.slice(0, -1))
  await files.createFolder(join(parent.path, name), parent.mode)
  await parent.sync()
  const made = await holdPlace(files, root, names)
  if (made === null) throw leadsOut(join(root, ...names))
  return made
}

/** Permissions of a new file: those of the first markdown file beside it, else the owner's only. */
export async function newFileMode(files: FileOperations, place: HeldPlace | null): Promise<number> {
  if (place === null) return NEW_FILE_MODE
  for (const name of await files.listFolder(place.path)) {
    if (!name.endsWith('.md')) continue
    const beside = await readBeside(files, join(place.path, name))
    if (beside !== null) return beside
  }
  return NEW_FILE_MODE
}

async function readBeside(files: FileOperations, path: string): Promise<number | null> {
  try {
    return (await files.readFile(path))?.mode ?? null
  } catch (error) {
    if (['ELOOP', 'EACCES', 'EISDIR'].includes(errorCode(error))) return null
    throw error
  }
}

async function held(files: FileOperations, path: string): Promise<HeldFolder | null> {
  try {
    return await files.holdFolder(path)
  } catch (error) {
    if (['ELOOP', 'ENOTDIR'].includes(errorCode(error))) throw leadsOut(path, error)
    throw error
  }
}

function leadsOut(path: string, cause?: unknown): ReverieError {
  return new ReverieError(
    'permission_error',
    `"${path}" is not a plain folder of the memory folder.`,
    {
      next: 'Put a folder in the place of the symbolic link or file.',
      cause,
    },
  )
}
