import { LIMITS } from '../../config.ts'
import { ReverieError } from '../../core/errors.ts'
import type { MemoryStoreId, WorkspaceId } from '../../core/ids.ts'
import type { LedgerEntry } from '../../core/ledger.ts'
import type { Memory } from '../../core/memory.ts'
import { compareText } from '../../core/text/compare-text.ts'
import type { SearchHit, Storage } from '../../storage/storage.ts'
import { contentStems } from '../language/tokens.ts'
import type { FoundText, MemorySearch } from '../workspace-api.ts'
import type { NearTexts } from './near-texts.ts'
import { assertPrefix } from './path-prefix.ts'
import type { WeighedStore, WeighedStores } from './weighed-stores.ts'
import { storeAt } from './workspace-deps.ts'

/** A text without an equal word is found from here on: four times what chance does. */
const NEARNESS_MIN = 0.2
const SNIPPET_CHARS_MAX = 160

/** What searches of all workspaces keep in RAM, and which workspace this one is in. */
export interface SearchAid {
  readonly near: NearTexts
  readonly weighed: WeighedStores
  readonly workspaceId: WorkspaceId
}

/** A text that may be an answer, with how well its words and its vector fit. */
interface Candidate {
  readonly found: Omit<FoundText, 'score'>
  readonly words: number
  readonly nearness: number
}

/**
 * Texts by full text and by near words, each as standard scores, summed: what one of the two does
 * not tell apart counts for nothing. In a large store the words alone find, and nearness only
 * ranks. Best first, then by path.
 */
export async function searchStore(
  storeId: MemoryStoreId,
  { query: asked, mode, limit, prefix = '/' }: MemorySearch,
  storage: Storage,
  aid: SearchAid,
): Promise<readonly FoundText[]> {
  const query = asked.toWellFormed()
  assertQuery(query)
  assertPrefix(prefix)
  await storeAt(storage, storeId)
  const most = prefix === '/' ? LIMITS.searchHitsMax : LIMITS.searchNearMemoriesMax
  const hits = (await storage.memories.search(storeId, query, most)).filter(({ path }) =>
    path.startsWith(prefix),
  )
  const candidates = await current(storeId, { query, prefix, hits }, storage, aid)
  if (mode === 'history') {
    const best = Math.max(1, ...hits.map(({ score }) => score))
    const left = await leftTexts(storeId, prefix, storage)
    candidates.push(...(await history(left, { query, best }, aid.near)))
  }
  return ranked(candidates).slice(0, Math.max(0, Math.min(limit, LIMITS.searchHitsMax)))
}

function assertQuery(query: string): void {
  if ([...query].length <= LIMITS.searchQueryCharsMax) return
  throw new ReverieError(
    'invalid_request_error',
    `The query has more than ${LIMITS.searchQueryCharsMax} characters.`,
  )
}

interface Search {
  readonly query: string
  readonly prefix: string
  readonly hits: readonly SearchHit[]
}

async function current(
  storeId: MemoryStoreId,
  { query, prefix, hits }: Search,
  storage: Storage,
  aid: SearchAid,
): Promise<Candidate[]> {
  const hitAt = new Map(hits.map((hit) => [hit.path, hit]))
  const { memories, places, texts } = await toWeigh(
    storeId,
    { prefix, paths: [...hitAt.keys()] },
    storage,
    aid,
  )
  const nearness = await aid.near.nearness(query, texts)
  return memories.flatMap((memory, n) => {
    const best = bestOf(texts, nearness, places[n] ?? [0, 0])
    const hit = hitAt.get(memory.path)
    if (hit === undefined && best.nearness < NEARNESS_MIN) return []
    const found = {
      path: memory.path,
      memoryId: memory.id,
      snippet: hit?.snippet ?? clipped(best.text),
      isCurrent: true,
      trueFrom: null,
      trueUntil: null,
    }
    return [{ found, words: hit?.score ?? 0, nearness: best.nearness }]
  })
}

