import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ReverieError } from '../../../core/errors.ts'
import type { BackedUpFile } from '../../port/state-upkeep.ts'
import { errorCode, refusedAccess } from '../../system-errors.ts'
import { type BackupManifest, MANIFEST, readManifest } from './backup-manifest.ts'
import { copyFile, digestOfFile, syncFolder } from './copied-file.ts'

export interface RestoreOrder {
  /** The backup. */
  readonly from: string
  /** The state folder that is made. */
  readonly home: string
  /** What stands there is moved aside, never removed; else it has to be empty. */
  readonly isReplacing: boolean
  /** ISO 8601, for the name of what is moved aside. */
  readonly at: string
  /** Throws `conflict_error` where another process has the state folder open. */
  readonly assertUnused: () => void
}

export interface RestoredFolder {
  readonly manifest: BackupManifest
  /** Where the old state folder went; null = there was none. */
  readonly movedTo: string | null
}

/**
 * Makes a state folder of a backup. Every file is checked before anything is touched, and again as it
 * was copied; then the folder gets its name in one step. Throws `invalid_request_error` for what is
 * no backup, `api_error` for a damaged one, `conflict_error` where a state folder stands.
 */
export function restoreFolder(order: RestoreOrder): RestoredFolder {
  const { from, isReplacing } = order
  const home = resolve(order.home)
  try {
    const manifest = manifestOf(from)
    for (const file of manifest.files) assertWhole(join(from, file.name), file)
    const isThere = existsSync(home) && readdirSync(home).length > 0
    if (isThere && !isReplacing) throw isTaken(home)
    if (isThere) order.assertUnused()
    mkdirSync(dirname(home), { recursive: true, mode: 0o700 })
    const beside = mkdtempSync(`${home}.restoring-`)
    try {
      copyAll(from, beside, manifest.files)
      const movedTo = isThere ? moveAside(home, order.at) : null
      renameSync(beside, home)
      syncFolder(dirname(home))
      return { manifest, movedTo }
    } finally {
      rmSync(beside, { recursive: true, force: true })
    }
  } catch (error) {
    throw refusedAccess(error, home)
  }
}

function manifestOf(from: string): BackupManifest {
  const path = join(from, MANIFEST)
  const manifest = readManifest(textOf(path))
  if (manifest !== null) return manifest
  throw new ReverieError('invalid_request_error', `"${path}" is no manifest of a backup.`, {
    next: 'Name a folder that `reverie backup` made, with a release that is as new.',
  })
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error))) throw error
    throw new ReverieError('not_found_error', `There is no backup in "${dirname(path)}".`, {
      cause: error,
      next: 'Name the folder that `reverie backup` made: it holds a manifest.json.',
    })
  }
}

function copyAll(from: string, to: string, files: readonly BackedUpFile[]): void {
  for (const file of files) {
    const copied = copyFile(join(from, file.name), join(to, file.name))
    if (copied.sha256 !== file.sha256) throw isDamaged(join(from, file.name))
  }
  for (const folder of new Set(files.map(({ name }) => dirname(join(to, name))))) syncFolder(folder)
  syncFolder(to)
}

function assertWhole(path: string, { bytes, sha256 }: BackedUpFile): void {
  if (!existsSync(path)) throw isDamaged(path)
  const found = digestOfFile(path)
  if (found.bytes !== bytes || found.sha256 !== sha256) throw isDamaged(path)
}

function moveAside(home: string, at: string): string {
  const movedTo = `${home}.before-${at.replaceAll(/[:.]/g, '-')}`
  if (existsSync(movedTo)) throw isTaken(movedTo)
  renameSync(home, movedTo)
  return movedTo
}

function isDamaged(path: string): ReverieError {
  return new ReverieError(
    'api_error',
    `The backup is damaged: "${path}" is not as it was written.`,
    {
      next: 'Restore another backup; nothing was changed.',
    },
  )
}

function isTaken(home: string): ReverieError {
  return new ReverieError('conflict_error', `"${home}" is there and not empty.`, {
    next: 'Name another state folder with --home, or move this one aside with --replace.',
  })
}
