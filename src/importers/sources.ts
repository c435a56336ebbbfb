import { createReadStream, type Dirent, promises as fs, type Stats } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { LIMITS } from '../config.ts'
import { ReverieError } from '../core/errors.ts'
import { compareText } from '../core/text/compare-text.ts'
import type { ImportSource } from './importer.ts'
import { pathPattern } from './path-pattern.ts'

export interface FoundSources {
  /** By path within each spec, specs in the order given; a file that several name comes once. */
  readonly sources: readonly ImportSource[]
  /** Files that were named or found and cannot be imported. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
}

export interface SourceLimits {
  readonly sourceFilesMax: number
  readonly sourceBytesMax: number
}

const EXTENSIONS = /\.jsonl?$/i
const FOLDERS_DEEP_MAX = 32
const LINK_OUT = 'symbolic link out of the folder'

/**
 * Files of transcripts by file, folder or glob. Folders are searched for `.jsonl` and `.json`,
 * hidden names and `node_modules` left out; no link leads out of a folder. Throws `not_found_error` for a spec that names
 * nothing, `invalid_request_error` for one that names a pipe or a device, and `request_too_large` for
 * more files than the limit.
 */
export async function findSources(
  specs: readonly string[],
  limits: SourceLimits = LIMITS,
): Promise<FoundSources> {
  const search = new SourceSearch(limits)
  for (const spec of specs) await search.add(spec)
  return { sources: search.sources, skipped: search.skipped }
}

class SourceSearch {
  readonly sources: ImportSource[] = []
  readonly skipped: { path: string; reason: string }[] = []
  readonly #limits: SourceLimits
  readonly #seen = new Set<string>()

  constructor(limits: SourceLimits) {
    this.#limits = limits
  }

  async add(spec: string): Promise<void> {
    const stats = await statsOf(spec)
    if (stats?.isDirectory()) return this.#addAll(spec, (path) => EXTENSIONS.test(path))
    if (stats !== null && !stats.isFile()) throw noFile(spec)
    if (stats !== null) return this.#addFile(spec, stats, null)
    const pattern = pathPattern(spec)
    if (pattern === null || (await statsOf(pattern.base || '.')) === null) throw nothingAt(spec)
    const { sources, skipped } = this
    const found = sources.length + skipped.length
    await this.#addAll(pattern.base, (path) => pattern.matches(path))
    if (sources.length + skipped.length === found) throw nothingAt(spec)
  }

  async #addAll(base: string, isMeant: (path: string) => boolean): Promise<void> {
    const root = await fs.realpath(base || '.')
    const paths = await this.#filesIn({ base, root, folder: '', seen: new Set(), depth: 0 })
    for (const path of paths.filter(isMeant).toSorted(compareText)) {
      const full = base === '' ? path : join(base, path)
      const stats = await orNull(statsOf(full))
      if (stats === null) this.#skip(full, 'unreadable file')
      else await this.#addFile(full, stats, root)
    }
  }

  /** `root` is the folder out of which no link may lead; null = a person named this very file. */
  async #addFile(path: string, stats: Stats, root: string | null): Promise<void> {
    if (!stats.isFile()) return this.#skip(path, 'not a regular file')
    const real = await orNull(fs.realpath(path))
    if (real === null) return this.#skip(path, 'unreadable file')
    if (root !== null && !isWithin(real, root)) return this.#skip(path, LINK_OUT)
    if (this.#seen.has(real)) return
    this.#seen.add(real)
    if (stats.size > this.#limits.sourceBytesMax) return this.#skip(path, 'file too large')
    if (this.sources.length >= this.#limits.sourceFilesMax) {
      throw new ReverieError(
        'request_too_large',
        `There are more than ${this.#limits.sourceFilesMax} transcript files.`,
        { next: 'Name fewer folders, or import in several runs.' },
      )
    }
    const { size: sizeBytes, mtimeMs: modifiedAtMs, ino: inode } = stats
    const file = { realPath: real, modifiedAtMs, inode }
    this.sources.push({ path, sizeBytes, file, open: () => createReadStream(real) })
  }

  /** Paths below the base, relative to it with `/`, each folder once whatever links lead to it. */
  async #filesIn(walk: Walk): Promise<readonly string[]> {
    const { base, root, folder, seen, depth } = walk
    const full = join(base || '.', folder)
    const real = await orNull(fs.realpath(full))
    const entries = await orNull(fs.readdir(full, { withFileTypes: true }))
    if (real === null || entries === null) return this.#none(full, 'unreadable folder')
    if (!isWithin(real, root)) return this.#none(full, LINK_OUT)
    if (seen.has(real)) return []
    if (depth > FOLDERS_DEEP_MAX) return this.#none(full, 'folders nested too deeply')
    seen.add(real)
    const paths: string[] = []
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (await isFolder(entry, join(base || '.', path))) {
        paths.push(...(await this.#filesIn({ ...walk, folder: path, depth: depth + 1 })))
      } else paths.push(path)
    }
    return paths
  }

  #none(path: string, reason: string): readonly string[] {
    this.#skip(path, reason)
    return []
  }

  #skip(path: string, reason: string): void {
    this.skipped.push({ path, reason })
  }
}

interface Walk {
  readonly base: string
  /** The real path of the base. */
  readonly root: string
  readonly folder: string
  /** Real paths of the folders that were entered. */
  readonly seen: Set<string>
  readonly depth: number
}

async function isFolder(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  return (await orNull(statsOf(path)))?.isDirectory() === true
}

function isWithin(path: string, root: string): boolean {
  const way = relative(root, path)
  return way !== '..' && !way.startsWith(`..${sep}`)
}

/** Null where the file system says that it cannot, such as a missing permission. */
async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return null
    throw error
  }
}

/** Null when there is nothing at the path, or a link to nothing. */
async function statsOf(path: string): Promise<Stats | null> {
  try {
    return await fs.stat(path)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'EINVAL'
}

function nothingAt(spec: string): ReverieError {
  return new ReverieError('not_found_error', `There is no file, folder or match for "${spec}".`, {
    next: 'Check the path; quote a glob so that the shell leaves it alone.',
  })
}

/** Nobody can tell how long a pipe is, nor read it a second time. */
function noFile(spec: string): ReverieError {
  return new ReverieError('invalid_request_error', `"${spec}" is neither a file nor a folder.`, {
    next: 'Save what it gives as a .jsonl file and name that.',
  })
}
