import type { Dream } from '../../core/dream.ts'
import type { MemoryStoreId } from '../../core/ids.ts'
import type { MemoryStore } from '../../core/memory-store.ts'
import { withoutTexts } from '../memory-rules.ts'
import type { WorkspaceData } from './ephemeral-data.ts'

/** Removes a store for good; its id stays taken. Units of a clone have the same ids: their pins stay. */
export function removeStore(data: WorkspaceData, store: MemoryStore): void {
  data.heads.removeWhere(({ memory }) => memory.storeId === store.id)
  removeUnits(data, store)
  data.versions.removeWhere((version) => version.storeId === store.id)
  data.ledger.removeWhere(({ entry }) => entry.storeId === store.id)
  removeDreamTexts(data, store)
  data.stores.removeWhere(({ id }) => id === store.id)
  data.removedStores.set([store.id], store.id)
  removeLineage(data, store)
}

function removeUnits(data: WorkspaceData, store: MemoryStore): void {
  const isOfStore = (unit: { readonly versionId: string } | undefined): boolean =>
    unit !== undefined && data.versions.get(unit.versionId)?.storeId === store.id
  const gone = new Set(
    data.units.rows().flatMap((units) => (isOfStore(units[0]) ? units.map(({ id }) => id) : [])),
  )
  data.units.removeWhere((units) => isOfStore(units[0]))
  const left = new Set(data.units.rows().flatMap((units) => units.map(({ id }) => id)))
  data.pins.removeWhere((id) => gone.has(id) && !left.has(id))
}

function removeDreamTexts(data: WorkspaceData, store: MemoryStore): void {
  const dreams = data.dreams.rows().filter(({ dream }) => targetOf(dream) === store.id)
  const ids = new Set(dreams.map(({ dream }) => dream.id))
  data.changes.removeWhere(({ dreamId }) => ids.has(dreamId))
  for (const row of dreams) {
    data.dreams.set([row.dream.id], { ...row, dream: withoutTexts(row.dream) })
  }
}

/** The store that the changes of a dream go to: its output, else the store itself. */
function targetOf({ hosted, storeId }: Dream): MemoryStoreId {
  return hosted?.output?.storeId ?? storeId
}

function removeLineage(data: WorkspaceData, { lineageId }: MemoryStore): void {
  if (data.stores.rows().some((other) => other.lineageId === lineageId)) return
  data.consumption.removeWhere((row) => row.lineageId === lineageId)
  data.sightings.removeWhere(({ sighting }) => sighting.lineageId === lineageId)
}
