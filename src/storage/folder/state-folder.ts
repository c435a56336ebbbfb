import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { ReverieError } from '../../core/errors.ts'
import { errorCode, refusedAccess } from '../system-errors.ts'

const FOLDER_MODE = 0o700
const NEXT = 'Set REVERIE_HOME to a folder that you may write.'

/**
 * Makes the state folder with what is missing above it. Throws `invalid_request_error` where a
 * file stands, and `permission_error` where nothing can be made.
 */
export function makeStateFolder(path: string): void {
  const missing: string[] = []
  let above = resolve(path)
  for (; !existsSync(above) && dirname(above) !== above; above = dirname(above)) missing.push(above)
  if (!statSync(above).isDirectory()) throw notAFolder(path, above)
  // One by one: with `recursive` Node.js tries for ever where the system says that /proc is missing.
  for (const folder of missing.reverse()) makeFolder(folder, path)
}

/**
 * Throws `invalid_request_error` where one folder is in the other: state would be read as
 * memories, or a removed memory folder would take the state with it.
 */
export function refuseNested(memoryFolder: string, home: string): void {
  const [memory, state] = [realOf(memoryFolder), realOf(home)]
  if (!isWithin(memory, state) && !isWithin(state, memory)) return
  throw new ReverieError(
    'invalid_request_error',
    `The memory folder "${memoryFolder}" and the state folder "${home}" lie in one another.`,
    { next: 'Set REVERIE_HOME to a folder outside of the memory folder, or name another memory.' },
  )
}

function makeFolder(folder: string, home: string): void {
  try {
    mkdirSync(folder, { mode: FOLDER_MODE })
    syncFolder(dirname(folder))
  } catch (error) {
    // Another process was faster.
    if (errorCode(error) === 'EEXIST' && statSync(folder).isDirectory()) return
    const refused = refusedAccess(error, home)
    if (refused !== error) throw refused
    throw new ReverieError('permission_error', `The state folder "${home}" cannot be made.`, {
      cause: error,
      next: NEXT,
    })
  }
}

/** What is in a folder is as durable as the folder's own name. */
function syncFolder(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function notAFolder(path: string, above: string): ReverieError {
  return new ReverieError(
    'invalid_request_error',
    `The state folder "${path}" cannot be made: "${above}" is no folder.`,
    { next: NEXT },
  )
}

function isWithin(inner: string, outer: string): boolean {
  const way = relative(outer, inner)
  return way !== '..' && !way.startsWith(`..${sep}`)
}

/** The real path, also of what does not exist yet. */
function realOf(path: string): string {
  const full = resolve(path)
  if (existsSync(full)) return realpathSync(full)
  const above = dirname(full)
  return above === full ? full : join(realOf(above), relative(above, full))
}
