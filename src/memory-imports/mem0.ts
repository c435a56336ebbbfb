import { ReverieError } from '../core/errors.ts'
import {
  asList,
  asObject,
  bounded,
  type JsonObject,
  textIn,
  without,
  wrongItem,
} from './json-items.ts'
import type {
  FormerText,
  ImportedNote,
  ImportedNotes,
  MemoryChoice,
  MemoryImporter,
} from './memory-importer.ts'

/**
 * Memories of mem0: what `getAll` and `get_all` return (`{results: [...]}`, one page of the platform,
 * a bare list), and the result of an export job (`{memories: [...]}`). What `history` returns may stand
 * beside them as `history`: a list of its rows, or lists by the id of the memory.
 */
export const mem0Importer: MemoryImporter = {
  format: 'mem0',
  isFormat: (value) => isMem0(value),
  read: (value, choice) => readMem0(value, choice),
}

const TEXT = ['memory', 'content', 'text', 'data'] as const
const USER = ['user_id', 'userId'] as const
const ID = ['id', 'memory_id', 'memoryId'] as const
const CREATED = ['created_at', 'createdAt'] as const
const UPDATED = ['updated_at', 'updatedAt'] as const
/** Told elsewhere, or of no use once it is copied. */
const NOT_KEPT = [...TEXT, ...USER, 'score', 'embedding', 'vector', 'text_lemmatized']

function itemsIn(value: unknown): readonly unknown[] | null {
  const of = asObject(value)
  return asList(value) ?? asList(of?.results) ?? asList(of?.memories)
}

function isMem0(value: unknown): boolean {
  const items = itemsIn(value)
  if (items === null) return false
  const [first] = items
  const of = asObject(first)
  if (items.length === 0) return asObject(value)?.results !== undefined
  return of !== null && textIn(of, ...TEXT) !== null && !('role' in of && !('memory' in of))
}

function readMem0(value: unknown, { user, agent }: MemoryChoice): ImportedNotes {
  const all = bounded(itemsIn(value) ?? [], 'memories').map(itemOf)
  const byUser = chosenBy('user', user, all, ({ of }) => textIn(of, ...USER))
  const items =
    agent === undefined ? byUser : chosenBy('agent', agent, byUser, ({ of }) => agentOf(of))
  const former = historyIn(value)
  const userIds = [...new Set(items.flatMap(({ of }) => textIn(of, ...USER) ?? []))]
  const seen = new Set(items.flatMap(({ id }) => id ?? []))
  return {
    name: userIds.length === 1 ? `mem0 ${userIds[0]}` : 'mem0',
    notes: [
      ...items.map((item) => noteOf(item, former)),
      ...(user === undefined ? removedNotes(former, seen) : []),
    ],
    userIds,
    warnings: warningsOf(value, all.length - items.length),
  }
}

interface Item {
  /** Counted from 1. */
  readonly n: number
  readonly id: string | null
  readonly of: JsonObject
}

function itemOf(value: unknown, index: number): Item {
  const of = asObject(value)
  const n = index + 1
  if (of === null) throw wrongItem(`Memory ${n}`, 'is no object')
  const id = textIn(of, ...ID)
  if (textIn(of, ...TEXT) === null)
    throw wrongItem(`Memory ${n}${id === null ? '' : ` (${id})`}`, 'has no text')
  return { n, id, of }
}

function agentOf(of: JsonObject): string | null {
  return textIn(of, 'agent_id', 'agentId')
}

/** Memories of several users are never mixed: a person says whose are meant. */
function chosenBy(
  what: string,
  chosen: string | undefined,
  items: readonly Item[],
  nameOf: (item: Item) => string | null,
): readonly Item[] {
  const names = [...new Set(items.map(nameOf))]
  if (names.length === 0) return items
  if (chosen !== undefined) {
    const own = items.filter((item) => nameOf(item) === chosen)
    if (own.length > 0) return own
    throw new ReverieError('not_found_error', `No memory of ${what} "${chosen}" is in the file.`, {
      next: `It holds those of: ${told(names)}.`,
    })
  }
  if (names.length <= 1) return items
  throw new ReverieError(
    'invalid_request_error',
    `The file holds memories of ${names.length} ${what}s: ${told(names)}.`,
    { next: `Import each into a store of its own: --${what} <id>.` },
  )
}

