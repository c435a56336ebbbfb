import { ReverieError } from '../../core/errors.ts'
import { isOperatorText } from '../../core/memory-path.ts'

/** Levels of folders below the root. */
export const FOLDERS_DEEP_MAX = 20

export function isMarkdownName(name: string): boolean {
  return name.toLowerCase().endsWith('.md')
}

/** Names that neither reading nor writing enters. */
export function isLeftOut(name: string): boolean {
  return name.startsWith('.') || name.toLowerCase() === 'node_modules'
}

/** What keeps a name from being told or written again exactly; null = nothing. */
export function nameProblem(name: string): string | null {
  // What `readdir` cannot decode it reads as U+FFFD.
  if (name.includes('\uFFFD') || !name.isWellFormed()) return 'file name is not UTF-8'
  return /[\p{Cc}\u2028\u2029]/u.test(name) ? 'file name has control characters' : null
}

/**
 * The names along a memory path, the file last. Throws `invalid_request_error` for a path that is
 * no markdown file below the root, and `permission_error` for a read-only name.
 */
export function segmentsOf(path: string): readonly string[] {
  const segments = path.slice(1).split('/')
  const name = segments.at(-1) ?? ''
  const isPlain = segments.every((segment) => segment !== '' && !isLeftOut(segment))
  const isNamed = segments.every((segment) => nameProblem(segment) === null)
  const isWithin = path.startsWith('/') && segments.length <= FOLDERS_DEEP_MAX + 1
  if (!isWithin || !isPlain || !isNamed || path.includes('\\') || !isMarkdownName(name)) {
    throw new ReverieError(
      'invalid_request_error',
      `${JSON.stringify(path)} is no path of a memory in a folder.`,
      { next: 'Use a path like `/topic.md` or `/area/topic.md`, without hidden names.' },
    )
  }
  if (isOperatorText(name)) {
    throw new ReverieError('permission_error', `${path} is read-only for dreams.`, {
      next: 'Edit it by hand.',
    })
  }
  return segments
}
