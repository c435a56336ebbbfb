import type { MemoryId, MemoryStoreId, UnitId } from '../../../core/ids.ts'
import type { Storage } from '../../../storage/storage.ts'
import type { ProvenanceLine } from './line-forms.ts'

const KIND = 'imported_memory'
const AT_ONCE = 100

/** What another program said of what comes from it: its id there, its dates, its tags. */
export interface Provenance {
  /** A unit, or a memory that was one piece there. */
  readonly subjectId: UnitId | MemoryId
  readonly about: Readonly<Record<string, unknown>>
  readonly createdAt: string
}

export async function keepProvenance(
  tx: Storage,
  storeId: MemoryStoreId,
  { subjectId, about, createdAt }: Provenance,
): Promise<void> {
  const body = JSON.stringify(about)
  await tx.documents.put({ kind: KIND, id: subjectId, tags: [tagOf(storeId)], createdAt, body })
}

/** In the order in which it was kept. */
export async function* provenanceOfStore(
  storeId: MemoryStoreId,
  storage: Storage,
): AsyncGenerator<ProvenanceLine> {
  for (let after: string | null | undefined; after !== null; ) {
    const page = await storage.documents.page({
      kind: KIND,
      all: [tagOf(storeId)],
      order: 'asc',
      limit: AT_ONCE,
      ...(after === undefined ? {} : { after }),
    })
    for (const { id, createdAt, body } of page.items) {
      const about = JSON.parse(body) as ProvenanceLine['about']
      yield { type: 'provenance', subject_id: id, created_at: createdAt, about }
    }
    after = page.next
  }
}

function tagOf(storeId: MemoryStoreId): string {
  return `store:${storeId}`
}
