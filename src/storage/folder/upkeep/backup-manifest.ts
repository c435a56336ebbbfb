import { asObject, parseJson } from '../../../core/text/parsed-json.ts'
import type { BackedUpFile, BackupFacts } from '../../port/state-upkeep.ts'

export const MANIFEST: string = 'manifest.json'
const FORMAT = 'reverie/backup/1'

/** What a backup holds, as its manifest says it. */
export interface BackupManifest extends BackupFacts {
  readonly files: readonly BackedUpFile[]
}

export function manifestText({ takenAt, release, memoryFolders, files }: BackupManifest): string {
  const told = { format: FORMAT, taken_at: takenAt, release, memory_folders: memoryFolders, files }
  return `${JSON.stringify(told, null, 2)}\n`
}

/** Null = it is no manifest of a backup, or one of a later format. */
export function readManifest(text: string): BackupManifest | null {
  const told = asObject(parseJson(text))
  if (told?.format !== FORMAT) return null
  const { taken_at: takenAt, release, memory_folders: folders, files } = told
  if (typeof takenAt !== 'string' || typeof release !== 'string') return null
  if (!Array.isArray(folders) || !Array.isArray(files)) return null
  const memoryFolders = folders.filter((folder) => typeof folder === 'string')
  const listed = files.map(fileOf)
  const whole = listed.filter((file) => file !== null)
  return whole.length === files.length ? { takenAt, release, memoryFolders, files: whole } : null
}

/** Names stay below the folder: the manifest may come from anywhere. */
function fileOf(value: unknown): BackedUpFile | null {
  if (typeof value !== 'object' || value === null) return null
  const { name, bytes, sha256 } = value as Readonly<Record<string, unknown>>
  const isPlain = typeof name === 'string' && name !== MANIFEST && !name.includes('\0')
  if (!isPlain || name.split('/').some((part) => ['', '.', '..'].includes(part))) return null
  if (!Number.isSafeInteger(bytes) || typeof sha256 !== 'string') return null
  return { name, bytes: Number(bytes), sha256 }
}
