import type { Dream } from '../../core/dream.ts'
import { notFound } from '../../core/errors.ts'
import type { DreamId } from '../../core/ids.ts'
import type { Actor } from '../../core/memory.ts'
import type { Storage } from '../../storage/storage.ts'
import { audit } from '../workspace/audit.ts'
import type { WorkspaceDreams } from '../workspace-api.ts'
import type { HostingDeps } from './hosting-deps.ts'
import { pendingDream } from './pending-dream.ts'
import { endCanceled, streamOf } from './telling/dream-session.ts'

/** Dreams of a workspace. They are run by a runner, in this process or another one. */
export function dreamsOf(deps: HostingDeps): WorkspaceDreams {
  const { storage, newId } = deps
  return {
    async create(order, by, alongside) {
      const dream = await pendingDream(order, by, deps, alongside)
      deps.wake()
      return dream
    },

    get: (id) => hostedAt(storage, id),

    page: (query) => storage.dreams.page(query),

    async cancel(id, by) {
      const canceled = await storage.transaction((tx) => cancelIn(tx, id, by, deps))
      const stream = streamOf(canceled)
      if (stream !== null) deps.announce(stream)
      return canceled
    },

    archive: (id, by) =>
      storage.transaction(async (tx) => {
        const dream = await hostedAt(tx, id)
        const at = deps.now().toISOString()
        const archived = await tx.dreams.archive(id, at)
        if (dream.hosted?.archivedAt === null) {
          await audit(tx, { act: 'dream.archived', subject: id, by, at }, newId)
        }
        return archived
      }),
  }
}

/** Cancels a dream as part of a transaction; its stream has grown where it has one. */
export async function cancelIn(
  tx: Storage,
  id: DreamId,
  by: Actor,
  { now, newId }: Pick<HostingDeps, 'now' | 'newId'>,
): Promise<Dream> {
  const { status } = await hostedAt(tx, id)
  const at = now().toISOString()
  const dream = await tx.dreams.runs.cancel(id, at)
  if (status === 'canceled') return dream
  await endCanceled(tx, dream, at)
  await audit(tx, { act: 'dream.canceled', subject: id, by, at }, newId)
  return dream
}

/** A dream of the server; those of the command line are not seen. */
async function hostedAt(storage: Storage, id: DreamId): Promise<Dream> {
  const dream = await storage.dreams.get(id)
  if (dream === null || dream.hosted === null) throw notFound('dream', id)
  return dream
}
