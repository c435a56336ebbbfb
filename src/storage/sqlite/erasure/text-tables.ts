import type { TextPlace } from '../../storage.ts'
import type { EvidenceTable } from '../evidence.ts'

/** Where the rows of a place stand. */
export interface TextTable {
  readonly table: string
  readonly key: readonly string[]
  readonly texts: readonly string[]
  /** The table that holds what the rows cite. */
  readonly evidence: EvidenceTable | null
  /** Grows with every rewriting, so that whoever read the row before does not put it back. */
  readonly version?: string
  /** Rows that are not seen. */
  readonly except?: string
}

/** Every column of the schema that may hold somebody's words. */
export const TEXT_TABLES: Readonly<Record<TextPlace, TextTable>> = {
  store: {
    table: 'memory_stores',
    key: ['id'],
    texts: ['name', 'description', 'metadata'],
    evidence: null,
  },
  session: {
    table: 'sessions',
    key: ['id'],
    texts: ['title', 'source_path', 'outcome'],
    evidence: null,
  },
  event: {
    table: 'session_events',
    key: ['id'],
    texts: ['text', 'tool', 'source_path'],
    evidence: null,
  },
  version: {
    table: 'memory_versions',
    key: ['id'],
    texts: ['path', 'content'],
    evidence: null,
  },
  dream: {
    table: 'dreams',
    key: ['id'],
    texts: ['snapshot', 'plan', 'hosted', 'error_message'],
    evidence: null,
  },
  change: {
    table: 'changes',
    key: ['dream_id', 'id'],
    texts: ['reason', 'before_texts', 'after_texts', 'edits', 'ledger'],
    evidence: 'change_evidence',
  },
  ledger: {
    table: 'ledger_entries',
    key: ['id'],
    texts: ['path', 'text', 'reason'],
    evidence: 'ledger_evidence',
  },
  sighting: {
    table: 'sightings',
    key: ['lineage_id', 'pattern', 'session_id'],
    texts: ['detail'],
    evidence: 'sighting_evidence',
  },
  step: { table: 'step_results', key: ['key'], texts: ['result'], evidence: null },
  document: {
    table: 'documents',
    key: ['kind', 'id'],
    texts: ['body'],
    evidence: null,
    version: 'version',
  },
  line: {
    table: 'log_lines',
    key: ['stream', 'id'],
    texts: ['body'],
    evidence: null,
    except: "stream = 'audit'",
  },
}
