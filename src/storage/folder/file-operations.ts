import {
  closeSync,
  constants,
  promises as fs,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
} from 'node:fs'
import { errorCode } from '../system-errors.ts'

export interface FileContent {
  readonly bytes: Uint8Array
  /** Permission bits. */
  readonly mode: number
}

/** A folder held open: `path` leads to it even when its name is given to something else. */
export interface HeldFolder {
  readonly path: string
  /** Where it really stands; a symbolic link on the way shows here. */
  readonly realPath: string
  /** Permission bits. */
  readonly mode: number
  /** Makes the names in it durable. */
  sync(): Promise<void>
  close(): Promise<void>
}

/**
 * Everything that writing does to the file system, each call one step that can fail or be the
 * last before a crash. Nothing else in this folder writes.
 */
export interface FileOperations {
  /** Null when there is nothing; a symbolic link is never followed but refused with ELOOP. */
  readFile(path: string): Promise<FileContent | null>
  /** A new file, durable when the promise resolves, else none; fails where the name is taken. */
  createFile(path: string, bytes: Uint8Array, mode: number): Promise<void>
  rename(from: string, to: string): Promise<void>
  /**
   * Puts a file in the place of what stands at `to`, or nothing where `from` is null. False, with
   * nothing done, where that is no longer exactly what is expected (null = no file). Nothing comes
   * between the look and the act but another process within microseconds.
   */
  replaceFile(from: string | null, to: string, expected: Uint8Array | null): Promise<boolean>
  /** Nothing to remove is fine. */
  removeFile(path: string): Promise<void>
  createFolder(path: string, mode: number): Promise<void>
  listFolder(path: string): Promise<readonly string[]>
  /** Null when there is nothing; a symbolic link or a file is refused. */
  holdFolder(path: string): Promise<HeldFolder | null>
}

const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_DIRECTORY } = constants
const PERMISSION_BITS = 0o7777

export const FILE_OPERATIONS: FileOperations = {
  async readFile(path) {
    const handle = await orNull(fs.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK), 'ENOENT')
    if (handle === null) return null
    await using _closing = handle
    const { mode } = await handle.stat()
    return { bytes: await handle.readFile(), mode: mode & PERMISSION_BITS }
  },
  async createFile(path, bytes, mode) {
    const handle = await fs.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode)
    try {
      await using _closing = handle
      await handle.writeFile(bytes)
      // The mode of `open` is cut by the process's umask.
      await handle.chmod(mode)
      await handle.sync()
    } catch (error) {
      await fs.rm(path, { force: true })
      throw error
    }
  },
  async rename(from, to) {
    await fs.rename(from, to)
  },
  async replaceFile(from, to, expected) {
    const present = contentNow(to)
    const isExpected =
      present === null || expected === null ? present === expected : present.equals(expected)
    if (!isExpected) return false
    if (from !== null) renameSync(from, to)
    else if (present !== null) unlinkSync(to)
    return true
  },
  async removeFile(path) {
    try {
      await orNull(fs.unlink(path), 'ENOENT')
    } catch (error) {
      // A read-only file system refuses before it looks whether there is anything.
      if (errorCode(error) !== 'EROFS' || (await orNull(fs.lstat(path), 'ENOENT')) !== null)
        throw error
    }
  },
  async createFolder(path, mode) {
    await orNull(fs.mkdir(path, { mode }), 'EEXIST')
  },
  async listFolder(path) {
    return (await fs.readdir(path)).toSorted()
  },
  async holdFolder(path) {
    const handle = await orNull(fs.open(path, O_RDONLY | O_NOFOLLOW | O_DIRECTORY), 'ENOENT')
    if (handle === null) return null
    try {
      const descriptorPath = `/proc/self/fd/${handle.fd}`
      const pinned = await orNull(fs.readlink(descriptorPath), 'ENOENT', 'ENOTDIR')
      return {
        // Without /proc the name has to do; its real place was checked just before.
        path: pinned === null ? path : descriptorPath,
        realPath: pinned ?? (await fs.realpath(path)),
        mode: (await handle.stat()).mode & PERMISSION_BITS,
        sync: () => handle.sync(),
        close: () => handle.close(),
      }
    } catch (error) {
      await handle.close()
      throw error
    }
  },
}

/** The bytes of a file; null = there is none. Throws where a link or a folder stands. */
function contentNow(path: string): Buffer | null {
  let descriptor: number
  try {
    descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
  try {
    return readFileSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** The promise's value, or null when it fails with one of the codes. */
export async function orNull<T>(
  promise: Promise<T>,
  ...codes: readonly string[]
): Promise<T | null> {
  try {
    return await promise
  } catch (error) {
    if (codes.includes(errorCode(error))) return null
    throw error
  }
}
