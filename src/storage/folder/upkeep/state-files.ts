import { resolve } from 'node:path'
import type { StateFiles } from '../../port/state-upkeep.ts'
import { takeBackup } from './backup-folder.ts'
import { checkFiles } from './check-files.ts'
import type { StateFolderParts } from './state-entries.ts'

/** The files of a state folder: looked at, and copied into a backup. */
export function stateFiles(parts: StateFolderParts): StateFiles {
  return {
    check: async () => checkFiles(parts),
    backUp: (folder, facts, tell) => takeBackup(folder, facts, tell, parts),
    absolute: (path) => resolve(path),
  }
}
