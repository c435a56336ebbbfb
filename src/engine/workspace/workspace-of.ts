import { LIMITS } from '../../config.ts'
import type { WorkspaceId } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'
import type { WorkspaceCollectiveDreams } from '../collective/collective-api.ts'
import { erasuresOf } from '../erasure/erasures.ts'
import type { Workspace, WorkspaceDreams, WorkspaceSchedules } from '../workspace-api.ts'
import { changesOf } from './changes.ts'
import { memoriesOf } from './memories.ts'
import { nearTexts } from './near-texts.ts'
import { storesOf } from './stores.ts'
import { versionsOf } from './versions.ts'
import { weighedStores } from './weighed-stores.ts'
import type { WorkspaceDeps } from './workspace-deps.ts'

/** The parts that have files of their own, over the storage as one workspace sees it. */
export interface WorkspaceParts {
  readonly dreamsOf: (storage: Storage) => WorkspaceDreams
  readonly schedulesOf: (storage: Storage) => WorkspaceSchedules
  readonly collectiveOf: (storage: Storage) => WorkspaceCollectiveDreams
}

/**
 * Opens workspaces over a storage that may be seen from any of them; what they keep in RAM of texts
 * is one and the same.
 */
export function workspacesOf(
  ports: WorkspaceDeps,
  { dreamsOf, schedulesOf, collectiveOf }: WorkspaceParts,
): (id: WorkspaceId) => Workspace {
  const near = nearTexts(ports.embedder, LIMITS.searchVectorsKept)
  const weighed = weighedStores(LIMITS.searchVectorsKept)
  return (id) => {
    const deps = { ...ports, storage: ports.storage.inWorkspace(id) }
    return {
      id,
      stores: storesOf(deps, { near, weighed, workspaceId: id }),
      memories: memoriesOf(deps),
      versions: versionsOf(deps),
      dreams: dreamsOf(deps.storage),
      changes: changesOf(deps),
      schedules: schedulesOf(deps.storage),
      collective: collectiveOf(deps.storage),
      erasures: erasuresOf({
        ...deps,
        openFolder: deps.openFolder ?? null,
        files: deps.keptFiles ?? null,
        forget() {
          near.forget()
          weighed.forget()
        },
      }),
    }
  }
}
