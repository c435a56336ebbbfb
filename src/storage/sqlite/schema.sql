CREATE TABLE memory_stores (
  workspace_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  folder TEXT,
  lineage_id TEXT NOT NULL,
  audience TEXT NOT NULL,
  created_at TEXT NOT NULL,
  archived_at TEXT, metadata TEXT NOT NULL DEFAULT '{}', updated_at TEXT NOT NULL DEFAULT '', sequence INTEGER NOT NULL DEFAULT 0, memory_count INTEGER NOT NULL DEFAULT 0, is_removed INTEGER NOT NULL DEFAULT 0
  CHECK (is_removed IN (0, 1)), digest BLOB,
  PRIMARY KEY (workspace_id, id)
) STRICT;

CREATE UNIQUE INDEX live_store_of_folder ON memory_stores (workspace_id, folder)
  WHERE folder IS NOT NULL AND archived_at IS NULL;

CREATE TABLE memories (
  workspace_id TEXT NOT NULL,
  id TEXT NOT NULL,
  store_id TEXT NOT NULL,
  path TEXT NOT NULL,
  version_id TEXT NOT NULL,
  units_version_id TEXT,
  created_at TEXT NOT NULL,
  search_id INTEGER NOT NULL UNIQUE, digest BLOB,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, store_id, path),
  FOREIGN KEY (workspace_id, store_id) REFERENCES memory_stores (workspace_id, id),
  FOREIGN KEY (workspace_id, version_id) REFERENCES memory_versions (workspace_id, id),
  FOREIGN KEY (workspace_id, units_version_id) REFERENCES memory_versions (workspace_id, id)
) STRICT;

