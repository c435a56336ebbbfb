import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A text file of the repository as the rules see it. */
export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string
  readonly text: string
  /** The text without the contents of comments, strings and regular expressions; same lines. */
  readonly code: string
  /** Every import and re-export as written, type-only ones too. Empty for files that are not TypeScript. */
  readonly imports: readonly string[]
  /** Names that the file exports by itself or passes on. */
  readonly exports: readonly string[]
}

export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url))

const TEXT_BYTES_MAX = 5_000_000

/** All text files below a folder, without what `.gitignore` names, by path. */
export function readSourceTree(root: string = ROOT): readonly SourceFile[] {
  return listPaths(root)
    .filter((path) => statSync(join(root, path)).size <= TEXT_BYTES_MAX)
    .map((path) => sourceFile(path, readFileSync(join(root, path), 'utf8')))
    .filter((file) => !file.text.includes('\0'))
}

export function sourceFile(path: string, text: string): SourceFile {
  if (!path.endsWith('.ts')) return { path, text, code: '', imports: [], exports: [] }
  return { path, text, code: blank(text), imports: importsOf(text), exports: exportsOf(text) }
}

/** Names at the top of the repository, without what `.gitignore` names. */
export function rootEntries(root: string = ROOT): readonly string[] {
  const isIgnored = ignoreRules(root)
  return readdirSync(root).filter((name) => !isIgnored(name))
}

/** Where a relative import leads, as a path of the repository; null for a package. */
export function resolveImport(from: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : null
}

export function isTestFile(path: string): boolean {
  return /\.(?:test|test-support|contract)\.ts$/.test(path)
}

function listPaths(root: string): readonly string[] {
  const isIgnored = ignoreRules(root)
  const walk = (folder: string): readonly string[] =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => !isIgnored(entry.name))
      .flatMap((entry) => {
        const path = posix.join(folder, entry.name)
        return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : []
      })
  return walk('').toSorted()
}

/** `.gitignore` here holds plain names and `*.ending` patterns only; nothing else is understood. */
function ignoreRules(root: string): (name: string) => boolean {
  const patterns = readFileSync(join(root, '.gitignore'), 'utf8')
    .split('\n')
    .map((line) => line.trim().replaceAll('/', ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
  return (name) =>
    name === '.git' ||
    patterns.some((pattern) =>
      pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern,
    )
}

const COMMENT = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`
const STRING = String.raw`'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|${'`'}(?:\\[\s\S]|[^${'`'}\\])*${'`'}`
// A slash starts a regular expression only where a value may start; elsewhere it divides.
const REGEXP = String.raw`(?<=(?:[(,=:[!&|?{};>+]|\breturn)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*`
const OPAQUE = new RegExp(`${COMMENT}|${STRING}|${REGEXP}`, 'g')
const OPAQUE_BUT_STRINGS = new RegExp(`(${STRING}|${REGEXP})|${COMMENT}`, 'g')

function blank(text: string): string {
  return text.replace(OPAQUE, (found) => {
    const quote = /^['"`]/.test(found) ? (found[0] ?? '') : ''
    return quote + found.replace(/[^\n]/g, ' ').slice(2 * quote.length) + quote
  })
}

const IMPORT =
  /^\s*(?:import|export)\b[^'"]*?\bfrom\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm

function importsOf(text: string): readonly string[] {
  const withoutComments = text.replace(OPAQUE_BUT_STRINGS, (_found, kept?: string) => kept ?? '')
  const found = [...withoutComments.matchAll(IMPORT)]
  return [...new Set(found.flatMap((match) => match[1] ?? match[2] ?? match[3] ?? []))]
}

const DECLARATION =
  /^export (?:declare |abstract |async )*(?:const|let|function\*?|class|interface|type|namespace) +(\w+)/gm
const EXPORT_LIST = /^export (?:type )?\{([^}]*)\}/gm

function exportsOf(text: string): readonly string[] {
  const code = blank(text)
  const declared = [...code.matchAll(DECLARATION)].flatMap((match) => match[1] ?? [])
  const listed = [...code.matchAll(EXPORT_LIST)]
    .flatMap((match) => (match[1] ?? '').split(','))
    .flatMap((item) => item.trim().split(/\s+/).at(-1) ?? [])
  return [...declared, ...listed.filter((name) => name !== '')]
}
