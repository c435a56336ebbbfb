import type { WorkspaceId } from '../../core/ids.ts'
import type { Access } from '../transaction-queue.ts'
import type { EphemeralData, WorkspaceData } from './ephemeral-data.ts'

/** Reads and writes of one workspace: its stores see no other one's rows. */
export type WorkspaceAccess = Pick<Access<WorkspaceData>, 'read' | 'write'>

/** Narrows access to one workspace. */
export function inWorkspace(access: Access<EphemeralData>, id: WorkspaceId): WorkspaceAccess {
  return {
    read: (work) => access.read((data) => work(data.workspace(id))),
    write: (work) => access.write((data) => work(data.workspace(id))),
  }
}
