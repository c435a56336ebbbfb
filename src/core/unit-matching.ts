import type { Audience } from './audience.ts'
import {
  derivedId,
  type MemoryId,
  type MemoryStoreId,
  type MemoryVersionId,
  sha256,
  type UnitId,
} from './ids.ts'
import { statedAtOf } from './text/stated-at.ts'
import { wordSimilarity } from './text/word-similarity.ts'
import type { Trust } from './trust.ts'
import type { Origin, ParsedMemory, ParsedUnit, Unit } from './unit.ts'

/** Below this share of common words two texts are two units, not one that was edited. */
const SIMILARITY_MIN = 0.6
/** Above this many candidate pairs the last pass is left out; what it would match is new. */
const ALIGNED_PAIRS_MAX = 1_000_000

/** The version of a memory that units are made for. */
export interface UnitOwner {
  readonly storeId: MemoryStoreId
  readonly memoryId: MemoryId
  readonly versionId: MemoryVersionId
  readonly path: string
  readonly audience: Audience
}

/** Who stands behind a text. */
export interface Authorship {
  readonly origin: Origin
  readonly trust: Trust
  /** When it was said, where the author knows better than the text; null = undated. */
  readonly statedAt?: string | null
}

/** Says who wrote a text that the last version did not have; `previous` = the unit it was before. */
export type AuthorOf = (parsed: ParsedUnit, previous: Unit | null) => Authorship

/** First sight of a memory: nobody knows who wrote it. */
export const importedAuthor: AuthorOf = () => ({ origin: 'imported', trust: 'note' })

/** An out-of-band edit, a review edit, an API actor that is a user. */
export const personAuthor: AuthorOf = () => ({ origin: 'person', trust: 'user' })

/**
 * A dream was applied: the given unit texts are its own, each with the trust of its evidence.
 * Any other new text (an annotated unit) keeps its author.
 */
export function dreamAuthor(written: ReadonlyMap<string, Trust>): AuthorOf {
  return (parsed, previous) => {
    const trust = written.get(parsed.text)
    if (trust !== undefined) return { origin: 'dream', trust }
    return previous ?? importedAuthor(parsed, previous)
  }
}

/**
 * The units of a new version of a memory. A unit that is the same keeps id, origin, trust, time
 * and pin; an edited one keeps id and pin and gets a new author; a new one gets an id derived from
 * store, path and text, so that every machine gives it the same.
 */
export function toUnits(
  owner: UnitOwner,
  parsed: ParsedMemory,
  previous: readonly Unit[],
  authorOf: AuthorOf,
): readonly Unit[] {
  const before = new Map(previous.map((unit) => [unit.id, unit]))
  const used = new Set<UnitId>(before.keys())
  const matched = matchUnits(previous, parsed.units)
  return parsed.units.map((unit, ordinal) => {
    const hash = sha256(unit.text)
    const matchedId = matched[ordinal] ?? null
    const old = matchedId === null ? null : (before.get(matchedId) ?? null)
    const author: Authorship = old?.sha256 === hash ? old : authorOf(unit, old)
    return {
      ...unit,
      id: old?.id ?? unusedId(owner, hash, used),
      memoryId: owner.memoryId,
      versionId: owner.versionId,
      path: owner.path,
      ordinal,
      sha256: hash,
      origin: author.origin,
      trust: author.trust,
      audience: owner.audience,
      isPinned: old?.isPinned ?? false,
      statedAt:
        author.statedAt === undefined ? statedAtOf(unit.text, parsed.frontMatter) : author.statedAt,
    }
  })
}

/**
 * Which unit of the previous version each parsed unit is; null = a new one. Equal texts first,
 * then edited texts that kept their place, then edited texts that moved; in doubt, a new unit.
 * Each previous unit is used at most once.
 */
export function matchUnits(
  previous: readonly Unit[],
  parsed: readonly ParsedUnit[],
): readonly (UnitId | null)[] {
  const pairing: Pairing = { previous, parsed, oldOf: new Map(), taken: new Set() }
  pairEqual(pairing, (unit) => `${sha256(unit.text)} ${placeOf(unit)}`)
  pairEqual(pairing, (unit) => sha256(unit.text))
  pairInPlace(pairing)
  pairSimilar(pairing)
  return parsed.map((_, index) => {
    const old = pairing.oldOf.get(index)
    return old === undefined ? null : (previous[old]?.id ?? null)
  })
}

