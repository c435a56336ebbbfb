import type { StateDatabase } from '../../port/state-upkeep.ts'
import { checkDatabase } from './check-database.ts'
import { copyDatabase } from './copy-database.ts'

/** The file of the embedded storage, whether or not it is open; `path` is the file itself. */
export function sqliteDatabaseFile(path: string, busyTimeoutMs: number): StateDatabase {
  return {
    check: async (options) => checkDatabase(path, options),
    copyTo: (to) => copyDatabase(path, to, busyTimeoutMs),
  }
}
