import type { Change } from '../../core/change.ts'
import type { Evidence } from '../../core/evidence.ts'
import type { DreamId, MemoryStoreId } from '../../core/ids.ts'
import type { Sighting } from '../../core/ledger.ts'
import { withKnownWords } from '../collective/rests-on.ts'
import { retell } from '../collective/retell.ts'
import { sealedPattern, sightingIdOf } from '../patterns/others/sealed-sighting.ts'
import { writtenTexts } from '../settling/written-texts.ts'
import type { ErasedSources } from './sources.ts'
import { type Left, leftOf, membersOf } from './support.ts'
import { isWithin } from './words.ts'

/** A change with the dream that made it and the store that it went to. */
export interface MadeChange {
  readonly dreamId: DreamId
  readonly storeId: MemoryStoreId
  readonly lineageId: string
  readonly change: Change
}

/** What a lineage has counted, and what of it goes. */
export interface Counted {
  readonly kept: readonly Sighting[]
  readonly gone: readonly Sighting[]
}

/** What rests on words that are gone. */
export interface Lineage {
  /** By text as it stands in units, what becomes of it; a text that is not here rests on nothing gone. */
  readonly texts: ReadonlyMap<string, Left>
  /** By a remark that was added to units, whether it stays. */
  readonly remarks: ReadonlyMap<string, boolean>
  /** Of these texts, those that stand in other words now, by the same change. */
  readonly retold: ReadonlyMap<string, string>
  /** Changes that cite what is gone, or told of it. */
  readonly touched: ReadonlySet<MadeChange>
  readonly isCited: (evidence: Evidence) => boolean
}

/** Changes that never came into a text. */
const NEVER_WRITTEN: readonly Change['status'][] = ['rejected', 'proposed', 'held']

/**
 * Follows what is gone through all changes: what cites it, and what cites the memories that were
 * made of it, until nothing more is found.
 */
export function lineageOf(
  changes: readonly MadeChange[],
  counters: ReadonlyMap<string, Counted>,
  sources: ErasedSources,
): Lineage {
  const walk: Walk = {
    texts: new Map(),
    remarks: new Map(),
    touched: new Set(),
    changes,
    counters,
    sources,
  }
  const sealed = sealedIds(counters)
  const isCited = (item: Evidence): boolean => isGone(item, walk, sealed)
  for (let before = -1; before < sizeOf(walk); ) {
    before = sizeOf(walk)
    for (const made of changes) follow(made, walk, isCited)
  }
  const { texts, remarks, touched } = walk
  return { texts, remarks, touched, retold: retoldIn(walk), isCited }
}

interface Walk {
  readonly texts: Map<string, Left>
  readonly remarks: Map<string, boolean>
  readonly touched: Set<MadeChange>
  readonly changes: readonly MadeChange[]
  readonly counters: ReadonlyMap<string, Counted>
  readonly sources: ErasedSources
}

/** A lesson from fewer sessions, a statement of another session; not what a change had replaced. */
function retoldIn({ texts, touched }: Walk): ReadonlyMap<string, string> {
  const retold = new Map<string, string>()
  for (const { change } of touched) {
    const members = membersOf(change)
    for (const [text] of writtenTexts(change)) {
      const left = texts.get(text) ?? text
      if (left !== text && !members.has(left)) retold.set(text, left)
    }
  }
  return retold
}

function sizeOf({ texts, remarks, touched }: Walk): number {
  const gone = [...texts].filter(([text, left]) => left !== text).length
  return texts.size + gone + remarks.size + touched.size
}

function isGone(item: Evidence, { texts, sources }: Walk, sealed: ReadonlySet<string>): boolean {
  if (sources.isCited(item)) return true
  if (item.kind === 'shared') return sealed.has(item.sightingId)
  if (item.kind !== 'memory') return false
  if (sources.words.holds(item.quote)) return true
  for (const [text, left] of texts) {
    if (left !== text && (isWithin(item.quote, text) || isWithin(text, item.quote))) return true
  }
  return false
}

function follow(made: MadeChange, walk: Walk, isCited: (item: Evidence) => boolean): void {
  const { change } = made
  const gone = change.evidence.filter(isCited)
  const counted = walk.counters.get(made.lineageId)
  const patterns = [change.pattern, change.pattern === null ? null : sealedPattern(change.pattern)]
  const isUncounted = counted?.gone.some(({ pattern }) => patterns.includes(pattern)) === true
  if (gone.length === 0 && !isUncounted) return
  walk.touched.add(made)
  if (NEVER_WRITTEN.includes(change.status)) return
  const rest = change.evidence.filter((item) => !gone.includes(item))
  const mayReturn = (text: string): boolean => {
    const left = walk.texts.get(text)
    return (left === undefined || left === text) && !walk.sources.words.holds(text)
  }
  for (const [text] of writtenTexts(change)) {
    const left =
      change.pattern === null
        ? leftOf(text, {
            change,
            rest,
            gone,
            holds: walk.sources.words.holds.bind(walk.sources.words),
            mayReturn,
          })
        : toldAnew(change.pattern, counted)
    note(text, left, made, walk, isCited)
  }
  for (const edit of change.edits) {
    if (edit.op === 'suffix')
      walk.remarks.set(
        edit.text,
        rest.some(({ kind }) => kind === 'event'),
      )
  }
}

/** What another change says as well, from sources that stand, stays. */
function note(
  text: string,
  left: Left,
  made: MadeChange,
  { texts, changes, sources }: Walk,
  isCited: (item: Evidence) => boolean,
): void {
  const isSaidElsewhere = changes.some(
    (other) =>
      other !== made &&
      other.change.status === 'applied' &&
      !sources.isQuote &&
      other.change.evidence.length > 0 &&
      !other.change.evidence.some(isCited) &&
      other.change.pattern === null &&
      writtenTexts(other.change).some(([written]) => written === text),
  )
  const known = texts.get(text)
  // Once something has gone it does not come back: the walk ends.
  if (known !== undefined && known !== text) return
  texts.set(text, isSaidElsewhere ? text : left)
}

/** The lesson as what is still counted tells it; null = it is none any more. */
function toldAnew(pattern: string, counted: Counted | undefined): Left {
  const { kept = [], gone = [] } = counted ?? {}
  return retell(pattern, withKnownWords(kept, [...kept, ...gone]))?.text ?? null
}

/** The names under which others were told of sessions that are gone. */
function sealedIds(counters: ReadonlyMap<string, Counted>): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const [lineageId, { gone }] of counters) {
    for (const { pattern, sessionId } of gone) ids.add(sightingIdOf(lineageId, pattern, sessionId))
  }
  return ids
}
