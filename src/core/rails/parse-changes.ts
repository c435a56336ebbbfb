import { parseAudience } from '../audience.ts'
import { CHANGE_KINDS, type Change, type Edit, type NewMemory, type Placed } from '../change.ts'
import type { EventEvidence, Evidence, MemoryEvidence, SharedEvidence } from '../evidence.ts'
import type { LedgerDraft } from '../ledger.ts'
import { TRUST_TIERS } from '../trust.ts'
import {
  count,
  fields,
  flag,
  list,
  oneOf,
  orNull,
  Refused,
  type Shape,
  text,
  variant,
} from './json-shapes.ts'

/** What is left of unknown JSON: well-formed changes, and how many items were none. */
export interface ParsedChanges {
  readonly changes: readonly Change[]
  readonly refused: number
}

const ITEMS_MAX = 500
const ID_CHARS_MAX = 1_024
const TEXT_CHARS_MAX = 1_100_000
const NAME_CHARS_MAX = 4_096

const body = text(TEXT_CHARS_MAX)
const name = text(NAME_CHARS_MAX)
const time = orNull(text(40))

/** An id is a name and nothing else; what it names is looked up, never taken from it. */
function id<T extends string>(): Shape<T> {
  const plain = text(ID_CHARS_MAX)
  return (raw) => {
    const value = plain(raw)
    if (!/^[a-z]+_[\w.%/-]+$/u.test(value)) throw new Refused('an id')
    return value as T
  }
}

const evidenceBase = {
  quote: body,
  at: time,
  trust: oneOf(TRUST_TIERS),
  source: fields<Evidence['source']>({ path: name, line: count }),
}

const evidence: Shape<Evidence> = variant<Evidence>('kind', {
  event: fields<EventEvidence>({
    ...evidenceBase,
    kind: oneOf(['event']),
    sessionId: id(),
    eventId: id(),
    speaker: oneOf(['user', 'agent', 'tool', 'system']),
    agentId: orNull(name),
    userId: orNull(name),
    threadId: orNull(name),
  }),
  memory: fields<MemoryEvidence>({
    ...evidenceBase,
    kind: oneOf(['memory']),
    memoryVersionId: id(),
    memoryPath: name,
  }),
  shared: fields<SharedEvidence>({
    ...evidenceBase,
    kind: oneOf(['shared']),
    sightingId: id(),
    agentId: orNull(name),
  }),
})

const newMemory = fields<NewMemory>({
  name,
  description: name,
  type: name,
  indexPath: orNull(name),
})

const edit: Shape<Edit> = variant<Edit>('op', {
  replace: fields<Extract<Edit, { op: 'replace' }>>({
    op: oneOf(['replace']),
    unitId: id(),
    text: body,
  }),
  suffix: fields<Extract<Edit, { op: 'suffix' }>>({
    op: oneOf(['suffix']),
    unitId: id(),
    text: body,
  }),
  delete: fields<Extract<Edit, { op: 'delete' }>>({ op: oneOf(['delete']), unitId: id() }),
  append: fields<Extract<Edit, { op: 'append' }>>({
    op: oneOf(['append']),
    path: name,
    text: body,
    create: orNull(newMemory),
  }),
})

const placed = fields<Placed>({ path: name, text: body })

const ledgerDraft = fields<LedgerDraft>({
  kind: oneOf(['merged', 'superseded', 'removed', 'generated']),
  unitId: orNull(id()),
  path: name,
  text: body,
  interval: fields<LedgerDraft['interval']>({ start: time, end: time }),
  reason: name,
  evidence: list(evidence, ITEMS_MAX),
})

const audience: Shape<Change['audience']> = (raw) => {
  const known = parseAudience(name(raw))
  if (known === null) throw new Refused('an audience')
  return known
}

const change = fields<Change>({
  id: id(),
  kind: oneOf(CHANGE_KINDS.filter((kind) => kind !== 'keep')),
  changeSet: id(),
  reason: text(2_000),
  before: list(placed, ITEMS_MAX),
  after: list(placed, ITEMS_MAX),
  edits: list(edit, ITEMS_MAX),
  units: list(id(), ITEMS_MAX),
  evidence: list(evidence, ITEMS_MAX),
  trust: oneOf(TRUST_TIERS),
  audience,
  status: oneOf(['proposed']),
  heldReason: (raw): null => {
    if (raw !== null) throw new Refused('nothing')
    return null
  },
  ledger: list(ledgerDraft, ITEMS_MAX),
  pattern: orNull(name),
  isWordedByModel: flag,
})

/**
 * Rail 1 at the border: the changes in JSON that anybody may have written. Only the known kinds and
 * fields are read, each of its type and within its size; decisions, names of persons and all else
 * that a proposal cannot say make it none. Never throws.
 */
export function parseProposedChanges(raw: unknown, changesMax: number): ParsedChanges {
  if (!Array.isArray(raw)) return { changes: [], refused: 1 }
  const read = Array.from(raw.slice(0, changesMax), parsed)
  const changes = read.filter((one) => one !== null)
  return { changes, refused: raw.length - changes.length }
}

function parsed(raw: unknown): Change | null {
  try {
    return change(raw)
  } catch {
    // What cannot be read is no proposal, whatever its getters throw.
    return null
  }
}