/** All memories below the prefix, or in a store with too many of them those that words found. */
async function toWeigh(
  storeId: MemoryStoreId,
  { prefix, paths }: { readonly prefix: string; readonly paths: readonly string[] },
  { memories }: Storage,
  { weighed, workspaceId }: SearchAid,
): Promise<WeighedStore> {
  const limit = LIMITS.searchNearMemoriesMax
  const count = await memories.count(storeId, prefix, limit + 1)
  if (count > limit) return cutUp(await memories.atPaths(storeId, paths))
  // Every change of a store's memories makes a version.
  const [newest] = await memories.versions.list(storeId, { limit: 1 })
  const place = `${workspaceId} ${storeId} ${prefix}`
  const known = weighed.find(place, newest?.id ?? null)
  if (known !== null) return known
  const page = await memories.page(storeId, { prefix, isShallow: false, limit })
  const store = cutUp(page.items.flatMap((item) => ('memory' in item ? [item.memory] : [])))
  weighed.keep(place, newest?.id ?? null, store)
  return store
}

function cutUp(memories: readonly Memory[]): WeighedStore {
  const passages = memories.map(passagesOf)
  let end = 0
  const places = passages.map(({ length }): readonly [number, number] => {
    const start = end
    end += length
    return [start, end]
  })
  return { memories, places, texts: passages.flat() }
}

/** Lines of a memory that say something, without their marks, and its path. */
function passagesOf({ path, content }: Memory): readonly string[] {
  const lines = content.split('\n').map((line) => line.replace(/^[\s>#*+-]+/, '').trim())
  return [...lines.filter((line) => line !== ''), path]
}

function bestOf(
  texts: readonly string[],
  nearness: readonly number[],
  [start, end]: readonly [number, number],
): { readonly text: string; readonly nearness: number } {
  let best = { text: texts[start] ?? '', nearness: 0 }
  for (let n = start; n < end; n += 1) {
    const own = nearness[n] ?? 0
    if (own > best.nearness) best = { text: texts[n] ?? '', nearness: own }
  }
  return best
}

/** What left the text, each once, newest first. */
async function leftTexts(
  storeId: MemoryStoreId,
  prefix: string,
  storage: Storage,
): Promise<readonly LedgerEntry[]> {
  const entries = await storage.ledger.list(storeId)
  const left = entries.filter(({ kind, path }) => kind !== 'generated' && path.startsWith(prefix))
  const newest = new Map<string, LedgerEntry>()
  for (const entry of left) {
    const key = `${entry.path}\n${entry.text}`
    if (!newest.has(key)) newest.set(key, entry)
  }
  return [...newest.values()].slice(0, LIMITS.searchHistoryMax)
}

/** The ledger has no full-text index: the share of the query's words stands for its score. */
async function history(
  entries: readonly LedgerEntry[],
  { query, best }: { readonly query: string; readonly best: number },
  near: NearTexts,
): Promise<readonly Candidate[]> {
  const asked = [...contentStems(query)]
  const texts = entries.map(({ text }) => text)
  const nearness = await near.nearness(query, texts)
  return entries.flatMap(({ path, text, interval }, n): readonly Candidate[] => {
    const held = contentStems(text)
    const share = asked.filter((stem) => held.has(stem)).length / Math.max(1, asked.length)
    const own = nearness[n] ?? 0
    if (share === 0 && own < NEARNESS_MIN) return []
    const found = {
      path,
      memoryId: null,
      snippet: clipped(text),
      isCurrent: false,
      trueFrom: interval.start,
      trueUntil: interval.end,
    }
    return [{ found, words: share * best, nearness: own }]
  })
}

function ranked(candidates: readonly Candidate[]): readonly FoundText[] {
  const words = standardScores(candidates.map((one) => one.words))
  const nearness = standardScores(candidates.map((one) => one.nearness))
  return candidates
    .map(({ found }, n) => ({ ...found, score: (words[n] ?? 0) + (nearness[n] ?? 0) }))
    .sort(
      (a, b) =>
        b.score - a.score || compareText(a.path, b.path) || compareText(a.snippet, b.snippet),
    )
}

/** Distance from the mean in standard deviations; 0 where all are equal. */
function standardScores(values: readonly number[]): readonly number[] {
  const count = Math.max(1, values.length)
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count)
  return values.map((value) => (deviation < 1e-9 ? 0 : (value - mean) / deviation))
}

function clipped(text: string): string {
  const characters = [...text]
  return characters.length <= SNIPPET_CHARS_MAX
    ? text
    : `${characters.slice(0, SNIPPET_CHARS_MAX).join('')}…`
}
