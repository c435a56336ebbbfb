import { notFound } from '../../core/errors.ts'
import type { MemoryStoreId } from '../../core/ids.ts'
import { copiedEntry } from '../copy-rules.ts'
import type { Ledger } from '../storage.ts'
import { alreadyExists } from '../storage-errors.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Superseded texts of one workspace with the words they came from. */
export function ephemeralLedger(access: WorkspaceAccess): Ledger {
  return {
    append: (entries) =>
      access.write((data) => {
        for (const entry of entries) {
          requireStore(data, entry.storeId)
          const isNew = data.ledger.insert([entry.id], { entry, isCopied: false })
          if (!isNew) throw alreadyExists('ledger entry', entry.id)
        }
      }),
    list: (storeId, { path, withReverted = false } = {}) =>
      access.read((data) =>
        data.ledger
          .rows()
          .map(({ entry }) => entry)
          .filter((entry) => entry.storeId === storeId && (path ?? entry.path) === entry.path)
          .filter((entry) => withReverted || !entry.isReverted)
          .reverse(),
      ),
    markReverted: (dreamId, changeIds) =>
      access.write((data) => {
        for (const row of data.ledger.rows()) {
          const { entry, isCopied } = row
          if (entry.dreamId !== dreamId || isCopied) continue
          if (changeIds !== undefined && !changeIds.includes(entry.changeId)) continue
          data.ledger.set([entry.id], { ...row, entry: { ...entry, isReverted: true } })
        }
      }),
    copy: (fromStoreId, toStoreId, except = []) =>
      access.write((data) => {
        requireStore(data, fromStoreId)
        requireStore(data, toStoreId)
        for (const { entry } of data.ledger.rows()) {
          if (entry.storeId !== fromStoreId || except.includes(entry.dreamId)) continue
          const copy = copiedEntry(entry, toStoreId)
          data.ledger.insert([copy.id], { entry: copy, isCopied: true })
        }
      }),
  }
}

function requireStore(data: WorkspaceData, id: MemoryStoreId): void {
  if (!data.stores.has(id)) throw notFound('memory store', id)
}
