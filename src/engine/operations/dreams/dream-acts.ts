import { LIMITS } from '../../../config.ts'
import { type Dream, isTerminal } from '../../../core/dream.ts'
import { ReverieError } from '../../../core/errors.ts'
import type { DreamId } from '../../../core/ids.ts'
import type { Storage } from '../../../storage/storage.ts'
import type { DreamOperations, ListedDream } from '../../folder-api/dreams-api.ts'
import { cancelIn } from '../../hosting/dreams-of.ts'
import { audit } from '../../workspace/audit.ts'
import type { Deps } from '../deps.ts'
import { findDream } from '../inspect.ts'
import { LOCAL_PERSON, noteAct } from '../note-act.ts'
import { resolveTarget } from '../target.ts'

/** Dreams as a whole: listed, canceled, archived. */
export function dreamActsOf(deps: Deps): DreamOperations {
  return {
    list: (query) => listDreams(query, deps),
    cancel: (id) => cancelDream(id, deps),
    archive: (id) => archiveDream(id, deps),
    unarchive: (id) => unarchiveDream(id, deps),
  }
}

async function listDreams(
  { memory, withArchived = false, limit }: Parameters<DreamOperations['list']>[0],
  deps: Deps,
): Promise<readonly ListedDream[]> {
  const { storage } = deps
  const storeId = memory === undefined ? undefined : (await resolveTarget(memory, deps)).store.id
  const most = Math.min(limit ?? LIMITS.dreamsListedMax, LIMITS.dreamsListedMax)
  const listed: ListedDream[] = []
  for (const dream of await storage.dreams.list(storeId)) {
    if (listed.length >= most) break
    const archivedAt = await archivedAtOf(storage, dream)
    if (archivedAt === null || withArchived) listed.push(await listedAs(dream, archivedAt, storage))
  }
  return listed
}

async function listedAs(
  dream: Dream,
  archivedAt: string | null,
  storage: Storage,
): Promise<ListedDream> {
  const changes = await storage.dreams.changes.list(dream.id)
  return {
    dream,
    store: await storage.stores.get(dream.storeId),
    changes: changes.length,
    held: changes.filter(({ status }) => status === 'held').length,
    archivedAt,
  }
}

async function cancelDream(idOrPrefix: string, deps: Deps): Promise<Dream> {
  const { id } = await findDream(idOrPrefix, deps)
  return deps.storage.transaction(async (tx) => {
    const dream = (await tx.dreams.get(id)) ?? (await findDream(id, deps))
    if (dream.status === 'completed' || dream.status === 'failed') throw hasEnded(dream)
    if (dream.hosted !== null) return cancelIn(tx, id, LOCAL_PERSON, deps)
    if (dream.status === 'canceled') return dream
    const canceled = await tx.dreams.runs.cancel(id, deps.now().toISOString())
    await noteAct(tx, { act: 'dream.canceled', subject: id }, deps)
    return canceled
  })
}

function hasEnded({ id, status, planStatus }: Dream): ReverieError {
  return new ReverieError('invalid_request_error', `The dream "${id}" has ${status} already.`, {
    next:
      planStatus === 'waiting'
        ? `Throw its plan away: reverie discard ${id}`
        : `Only pending and running dreams can be canceled. See what it holds: reverie show ${id}`,
  })
}

async function archiveDream(idOrPrefix: string, deps: Deps): Promise<ListedDream> {
  const { id } = await findDream(idOrPrefix, deps)
  return deps.storage.transaction(async (tx) => {
    const dream = (await tx.dreams.get(id)) ?? (await findDream(id, deps))
    if (!isTerminal(dream.status)) throw isUnderWay(dream)
    const before = await archivedAtOf(tx, dream)
    if (before !== null) return listedAs(dream, before, tx)
    const at = deps.now().toISOString()
    if (dream.hosted !== null) await tx.dreams.archive(id, at)
    else await tx.documents.put({ kind: ARCHIVED, id, tags: [], createdAt: at, body: '{}' })
    await audit(tx, { act: 'dream.archived', subject: id, by: LOCAL_PERSON, at }, deps.newId)
    return listedAs(dream, at, tx)
  })
}

async function unarchiveDream(idOrPrefix: string, deps: Deps): Promise<ListedDream> {
  const dream = await findDream(idOrPrefix, deps)
  if (dream.hosted !== null) {
    throw new ReverieError('invalid_request_error', `${dream.id} is a dream of the server.`, {
      next: 'What the server has archived stays archived.',
    })
  }
  return deps.storage.transaction(async (tx) => {
    const wasArchived = await tx.documents.remove(ARCHIVED, dream.id)
    if (wasArchived) await noteAct(tx, { act: 'dream.unarchived', subject: dream.id }, deps)
    return listedAs(dream, null, tx)
  })
}

function isUnderWay({ id, status }: Dream): ReverieError {
  return new ReverieError(
    'invalid_request_error',
    `The dream "${id}" is ${status} and cannot be archived.`,
    { next: `Wait until it has ended, or cancel it: reverie dreams cancel ${id}` },
  )
}

/** Of a dream of the command line, which has no place for it in its row: a document of its own. */
const ARCHIVED = 'archived_dream'

async function archivedAtOf(
  storage: Storage,
  { id, hosted }: Pick<Dream, 'hosted'> & { readonly id: DreamId },
): Promise<string | null> {
  if (hosted !== null) return hosted.archivedAt
  return (await storage.documents.get(ARCHIVED, id))?.createdAt ?? null
}
