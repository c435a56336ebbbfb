import { LIMITS } from '../../config.ts'
import type { WorkspaceId } from '../../core/ids.ts'
import type { Storage } from '../../storage/storage.ts'
import type { Workspace, WorkspaceDreams, WorkspaceSchedules } from '../workspace-api.ts'
import { changesOf } from './changes.ts'
import { memoriesOf } from './memories.ts'
import { nearTexts } from './near-texts.ts'
import { storesOf } from './stores.ts'
import { versionsOf } from './versions.ts'
import type { WorkspaceDeps } from './workspace-deps.ts'

/** What all workspaces have in common; `storage` may be seen from any of them. */
export type WorkspacePorts = Omit<WorkspaceDeps, 'near'>

/** The parts that have files of their own, over the storage as one workspace sees it. */
export interface WorkspaceParts {
  readonly dreamsOf: (storage: Storage) => WorkspaceDreams
  readonly schedulesOf: (storage: Storage) => WorkspaceSchedules
}

/** Opens workspaces; what they keep in RAM of texts is one and the same. */
export function workspacesOf(
  ports: WorkspacePorts,
  { dreamsOf, schedulesOf }: WorkspaceParts,
): (id: WorkspaceId) => Workspace {
  const near = nearTexts(ports.embedder, LIMITS.searchVectorsKept)
  return (id) => {
    const deps = { ...ports, storage: ports.storage.inWorkspace(id), near }
    return {
      id,
      stores: storesOf(deps),
      memories: memoriesOf(deps),
      versions: versionsOf(deps),
      dreams: dreamsOf(deps.storage),
      changes: changesOf(deps),
      schedules: schedulesOf(deps.storage),
    }
  }
}
