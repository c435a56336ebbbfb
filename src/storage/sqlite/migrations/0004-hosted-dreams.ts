/**
 * Dreams of the server, with the columns that their lists are narrowed by; what was copied for a
 * clone; documents and logs.
 */
export const HOSTED_DREAMS: string = `
ALTER TABLE dreams ADD COLUMN hosted TEXT;
ALTER TABLE dreams ADD COLUMN output_behavior TEXT
  CHECK ((output_behavior IS NULL) = (hosted IS NULL));
ALTER TABLE dreams ADD COLUMN asked_by TEXT;
ALTER TABLE dreams ADD COLUMN archived_at TEXT;
CREATE UNIQUE INDEX one_dream_updates_a_store ON dreams (workspace_id, store_id)
  WHERE output_behavior = 'update_existing' AND status IN ('pending', 'running');
CREATE INDEX open_hosted_dreams ON dreams (workspace_id, sequence, status, lease_until)
  WHERE output_behavior IS NOT NULL AND status IN ('pending', 'running');
CREATE INDEX hosted_dreams
  ON dreams (workspace_id, sequence, status, archived_at, created_at, asked_by)
  WHERE output_behavior IS NOT NULL;

ALTER TABLE ledger_entries ADD COLUMN is_copied INTEGER NOT NULL DEFAULT 0
  CHECK (is_copied IN (0, 1));

CREATE TABLE documents (
  workspace_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  tags TEXT NOT NULL,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (workspace_id, kind, id),
  UNIQUE (workspace_id, sequence)
) STRICT;
CREATE INDEX documents_of_kind ON documents (workspace_id, kind, created_at, sequence);

CREATE TABLE document_tags (
  workspace_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  tag TEXT NOT NULL,
  created_at TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, kind, tag, created_at, sequence),
  FOREIGN KEY (workspace_id, sequence) REFERENCES documents (workspace_id, sequence)
    ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_of_document ON document_tags (workspace_id, sequence);

CREATE TABLE log_lines (
  workspace_id TEXT NOT NULL,
  stream TEXT NOT NULL,
  id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  type TEXT NOT NULL,
  at TEXT,
  body TEXT,
  PRIMARY KEY (workspace_id, stream, id)
) STRICT;
CREATE INDEX lines_of_stream ON log_lines (workspace_id, stream, sequence, type, at);
`
