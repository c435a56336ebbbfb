import type { Entry, Relation } from '../entry.ts'
import { contentKey } from '../recorded-step.ts'

/** A judged pair as recorded. */
export interface RecordedDecision {
  readonly relation: Relation
  readonly reasons: readonly string[]
}

/** Of a pair that has nothing to do with each other, whatever stands between them. */
export const NO_RELATION: RecordedDecision = { relation: 'none', reasons: [] }

/**
 * Decisions by the contents of their two entries: what two texts are to each other does not
 * depend on where they stand.
 */
export class KnownDecisions {
  readonly #positions = new Map<string, number>()
  /** By the numbers of both entries, see `pairOf`. */
  readonly #decisions = new Map<number, RecordedDecision>()

  /** Reads what `toJson` made; null = none. */
  constructor(json: string | null = null) {
    if (json === null) return
    const { entries, none, others } = JSON.parse(json) as DecisionsJson
    for (const [at, key] of entries.entries()) this.#positions.set(key, at)
    for (const pair of none) this.#decisions.set(pair, NO_RELATION)
    for (const [pair, relation, reasons] of others) this.#decisions.set(pair, { relation, reasons })
  }

  /** The decision on two entries by the keys of their contents, in this order. */
  get(a: string, b: string): RecordedDecision | null {
    const [left, right] = [this.#positions.get(a), this.#positions.get(b)]
    if (left === undefined || right === undefined) return null
    return this.#decisions.get(pairOf(left, right)) ?? null
  }

  set(a: string, b: string, decision: RecordedDecision): void {
    this.#decisions.set(pairOf(this.#positionOf(a), this.#positionOf(b)), decision)
  }

  toJson(): string {
    const none: number[] = []
    const others: [number, Relation, readonly string[]][] = []
    for (const [pair, { relation, reasons }] of this.#decisions) {
      if (relation === 'none') none.push(pair)
      else others.push([pair, relation, reasons])
    }
    const json: DecisionsJson = { entries: [...this.#positions.keys()], none, others }
    return JSON.stringify(json)
  }

  #positionOf(key: string): number {
    const known = this.#positions.get(key)
    if (known !== undefined) return known
    this.#positions.set(key, this.#positions.size)
    return this.#positions.size - 1
  }
}

/** More entries than any dream has; two numbers below it fit one safe integer. */
const ENTRIES_MAX = 2 ** 26

/** Two numbers of entries as one. */
function pairOf(a: number, b: number): number {
  return a * ENTRIES_MAX + b
}

/**
 * Everything that judging sees of an entry, under one key: equal keys, equal decisions. Ids,
 * versions and places in a file take no part; times of a claim's making neither.
 */
export function entryKey(entry: Entry): string {
  const { source, text, context, trust, origin, audience, statedAt } = entry
  return contentKey(
    JSON.stringify([sourceKey(source), text, context, trust, origin, audience, statedAt]),
  )
}

function sourceKey(source: Entry['source']): unknown {
  if (source.kind === 'claim') {
    const { derivedAt: _, ingestedAt: __, ...times } = source.claim.times
    return { ...source.claim, times }
  }
  const { kind, text, path, context, isPinned, linkTarget } = source.unit
  return { kind, text, path, context, isPinned, linkTarget }
}

interface DecisionsJson {
  /** Content keys, by number. */
  readonly entries: readonly string[]
  /** Pairs without a relation: most of all. */
  readonly none: readonly number[]
  readonly others: readonly (readonly [pair: number, Relation, readonly string[]])[]
}
