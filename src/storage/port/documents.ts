import type { Page, PageQuery, Position, TimeRange } from './page.ts'

/** What is kept whole and its owner alone reads. */
export const DOCUMENT_KINDS = [
  'agent',
  'agent_version',
  'environment',
  'session',
  'thread',
  'key',
  'schedule',
  'reply',
  'delivery',
  'collective_dream',
  'erasure',
  'import_mark',
  'folder_sleep',
  'backup',
  'retention',
  'archived_dream',
  'imported_memory',
] as const

export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** A value of the server's own under an id. */
export interface Document {
  readonly kind: DocumentKind
  readonly id: string
  /** What lists are narrowed by, as `name:value`. */
  readonly tags: readonly string[]
  /** Of the first `put`; later ones keep it. */
  readonly createdAt: string
  /** 1 at first; grows by one with every `put`. */
  readonly version: number
  /** JSON text. */
  readonly body: string
}

export interface DocumentQuery extends PageQuery {
  readonly kind: DocumentKind
  /** Tags that a document has to have, one of which it has to have, and that it must not have. */
  readonly all?: readonly string[]
  readonly any?: readonly string[]
  readonly none?: readonly string[]
  readonly created?: TimeRange
  /** By time of the first `put`; default newest first. */
  readonly order?: 'asc' | 'desc'
  /** The page that ends ahead of this place; not together with `after`. */
  readonly before?: Position
}

export interface Documents {
  get(kind: DocumentKind, id: string): Promise<Document | null>
  /**
   * Writes a document, in place of the one with its kind and id. `expected` is the version that has
   * to stand there (0 = none), else `conflict_error`; absent = any.
   */
  put(document: Omit<Document, 'version'>, expected?: number): Promise<Document>
  /** `previous` is where the page before this one ends; null = this is the first. */
  page(query: DocumentQuery): Promise<Page<Document> & { readonly previous: Position | null }>
  /** False = there was none. */
  remove(kind: DocumentKind, id: string): Promise<boolean>
  /** Removes those first put before a time; returns how many. */
  removeBefore(kind: DocumentKind, createdAt: string): Promise<number>
}
