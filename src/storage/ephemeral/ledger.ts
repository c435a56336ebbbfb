import { notFound } from '../../core/errors.ts'
import type { LedgerEntry } from '../../core/ledger.ts'
import type { Ledger } from '../storage.ts'
import { alreadyExists } from '../storage-errors.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Superseded texts of one workspace with the words they came from. */
export function ephemeralLedger(access: WorkspaceAccess): Ledger {
  return {
    append: (entries) =>
      access.write((data) => {
        for (const entry of entries) insertEntry(data, entry)
      }),
    list: (storeId, { path, withReverted = false } = {}) =>
      access.read((data) =>
        data.ledger
          .rows()
          .filter((entry) => entry.storeId === storeId && (path ?? entry.path) === entry.path)
          .filter((entry) => withReverted || !entry.isReverted)
          .reverse(),
      ),
    markReverted: (dreamId, changeIds) =>
      access.write((data) => {
        for (const entry of data.ledger.rows()) {
          if (entry.dreamId !== dreamId) continue
          if (changeIds !== undefined && !changeIds.includes(entry.changeId)) continue
          data.ledger.set([entry.id], { ...entry, isReverted: true })
        }
      }),
  }
}

function insertEntry(data: WorkspaceData, entry: LedgerEntry): void {
  if (!data.stores.has(entry.storeId)) throw notFound('memory store', entry.storeId)
  if (!data.ledger.insert([entry.id], entry)) throw alreadyExists('ledger entry', entry.id)
}
