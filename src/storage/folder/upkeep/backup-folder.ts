import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { LIMITS } from '../../../config.ts'
import { ReverieError } from '../../../core/errors.ts'
import type { BackedUpFile, BackupFacts, BackupFolder, Tell } from '../../port/state-upkeep.ts'
import { errorCode, refusedAccess } from '../../system-errors.ts'
import { MANIFEST, manifestText } from './backup-manifest.ts'
import { copyFile, digestOfFile, syncFolder } from './copied-file.ts'
import { entriesOf, isDatabaseFile, type StateFolderParts } from './state-entries.ts'

const POLL_MS = 50

/**
 * Copies a state folder into a new or empty folder. Everything is written and made durable beside
 * it first, with the manifest last, and gets its name in one step.
 */
export async function takeBackup(
  to: string,
  facts: BackupFacts,
  tell: Tell,
  parts: StateFolderParts,
): Promise<BackupFolder> {
  const folder = resolve(to)
  try {
    assertPlace(folder, parts.home)
    await untilNothingIsWritten(parts.home)
    const beside = mkdtempSync(`${folder}.partial-`)
    try {
      const files = await copyAll(beside, tell, parts)
      writeManifest(beside, manifestText({ ...facts, files }))
      renameSync(beside, folder)
      syncFolder(dirname(folder))
      return { folder, files, takenAt: facts.takenAt }
    } finally {
      rmSync(beside, { recursive: true, force: true })
    }
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes(errorCode(error))) throw isTaken(folder)
    throw refusedAccess(error, folder)
  }
}

/** The database first: what is beside it never refers to rows that are newer. */
async function copyAll(
  beside: string,
  tell: Tell,
  { home, databaseName, database, isPassing }: StateFolderParts,
): Promise<readonly BackedUpFile[]> {
  const others = entriesOf(home).filter(
    ({ path, kind }) => kind === 'file' && !isDatabaseFile(path, databaseName) && !isPassing(path),
  )
  const of = others.length + 1
  tell('files', 0, of)
  const copy = join(beside, databaseName)
  await database.copyTo(copy)
  const files: BackedUpFile[] = [{ name: databaseName, ...digestOfFile(copy) }]
  for (const [n, { path }] of others.entries()) {
    tell('files', n + 1, of)
    files.push({ name: path, ...copyFile(join(home, path), join(beside, path)) })
  }
  const folders = new Set(files.map(({ name }) => dirname(join(beside, name))))
  for (const folder of folders) syncFolder(folder)
  tell('files', of, of)
  return files
}

function writeManifest(beside: string, text: string): void {
  writeFileSync(join(beside, MANIFEST), text, { mode: 0o600, flag: 'wx', flush: true })
  syncFolder(beside)
}

/**
 * A plan that is being written into a memory folder is in the journal and not in the rows yet. A
 * backup from such a moment could neither finish it nor take it back in a folder that moved on.
 */
async function untilNothingIsWritten(home: string): Promise<void> {
  const journals = join(home, 'journal')
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const names = existsSync(journals) ? readdirSync(journals) : []
    if (!names.some((name) => name.endsWith('.journal'))) return
    if (waitedMs >= LIMITS.busyTimeoutMs) {
      throw new ReverieError('conflict_error', 'A write into a memory folder is not finished.', {
        next: 'Run `reverie status`, which finishes it or takes it back, then back up again.',
      })
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

function assertPlace(folder: string, home: string): void {
  const above = dirname(folder)
  mkdirSync(above, { recursive: true })
  const real = join(realpathSync(above), basename(folder))
  if (`${real}/`.startsWith(`${realpathSync(home)}/`)) {
    throw new ReverieError(
      'invalid_request_error',
      `"${folder}" lies in the state folder itself.`,
      { next: 'Name a folder elsewhere, best on another disk.' },
    )
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) throw isTaken(folder)
}

function isTaken(folder: string): ReverieError {
  return new ReverieError('conflict_error', `"${folder}" holds something already.`, {
    next: 'Name a folder that is empty or does not exist; no backup is written over anything.',
  })
}
