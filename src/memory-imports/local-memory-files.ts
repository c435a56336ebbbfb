import { constants, createReadStream, promises as fs } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { LIMITS } from '../config.ts'
import { ReverieError } from '../core/errors.ts'
import type { FileLine, MemoryFiles, NewFile } from './memory-files.ts'

const FOLDER_MODE = 0o700
const FILE_MODE = 0o600
const LINE_FEED = 0x0a

/** Files of this machine; nothing is written into or read from the state folder. */
export function localMemoryFiles(stateFolder: string): MemoryFiles {
  return {
    async write(folder, files, apartFrom) {
      const target = await freeTarget(folder, [stateFolder, ...apartFrom])
      try {
        await writeBeside(target, files)
      } catch (error) {
        throw refused(error, target)
      }
      return target
    },

    async look(path) {
      const full = await realOf(resolve(path))
      const stats = full === null ? null : await fs.stat(full)
      if (full !== null && stats?.isDirectory()) return { kind: 'folder', path: full }
      if (full !== null && stats?.isFile()) return { kind: 'file', path: full }
      throw new ReverieError('not_found_error', `There is no file or folder "${path}".`, {
        next: 'Check the path.',
      })
    },

    async has(folder, name) {
      const path = join(folder, ...safeSegments(name))
      return (await fs.readdir(folder)).includes(name) && (await fs.lstat(path)).isFile()
    },

    lines: (path) => linesOf(path),

    text: (folder, name, bytesMax) =>
      textOf(name === '' ? folder : join(folder, ...safeSegments(name)), bytesMax),
  }
}

/** A real path where nothing stands, or an empty folder. */
async function freeTarget(folder: string, apartFrom: readonly string[]): Promise<string> {
  const named = resolve(folder)
  const parent = await realOf(dirname(named))
  if (parent === null) {
    throw new ReverieError('not_found_error', `There is no folder "${dirname(named)}".`, {
      next: 'Make it first, or name another place.',
    })
  }
  const target = (await realOf(named)) ?? join(parent, basename(named))
  for (const other of apartFrom) {
    const real = (await realOf(resolve(other))) ?? resolve(other)
    if (isWithin(target, real) || isWithin(real, target)) {
      throw new ReverieError(
        'invalid_request_error',
        `"${folder}" and "${other}" lie in one another.`,
        {
          next: 'Name a folder outside of it.',
        },
      )
    }
  }
  if (!(await isFree(target))) throw taken(folder)
  return target
}

async function isFree(target: string): Promise<boolean> {
  try {
    return (await fs.readdir(target)).length === 0
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true
    if (codeOf(error) === 'ENOTDIR') return false
    throw refused(error, target)
  }
}

/** A folder beside the target takes its place once it is whole: an empty folder gives way. */
async function writeBeside(target: string, files: AsyncIterable<NewFile>): Promise<void> {
  const made = await fs.mkdtemp(
    join(dirname(target), `.${basename(target).slice(0, 100)}.reverie-`),
  )
  try {
    for await (const file of files) await writeFile(made, file)
    await fs.chmod(made, FOLDER_MODE)
    await syncFolder(made)
    await fs.rename(made, target)
    await syncFolder(dirname(target))
  } catch (error) {
    await fs.rm(made, { recursive: true, force: true })
    throw error
  }
}

async function writeFile(root: string, { name, text }: NewFile): Promise<void> {
  const path = join(root, ...safeSegments(name))
  await fs.mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE })
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants
  await using handle = await fs.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, FILE_MODE)
  for await (const piece of text) await handle.writeFile(piece)
  await handle.sync()
}

/** Throws where a name is a way out: names are made here, and checked all the same. */
function safeSegments(name: string): readonly string[] {
  const segments = name.split('/')
  const isSafe = segments.every((part) => part !== '' && part !== '.' && part !== '..')
  if (isSafe && !name.includes('\0')) return segments
  throw new ReverieError('invalid_request_error', `${JSON.stringify(name)} is no name of a file.`)
}

async function syncFolder(path: string): Promise<void> {
  await using handle = await fs.open(path, constants.O_RDONLY | constants.O_DIRECTORY)
  await handle.sync()
}

async function textOf(path: string, bytesMax: number): Promise<string | null> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
  try {
    await using handle = await fs.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    const stats = await handle.stat()
    if (!stats.isFile()) return null
    if (stats.size > bytesMax) throw tooLarge(path, bytesMax)
    return decoded(await handle.readFile())
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'EPERM'].includes(codeOf(error))) return null
    throw error
  }
}

async function* linesOf(path: string): AsyncIterable<FileLine> {
  let parts: Uint8Array[] = []
  let [length, number, bytes] = [0, 0, 0]
  const take = (): FileLine => {
    const text = length > LIMITS.sourceLineBytesMax ? null : decoded(Buffer.concat(parts))
    number += 1
    parts = []
    length = 0
    return { number, text }
  }
  const push = (part: Uint8Array): void => {
    length += part.length
    if (length > LIMITS.sourceLineBytesMax) parts = []
    else if (part.length > 0) parts.push(part.slice())
  }
  try {
    for await (const chunk of createReadStream(path)) {
      bytes += chunk.length
      if (bytes > LIMITS.exportBytesMax) throw tooLarge(path, LIMITS.exportBytesMax)
      let start = 0
      for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
        push(chunk.subarray(start, end))
        yield take()
        start = end + 1
      }
      push(chunk.subarray(start))
    }
  } catch (error) {
    throw refused(error, path)
  }
  if (length > 0) yield take()
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

async function realOf(path: string): Promise<string | null> {
  try {
    return await fs.realpath(path)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(error))) return null
    throw refused(error, path)
  }
}

function isWithin(inner: string, outer: string): boolean {
  const way = relative(outer, inner)
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(outer, way) === resolve(inner)
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission is missing',
  EPERM: 'permission is missing',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EBUSY: 'it is in use',
  EXDEV: 'it is on another disk than the folder above it',
}

/** Named by the path that the person gave; nothing was left behind. */
function refused(error: unknown, path: string): unknown {
  const code = codeOf(error)
  if (code === 'ENOTEMPTY' || code === 'EEXIST') return taken(path)
  if (code === 'ENOENT') {
    return new ReverieError('not_found_error', `There is no file "${path}".`, { cause: error })
  }
  const why = REASONS[code]
  if (why === undefined) return error
  return new ReverieError('permission_error', `Cannot read or write "${path}": ${why}.`, {
    cause: error,
    next: 'Name another place, or mend this one.',
  })
}

function taken(folder: string): ReverieError {
  return new ReverieError('conflict_error', `"${folder}" is there already and is not empty.`, {
    next: 'Name a new or an empty folder: an export never writes over anything.',
  })
}

function tooLarge(path: string, bytesMax: number): ReverieError {
  return new ReverieError('request_too_large', `"${path}" is larger than ${bytesMax} bytes.`, {
    next: 'Import it in parts.',
  })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
