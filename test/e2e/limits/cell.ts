/** What a cell asks of the server. */
export interface Asked {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  /** In place of `body`, as it goes out. */
  readonly raw?: string | ReadableStream<Uint8Array>
  readonly headers?: Readonly<Record<string, string>>
}

/** What is there before the first cell. */
export interface Ground {
  readonly agent: string
  readonly environment: string
  /** An empty one, where every cell finds a place. */
  readonly store: string
  /** Holds `/tree/a/b` and `/tree/other`. */
  readonly tree: string
  /** Holds as many memories as a store may. */
  readonly full: string
  readonly fullMemory: string
  readonly archived: string
  readonly archivedMemory: string
  /** Nine of them. */
  readonly stores: readonly string[]
  /** Twenty-one that a team reads. */
  readonly teamStores: readonly string[]
  /** A hundred and one. */
  readonly sessions: readonly string[]
  readonly memory: string
  readonly memorySha: string
  readonly headVersion: string
  readonly oldVersion: string
  /** A cursor of the list of sessions. */
  readonly cursor: string
}

/** One cell of the table: a request at a limit, and exactly how it is answered. */
export interface Cell {
  readonly what: string
  readonly ask: (ground: Ground) => Asked
  readonly status: number
  /** Fields of the answer, or of its `error`. */
  readonly tells?: Readonly<Record<string, unknown>>
  /** How many items a list has at most. */
  readonly itemsMax?: number
}

export function post(path: string, body?: unknown): Asked {
  return { method: 'POST', path, body }
}

export function get(path: string): Asked {
  return { method: 'GET', path }
}

/** The largest `n` that is allowed, one less and one more. */
export function upTo(
  what: string,
  max: number,
  ask: (n: number, ground: Ground) => Asked,
  refusal = 400,
): readonly Cell[] {
  return [max - 1, max, max + 1].map((n) => ({
    what: `${what}: ${n}`,
    status: n > max ? refusal : 200,
    ask: (ground) => ask(n, ground),
  }))
}

/** The smallest `n` that is allowed and one less. */
export function atLeast(
  what: string,
  min: number,
  ask: (n: number, ground: Ground) => Asked,
): readonly Cell[] {
  return [min - 1, min].map((n) => ({
    what: `${what}: ${n}`,
    status: n < min ? 400 : 200,
    ask: (ground) => ask(n, ground),
  }))
}

/** `n` of what `item` makes. */
export function times<Item>(n: number, item: (n: number) => Item): Item[] {
  return Array.from({ length: n }, (_, at) => item(at))
}

/** Metadata of `n` pairs. */
export function pairs(n: number): Readonly<Record<string, string>> {
  return Object.fromEntries(times(n, (at) => [`k${at}`, 'v']))
}
