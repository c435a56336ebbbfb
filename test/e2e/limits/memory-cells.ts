import { type Asked, type Cell, type Ground, get, post, upTo } from './cell.ts'

let made = 0

/** A path of its own for every memory. */
const fresh = (): string => {
  made += 1
  return `/cells/${made}`
}

const create = (store: string, path: string, content: string | null = ''): Asked =>
  post(`/v1/memory_stores/${store}/memories`, { path, content })
const holding =
  (content: (n: number) => string) =>
  (n: number, { store }: Ground): Asked =>
    create(store, fresh(), content(n))
const at =
  (path: string): Cell['ask'] =>
  (ground) =>
    create(ground.store, path)
const oneOf = ({ store, memory }: Ground, query = ''): string =>
  `/v1/memory_stores/${store}/memories/${memory}${query}`
const versionOf = ({ store }: Ground, version: string): string =>
  `/v1/memory_stores/${store}/memory_versions/${version}`

const contents: readonly Cell[] = [
  ...upTo(
    'bytes of content',
    102_400,
    holding((n) => 'x'.repeat(n)),
  ),
  ...upTo(
    'bytes of content, escaped in the body',
    102_400,
    holding((n) => '\u0000'.repeat(n)),
  ),
  ...upTo(
    'two bytes each',
    51_200,
    holding((n) => 'é'.repeat(n)),
  ),
  ...upTo(
    'four bytes each',
    25_600,
    holding((n) => '🙂'.repeat(n)),
  ),
  ...upTo('bytes of a new content', 102_400, (n, ground) =>
    post(oneOf(ground), { content: 'y'.repeat(n) }),
  ),
  { what: 'no bytes of content', status: 200, ask: ({ store }) => create(store, fresh(), '') },
  { what: 'content null', status: 400, ask: ({ store }) => create(store, fresh(), null) },
  {
    what: 'content missing',
    status: 400,
    ask: ({ store }) => post(`/v1/memory_stores/${store}/memories`, { path: fresh() }),
  },
  {
    what: 'half a surrogate pair',
    status: 400,
    ask: ({ store }) => create(store, fresh(), '\ud800'),
  },
]

const refusedPaths: Readonly<Record<string, string>> = {
  'no slash at the start': 'a',
  'no characters': '',
  'the root': '/',
  'a slash at the end': '/a/',
  'an empty segment': '/a//b',
  'the segment .': '/a/./b',
  'the segment ..': '/a/../b',
  'U+0000': '/a\u0000',
  'a line break': '/a\nb',
  'U+001F': '/a\u001f',
  'U+007F': '/a\u007f',
  'U+0085': '/a\u0085',
  'U+00AD, soft hyphen': '/a\u00ad',
  'U+200B, zero width space': '/a\u200b',
  'U+202E, right-to-left': '/a\u202e',
  'U+2028': '/a\u2028',
  'U+2029': '/a\u2029',
  'U+FEFF': '/a\ufeff',
  'decomposed é': '/e\u0301',
  'half a surrogate pair': '/a\udfff',
}
const allowedPaths: Readonly<Record<string, string>> = {
  'composed é': '/é',
  'a name that begins with dots': '/..a/.hidden',
  'upper case': '/Case',
  'lower case beside it': '/case',
  'spaces and signs': '/a b/%2e%2e ?#.md',
  'beyond the basic plane': '/🙂',
}

const paths: readonly Cell[] = [
  ...upTo('bytes of a path', 1_024, (n, { store }) => create(store, `/${'p'.repeat(n - 1)}`)),
  ...upTo('bytes of a path, two each', 1_024, (n, { store }) =>
    create(store, `/${'é'.repeat(510)}${'q'.repeat(n - 1_021)}`),
  ),
  ...upTo('segments of a path', 20, (n, { store }) => create(store, `/s${n}${'/s'.repeat(n - 1)}`)),
  ...Object.entries(refusedPaths).map(([what, path]) => ({
    what: `path with ${what}`,
    status: 400,
    tells: { type: 'invalid_request_error' },
    ask: at(path),
  })),
  ...Object.entries(allowedPaths).map(([what, path]) => ({
    what: `path with ${what}`,
    status: 200,
    tells: { path },
    ask: at(path),
  })),
]

