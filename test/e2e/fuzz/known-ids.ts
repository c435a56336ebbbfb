import { isObject } from './json-schema.ts'

/** Ids, digests and cursors that the server has told so far, by kind. */
export class KnownIds {
  readonly #known = new Map<string, string[]>()
  /** Which ids stood in the path beside an id when it was told. */
  readonly #around = new Map<string, ReadonlyMap<string, string>>()
  /** Other answers go on naming them. */
  readonly #removed = new Set<string>()

  /** Takes in what an answer tells; `path` are the ids of the request, by kind. */
  learn(body: unknown, path: ReadonlyMap<string, string>): void {
    if (Array.isArray(body)) for (const item of body) this.learn(item, path)
    if (!isObject(body)) return
    const around = new Map(path)
    const { memory_store_id: storeId, session_id: sessionId, dream_id: dreamId } = body
    if (typeof storeId === 'string') around.set('memstore', storeId)
    if (typeof sessionId === 'string') around.set('sesn', sessionId)
    if (typeof dreamId === 'string') around.set('drm', dreamId)
    for (const [name, value] of Object.entries(body)) {
      if (typeof value === 'string') this.#take(name, value, around)
      else this.learn(value, around)
    }
  }

  /** Takes out what was removed. */
  forget(id: string): void {
    this.#removed.add(id)
    for (const [kind, known] of this.#known) {
      if (known.includes(id))
        this.#known.set(
          kind,
          known.filter((one) => one !== id),
        )
    }
  }

  /** The n-th of a kind, newest first; null = none is known. */
  pick(kind: string, n: number): string | null {
    const known = this.#known.get(kind) ?? []
    return known.at(-1 - (n % Math.max(known.length, 1))) ?? null
  }

  /** What stood in the path where this id was told. */
  around(id: string): ReadonlyMap<string, string> {
    return this.#around.get(id) ?? new Map()
  }

  /** How many are known, by kind. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#known].map(([kind, { length }]) => [kind, length]))
  }

  #take(name: string, value: string, around: ReadonlyMap<string, string>): void {
    const kind = kindOf(name, value)
    const list = around.get(LIST)
    if (kind === 'page' && list !== undefined) this.#known.set(`${LIST} ${list}`, [value])
    if (kind === null || value.length > ID_CHARS_MAX || this.#removed.has(value)) return
    const known = this.#known.get(kind) ?? []
    if (known.includes(value)) return
    // The first ones stay: they have something to show.
    if (known.length >= KEPT) known.splice(FIRST_KEPT, 1)
    this.#known.set(kind, [...known, value])
    this.#around.set(value, around)
  }
}

/** Among the ids of a path: the path itself, of which a cursor is one of a list. */
export const LIST = 'list'
const ID_CHARS_MAX = 1_024
const KEPT = 60
const FIRST_KEPT = 8

function kindOf(name: string, value: string): string | null {
  if (name === 'digest') return 'digest'
  if (name === 'content_sha256') return 'sha'
  if (name === 'next_page' || name === 'prev_page') return 'page'
  return /^(?:.*_)?ids?$/.test(name) ? (/^([a-z]+)_/.exec(value)?.[1] ?? null) : null
}

/** Of which kind the ids are that stand under this name; null = no ids. */
export function kindOfName(name: string): string | null {
  return KINDS[name] ?? null
}

const KINDS: Readonly<Record<string, string>> = {
  memory_store_id: 'memstore',
  memory_id: 'mem',
  memory_version_id: 'memver',
  session_id: 'sesn',
  session_ids: 'sesn',
  agent_id: 'agent',
  agent: 'agent',
  environment_id: 'env',
  dream_id: 'drm',
  collective_dream_id: 'cdrm',
  change_id: 'chg',
  change_set_id: 'cset',
  schedule_id: 'sched',
  thread_id: 'sthr',
  session_thread_id: 'sthr',
  resource_id: 'sesrsc',
  tool_use_id: 'sevt',
  digest: 'digest',
  content_sha256: 'sha',
  expected_content_sha256: 'sha',
  page: 'page',
}

const PLACE = /~([a-z]+)-(\d+)~/g

/** Stands for the n-th id of a kind until the request is sent. */
export function placeholder(kind: string, n: number): string {
  return `~${kind}-${n}~`
}

/** The text with ids for its placeholders; of four cursors three are of this list. */
export function filled(text: string, ids: KnownIds, list = ''): string {
  return text.replaceAll(PLACE, (_, kind: string, n: string) => {
    const own = kind === 'page' && Number(n) % 4 > 0 ? ids.pick(`${LIST} ${list}`, 0) : null
    return own ?? idFor(kind, Number(n), ids)
  })
}

/**
 * A path with ids for its placeholders: nine of ten belong together, as the last one was told among
 * the ids of its own path.
 */
export function filledPath(path: string, ids: KnownIds): string {
  const places = [...path.matchAll(PLACE)]
  const last = places.at(-1)
  if (last === undefined) return path
  const [, kind = '', n = '0'] = last
  const id = idFor(kind, Number(n), ids)
  const around = Number(n) % 10 === 0 ? new Map<string, string>() : ids.around(id)
  const above = path.slice(0, last.index).replaceAll(PLACE, (_, other: string, m: string) => {
    return around.get(other) ?? idFor(other, Number(m), ids)
  })
  return `${above}${id}${path.slice(last.index + last[0].length)}`
}

function idFor(kind: string, n: number, ids: KnownIds): string {
  return ids.pick(kind, n) ?? `${kind}_${String(n).padStart(8, '0')}`
}
