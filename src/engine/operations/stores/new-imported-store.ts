import { LIMITS } from '../../../config.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import type { Storage } from '../../../storage/storage.ts'
import type { MemoryFormat, StoreImportOptions } from '../../folder-api/stores-api.ts'
import type { Deps } from '../deps.ts'
import { noteAct } from '../note-act.ts'
import { createNamedStore } from './named-store.ts'

/** What a source says of itself. */
export interface ImportedStoreDraft {
  readonly name: string
  readonly description?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly format: MemoryFormat
  /** Id that it had; absent = it had none. */
  readonly sourceId?: string
}

/**
 * Makes the store that an import fills. What a person says goes before what the source says. Throws
 * `conflict_error` where a store has the name.
 */
export async function newImportedStore(
  tx: Storage,
  draft: ImportedStoreDraft,
  { name, audience }: StoreImportOptions,
  { now, newId }: Pick<Deps, 'now' | 'newId'>,
): Promise<MemoryStore> {
  const { format, sourceId, description = '', metadata = {} } = draft
  const store = await createNamedStore(
    {
      name: name ?? plainName(draft.name),
      description,
      metadata,
      ...(audience === undefined ? {} : { audience }),
    },
    'Give it a name of its own: --name <name>.',
    { storage: tx, now, newId },
  )
  const details = { format, ...(sourceId === undefined ? {} : { source_id: sourceId }) }
  await noteAct(tx, { act: 'store.imported', subject: store.id, details }, { now, newId })
  return store
}

/** A name of somebody else's, as a store may be called. */
function plainName(of: string): string {
  const plain = of.replace(/\p{Cc}/gu, ' ').trim()
  return [...plain].slice(0, LIMITS.storeNameCharsMax).join('') || 'imported'
}
