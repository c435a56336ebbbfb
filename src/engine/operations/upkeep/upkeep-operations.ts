import type { Tell } from '../../../storage/port/state-upkeep.ts'
import type { UpkeepOperations } from '../../folder-api/upkeep-api.ts'
import type { Deps } from '../deps.ts'
import { backUp } from './back-up.ts'
import { purge } from './purge.ts'
import { verifyState } from './verify.ts'

/** What keeps the state folder of an installation in order. */
export function upkeepOf(deps: Deps): UpkeepOperations {
  const { storage, upkeep, models } = deps
  return {
    verify: ({ readData, tell = nobody }) =>
      verifyState(
        { readData, tell },
        {
          files: upkeep?.files ?? null,
          database: upkeep?.database ?? null,
          cassettes: models.cassettes,
          storage: async () => storage,
        },
      ),
    backup: (folder, { tell = nobody } = {}) => backUp(folder, tell, deps),
    purge: ({ isTrial }) => purge(isTrial, deps),
  }
}

const nobody: Tell = () => {
  // Nobody is watching.
}
