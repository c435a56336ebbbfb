import { ReverieError } from '../../../core/errors.ts'
import type { MemoryStore } from '../../../core/memory-store.ts'
import { archiveStore as archiveIn } from '../../workspace/stores.ts'
import type { Deps } from '../deps.ts'
import { LOCAL_PERSON } from '../note-act.ts'
import { resolveTarget } from '../target.ts'

/** Makes a store read-only for good. Throws `invalid_request_error` for one that mirrors a folder. */
export async function archiveStore(storeRef: string, deps: Deps): Promise<MemoryStore> {
  const { store, folder } = await resolveTarget(storeRef, deps)
  if (folder === null) return archiveIn(store.id, LOCAL_PERSON, deps)
  throw new ReverieError('invalid_request_error', `${store.folder} is a folder, not a store.`, {
    next: 'A folder is yours to move away; name a store as store:<name>.',
  })
}