CREATE VIRTUAL TABLE memory_search USING fts5 (
  path, content, content = '', contentless_delete = 1,
  tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TABLE units (
  workspace_id TEXT NOT NULL,
  version_id TEXT NOT NULL,
  id TEXT NOT NULL,
  memory_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  path TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  bytes_start INTEGER NOT NULL,
  bytes_end INTEGER NOT NULL,
  outer_bytes_start INTEGER NOT NULL,
  outer_bytes_end INTEGER NOT NULL,
  line INTEGER NOT NULL,
  context TEXT NOT NULL,
  link_target TEXT,
  sha256 TEXT NOT NULL,
  origin TEXT NOT NULL,
  trust TEXT NOT NULL,
  audience TEXT NOT NULL,
  stated_at TEXT, digest BLOB,
  PRIMARY KEY (workspace_id, version_id, id),
  UNIQUE (workspace_id, version_id, ordinal),
  FOREIGN KEY (workspace_id, version_id) REFERENCES memory_versions (workspace_id, id)
) STRICT;

CREATE INDEX versions_of_unit ON units (workspace_id, id);

CREATE TABLE pins (
  workspace_id TEXT NOT NULL,
  unit_id TEXT NOT NULL, digest BLOB,
  PRIMARY KEY (workspace_id, unit_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  workspace_id TEXT NOT NULL,
  id TEXT NOT NULL,
  format TEXT NOT NULL,
  title TEXT NOT NULL,
  source_path TEXT NOT NULL,
  started_at TEXT,
  ended_at TEXT,
  user_ids TEXT NOT NULL,
  agent_ids TEXT NOT NULL,
  parent_session_id TEXT,
  audience TEXT NOT NULL,
  archived_at TEXT, outcome TEXT, digest BLOB, purged_at TEXT,
  PRIMARY KEY (workspace_id, id)
) STRICT;

CREATE TABLE session_events (
  workspace_id TEXT NOT NULL,
  id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  type TEXT NOT NULL,
  speaker TEXT NOT NULL,
  text TEXT NOT NULL,
  said_at TEXT,
  tool TEXT,
  user_id TEXT,
  agent_id TEXT,
  thread_id TEXT,
  source_path TEXT NOT NULL,
  source_line INTEGER NOT NULL,
  voice TEXT NOT NULL, label TEXT, digest BLOB,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, session_id) REFERENCES sessions (workspace_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX events_of_session ON session_events (workspace_id, session_id, ordinal, id);

CREATE TABLE dreams (
  workspace_id TEXT NOT NULL,
  id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  store_id TEXT NOT NULL,
  status TEXT NOT NULL,
  plan_status TEXT NOT NULL,
  input_digest TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  created_at TEXT NOT NULL,
  ended_at TEXT,
  error_type TEXT,
  error_message TEXT,
  plan TEXT,
  lease_token INTEGER NOT NULL,
  lease_until TEXT, hosted TEXT, output_behavior TEXT
  CHECK ((output_behavior IS NULL) = (hosted IS NULL)), asked_by TEXT, archived_at TEXT, digest BLOB,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, sequence),
  FOREIGN KEY (workspace_id, store_id) REFERENCES memory_stores (workspace_id, id)
) STRICT;

CREATE INDEX dreams_of_store ON dreams (workspace_id, store_id, sequence);

CREATE TABLE changes (
  workspace_id TEXT NOT NULL,
  dream_id TEXT NOT NULL,
  id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  kind TEXT NOT NULL,
  change_set TEXT NOT NULL,
  reason TEXT NOT NULL,
  before_texts TEXT NOT NULL,
  after_texts TEXT NOT NULL,
  edits TEXT NOT NULL,
  units TEXT NOT NULL,
  ledger TEXT NOT NULL,
  trust TEXT NOT NULL,
  audience TEXT NOT NULL,
  pattern TEXT,
  status TEXT NOT NULL,
  held_reason TEXT,
  decided_by TEXT,
  decided_at TEXT, is_worded_by_model INTEGER NOT NULL DEFAULT 0
  CHECK (is_worded_by_model IN (0, 1)), digest BLOB,
  PRIMARY KEY (workspace_id, dream_id, id),
  UNIQUE (workspace_id, sequence),
  FOREIGN KEY (workspace_id, dream_id) REFERENCES dreams (workspace_id, id)
) STRICT;

CREATE INDEX dreams_of_change ON changes (workspace_id, id);

CREATE TABLE ledger_entries (
  workspace_id TEXT NOT NULL,
  id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  store_id TEXT NOT NULL,
  dream_id TEXT NOT NULL,
  change_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  unit_id TEXT,
  path TEXT NOT NULL,
  text TEXT NOT NULL,
  true_from TEXT,
  true_until TEXT,
  reason TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  is_reverted INTEGER NOT NULL CHECK (is_reverted IN (0, 1)), is_copied INTEGER NOT NULL DEFAULT 0
  CHECK (is_copied IN (0, 1)), digest BLOB,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, sequence),
  FOREIGN KEY (workspace_id, store_id) REFERENCES memory_stores (workspace_id, id)
) STRICT;

CREATE INDEX ledger_of_store ON ledger_entries (workspace_id, store_id, path, sequence);

CREATE INDEX ledger_of_dream ON ledger_entries (workspace_id, dream_id, change_id);

CREATE TABLE sightings (
  workspace_id TEXT NOT NULL,
  lineage_id TEXT NOT NULL,
  pattern TEXT NOT NULL,
  session_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  root_session_id TEXT NOT NULL,
  dream_id TEXT NOT NULL,
  seen_at TEXT,
  detail TEXT NOT NULL, digest BLOB,
  PRIMARY KEY (workspace_id, lineage_id, pattern, session_id),
  UNIQUE (workspace_id, sequence)
) STRICT;

CREATE INDEX sightings_of_dream ON sightings (workspace_id, dream_id);

CREATE TABLE step_results (
  workspace_id TEXT NOT NULL,
  key TEXT NOT NULL,
  result TEXT NOT NULL, digest BLOB,
  PRIMARY KEY (workspace_id, key)
) STRICT;

CREATE UNIQUE INDEX stores_in_order ON memory_stores (workspace_id, sequence);

CREATE TABLE "memory_versions" (
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
  redacted_by TEXT, digest BLOB,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, sequence),
  FOREIGN KEY (workspace_id, store_id) REFERENCES memory_stores (workspace_id, id),
  CHECK ((redacted_at IS NULL) = (redacted_by IS NULL)),
  CHECK ((redacted_at IS NULL) = (path IS NOT NULL)),
  CHECK ((redacted_at IS NULL AND operation <> 'deleted') = (content IS NOT NULL)),
  CHECK ((content IS NULL) = (content_sha256 IS NULL)),
  CHECK ((content IS NULL) = (content_size_bytes IS NULL))
) STRICT;

