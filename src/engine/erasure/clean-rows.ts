import type { DreamId, MemoryVersionId } from '../../core/ids.ts'
import type { Storage, TextPlace, TextRow } from '../../storage/storage.ts'
import { answerKey } from '../asking/call.ts'
import { verdictKey } from '../asking/kept-verdicts.ts'
import { rowsOf } from './rows.ts'
import { type Erased, scrubbed } from './scrub.ts'
import type { Act } from './withdraw.ts'
import { ERASED } from './words.ts'

/** How many rows of each place were cleaned, by the names that a trace tells. */
export type PlaceCounts = Record<string, number>

const REWRITTEN = [
  ['store', 'stores'],
  ['session', 'session_titles'],
  ['dream', 'dreams'],
  ['change', 'changes'],
  ['ledger', 'ledger_entries'],
  ['sighting', 'counters'],
  ['document', 'documents'],
  ['line', 'log_lines'],
] as const satisfies readonly (readonly [TextPlace, string])[]

/** Takes the words out of every row that keeps texts beside sessions and memories. */
export async function cleanRows(tx: Storage, erased: Erased, counts: PlaceCounts): Promise<void> {
  for (const [place, name] of REWRITTEN) {
    for await (const rows of rowsOf(tx, place)) {
      const clean = rows.flatMap((row) => cleanRow(row, erased))
      if (clean.length === 0) continue
      await tx.erasure.rewrite(place, clean)
      add(counts, name, clean.length)
    }
  }
}

/** Only the texts that differ. */
function cleanRow({ key, texts }: TextRow, erased: Erased): readonly TextRow[] {
  const clean = Object.entries(texts).flatMap(([name, text]) => {
    const left = scrubbed(text, erased)
    return left === text ? [] : [[name, left] as const]
  })
  if (clean.length === 0) return []
  const reason = texts.reason === undefined ? [] : [['reason', ERASED] as const]
  return [{ key, texts: Object.fromEntries([...clean, ...reason]) }]
}

/** What rules found out, in stems and values that no search finds again: they find it out anew. */
const BY_RULES =
  /^(?:about|decided|pairs-to-ask|read-contribution|read-sealed|read-session|repeated-units|repeats|statement):/
/** What is to be done or was done, not what was found out. */
const KEPT_STEPS = /^(?:clone|settling|taken-out|sightings):/

/**
 * Removes what rules found out, every result that holds the words, and every answer of a model to a
 * dream that read what is gone: its own words for it are not to be found by these.
 */
export async function cleanSteps(
  tx: Storage,
  erased: Erased,
  dreams: ReadonlySet<DreamId>,
  counts: PlaceCounts,
): Promise<void> {
  const used = await usedBy(tx, dreams)
  for await (const rows of rowsOf(tx, 'step')) {
    const clean: TextRow[] = []
    const gone: TextRow['key'][] = []
    for (const row of rows) {
      const [key = ''] = row.key
      const [left] = cleanRow(row, erased)
      if (left !== undefined && KEPT_STEPS.test(key)) clean.push(left)
      else if (left !== undefined || isFoundOut(row, used, dreams)) gone.push(row.key)
    }
    await tx.erasure.rewrite('step', clean)
    add(counts, 'kept_steps', clean.length + (await tx.erasure.remove('step', gone)))
  }
}

function isFoundOut(
  row: TextRow,
  used: ReadonlySet<string>,
  dreams: ReadonlySet<DreamId>,
): boolean {
  const [key = ''] = row.key
  return BY_RULES.test(key) || used.has(key) || isPaidBy(row, dreams)
}

const USED = 'used:'

/** Keys of what these dreams took from models, with the lists themselves. */
async function usedBy(tx: Storage, dreams: ReadonlySet<DreamId>): Promise<ReadonlySet<string>> {
  const keys = new Set<string>()
  for (const id of dreams) {
    const row = await tx.steps.get(`${USED}${id}`)
    if (row === null) continue
    keys.add(`${USED}${id}`)
    const { answers = [], verdicts = [] } = JSON.parse(row) as UsedRow
    for (const { model, digest } of answers) keys.add(answerKey(model, digest))
    for (const { digest } of verdicts) keys.add(verdictKey(digest))
  }
  return keys
}

interface UsedRow {
  readonly answers?: readonly { readonly model: string; readonly digest: string }[]
  readonly verdicts?: readonly { readonly digest: string }[]
}

function isPaidBy({ key, texts }: TextRow, dreams: ReadonlySet<DreamId>): boolean {
  if (key[0]?.startsWith('answer:') !== true) return false
  const [, id] = /^\{"dreamId":"([^"]+)"/.exec(texts.result ?? '') ?? []
  return id !== undefined && dreams.has(id as DreamId)
}

/** Wipes the versions that hold the words; those that stand now were written anew before. */
export async function redactVersions(
  tx: Storage,
  erased: Erased,
  { by, at }: Act,
  counts: PlaceCounts,
): Promise<void> {
  const heads = new Set<string>()
  for (const { id } of await tx.stores.list()) {
    for (const { versionId } of await tx.memories.list(id)) heads.add(versionId)
  }
  for await (const rows of rowsOf(tx, 'version')) {
    for (const { key, texts } of rows) {
      const [id = ''] = key
      if (heads.has(id)) continue
      const { words } = erased
      if (!Object.values(texts).some((text) => words.holds(text))) continue
      await tx.memories.versions.redact(id as MemoryVersionId, by, at)
      add(counts, 'versions', 1)
    }
  }
}

export function add(counts: PlaceCounts, name: string, more: number): void {
  if (more > 0) counts[name] = (counts[name] ?? 0) + more
}
