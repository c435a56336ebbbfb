import type { WorkspaceId } from '../../core/ids.ts'
import { queuedStorage, type StoragePorts } from '../queued-storage.ts'
import type { Storage } from '../storage.ts'
import { type Access, TransactionQueue } from '../transaction-queue.ts'
import { ephemeralCounters } from './counters.ts'
import { ephemeralDocuments } from './documents.ts'
import { ephemeralDreams } from './dreams.ts'
import { EphemeralData } from './ephemeral-data.ts'
import { ephemeralErasure } from './erasure.ts'
import { ephemeralLedger } from './ledger.ts'
import { ephemeralLogs } from './logs.ts'
import { ephemeralMemories } from './memories.ts'
import { ephemeralMemoryStores } from './memory-stores.ts'
import { ephemeralSessions } from './sessions.ts'
import { ephemeralStepResults } from './step-results.ts'
import { ephemeralUnits } from './units.ts'
import { inWorkspace, type WorkspaceAccess } from './workspace-access.ts'

/** Opens a storage that lives in RAM and ends with `close` or the process. */
export async function openEphemeralStorage(options: {
  readonly workspaceId: WorkspaceId
}): Promise<Storage> {
  const queue = new TransactionQueue(new EphemeralData())
  return queuedStorage(queue, ephemeralPorts, options.workspaceId)
}

function ephemeralPorts(access: Access<EphemeralData>, workspaceId: WorkspaceId): StoragePorts {
  const workspace: WorkspaceAccess = inWorkspace(access, workspaceId)
  return {
    stores: ephemeralMemoryStores(workspace),
    memories: ephemeralMemories(workspace),
    units: ephemeralUnits(workspace),
    sessions: ephemeralSessions(workspace),
    dreams: ephemeralDreams(workspace),
    ledger: ephemeralLedger(workspace),
    counters: ephemeralCounters(workspace),
    steps: ephemeralStepResults(workspace),
    documents: ephemeralDocuments(workspace),
    logs: ephemeralLogs(workspace),
    erasure: ephemeralErasure(workspace),
    workspaces: () => access.read((data) => data.usedWorkspaces()),
  }
}