const CONFLICT = { type: 'memory_path_conflict_error' }
const inTree =
  (path: string): Cell['ask'] =>
  (ground) =>
    create(ground.tree, path)

const conflicts: readonly Cell[] = [
  { what: 'a path above another', status: 409, ask: inTree('/tree/a'), tells: CONFLICT },
  { what: 'a path two above another', status: 409, ask: inTree('/tree'), tells: CONFLICT },
  { what: 'a path below another', status: 409, ask: inTree('/tree/a/b/c'), tells: CONFLICT },
  { what: 'the same path', status: 409, ask: inTree('/tree/a/b'), tells: CONFLICT },
  { what: 'a path beside another', status: 200, ask: inTree('/tree/a/bc') },
  { what: 'a path that begins as another', status: 200, ask: inTree('/tre') },
]

const STALE = 'f'.repeat(64)
const given = (sha: string): unknown => ({ type: 'content_sha256', content_sha256: sha })

const changes: readonly Cell[] = [
  { what: 'neither content nor path', status: 400, ask: (ground) => post(oneOf(ground), {}) },
  {
    what: 'both null',
    status: 400,
    ask: (ground) => post(oneOf(ground), { content: null, path: null }),
  },
  {
    what: 'a stale precondition',
    status: 409,
    tells: { type: 'memory_precondition_failed_error' },
    ask: (ground) => post(oneOf(ground), { content: 'other', precondition: given(STALE) }),
  },
  {
    what: 'a precondition of 63 digits',
    status: 400,
    ask: (ground) => post(oneOf(ground), { content: 'a', precondition: given(STALE.slice(1)) }),
  },
  {
    what: 'a stale digest before a removal',
    status: 409,
    tells: { type: 'memory_precondition_failed_error' },
    ask: (ground) => ({
      method: 'DELETE',
      path: oneOf(ground, `?expected_content_sha256=${STALE}`),
    }),
  },
]

const stores: readonly Cell[] = [
  {
    what: 'one memory more than a store may hold',
    status: 400,
    ask: ({ full }) => create(full, '/more'),
  },
  {
    what: 'another content in a full store',
    status: 200,
    ask: ({ full, fullMemory }) =>
      post(`/v1/memory_stores/${full}/memories/${fullMemory}`, { content: 'edited' }),
  },
  {
    what: 'a memory in an archived store',
    status: 400,
    ask: ({ archived }) => create(archived, '/a'),
  },
  {
    what: 'another content in an archived store',
    status: 400,
    ask: ({ archived, archivedMemory }) =>
      post(`/v1/memory_stores/${archived}/memories/${archivedMemory}`, { content: 'x' }),
  },
  {
    what: 'another name of an archived store',
    status: 400,
    ask: ({ archived }) => post(`/v1/memory_stores/${archived}`, { name: 'x' }),
  },
  {
    what: 'an archived store, archived again',
    status: 200,
    ask: ({ archived }) => post(`/v1/memory_stores/${archived}/archive`),
  },
  {
    what: 'a memory of an archived store, removed',
    status: 200,
    tells: { type: 'memory_deleted' },
    ask: ({ archived, archivedMemory }) => ({
      method: 'DELETE',
      path: `/v1/memory_stores/${archived}/memories/${archivedMemory}`,
    }),
  },
]

const REDACTED = { path: null, content: null, content_sha256: null, content_size_bytes: null }

const versions: readonly Cell[] = [
  {
    what: 'the version that is current, redacted',
    status: 400,
    ask: (ground) => post(`${versionOf(ground, ground.headVersion)}/redact`),
  },
  {
    what: 'an older version, redacted',
    status: 200,
    tells: REDACTED,
    ask: (ground) => post(`${versionOf(ground, ground.oldVersion)}/redact`),
  },
  {
    what: 'a redacted version, redacted again',
    status: 200,
    tells: REDACTED,
    ask: (ground) => post(`${versionOf(ground, ground.oldVersion)}/redact`),
  },
  {
    what: 'a redacted version, in full',
    status: 200,
    tells: REDACTED,
    ask: (ground) => get(`${versionOf(ground, ground.oldVersion)}?view=full`),
  },
]

export const MEMORY_CELLS: readonly Cell[] = [
  // Before the content of the memory is another one.
  ...versions,
  ...contents,
  ...paths,
  ...conflicts,
  ...changes,
  ...stores,
]