CREATE INDEX versions_of_store ON memory_versions (workspace_id, store_id, sequence);

CREATE INDEX versions_of_path ON memory_versions (workspace_id, store_id, path, sequence);

CREATE INDEX versions_of_memory ON memory_versions (workspace_id, store_id, memory_id, sequence);

CREATE INDEX versions_of_actor ON memory_versions (workspace_id, store_id, actor_id, sequence);

CREATE INDEX heads_of_version ON memories (workspace_id, version_id);

CREATE INDEX heads_with_units_of_version ON memories (workspace_id, units_version_id);

CREATE UNIQUE INDEX one_dream_updates_a_store ON dreams (workspace_id, store_id)
  WHERE output_behavior = 'update_existing' AND status IN ('pending', 'running');

CREATE INDEX open_hosted_dreams ON dreams (workspace_id, sequence, status, lease_until)
  WHERE output_behavior IS NOT NULL AND status IN ('pending', 'running');

CREATE INDEX hosted_dreams
  ON dreams (workspace_id, sequence, status, archived_at, created_at, asked_by)
  WHERE output_behavior IS NOT NULL;

CREATE TABLE documents (
  workspace_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  tags TEXT NOT NULL,
  created_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL, digest BLOB,
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
  body TEXT, digest BLOB,
  PRIMARY KEY (workspace_id, stream, id)
) STRICT;

CREATE INDEX lines_of_stream ON log_lines (workspace_id, stream, sequence, type, at);

CREATE TABLE "change_evidence" (
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
  sighting_id TEXT, digest BLOB,
  PRIMARY KEY (workspace_id, owner, ordinal),
  CHECK ((kind = 'event') = (event_id IS NOT NULL)),
  CHECK ((kind = 'memory') = (memory_version_id IS NOT NULL)),
  CHECK ((kind = 'shared') = (sighting_id IS NOT NULL)),
  FOREIGN KEY (workspace_id, owner) REFERENCES changes (workspace_id, sequence)
    ON DELETE CASCADE
) STRICT;

CREATE TABLE "ledger_evidence" (
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
  sighting_id TEXT, digest BLOB,
  PRIMARY KEY (workspace_id, owner, ordinal),
  CHECK ((kind = 'event') = (event_id IS NOT NULL)),
  CHECK ((kind = 'memory') = (memory_version_id IS NOT NULL)),
  CHECK ((kind = 'shared') = (sighting_id IS NOT NULL)),
  FOREIGN KEY (workspace_id, owner) REFERENCES ledger_entries (workspace_id, sequence)
    ON DELETE CASCADE
) STRICT;

CREATE TABLE "sighting_evidence" (
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
  sighting_id TEXT, digest BLOB,
  PRIMARY KEY (workspace_id, owner, ordinal),
  CHECK ((kind = 'event') = (event_id IS NOT NULL)),
  CHECK ((kind = 'memory') = (memory_version_id IS NOT NULL)),
  CHECK ((kind = 'shared') = (sighting_id IS NOT NULL)),
  FOREIGN KEY (workspace_id, owner) REFERENCES sightings (workspace_id, sequence)
    ON DELETE CASCADE
) STRICT;

CREATE TABLE "consumption" (
  workspace_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  lineage_id TEXT NOT NULL,
  dream_id TEXT NOT NULL,
  PRIMARY KEY (workspace_id, event_id, lineage_id, dream_id),
  FOREIGN KEY (workspace_id, session_id) REFERENCES sessions (workspace_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX consumption_of_dream ON consumption (workspace_id, dream_id);

CREATE INDEX consumption_of_session ON consumption (workspace_id, session_id, lineage_id);
