import type { WorkspaceId } from '../core/ids.ts'
import { interceptStorage } from './intercept-storage.ts'
import type { Storage } from './storage.ts'
import type { Access } from './transaction-queue.ts'
import { requireValidText } from './valid-text.ts'

/** What an adapter itself provides: the port without transactions and lifetime. */
export type StoragePorts = Omit<Storage, 'transaction' | 'inWorkspace' | 'close'>

/** Makes an adapter's ports for one workspace over one way of access. */
export type MakePorts<Data> = (access: Access<Data>, workspaceId: WorkspaceId) => StoragePorts

/** A whole storage out of an adapter's ports; every text that comes in is checked. */
export function queuedStorage<Data>(
  access: Access<Data>,
  makePorts: MakePorts<Data>,
  workspaceId: WorkspaceId,
): Storage {
  return interceptStorage(storageOver(access, makePorts, workspaceId), requireValidText)
}

function storageOver<Data>(
  access: Access<Data>,
  makePorts: MakePorts<Data>,
  workspaceId: WorkspaceId,
): Storage {
  return {
    ...makePorts(access, workspaceId),
    transaction: (work) =>
      access.transaction((inside) => work(storageOver(inside, makePorts, workspaceId))),
    inWorkspace: (id) => storageOver(access, makePorts, id),
    close: () => access.close(),
  }
}