const NAMES_TOLD = 10

function told(names: readonly (string | null)[]): string {
  const shown = names.slice(0, NAMES_TOLD).map((name) => name ?? '(nobody named)')
  return names.length > NAMES_TOLD ? `${shown.join(', ')} and more` : shown.join(', ')
}

function noteOf({ id, of }: Item, history: ReadonlyMap<string, readonly Row[]>): ImportedNote {
  const [category] = asList(of.categories) ?? []
  const rows = id === null ? [] : (history.get(id) ?? [])
  return {
    id,
    text: textIn(of, ...TEXT) ?? '',
    topic: typeof category === 'string' && category.trim() !== '' ? category : null,
    path: null,
    // The words as they are were last said when they were last changed.
    statedAt: textIn(of, ...UPDATED) ?? textIn(of, ...CREATED),
    about: { source: 'mem0', ...without(of, NOT_KEPT) },
    former: formerOf(rows),
  }
}

/** One change of one memory. */
interface Row {
  readonly before: string | null
  readonly after: string | null
  readonly at: string | null
  readonly isRemoval: boolean
}

function historyIn(value: unknown): ReadonlyMap<string, readonly Row[]> {
  const history = asObject(value)?.history
  const lists = asObject(history)
  const rows = asList(history) ?? Object.values(lists ?? {}).flatMap((list) => asList(list) ?? [])
  const byMemory = new Map<string, Row[]>()
  for (const [index, row] of bounded(rows, 'changes').entries()) {
    const of = asObject(row)
    const id = of === null ? null : textIn(of, 'memory_id', 'memoryId')
    if (of === null || id === null) throw wrongItem(`Change ${index + 1}`, 'names no memory')
    const known = byMemory.get(id) ?? []
    byMemory.set(id, [...known, rowOf(of)])
  }
  for (const list of byMemory.values()) list.sort(byTime)
  return byMemory
}

function rowOf(of: JsonObject): Row {
  const event = (textIn(of, 'event', 'action') ?? '').toUpperCase()
  return {
    before: textIn(of, 'old_memory', 'oldMemory', 'previous_value', 'previousValue'),
    after: textIn(of, 'new_memory', 'newMemory', 'new_value', 'newValue'),
    at: textIn(of, ...UPDATED) ?? textIn(of, ...CREATED),
    isRemoval: event === 'DELETE',
  }
}

function byTime(a: Row, b: Row): number {
  const [from, to] = [Date.parse(a.at ?? ''), Date.parse(b.at ?? '')]
  return Number.isNaN(from) || Number.isNaN(to) ? 0 : from - to
}

/** Each text that another one took the place of, from when it was written until then. */
function formerOf(rows: readonly Row[]): readonly FormerText[] {
  return rows.flatMap((row, n): readonly FormerText[] => {
    if (row.before === null || row.before === row.after) return []
    const since = rows.slice(0, n).findLast(({ after }) => after === row.before)?.at ?? null
    const reason = row.isRemoval ? 'Removed in mem0.' : 'Updated in mem0.'
    return [{ text: row.before, since, until: row.at, reason, isRemoved: row.isRemoval }]
  })
}

/** Memories that only the history knows any more. */
function removedNotes(
  history: ReadonlyMap<string, readonly Row[]>,
  present: ReadonlySet<string>,
): readonly ImportedNote[] {
  return [...history].flatMap(([id, rows]) => {
    const former = present.has(id) ? [] : formerOf(rows)
    const note = { id, text: '', topic: null, path: null, statedAt: null, about: {}, former }
    return former.length === 0 ? [] : [note]
  })
}

function warningsOf(value: unknown, leftOut: number): readonly string[] {
  const next = asObject(value)?.next
  const isPage = typeof next === 'string' && next !== ''
  return [
    ...(isPage ? ['The file is one page of several: fetch the others and import them too.'] : []),
    ...(leftOut === 0 ? [] : [`${leftOut} memories of others in the file were left out.`]),
  ]
}
