import { promises as fs } from 'node:fs'
import { dirname } from 'node:path'
import { ReverieError } from '../../core/errors.ts'
import { errorCode, orNull } from './file-operations.ts'
import { refusedAccess } from './refused-access.ts'

const POLL_MS = 20
const FILE_MODE = 0o600
let taken = 0

/**
 * Takes a lock file, or waits for it; released by `await using`. The lock of a process that is
 * gone is taken over. Throws `conflict_error` when another one holds it all the time.
 */
export async function lockFolder(path: string, waitMs: number): Promise<AsyncDisposable> {
  const mine = await holderOf(process.pid)
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    if (await tryLock(path, mine)) return { [Symbol.asyncDispose]: () => fs.rm(path) }
    await removeStale(path)
    if (waitedMs >= waitMs) throw isHeld(path)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** A link appears at once and with its content; a file written in place could be seen empty. */
async function tryLock(path: string, holder: string): Promise<boolean> {
  taken += 1
  const own = `${path}.${process.pid}.${taken}`
  try {
    await fs.writeFile(own, holder, { mode: FILE_MODE })
    await fs.link(own, path)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw refusedAccess(error, dirname(path))
  } finally {
    await fs.rm(own, { force: true })
  }
}

async function removeStale(path: string): Promise<void> {
  const holder = await orNull(fs.readFile(path, 'utf8'), 'ENOENT')
  if (holder === null || (await isAlive(holder))) return
  const aside = `${path}.${process.pid}.stale`
  await orNull(fs.rename(path, aside), 'ENOENT')
  // Another process may have taken it over in between; then what was moved is alive.
  const moved = await orNull(fs.readFile(aside, 'utf8'), 'ENOENT')
  if (moved !== null && moved !== holder) await orNull(fs.link(aside, path), 'EEXIST')
  await fs.rm(aside, { force: true })
}

/** `<pid> <start>`: a pid alone is given to another process after a restart of the machine. */
async function holderOf(pid: number): Promise<string> {
  const stat = await orNull(fs.readFile(`/proc/${pid}/stat`, 'utf8'), 'ENOENT', 'ENOTDIR', 'ESRCH')
  const start = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  return `${pid} ${start}`
}

async function isAlive(holder: string): Promise<boolean> {
  const pid = Number.parseInt(holder, 10)
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if (errorCode(error) === 'ESRCH') return false
  }
  return (await holderOf(pid)) === holder
}

function isHeld(path: string): ReverieError {
  return new ReverieError('conflict_error', 'Another process is writing this memory folder.', {
    next: `Wait for it, or remove "${path}" when no Reverie runs.`,
  })
}
