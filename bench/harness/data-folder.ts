import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with the data sets; any folder of the same layout works. */
export class DataFolder {
  readonly root: string

  constructor(root: string) {
    this.root = root
  }

  path(...parts: readonly string[]): string {
    return join(this.root, ...parts)
  }

  has(...parts: readonly string[]): boolean {
    return existsSync(this.path(...parts))
  }

  /** The names of the sets in a folder, sorted; none where there is no such folder. */
  sets(folder: string): readonly string[] {
    if (!this.has(folder)) return []
    const files = readdirSync(this.path(folder)).filter((name) => name.endsWith('.jsonl'))
    return [...new Set(files.map((name) => name.slice(0, name.indexOf('.'))))].sort()
  }

  /**
   * The items of `<folder>/<set>.<anything>.jsonl`, files by name: the half under another suffix
   * reads the same. Null = no such file.
   */
  items<T>(folder: string, set: string): readonly T[] | null {
    if (!this.has(folder)) return null
    const files = readdirSync(this.path(folder))
      .filter((name) => isFileOf(name, set))
      .sort()
    if (files.length === 0) return null
    return files.flatMap((name) =>
      readFileSync(this.path(folder, name), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as T),
    )
  }
}

/** The sets that were written for this project. */
export const OWN_SETS: DataFolder = new DataFolder(fileURLToPath(new URL('..', import.meta.url)))

function isFileOf(name: string, set: string): boolean {
  return name.startsWith(`${set}.`) && name.endsWith('.jsonl')
}
