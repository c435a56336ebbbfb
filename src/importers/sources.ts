import { createReadStream, type Dirent, promises as fs, type Stats } from 'node:fs'
import { join } from 'node:path'
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

/**
 * Files of transcripts by file, folder or glob. Folders are searched for `.jsonl` and `.json`,
 * hidden names and `node_modules` left out. Throws `not_found_error` for a spec that names
 * nothing and `request_too_large` for more files than the limit.
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
    if (stats?.isDirectory()) return this.#addAll(await filesIn(spec, ''), spec, EXTENSIONS)
    if (stats !== null) return this.#addFile(spec, stats)
    const pattern = pathPattern(spec)
    if (pattern === null || (await statsOf(pattern.base || '.')) === null) throw nothingAt(spec)
    const files = await filesIn(pattern.base || '.', '')
    const matching = files.filter((path) => pattern.matches(path))
    if (matching.length === 0) throw nothingAt(spec)
    return this.#addAll(matching, pattern.base, /^/)
  }

  async #addAll(paths: readonly string[], base: string, names: RegExp): Promise<void> {
    const files = paths.filter((path) => names.test(path))
    for (const path of files.toSorted(compareText)) {
      const full = base === '' ? path : join(base, path)
      const stats = await statsOf(full)
      if (stats === null) this.skipped.push({ path: full, reason: 'unreadable file' })
      else await this.#addFile(full, stats)
    }
  }

  async #addFile(path: string, stats: Stats): Promise<void> {
    const skip = (reason: string): void => {
      this.skipped.push({ path, reason })
    }
    if (!stats.isFile()) return skip('not a regular file')
    const real = await fs.realpath(path)
    if (this.#seen.has(real)) return
    this.#seen.add(real)
    if (stats.size > this.#limits.sourceBytesMax) return skip('file too large')
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
}

/** Paths below a folder, relative to it with `/`, each folder once whatever links lead to it. */
async function filesIn(
  root: string,
  folder: string,
  seen: Set<string> = new Set(),
  depth = 0,
): Promise<readonly string[]> {
  const full = join(root, folder)
  const real = await fs.realpath(full)
  if (seen.has(real) || depth > FOLDERS_DEEP_MAX) return []
  seen.add(real)
  const paths: string[] = []
  for (const entry of await fs.readdir(full, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (await isFolder(entry, join(root, path))) {
      paths.push(...(await filesIn(root, path, seen, depth + 1)))
    } else paths.push(path)
  }
  return paths
}

async function isFolder(entry: Dirent, path: string): Promise<boolean> {
  return (
    entry.isDirectory() || (entry.isSymbolicLink() && (await statsOf(path))?.isDirectory() === true)
  )
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
