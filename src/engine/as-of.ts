import type { Change } from '../core/change.ts'
import type { Interval } from '../core/claim.ts'
import type { ChangeId } from '../core/ids.ts'
import type { LedgerEntry } from '../core/ledger.ts'
import { compareText } from '../core/text/compare-text.ts'
import { asUnitText } from '../core/text/unit-text.ts'
import type { Unit } from '../core/unit.ts'
import { readStatement } from './language/frames.ts'

/** One thing a memory says, and when it was so. */
export interface StatementAsOf {
  readonly path: string
  readonly text: string
  /** ISO 8601, as precise as anybody said; null = open. */
  readonly interval: Interval
  /** Stands in the memory today; otherwise the ledger remembers it. */
  readonly isCurrent: boolean
}

/** What a store says today, and what left it. */
export interface StoreHistory {
  readonly units: readonly Unit[]
  /** Not reverted. */
  readonly ledger: readonly LedgerEntry[]
  /** The changes that the ledger names. */
  readonly changes: ReadonlyMap<ChangeId, Change>
}

/**
 * What was true at the end of `date` (ISO 8601: a year, a month, a day or an instant). Of the
 * values that a thing had, the one that began last by then; the order in which the store learnt
 * of them does not matter. What nobody dated counts as true from the beginning.
 */
export function asOf(history: StoreHistory, date: string): readonly StatementAsOf[] {
  const chains = new Map<string, StatementAsOf[]>()
  for (const statement of history.units.filter(isStatement).map(currentStatement)) {
    chains.set(placeKey(statement), [statement])
  }
  const headOf = headsOver(history)
  // Of an imported history nobody knows what took their place: their own end counts.
  const alone = new Set<StatementAsOf>()
  for (const entry of history.ledger.filter(({ kind }) => kind === 'superseded')) {
    const head = headOf(entry)
    const { path, text, interval } = entry
    const former: StatementAsOf = { path, text, interval, isCurrent: false }
    if (!history.changes.has(entry.changeId)) alone.add(former)
    chains.set(head, [...(chains.get(head) ?? []), former])
  }
  return [...chains.values()].flatMap((chain) => inForce(chain, date, alone) ?? []).sort(byPlace)
}

/** The latest that had begun, unless it had ended by then. */
function inForce(
  chain: readonly StatementAsOf[],
  date: string,
  alone: ReadonlySet<StatementAsOf>,
): StatementAsOf | null {
  const begun = chain.filter(({ interval }) => hasBegun(interval.start, date))
  const [latest] = begun.toSorted(
    (a, b) =>
      compareText(b.interval.start ?? '', a.interval.start ?? '') ||
      Number(b.isCurrent) - Number(a.isCurrent),
  )
  if (latest === undefined) return null
  const { end } = latest.interval
  const endsAlone = latest.isCurrent || alone.has(latest)
  return end !== null && endsAlone && !hasBegun(date, end) ? null : latest
}

/** Compared as precisely as both are given: "2016" had begun at any day of 2016. */
function hasBegun(start: string | null, date: string): boolean {
  if (start === null) return true
  const precision = Math.min(start.length, date.length)
  return start.slice(0, precision) <= date.slice(0, precision)
}

function currentStatement({ path, text, statedAt, context }: Unit): StatementAsOf {
  const { event } = readStatement(text, { at: statedAt, context })
  const interval = { start: event?.start ?? statedAt, end: event?.end ?? null }
  return { path, text, interval, isCurrent: true }
}

/**
 * Where a text that left has gone: its change says what stands instead, and where that has left
 * too, so does the next one.
 */
function headsOver({ ledger, changes }: StoreHistory): (entry: LedgerEntry) => string {
  const left = new Map(
    ledger
      .filter(({ kind }) => kind === 'superseded' || kind === 'merged')
      .map((entry) => [placeKey(entry), entry]),
  )
  return (entry) => {
    const seen = new Set<string>()
    let key = placeKey(entry)
    for (let next: LedgerEntry | undefined = entry; next !== undefined; next = left.get(key)) {
      const [after] = changes.get(next.changeId)?.after ?? []
      if (after === undefined || seen.has(key)) break
      seen.add(key)
      key = placeKey({ path: after.path, text: asUnitText(after.text) })
    }
    return key
  }
}

function isStatement({ kind }: Unit): boolean {
  return kind !== 'index-line'
}

function placeKey({ path, text }: { readonly path: string; readonly text: string }): string {
  return `${path}\n${text}`
}

function byPlace(a: StatementAsOf, b: StatementAsOf): number {
  return compareText(a.path, b.path) || compareText(a.text, b.text)
}
