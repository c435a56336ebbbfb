import { parseAudience } from '../../../core/audience.ts'
import { ReverieError } from '../../../core/errors.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import { AUDIENCE_KEY } from '../../workspace/store-fields.ts'
import { createStore } from '../../workspace/stores.ts'
import type { NewMemoryStore } from '../../workspace-api.ts'
import type { Deps } from '../deps.ts'
import { LOCAL_PERSON } from '../note-act.ts'

/** A store that a person asks for. */
export interface NamedStoreDraft extends NewMemoryStore {
  /** Absent = as the metadata says, else the person here alone. */
  readonly audience?: string
}

/**
 * Makes a store that `store:<name>` finds from then on. Throws `conflict_error` where a store that is
 * not archived has the name (`otherName` says how to give another), `invalid_request_error`.
 */
export async function createNamedStore(
  { audience, metadata = {}, ...draft }: NamedStoreDraft,
  otherName: string,
  { storage, now, newId }: Pick<Deps, 'storage' | 'now' | 'newId'>,
): Promise<MemoryStore> {
  assertIsName(draft.name, otherName)
  if (audience !== undefined) assertAudience(audience)
  const readers = audience === undefined ? {} : { [AUDIENCE_KEY]: audience }
  return storage.transaction(async (tx) => {
    const stores = await tx.stores.list()
    const namesake = stores.find((store) => isCalled(store, draft.name))
    if (namesake !== undefined) throw isTaken(namesake, otherName)
    const whole = { ...draft, metadata: { ...metadata, ...readers } }
    return createStore(whole, LOCAL_PERSON, { storage: tx, now, newId })
  })
}

/** Whether `store:<name>` means this store: neither archived nor a folder. */
export function isCalled(
  { name, archivedAt, folder }: Pick<MemoryStore, 'name' | 'archivedAt' | 'folder'>,
  named: string,
): boolean {
  return name === named && archivedAt === null && folder === null
}

function assertIsName(name: string, otherName: string): void {
  if (name.trim() !== '') return
  throw new ReverieError('invalid_request_error', 'A memory store needs a name; none is given.', {
    next: otherName,
  })
}

function assertAudience(audience: string): void {
  if (parseAudience(audience) !== null) return
  throw new ReverieError('invalid_request_error', `--audience "${audience}" names no readers.`, {
    next: 'Write it as private:<name>, team:<name> or org:<name>.',
  })
}

function isTaken({ id, name }: MemoryStore, otherName: string): ReverieError {
  return new ReverieError('conflict_error', `A memory store is called "${name}" already: ${id}.`, {
    next: `${otherName} Nothing was written.`,
  })
}
