import { derivedId, type MemoryId, type MemoryStoreId } from '../../../src/core/ids.ts'
import { seededRandom } from '../../../src/testing/seeded-random.ts'
import { generatedStore } from '../../harness/generated-store.ts'

export const STORE: MemoryStoreId = derivedId('memstore', 'bench')

/** A memory that stands in the store before anything is measured. */
export interface Note {
  readonly id: MemoryId
  readonly path: string
  readonly content: string
}

const BULLETS = 4
const FOLDER_NOTES = 50
const QUERY_WORDS = 3

/** The same memories for the same seed, in folders of fifty. */
export function notesOf(count: number, seed: number): readonly Note[] {
  const store = generatedStore({ files: count, bulletsPerFile: BULLETS }, seed)
  return Object.entries(store).map(([name, content], n) => ({
    id: derivedId('mem', `bench ${n}`),
    path: `${folderOf(n)}${name}`,
    content,
  }))
}

/** The folder of the n-th memory. */
export function folderOf(n: number): string {
  return `/folder-${Math.floor(n / FOLDER_NOTES)}/`
}

/** What a server is asked to do. */
export const OPERATIONS = ['read', 'list', 'create', 'update', 'search'] as const

export type Operation = (typeof OPERATIONS)[number]

/** One request of the load. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body: string | null
}

/** So many requests of a kind, over memories that the seed draws; `mark` keeps new paths apart. */
export function requestsOf(
  operation: Operation,
  count: number,
  { notes, seed, mark }: { readonly notes: readonly Note[]; readonly seed: number; mark: string },
): readonly LoadRequest[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, k) => {
    const n = Math.floor(random() * notes.length)
    const note = notes[n]
    if (note === undefined) throw new Error('There is no memory to ask for.')
    return requestOf(operation, { note, n, mark: `${mark}-${k}`, random })
  })
}

const LIST = `/v1/memory_stores/${STORE}/memories`

function requestOf(
  operation: Operation,
  { note, n, mark, random }: { note: Note; n: number; mark: string; random: () => number },
): LoadRequest {
  const post = (path: string, body: object): LoadRequest => ({
    method: 'POST',
    path,
    body: JSON.stringify(body),
  })
  const get = (path: string): LoadRequest => ({ method: 'GET', path, body: null })
  if (operation === 'read') return get(`${LIST}/${note.id}`)
  if (operation === 'list') {
    return get(`${LIST}?limit=20&view=full&path_prefix=${encodeURIComponent(folderOf(n))}`)
  }
  if (operation === 'create') {
    return post(LIST, { path: `/new/${mark}.md`, content: note.content })
  }
  if (operation === 'update') {
    return post(`${LIST}/${note.id}`, { content: `${note.content}- Looked at in ${mark}.\n` })
  }
  const query = queryOf(note, random)
  return post(`/v1/reverie/memory_stores/${STORE}/search`, { query, limit: 20 })
}

/** Words that stand next to each other in a memory, frequent ones too: what agents ask with. */
function queryOf({ content }: Note, random: () => number): string {
  const words = content.match(/[\p{L}\p{N}]{3,}/gu) ?? []
  const start = Math.floor(random() * Math.max(1, words.length - QUERY_WORDS))
  return words.slice(start, start + QUERY_WORDS).join(' ')
}
