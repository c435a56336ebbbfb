import { notFound, ReverieError } from '../../core/errors.ts'
import type { MemoryStoreId, MemoryVersionId } from '../../core/ids.ts'
import type { Actor, MemoryVersion } from '../../core/memory.ts'
import type { Storage } from '../../storage/storage.ts'
import type { WorkspaceVersions } from '../workspace-api.ts'
import { audit } from './audit.ts'
import { redactVersion } from './redact-version.ts'
import { storeAt, type WorkspaceDeps } from './workspace-deps.ts'

/** The history of a workspace's memories. */
export function versionsOf({ storage, now, newId }: WorkspaceDeps): WorkspaceVersions {
  return {
    async page(storeId, query) {
      await storeAt(storage, storeId)
      return storage.memories.versions.page(storeId, query)
    },

    get: (storeId, id) => versionAt(storage, storeId, id),

    redact: (storeId, id, by) =>
      storage.transaction(async (tx) => {
        const version = await versionAt(tx, storeId, id)
        assertMayRedact(by)
        if (version.redactedAt !== null) return version
        const at = now().toISOString()
        const redacted = await redactVersion(tx, version, by, at)
        const details = { memory_store_id: storeId, memory_id: version.memoryId }
        await audit(tx, { act: 'version.redacted', subject: id, by, at, details }, newId)
        return redacted
      }),
  }
}

async function versionAt(
  storage: Storage,
  storeId: MemoryStoreId,
  id: MemoryVersionId,
): Promise<MemoryVersion> {
  await storeAt(storage, storeId)
  const version = await storage.memories.versions.get(id)
  if (version?.storeId !== storeId) throw notFound('memory version', id)
  return version
}

/** Erasing history is for people and their programs, not for agents. */
function assertMayRedact({ type }: Actor): void {
  if (type === 'user_actor' || type === 'api_actor') return
  throw new ReverieError('permission_error', 'A version is redacted by a person or with a key.')
}
