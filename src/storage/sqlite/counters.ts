import type { DreamId, WorkspaceId } from '../../core/ids.ts'
import type { Sighting } from '../../core/ledger.ts'
import { COPIED } from '../copy-rules.ts'
import type { Counters } from '../storage.ts'
import type { Access } from '../transaction-queue.ts'
import { type Database, sqlList, wholeText } from './database.ts'
import { insertEvidence, withEvidence } from './evidence.ts'

const SELECT = `
  SELECT lineage_id AS lineageId, ${wholeText('pattern', 'pattern')}, session_id AS sessionId,
    sequence, root_session_id AS rootSessionId, seen_at AS at, detail
  FROM sightings
  WHERE workspace_id = ? AND lineage_id = ? AND dream_id NOT IN (SELECT value FROM json_each(?))
  ORDER BY sightings.pattern, session_id`

/** Sightings of patterns of one workspace, as sets. */
export function sqliteCounters(access: Access<Database>, workspaceId: WorkspaceId): Counters {
  return {
    add: (dreamId, sightings) =>
      access.write((db) => {
        for (const sighting of sightings) insertSighting(db, workspaceId, dreamId, sighting)
      }),
    list: (lineageId) => access.read((db) => sightingsOf(db, workspaceId, lineageId)),
    giveBack: (dreamId) =>
      access.write((db) => {
        const sql = 'DELETE FROM sightings WHERE workspace_id = ? AND dream_id = ?'
        db.run(sql, workspaceId, dreamId)
      }),
    copy: (fromLineageId, toLineageId, except = []) =>
      access.write((db) => {
        for (const sighting of sightingsOf(db, workspaceId, fromLineageId, except)) {
          insertSighting(db, workspaceId, COPIED, { ...sighting, lineageId: toLineageId })
        }
      }),
  }
}

interface SightingRow extends Omit<Sighting, 'evidence' | 'detail'> {
  readonly sequence: number
  readonly detail: string
}

function sightingsOf(
  db: Database,
  workspaceId: WorkspaceId,
  lineageId: string,
  except: readonly DreamId[] = [],
): readonly Sighting[] {
  const rows = db.all<SightingRow>(SELECT, workspaceId, lineageId, sqlList(except))
  return withEvidence(db, 'sighting_evidence', workspaceId, rows).map(toSighting)
}

function toSighting(of: {
  readonly row: SightingRow
  readonly evidence: Sighting['evidence']
}): Sighting {
  const { sequence: _, detail, ...flat } = of.row
  return { ...flat, detail: JSON.parse(detail) as Sighting['detail'], evidence: of.evidence }
}

function insertSighting(
  db: Database,
  workspaceId: WorkspaceId,
  dreamId: DreamId,
  sighting: Sighting,
): void {
  const owner = db.nextSequence('sightings', workspaceId)
  const isNew = db.insert('sightings', {
    workspace_id: workspaceId,
    lineage_id: sighting.lineageId,
    pattern: sighting.pattern,
    session_id: sighting.sessionId,
    sequence: owner,
    root_session_id: sighting.rootSessionId,
    dream_id: dreamId,
    seen_at: sighting.at,
    detail: JSON.stringify(sighting.detail),
  })
  if (isNew) insertEvidence(db, 'sighting_evidence', { workspaceId, owner }, sighting.evidence)
}
