import { lstatSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { LIMITS } from '../../config.ts'
import { SESSION_ENDS_FILE, type SessionEnd, sessionEndIn } from '../../core/session.ts'
import { errorCode } from '../system-errors.ts'

/** Ends of sessions that hooks have told and nobody has noted yet. */
export interface SessionEndsOnDisk {
  /**
   * Hands every end that was told to `note` and forgets them once that is done; when it is cut off,
   * they are handed over again. Nothing is opened where nothing was told.
   */
  take(note: (ends: readonly SessionEnd[]) => Promise<void>): Promise<void>
}

/** The ends that are told in a state folder; `batch` names a file of ours, another each time. */
export function sessionEndsIn(stateFolder: string, batch: () => string): SessionEndsOnDisk {
  return {
    async take(note) {
      // Whoever goes on telling starts a new file, so that no line is lost.
      setAside(join(stateFolder, SESSION_ENDS_FILE), join(stateFolder, asideName(batch())))
      const files = namesIn(stateFolder).filter(isAside).sort()
      if (files.length === 0) return
      const paths = files.map((name) => join(stateFolder, name))
      await note(paths.flatMap(endsIn))
      for (const path of paths) rmSync(path, { force: true })
    },
  }
}

const STEM = SESSION_ENDS_FILE.slice(0, SESSION_ENDS_FILE.lastIndexOf('.'))

function asideName(batch: string): string {
  return `${STEM}.${batch}.jsonl`
}

function isAside(name: string): boolean {
  return name !== SESSION_ENDS_FILE && name.startsWith(`${STEM}.`) && name.endsWith('.jsonl')
}

function setAside(path: string, aside: string): void {
  try {
    renameSync(path, aside)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

/** Another process may have noted a file meanwhile; one that is too large was not left by a hook. */
function endsIn(path: string): readonly SessionEnd[] {
  try {
    const stats = lstatSync(path)
    if (!stats.isFile() || stats.size > 2 * LIMITS.sessionEndsBytesMax) return []
    const lines = readFileSync(path, 'utf8').split('\n')
    return lines.flatMap((line) => sessionEndIn(line) ?? [])
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}
