import type { Dream, DreamStatus } from '../../../core/dream.ts'
import { isTerminal } from '../../../core/dream.ts'
import { notFound } from '../../../core/errors.ts'
import type { CollectiveDreamId } from '../../../core/ids.ts'
import type { Document, Storage } from '../../../storage/storage.ts'
import type { CollectiveDream, CollectivePart } from '../../collective/collective-api.ts'

/** What is written down of a collective dream; all else is told by its dreams. */
export interface KeptCollective extends Pick<CollectiveDream, 'id' | 'order' | 'createdAt'> {
  /** In the order of the targets. */
  readonly dreams: readonly Pick<CollectivePart, 'storeId' | 'dreamId'>[]
}

/** Writes a new one; `conflict_error` where its id is taken. */
export async function keepCollective(tx: Storage, kept: KeptCollective): Promise<void> {
  await tx.documents.put(
    {
      kind: 'collective_dream',
      id: kept.id,
      tags: [],
      createdAt: kept.createdAt,
      body: JSON.stringify(kept),
    },
    0,
  )
}

/** The one of an id; throws `not_found_error`. */
export async function keptCollective(
  storage: Storage,
  id: CollectiveDreamId,
): Promise<KeptCollective> {
  const document = await storage.documents.get('collective_dream', id)
  if (document === null) throw notFound('collective dream', id)
  return collectiveIn(document)
}

export function collectiveIn({ body }: Pick<Document, 'body'>): KeptCollective {
  return JSON.parse(body) as KeptCollective
}

/** With how its dreams stand now. */
export async function withDreams(storage: Storage, kept: KeptCollective): Promise<CollectiveDream> {
  const dreams: CollectivePart[] = []
  for (const { dreamId } of kept.dreams) dreams.push(await partOf(storage, dreamId))
  return { ...kept, status: statusOfAll(dreams.map(({ status }) => status)), dreams }
}

async function partOf(storage: Storage, dreamId: Dream['id']): Promise<CollectivePart> {
  const dream = await storage.dreams.get(dreamId)
  if (dream === null) throw notFound('dream', dreamId)
  const { storeId, status, hosted } = dream
  const changes = status === 'completed' ? await storage.dreams.changes.list(dreamId) : []
  return {
    storeId,
    dreamId,
    status,
    outputStoreId: hosted?.output?.storeId ?? null,
    heldChanges: changes.filter((change) => change.status === 'held').length,
  }
}

/** What several dreams are together; of none, `completed`. */
export function statusOfAll(statuses: readonly DreamStatus[]): DreamStatus {
  const isAny = (status: DreamStatus): boolean => statuses.includes(status)
  if (!statuses.every(isTerminal)) {
    return statuses.every((status) => status === 'pending') ? 'pending' : 'running'
  }
  if (isAny('failed')) return 'failed'
  return isAny('canceled') ? 'canceled' : 'completed'
}
