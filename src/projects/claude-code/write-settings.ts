import { constants, promises as fs, readFileSync, renameSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { ReverieError } from '../../core/errors.ts'
import type { SettingsEdit } from '../projects.ts'
import { readable, realPathOf, statsOf } from '../readable.ts'

const MODE_NEW = 0o600
const PERMISSION_BITS = 0o7777

/**
 * The real place of the user's settings. Throws `permission_error` for a link that leads out of the
 * agent's folder: what stands there belongs to something else.
 */
export async function settingsPlace(configFolder: string): Promise<string> {
  const folder = await realPathOf(configFolder)
  const path = join(folder, 'settings.json')
  const isLink = (await readable(fs.lstat(path)))?.isSymbolicLink() === true
  if (!isLink) return path
  const real = await readable(fs.realpath(path))
  const way = real === null ? '..' : relative(folder, real)
  if (real !== null && way !== '..' && !way.startsWith(`..${sep}`)) return real
  throw new ReverieError('permission_error', `"${path}" is a link to "${real ?? 'nothing'}".`, {
    next: 'Edit that file by hand: `reverie connect claude-code --print` shows the hook.',
  })
}

/**
 * Writes the user's settings whole or not at all, with the permissions that the file had. Throws
 * `conflict_error` where somebody has changed it since the edit was planned.
 */
export async function writeSettings(configFolder: string, edit: SettingsEdit): Promise<void> {
  const path = await settingsPlace(configFolder)
  const mode = (await statsOf(path))?.mode ?? MODE_NEW
  assertUnchanged(path, edit)
  if (edit.after === null) await fs.rm(path, { force: true })
  else await replace(path, edit.after, mode & PERMISSION_BITS, () => assertUnchanged(path, edit))
  await syncFolder(dirname(path))
}

async function replace(path: string, text: string, mode: number, check: () => void): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.reverie`)
  const { O_WRONLY, O_CREAT, O_EXCL } = constants
  try {
    await using file = await fs.open(temporary, O_WRONLY | O_CREAT | O_EXCL, MODE_NEW)
    await file.writeFile(text)
    await file.chmod(mode)
    await file.sync()
    // Nothing of ours runs between the last look and the exchange.
    check()
    renameSync(temporary, path)
  } catch (error) {
    await fs.rm(temporary, { force: true })
    throw error
  }
}

function assertUnchanged(path: string, { before }: SettingsEdit): void {
  if (textNow(path) === before) return
  throw new ReverieError('conflict_error', `"${path}" has changed since it was shown.`, {
    next: 'Run the command again and look at the new difference.',
  })
}

/** Null = there is no file. */
function textNow(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Makes the new name durable; some systems open no folders. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await readable(fs.open(folder, constants.O_RDONLY))
  if (handle === null) return
  await using _closing = handle
  await readable(handle.sync())
}
