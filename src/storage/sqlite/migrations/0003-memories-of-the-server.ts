/**
 * Stores with metadata, an order of their own, a count of their memories and removal; versions that
 * can be redacted and found by memory and actor. CHECK constraints change with their table only,
 * so the one of the versions is made anew.
 */
export const MEMORIES_OF_THE_SERVER: string = `
ALTER TABLE memory_stores ADD COLUMN metadata TEXT NOT NULL DEFAULT '{}';
ALTER TABLE memory_stores ADD COLUMN updated_at TEXT NOT NULL DEFAULT '';
ALTER TABLE memory_stores ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE memory_stores ADD COLUMN memory_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE memory_stores ADD COLUMN is_removed INTEGER NOT NULL DEFAULT 0
  CHECK (is_removed IN (0, 1));
UPDATE memory_stores AS s SET
  updated_at = created_at,
  sequence = (
    SELECT count(*) FROM memory_stores o WHERE o.workspace_id = s.workspace_id
      AND (o.created_at, o.id) <= (s.created_at, s.id)),
  memory_count = (
    SELECT count(*) FROM memories m
    WHERE m.workspace_id = s.workspace_id AND m.store_id = s.id);
CREATE UNIQUE INDEX stores_in_order ON memory_stores (workspace_id, sequence);

CREATE TABLE new_memory_versions (
  workspace_id TEXT NOT NULL,
  id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  store_id TEXT NOT NULL,
  memory_id TEXT NOT NULL,
  operation TEXT NOT NULL CHECK (operation IN ('created', 'modified', 'deleted')),
  path TEXT,
  content TEXT,
  content_sha256 TEXT,
  content_size_bytes INTEGER,
  actor TEXT NOT NULL,
  actor_id TEXT,
  created_at TEXT NOT NULL,
  redacted_at TEXT,
  redacted_by TEXT,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, sequence),
  FOREIGN KEY (workspace_id, store_id) REFERENCES memory_stores (workspace_id, id),
  CHECK ((redacted_at IS NULL) = (redacted_by IS NULL)),
  CHECK ((redacted_at IS NULL) = (path IS NOT NULL)),
  CHECK ((redacted_at IS NULL AND operation <> 'deleted') = (content IS NOT NULL)),
  CHECK ((content IS NULL) = (content_sha256 IS NULL)),
  CHECK ((content IS NULL) = (content_size_bytes IS NULL))
) STRICT;
INSERT INTO new_memory_versions (
  workspace_id, id, sequence, store_id, memory_id, operation, path, content, content_sha256,
  content_size_bytes, actor, actor_id, created_at)
SELECT
  workspace_id, id, sequence, store_id, memory_id, operation, path, content, content_sha256,
  content_size_bytes, actor,
  coalesce(actor ->> '$.userId', actor ->> '$.apiKeyId', actor ->> '$.sessionId',
    actor ->> '$.dreamId'),
  created_at
FROM memory_versions ORDER BY workspace_id, sequence;
DROP TABLE memory_versions;
ALTER TABLE new_memory_versions RENAME TO memory_versions;
CREATE INDEX versions_of_store ON memory_versions (workspace_id, store_id, sequence);
CREATE INDEX versions_of_path ON memory_versions (workspace_id, store_id, path, sequence);
CREATE INDEX versions_of_memory ON memory_versions (workspace_id, store_id, memory_id, sequence);
CREATE INDEX versions_of_actor ON memory_versions (workspace_id, store_id, actor_id, sequence);
-- Without these, every version that is removed makes SQLite look through all heads for its own.
CREATE INDEX heads_of_version ON memories (workspace_id, version_id);
CREATE INDEX heads_with_units_of_version ON memories (workspace_id, units_version_id);
`
