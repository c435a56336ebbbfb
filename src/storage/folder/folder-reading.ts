import { type Dirent, promises as fs } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { ReverieError } from '../../core/errors.ts'
import { sha256 } from '../../core/ids.ts'
import { isOperatorText } from '../../core/memory-path.ts'
import type { FolderContent } from '../memory-folder.ts'
import { errorCode, refusedAccess } from '../system-errors.ts'
import { FILE_OPERATIONS, orNull } from './file-operations.ts'
import { FOLDERS_DEEP_MAX, isLeftOut, isMarkdownName, nameProblem } from './folder-path.ts'
import { type HeldPlace, holdPlace } from './held-place.ts'

export interface FolderLimits {
  /** Markdown files in the folder. */
  readonly folderFilesMax: number
  readonly folderFileBytesMax: number
  /** Names of any kind that a walk looks at. */
  readonly folderEntriesMax: number
}

/** The text of UTF-8 bytes with its byte order mark, so that writing it gives the same bytes; null = not UTF-8. */
export function decodedLosslessly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** The folder's real absolute path. Throws `not_found_error` when there is none. */
export async function realRoot(root: string): Promise<string> {
  try {
    const real = await orNull(fs.realpath(root), 'ENOENT', 'ENOTDIR', 'ELOOP')
    if (real !== null && (await fs.stat(real)).isDirectory()) return real
  } catch (error) {
    throw refusedAccess(error, root)
  }
  throw new ReverieError('not_found_error', `There is no folder "${root}".`, {
    next: 'Check the path of the memory folder.',
  })
}

/** Reads every markdown file below a root; see `MemoryFolder.read`. */
export async function readFolder(root: string, limits: FolderLimits): Promise<FolderContent> {
  const walk = new FolderWalk(await realRoot(root), limits)
  await walk.enter('', 0)
  return {
    root: walk.root,
    memories: walk.memories.toSorted(byPath),
    readOnly: walk.readOnly.toSorted(byPath),
    skipped: walk.skipped.toSorted(byPath),
  }
}

class FolderWalk {
  readonly root: string
  readonly memories: FolderContent['memories'][number][] = []
  readonly readOnly: FolderContent['readOnly'][number][] = []
  readonly skipped: FolderContent['skipped'][number][] = []
  readonly #limits: FolderLimits
  #entries = 0

  constructor(root: string, limits: FolderLimits) {
    this.root = root
    this.#limits = limits
  }

  /** `folder` is the path below the root: empty or `/a/b`. */
  async enter(folder: string, depth: number): Promise<void> {
    await using held = await this.#hold(folder)
    if (held === null) return
    for (const entry of await this.#list(held)) {
      if (isLeftOut(entry.name)) continue
      const path = `${folder}/${entry.name}`
      const problem = nameProblem(entry.name)
      if (problem !== null) this.#skip(path, problem)
      else if (entry.isSymbolicLink()) await this.#skipLink(path)
      else if (entry.isDirectory()) {
        if (depth < FOLDERS_DEEP_MAX) await this.enter(path, depth + 1)
        else this.#skip(path, 'folders nested too deeply')
      } else if (isMarkdownName(entry.name)) await this.#readFile(path, entry, held)
    }
  }

  /** A folder below the root that may not be read is skipped; the root may not be missing. */
  async #hold(folder: string): Promise<HeldPlace | null> {
    try {
      return await holdPlace(FILE_OPERATIONS, this.root, folder.split('/').slice(1))
    } catch (error) {
      const refused = refusedAccess(error, `${this.root}${folder}`)
      if (folder === '' || refused === error) throw refused
      this.#skip(folder, 'unreadable folder')
      return null
    }
  }

  async #list(held: HeldPlace): Promise<readonly Dirent[]> {
    const entries = await fs.readdir(held.path, { withFileTypes: true })
    this.#entries += entries.length
    this.#refuseBeyond(this.#entries, this.#limits.folderEntriesMax, 'files and folders')
    return entries
  }

  async #readFile(path: string, entry: Dirent, held: HeldPlace): Promise<void> {
    if (!entry.isFile()) return this.#skip(path, 'not a regular file')
    const full = join(held.path, entry.name)
    const size = (await orNull(fs.lstat(full), 'ENOENT'))?.size ?? 0
    if (size > this.#limits.folderFileBytesMax) {
      return this.#skip(path, `larger than ${this.#limits.folderFileBytesMax} bytes`)
    }
    const bytes = await readable(full)
    const content = bytes === null ? null : decodedLosslessly(bytes)
    if (bytes === null) return this.#skip(path, 'unreadable file')
    if (content === null) return this.#skip(path, 'not UTF-8')
    if (isOperatorText(entry.name)) this.readOnly.push({ path, content })
    else this.memories.push({ path, content, sha256: sha256(content) })
    const files = this.memories.length + this.readOnly.length
    this.#refuseBeyond(files, this.#limits.folderFilesMax, 'markdown files')
  }

  /** What a link inside the folder leads to is read at its own place. */
  async #skipLink(path: string): Promise<void> {
    const target = await orNull(fs.realpath(join(this.root, path)), 'ENOENT', 'ENOTDIR', 'ELOOP')
    if (target === null) return this.#skip(path, 'symbolic link to nothing')
    const way = relative(this.root, target)
    const isOutside = way === '..' || way.startsWith(`..${sep}`) || way.startsWith(sep)
    this.#skip(path, isOutside ? 'symbolic link out of the folder' : 'symbolic link')
  }

  #skip(path: string, reason: string): void {
    this.skipped.push({ path, reason })
  }

  #refuseBeyond(count: number, max: number, what: string): void {
    if (count <= max) return
    throw new ReverieError('request_too_large', `"${this.root}" holds more than ${max} ${what}.`, {
      next: 'Name the folder of the memories themselves.',
    })
  }
}

/** Null when the file may not be read, or went away or became a link meanwhile. */
async function readable(path: string): Promise<Uint8Array | null> {
  try {
    return (await FILE_OPERATIONS.readFile(path))?.bytes ?? null
  } catch (error) {
    if (['EACCES', 'EPERM', 'ELOOP'].includes(errorCode(error))) return null
    throw error
  }
}

/** Binary collation, as the storage has it. */
function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return Buffer.compare(Buffer.from(a.path), Buffer.from(b.path))
}
