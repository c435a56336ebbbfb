import { noPosition } from './page-rules.ts'
import type { MemoryQuery } from './storage.ts'

/** All paths from `from` on, up to and without `to`, by their UTF-8 bytes. */
export interface PathRange {
  readonly from: string
  readonly to: string
}

/** The folders above a path, outermost first: `/a` and `/a/b` for `/a/b/c.md`. */
export function foldersAbove(path: string): readonly string[] {
  const segments = path.split('/')
  return segments.slice(2).map((_, n) => segments.slice(0, n + 2).join('/'))
}

/** Paths below a prefix that ends with `/`. */
export function below(prefix: string): PathRange {
  return { from: prefix, to: endOf(prefix) }
}

/** What a page has left to show of its range. Throws `invalid_request_error` (not a position). */
export function rangeOf({ prefix, after }: Pick<MemoryQuery, 'prefix' | 'after'>): PathRange {
  const range = below(prefix)
  if (after === undefined) return range
  if (!after.startsWith(prefix) || after === prefix) throw noPosition()
  return { from: behind(after), to: range.to }
}

/** The first place behind a memory, or behind everything below a folder. */
export function behind(item: string): string {
  return item.endsWith('/') ? endOf(item) : `${item}\0`
}

/** The folder right below a prefix that a path lies in, with its `/`; null = in none. */
export function folderBelow(prefix: string, path: string): string | null {
  const end = path.indexOf('/', prefix.length)
  return end === -1 ? null : path.slice(0, end + 1)
}

/** "0" is the character behind "/". */
function endOf(prefix: string): string {
  return `${prefix.slice(0, -1)}0`
}
