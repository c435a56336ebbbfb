import { z } from 'zod'
import { LIMITS } from '../../../config.ts'
import { ReverieError } from '../../../core/errors.ts'
import { parseJson } from '../../../core/text/parsed-json.ts'
import { TRUST_TIERS } from '../../../core/trust.ts'
import { STORE_FORMAT, type StoreLine } from './line-forms.ts'

const at = z.iso.datetime({ offset: true })
const text = z.string().refine((value) => value.isWellFormed(), 'half a character')
const hash = z.string().regex(/^[\da-f]{64}$/)
const id = z.string().min(1).max(LIMITS.idCharsMax)
const path = text.max(4 * LIMITS.pathBytesMax)

const actor = z.union([
  z.strictObject({ type: z.literal('user_actor'), user_id: text }),
  z.strictObject({ type: z.literal('api_actor'), api_key_id: text }),
  z.strictObject({ type: z.literal('session_actor'), session_id: text }),
  z.strictObject({ type: z.literal('dream_actor'), dream_id: text }),
  z.strictObject({ type: z.literal('folder_actor'), first_sight: z.boolean() }),
])

const evidenceBase = {
  quote: text,
  at: z.string().nullable(),
  trust: z.enum(TRUST_TIERS),
  source: z.strictObject({ path: text, line: z.int().min(0) }),
}

const evidence = z.union([
  z.strictObject({
    kind: z.literal('event'),
    ...evidenceBase,
    session_id: id,
    event_id: text,
    speaker: z.enum(['user', 'agent', 'tool', 'system']),
    agent_id: text.nullable(),
    user_id: text.nullable(),
    thread_id: text.nullable(),
  }),
  z.strictObject({
    kind: z.literal('memory'),
    ...evidenceBase,
    memory_version_id: id,
    memory_path: path,
  }),
  z.strictObject({
    kind: z.literal('shared'),
    ...evidenceBase,
    sighting_id: id,
    agent_id: text.nullable(),
  }),
])

const store = z.strictObject({
  type: z.literal('store'),
  format: z.literal(STORE_FORMAT),
  exported_at: at,
  id,
  name: text,
  description: text,
  metadata: z.record(text, text),
  audience: text,
  /** It mirrored a folder: its paths are those of files. */
  is_folder: z.boolean(),
  created_at: at,
  updated_at: at,
  archived_at: at.nullable(),
  /** Users whose words are in it. */
  user_ids: z.array(text).max(LIMITS.importedItemsMax),
})

const version = z.strictObject({
  type: z.literal('version'),
  id,
  memory_id: id,
  operation: z.enum(['created', 'modified', 'deleted']),
  /** Null = redacted, like the text then. */
  path: path.nullable(),
  removed_at: path.nullable(),
  content: text.nullable(),
  content_sha256: hash.nullable(),
  actor,
  created_at: at,
  redacted_at: at.nullable(),
  redacted_by: actor.nullable(),
})

const unit = z.strictObject({
  id,
  sha256: hash,
  origin: z.enum(['imported', 'dream', 'person']),
  trust: z.enum(TRUST_TIERS),
  stated_at: z.string().nullable(),
  is_pinned: z.boolean(),
})

const memory = z.strictObject({
  type: z.literal('memory'),
  id,
  path,
  /** Below the folder. */
  file: text.max(8 * LIMITS.pathBytesMax),
  content_sha256: hash,
  version_id: id,
  /** In the order of the text. */
  units: z.array(unit),
})

const provenance = z.strictObject({
  type: z.literal('provenance'),
  subject_id: id,
  created_at: at,
  /** What the program that it comes from said of it. */
  about: z.record(text, z.unknown()),
})

const ledgerEntry = z.strictObject({
  type: z.literal('ledger_entry'),
  id,
  dream_id: id,
  change_id: id,
  kind: z.enum(['merged', 'superseded', 'removed', 'generated']),
  unit_id: id.nullable(),
  path,
  text,
  since: z.string().nullable(),
  until: z.string().nullable(),
  reason: text,
  evidence: z.array(evidence),
  recorded_at: at,
  is_reverted: z.boolean(),
})

/** For people: what was dreamt. It is not brought back. */
const dream = z.strictObject({
  type: z.literal('dream'),
  id,
  status: text,
  plan_status: text,
  created_at: at,
  ended_at: at.nullable(),
  sessions: z.array(text),
  changes: z.array(
    z.strictObject({
      id,
      kind: text,
      status: text,
      held_reason: text.nullable(),
      reason: text,
      before: z.array(z.strictObject({ path, text })),
      after: z.array(z.strictObject({ path, text })),
      quotes: z.array(text),
    }),
  ),
})

const end = z.strictObject({ type: z.literal('end'), lines: z.int().min(0) })

const line: z.ZodType<StoreLine> = z.discriminatedUnion('type', [
  store,
  version,
  memory,
  provenance,
  ledgerEntry,
  dream,
  end,
])

/** One line as it stands in the file. */
export function storeLineText(of: StoreLine): string {
  return `${JSON.stringify(of)}\n`
}

/** Reads one line; `where` names file and line. Throws `invalid_request_error`. */
export function parsedStoreLine(raw: string | null, where: string): StoreLine {
  const value = raw === null ? undefined : parseJson(raw)
  const found = line.safeParse(value)
  if (found.success) return found.data
  const format = versionNamed(value)
  if (format !== null && format !== STORE_FORMAT) {
    throw invalid(where, `has the format ${format}; this version reads ${STORE_FORMAT}`)
  }
  const [issue] = found.error.issues
  const place = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`
  throw invalid(
    where,
    raw === null ? 'is no UTF-8 text or too long' : `is no line of an export${place}`,
  )
}

/** A line that cannot be as it is. */
export function invalid(where: string, what: string): ReverieError {
  return new ReverieError('invalid_request_error', `${where} ${what}.`, {
    next: 'Export the store again; nothing was imported.',
  })
}

function versionNamed(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('format' in value)) return null
  return typeof value.format === 'number' ? value.format : null
}
