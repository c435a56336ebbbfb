import type { Sighting } from '../../core/ledger.ts'
import { compareBinary } from '../binary-order.ts'
import { COPIED } from '../copy-rules.ts'
import type { Counters } from '../storage.ts'
import type { WorkspaceData } from './ephemeral-data.ts'
import type { WorkspaceAccess } from './workspace-access.ts'

/** Sightings of patterns of one workspace, as sets. */
export function ephemeralCounters(access: WorkspaceAccess): Counters {
  return {
    add: (dreamId, sightings) =>
      access.write((data) => {
        for (const sighting of sightings) {
          const { lineageId, pattern, sessionId } = sighting
          data.sightings.insert([lineageId, pattern, sessionId], { dreamId, sighting })
        }
      }),
    list: (lineageId) =>
      access.read((data) => [...sightingsOf(data, lineageId)].sort(byPatternThenSession)),
    giveBack: (dreamId) =>
      access.write((data) => {
        data.sightings.removeWhere((row) => row.dreamId === dreamId)
      }),
    copy: (fromLineageId, toLineageId, except = []) =>
      access.write((data) => {
        for (const { dreamId, sighting } of data.sightings.rows()) {
          if (sighting.lineageId !== fromLineageId || except.includes(dreamId)) continue
          const { pattern, sessionId } = sighting
          data.sightings.insert([toLineageId, pattern, sessionId], {
            dreamId: COPIED,
            sighting: { ...sighting, lineageId: toLineageId },
          })
        }
      }),
  }
}

function sightingsOf(data: WorkspaceData, lineageId: string): readonly Sighting[] {
  const sightings = data.sightings.rows().map(({ sighting }) => sighting)
  return sightings.filter((sighting) => sighting.lineageId === lineageId)
}

function byPatternThenSession(a: Sighting, b: Sighting): number {
  return compareBinary(a.pattern, b.pattern) || compareBinary(a.sessionId, b.sessionId)
}
