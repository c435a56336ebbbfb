import type { Audience } from '../audience.ts'
import type { Change, Disposition } from '../change.ts'
import type { Snapshot } from '../dream.ts'
import type { Evidence, EvidenceSources } from '../evidence.ts'
import { parseMemory } from '../markdown.ts'
import type { ContentDelta, StoreContent } from '../store-content.ts'
import type { ParsedUnit } from '../unit.ts'

/** The twelve of the design, section 1. */
export type InvariantNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12

export interface Violation {
  readonly invariant: InvariantNumber
  /** One sentence; never the text of a memory. */
  readonly message: string
  /** The unit, change, memory path or input that breaks it. */
  readonly subject: string
}

/** Digests of every input by a name of its own (a memory path, a session id). */
export type InputDigests = ReadonlyMap<string, string>

export interface DreamLimits {
  readonly changesMax: number
  readonly memoryBytesMax: number
  readonly indexLinesMax: number
  readonly indexBytesMax: number
  readonly lossUnitsMin: number
  /** Share of the input units, 0..1. */
  readonly lossShareMax: number
}

/** All that the invariants of one dream are judged by. */
export interface DreamFacts {
  readonly snapshot: Snapshot
  readonly before: StoreContent
  /** Every change of the plan; the effective ones are those that `delta` comes from. */
  readonly changes: readonly Change[]
  readonly dispositions: readonly Disposition[]
  readonly delta: ContentDelta
  /** Units of the memories that `delta` writes, by path; see `unitsAfter`. */
  readonly after: ReadonlyMap<string, readonly ParsedUnit[]>
  readonly sources: EvidenceSources
  readonly audienceOf: (evidence: Evidence) => Audience
  readonly inputsBefore: InputDigests
  readonly inputsAfter: InputDigests
  readonly limits: DreamLimits
  readonly isIndex: (path: string) => boolean
  readonly isSecret: (text: string) => boolean
  /** Numbers, dates, ids, urls, paths, names, negations and conditions, normalised. */
  readonly slotsOf: (text: string) => readonly string[]
}

/** The units of the memories that a delta writes; none for one that goes. */
export function unitsAfter(
  delta: ContentDelta,
  isIndex: (path: string) => boolean,
): ReadonlyMap<string, readonly ParsedUnit[]> {
  return new Map(
    [...delta].map(([path, content]) => [
      path,
      content === null ? [] : parseMemory(content, { isIndex: isIndex(path) }).units,
    ]),
  )
}
