import { ReverieError } from '../../../core/errors.ts'
import { DEFAULT_WORKSPACE, sha256 } from '../../../core/ids.ts'
import type { Tell } from '../../../storage/port/state-upkeep.ts'
import type { Storage } from '../../../storage/storage.ts'
import type { Backup } from '../../folder-api/upkeep-api.ts'
import type { Deps, UpkeepPorts } from '../deps.ts'
import { noteAct } from '../note-act.ts'

const ID_CHARS = 24

/**
 * Copies the state folder while others work in it. The place is noted first, so that the copy knows
 * of itself and an erasure can name it, whatever happens after.
 */
export async function backUp(folder: string, tell: Tell, deps: Deps): Promise<Backup> {
  const { files, release } = portsOf(deps)
  const { storage } = deps
  const takenAt = deps.now().toISOString()
  const memoryFolders = await foldersOf(storage)
  const id = `backup_${sha256(`${takenAt}\n${folder}`).slice(0, ID_CHARS)}`
  const place = storage.inWorkspace(DEFAULT_WORKSPACE)
  const body = JSON.stringify({ folder: files.absolute(folder), takenAt } satisfies BackupPlace)
  await place.documents.put({ kind: 'backup', id, tags: [], createdAt: takenAt, body })
  try {
    const made = await files.backUp(folder, { takenAt, release, memoryFolders }, tell)
    await storage.transaction((tx) => noteAct(tx, { act: 'state.backed_up', subject: id }, deps))
    return { ...made, memoryFolders }
  } catch (error) {
    await place.documents.remove('backup', id)
    throw error
  }
}

/** Where a backup was put. */
export interface BackupPlace {
  readonly folder: string
  readonly takenAt: string
}

function portsOf({ upkeep }: Deps): UpkeepPorts {
  if (upkeep !== undefined) return upkeep
  throw new ReverieError('invalid_request_error', 'This storage lives in no files.', {
    next: 'Export its stores instead.',
  })
}

async function foldersOf(storage: Storage): Promise<readonly string[]> {
  const found = new Set<string>()
  for (const id of await storage.workspaces()) {
    for (const { folder, archivedAt } of await storage.inWorkspace(id).stores.list()) {
      if (folder !== null && archivedAt === null) found.add(folder)
    }
  }
  return [...found].sort()
}
