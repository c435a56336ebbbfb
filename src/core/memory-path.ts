import { ReverieError } from './errors.ts'

declare const memoryPathBrand: unique symbol

/** Where a memory stands in its store: `/a/b.md`, checked by `parseMemoryPath`. */
export type MemoryPath = string & { readonly [memoryPathBrand]: true }

/** The wire's bounds of a path. */
export const PATH_BYTES_MAX = 1_024
export const PATH_SEGMENTS_MAX = 20

/** The file that an agent loads at its start. */
export const INDEX_NAME = 'MEMORY.md'
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/u

/** The path as given when it is valid; throws `invalid_request_error` that lists every problem. */
export function parseMemoryPath(raw: string): MemoryPath {
  const problems = pathProblems(raw)
  if (problems.length > 0) {
    throw new ReverieError(
      'invalid_request_error',
      `The memory path ${JSON.stringify(raw)} is not valid: ${problems.join('; ')}.`,
      { next: 'Use a path like `/topic.md` or `/area/topic.md`.' },
    )
  }
  return raw as MemoryPath
}

/** Everything that is wrong with a path, in plain words; empty = valid (wire, memory object). */
export function pathProblems(raw: string): readonly string[] {
  const problems: string[] = []
  const refuse = (isWrong: boolean, problem: string): void => {
    if (isWrong) problems.push(problem)
  }
  const segments = raw.slice(1).split('/')
  refuse(!raw.startsWith('/'), 'it must start with "/"')
  refuse(segments.length > PATH_SEGMENTS_MAX, `it has more than ${PATH_SEGMENTS_MAX} segments`)
  refuse(segments.includes(''), 'it has an empty segment')
  refuse(segments.includes('.') || segments.includes('..'), 'it has a "." or ".." segment')
  refuse(INVISIBLE.test(raw), 'it has control or format characters')
  refuse(!raw.isWellFormed(), 'it is not well-formed Unicode')
  refuse(raw.normalize('NFC') !== raw, 'it is not in Unicode form NFC')
  refuse(
    Buffer.byteLength(raw, 'utf8') > PATH_BYTES_MAX,
    `it is longer than ${PATH_BYTES_MAX} bytes`,
  )
  return problems
}

/**
 * True when one path is a folder above the other, which a store refuses: `/notes` and
 * `/notes/todo.md`. Equal paths are one memory and do not overlap.
 */
export function pathsOverlap(a: string, b: string): boolean {
  return a.startsWith(`${b}/`) || b.startsWith(`${a}/`)
}

/** True for an index file, the `MEMORY.md` that links to the other memories of its folder. */
export function isIndexPath(path: string): boolean {
  return path.slice(path.lastIndexOf('/') + 1) === INDEX_NAME
}

const OPERATOR_NAMES: ReadonlySet<string> = new Set([
  'agents.md',
  'agents.local.md',
  'claude.local.md',
  'claude.md',
])

/** Instructions of people to agents (CLAUDE.md, AGENTS.md): read, and never written. */
export function isOperatorText(path: string): boolean {
  return OPERATOR_NAMES.has(path.slice(path.lastIndexOf('/') + 1).toLowerCase())
}