interface Pairing {
  readonly previous: readonly Unit[]
  readonly parsed: readonly ParsedUnit[]
  /** Index of the previous unit by index of the parsed one. */
  readonly oldOf: Map<number, number>
  readonly taken: Set<number>
}

interface Indexed<T> {
  readonly index: number
  readonly unit: T
}

function placeOf(unit: ParsedUnit): string {
  return JSON.stringify(unit.context)
}

function freeOld({ previous, taken }: Pairing): readonly Indexed<Unit>[] {
  return [...previous.entries()].flatMap(([index, unit]) =>
    taken.has(index) ? [] : [{ index, unit }],
  )
}

function freeNew({ parsed, oldOf }: Pairing): readonly Indexed<ParsedUnit>[] {
  return [...parsed.entries()].flatMap(([index, unit]) =>
    oldOf.has(index) ? [] : [{ index, unit }],
  )
}

function pair(pairing: Pairing, old: number, parsed: number): void {
  pairing.oldOf.set(parsed, old)
  pairing.taken.add(old)
}

function pairEqual(pairing: Pairing, keyOf: (unit: ParsedUnit) => string): void {
  const waiting = Map.groupBy(freeOld(pairing), ({ unit }) => keyOf(unit))
  for (const { index, unit } of freeNew(pairing)) {
    const old = waiting.get(keyOf(unit))?.shift()
    if (old !== undefined) pair(pairing, old.index, index)
  }
}

/**
 * Between the same two unchanged neighbours and under the same heading, as many units as before:
 * each was edited where it stood, if a word of it stayed.
 */
function pairInPlace(pairing: Pairing): void {
  const oldByGap = Map.groupBy(freeOld(pairing), ({ index, unit }) => {
    return `${anchorBefore(index, (at) => pairing.taken.has(at))} ${placeOf(unit)}`
  })
  const newByGap = Map.groupBy(freeNew(pairing), ({ index, unit }) => {
    const anchor = anchorBefore(index, (at) => pairing.oldOf.has(at))
    return `${pairing.oldOf.get(anchor) ?? -1} ${placeOf(unit)}`
  })
  for (const [gap, fresh] of newByGap) {
    const old = oldByGap.get(gap) ?? []
    if (old.length !== fresh.length) continue
    for (const [nth, { index, unit }] of fresh.entries()) {
      const candidate = old[nth]
      if (candidate !== undefined && wordSimilarity(candidate.unit.text, unit.text) > 0) {
        pair(pairing, candidate.index, index)
      }
    }
  }
}

function anchorBefore(index: number, isAnchor: (index: number) => boolean): number {
  let at = index - 1
  while (at >= 0 && !isAnchor(at)) at -= 1
  return at
}

function pairSimilar(pairing: Pairing): void {
  const old = freeOld(pairing)
  const fresh = freeNew(pairing)
  if (old.length * fresh.length > ALIGNED_PAIRS_MAX) return
  const candidates = old.flatMap((a) =>
    fresh.map((b) => ({ a, b, similarity: wordSimilarity(a.unit.text, b.unit.text) })),
  )
  const best = candidates
    .filter(({ similarity }) => similarity >= SIMILARITY_MIN)
    .sort((x, y) => y.similarity - x.similarity || x.a.index - y.a.index || x.b.index - y.b.index)
  for (const { a, b } of best) {
    if (!pairing.taken.has(a.index) && !pairing.oldOf.has(b.index)) pair(pairing, a.index, b.index)
  }
}

/** The n-th unit of this text that the memory ever knew at once. */
function unusedId(owner: UnitOwner, hash: string, used: Set<UnitId>): UnitId {
  for (let occurrence = 0; ; occurrence += 1) {
    const id = derivedId('unit', owner.storeId, owner.path, hash, String(occurrence))
    if (used.has(id)) continue
    used.add(id)
    return id
  }
}
