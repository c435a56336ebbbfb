/**
 * Every table but the two whose columns all stand in an index as well, where `PRAGMA
 * integrity_check` compares them.
 */
const DIGESTED: readonly string[] = [
  'memory_stores',
  'memories',
  'memory_versions',
  'units',
  'pins',
  'sessions',
  'session_events',
  'dreams',
  'changes',
  'change_evidence',
  'ledger_entries',
  'ledger_evidence',
  'sightings',
  'sighting_evidence',
  'step_results',
  'documents',
  'log_lines',
]

/**
 * A digest for each row, so that a flipped bit shows; transcripts that leave while what was read of
 * them stays known: consumption refers to no event any more.
 */
export const DIGESTS_AND_RETENTION: string = `
${DIGESTED.map((table) => `ALTER TABLE ${table} ADD COLUMN digest BLOB;`).join('\n')}
ALTER TABLE sessions ADD COLUMN purged_at TEXT;
CREATE TABLE new_consumption (
  workspace_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  lineage_id TEXT NOT NULL,
  dream_id TEXT NOT NULL,
  PRIMARY KEY (workspace_id, event_id, lineage_id, dream_id),
  FOREIGN KEY (workspace_id, session_id) REFERENCES sessions (workspace_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO new_consumption (workspace_id, event_id, session_id, lineage_id, dream_id)
  SELECT c.workspace_id, c.event_id, e.session_id, c.lineage_id, c.dream_id FROM consumption c
  JOIN session_events e ON e.workspace_id = c.workspace_id AND e.id = c.event_id;
DROP TABLE consumption;
ALTER TABLE new_consumption RENAME TO consumption;
CREATE INDEX consumption_of_dream ON consumption (workspace_id, dream_id);
CREATE INDEX consumption_of_session ON consumption (workspace_id, session_id, lineage_id);
`
