import { notFound } from '../../core/errors.ts'
import type { MemoryId, MemoryVersionId } from '../../core/ids.ts'
import type { Unit } from '../../core/unit.ts'
import { compareBinary } from '../binary-order.ts'
import { requireWritable } from '../memory-rules.ts'
import type { Units } from '../storage.ts'
import { requireUnitsOf, requireUnredacted } from '../unit-rules.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Units and pins of one workspace. */
export function ephemeralUnits(access: WorkspaceAccess): Units {
  return {
    list: (storeId) =>
      access.read((data) =>
        data.heads
          .rows()
          .filter(({ memory }) => memory.storeId === storeId)
          .sort((a, b) => compareBinary(a.memory.path, b.memory.path))
          .flatMap(({ unitsVersionId }) =>
            unitsVersionId === null ? [] : unitsOfVersion(data, unitsVersionId),
          ),
      ),
    record: (memoryId, versionId, units) =>
      access.write((data) => recordUnits(data, memoryId, versionId, units)),
    ofVersion: (versionId) => access.read((data) => unitsOfVersion(data, versionId)),
    setPinned: (id, isPinned) =>
      access.write((data) => {
        const isKnown = data.units.rows().some((units) => units.some((unit) => unit.id === id))
        if (!isKnown) throw notFound('unit', id)
        if (isPinned) data.pins.set([id], id)
        else data.pins.removeWhere((pinned) => pinned === id)
      }),
  }
}

function unitsOfVersion(data: WorkspaceData, versionId: MemoryVersionId): readonly Unit[] {
  return (data.units.get(versionId) ?? [])
    .map((unit) => ({ ...unit, isPinned: data.pins.has(unit.id) }))
    .sort((a, b) => a.ordinal - b.ordinal)
}

function recordUnits(
  data: WorkspaceData,
  memoryId: MemoryId,
  versionId: MemoryVersionId,
  units: readonly Unit[],
): void {
  requireUnitsOf(memoryId, versionId, units)
  const head = data.heads.get(memoryId)
  if (head === null) throw notFound('memory', memoryId)
  requireWritable(data.stores.get(head.memory.storeId), head.memory.storeId)
  const version = data.versions.get(versionId)
  if (version?.memoryId !== memoryId) throw notFound('memory version', versionId)
  requireUnredacted(version, versionId)
  data.units.set([versionId], units)
  data.heads.set([memoryId], { ...head, unitsVersionId: versionId })
}
