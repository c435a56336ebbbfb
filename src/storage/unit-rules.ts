import type { MemoryId, MemoryVersionId } from '../core/ids.ts'
import type { MemoryVersion } from '../core/memory.ts'
import type { Unit } from '../core/unit.ts'
import { inconsistent } from './storage-errors.ts'

/**
 * Refuses units that do not belong together: each names the recorded memory and version, and ids
 * and ordinals are distinct. Throws `invalid_request_error`.
 */
export function requireUnitsOf(
  memoryId: MemoryId,
  versionId: MemoryVersionId,
  units: readonly Unit[],
): void {
  const stray = units.find((unit) => unit.memoryId !== memoryId || unit.versionId !== versionId)
  if (stray !== undefined) {
    throw inconsistent(`The unit "${stray.id}" is not of the version "${versionId}".`)
  }
  const ids = new Set(units.map((unit) => unit.id))
  const ordinals = new Set(units.map((unit) => unit.ordinal))
  if (ids.size < units.length || ordinals.size < units.length) {
    throw inconsistent(`Two units of the version "${versionId}" share an id or an ordinal.`)
  }
}

/** Refuses to put words back into a version that was redacted. Throws `invalid_request_error`. */
export function requireUnredacted(
  version: Pick<MemoryVersion, 'redactedAt'>,
  id: MemoryVersionId,
): void {
  if (version.redactedAt !== null) throw inconsistent(`The version "${id}" is redacted.`)
}
