import { join } from 'node:path'
import type { OtherDreamer } from '../projects.ts'
import { statsOf, textOf } from '../readable.ts'
import { type SettingsLayers, said } from './agent-settings.ts'

const NAME = 'Claude Code (auto dream)'
const LOCK_NAME = '.consolidate-lock'
const LOCK_BYTES_MAX = 64
/** A lock of a process that lives counts as left behind from here on. */
const STALE_AFTER_MS = 3_600_000

/** Whether settings let Claude Code tidy its notes by itself; without memory there is nothing to tidy. */
export function switchedOn(layers: SettingsLayers): OtherDreamer | null {
  if (said(layers, 'autoMemoryEnabled')?.value === false) return null
  const setting = said(layers, 'autoDreamEnabled')
  if (setting?.value !== true) return null
  return {
    name: NAME,
    why: `autoDreamEnabled is true in ${setting.path}`,
    next: 'Set autoDreamEnabled to false there, or switch auto dream off in /memory.',
  }
}

export interface LockReader {
  readonly now: () => Date
  readonly isRunning: (pid: number) => boolean
}

/**
 * Whether Claude Code tidies a memory at this moment. Its lock file stays when it is done: the time
 * of the file is that of the last time, and only a living process holds it.
 */
export async function atWork(memory: string, reader: LockReader): Promise<OtherDreamer | null> {
  const path = join(memory, LOCK_NAME)
  const text = await textOf(path, LOCK_BYTES_MAX)
  const pid = /^\s*(\d{1,10})\s*$/.exec(text ?? '')?.[1]
  const stats = await statsOf(path)
  if (pid === undefined || stats === null) return null
  const isFresh = reader.now().getTime() - stats.mtimeMs < STALE_AFTER_MS
  if (!isFresh || !reader.isRunning(Number(pid))) return null
  return {
    name: NAME,
    why: `process ${pid} holds ${path}`,
    next: 'Wait until it is done; it takes some minutes.',
  }
}
