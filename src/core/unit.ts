import type { Audience } from './audience.ts'
import type { MemoryId, MemoryVersionId, UnitId } from './ids.ts'
import type { Trust } from './trust.ts'

/** What a stretch of markdown is. Only `bullet` and `paragraph` may be merged or replaced. */
export type UnitKind =
  | 'bullet'
  | 'paragraph'
  /** A list item that has nested items: its own line; never merged away from above them. */
  | 'parent-bullet'
  /** A line of an index file that links to another memory. */
  | 'index-line'

/** A unit as the parser sees it: position and text, no identity. */
export interface ParsedUnit {
  readonly kind: UnitKind
  /** The text without bullet marker; line breaks inside a paragraph stay. */
  readonly text: string
  /** UTF-8 byte range of the text in the content, end exclusive. */
  readonly bytes: ByteRange
  /** UTF-8 byte range of everything that goes when the unit goes: marker and line break too. */
  readonly outerBytes: ByteRange
  /** 1-based line where the text begins. */
  readonly line: number
  /** Heading path from the top, then the texts of enclosing bullets. */
  readonly context: readonly string[]
  /** For an index line: the link target as written. */
  readonly linkTarget: string | null
}

export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** Who wrote a unit (design, section 3). `imported` = nobody knows. */
export type Origin = 'imported' | 'dream' | 'person'

/**
 * One bullet or paragraph of a memory, with an identity that outlives edits of the file.
 * `imported` units have trust `note`; `person` units `user`; `dream` units that of their evidence.
 */
export interface Unit extends ParsedUnit {
  readonly id: UnitId
  readonly memoryId: MemoryId
  readonly versionId: MemoryVersionId
  readonly path: string
  readonly ordinal: number
  readonly sha256: string
  readonly origin: Origin
  readonly trust: Trust
  readonly audience: Audience
  readonly isPinned: boolean
  /** A date in the text or the front matter, ISO 8601; null = older than any dated statement. */
  readonly statedAt: string | null
}

/** A memory's text cut into front matter and units; bytes outside the units are never touched. */
export interface ParsedMemory {
  readonly frontMatter: Readonly<Record<string, unknown>> | null
  readonly units: readonly ParsedUnit[]
  /** Something besides units, headings and front matter: code, tables, quotes, raw HTML. */
  readonly hasOtherContent: boolean
  readonly headings: readonly {
    readonly text: string
    readonly level: number
    readonly line: number
  }[]
}
