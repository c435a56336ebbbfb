/** One row per item of evidence; what is shared names neither session nor event. */
const EVIDENCE_COLUMNS = `
  workspace_id TEXT NOT NULL,
  owner INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('event', 'memory', 'shared')),
  quote TEXT NOT NULL,
  said_at TEXT,
  trust TEXT NOT NULL,
  source_path TEXT NOT NULL,
  source_line INTEGER NOT NULL,
  session_id TEXT,
  event_id TEXT,
  speaker TEXT,
  agent_id TEXT,
  user_id TEXT,
  thread_id TEXT,
  memory_version_id TEXT,
  memory_path TEXT,
  sighting_id TEXT,
  PRIMARY KEY (workspace_id, owner, ordinal),
  CHECK ((kind = 'event') = (event_id IS NOT NULL)),
  CHECK ((kind = 'memory') = (memory_version_id IS NOT NULL)),
  CHECK ((kind = 'shared') = (sighting_id IS NOT NULL)),`

const KNOWN_COLUMNS = `workspace_id, owner, ordinal, kind, quote, said_at, trust, source_path,
  source_line, session_id, event_id, speaker, agent_id, user_id, thread_id, memory_version_id,
  memory_path`

/** CHECK constraints change with their table only, so the tables of evidence are made anew. */
function evidenceTable(name: string, owners: string): string {
  return `
CREATE TABLE new_${name} (${EVIDENCE_COLUMNS}
  FOREIGN KEY (workspace_id, owner) REFERENCES ${owners} (workspace_id, sequence)
    ON DELETE CASCADE
) STRICT;
INSERT INTO new_${name} (${KNOWN_COLUMNS}) SELECT ${KNOWN_COLUMNS} FROM ${name};
DROP TABLE ${name};
ALTER TABLE new_${name} RENAME TO ${name};
`
}

/** Who may read an event and how a session ended, evidence that others share, pinned contributions. */
export const LABELS: string = `
ALTER TABLE session_events ADD COLUMN label TEXT;
ALTER TABLE sessions ADD COLUMN outcome TEXT;
${evidenceTable('change_evidence', 'changes')}
${evidenceTable('ledger_evidence', 'ledger_entries')}
${evidenceTable('sighting_evidence', 'sightings')}
UPDATE dreams SET snapshot = json_set(snapshot,
  '$.contributions', json('[]'),
  '$.withheld', json('{"sessions":0,"events":0,"withoutUser":0}'));
`
