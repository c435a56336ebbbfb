import { type Change, isEffective } from '../change.ts'
import { resolveLink } from '../text/memory-link.ts'
import { collapsed } from '../text/unit-text.ts'
import { isAtLeast } from '../trust.ts'
import type { Unit } from '../unit.ts'
import { carriedShare } from './carried-words.ts'
import {
  displaced,
  ORDER_STOOD_HERE,
  type Rail,
  type RailFacts,
  type RailLimits,
  trustOf,
  written,
} from './rail-facts.ts'

/** What a text must have of a note in whose place it stands. */
const SAME_MATTER_MIN = 0.1

/**
 * Rail 5, nothing goes without its reason and its row: whatever leaves the text stands in the ledger
 * word for word, and a merge has a survivor that carries it, a replacement a later statement of no
 * less authority, a removal a line that says nothing.
 */
export const reasonedLoss: Rail = (change, facts) => {
  if (change.kind === 'redact') return null
  for (const unit of displaced(change, facts)) {
    const hasRow = change.ledger.some(
      ({ unitId, text, path }) => unitId === unit.id && text === unit.text && path === unit.path,
    )
    if (!hasRow) return { act: 'drop', why: 'a unit would be gone for good' }
    if (!isReasoned(unit, change, facts)) return { act: 'drop', why: 'no reason to take a unit' }
  }
  return null
}

function isReasoned(unit: Unit, change: Change, facts: RailFacts): boolean {
  switch (change.kind) {
    case 'merge':
      return survivors(change, facts).some((text) => isOfOneMatter(unit.text, text, facts))
    case 'supersede':
      return isOvertaken(unit, change, facts)
    case 'insight':
      return (
        unit.origin === 'dream' &&
        written(change).some((text) => isOfOneMatter(unit.text, text, facts))
      )
    default:
      return saysNothing(unit, change, facts)
  }
}

/** What the members of a merge leave: those that stay, and what is written in the place of one. */
function survivors(change: Change, facts: RailFacts): readonly string[] {
  const gone = new Set(displaced(change, facts).map(({ id }) => id))
  const staying = change.units.flatMap((id) =>
    gone.has(id) ? [] : (facts.units.get(id)?.text ?? []),
  )
  return [...staying, ...written(change)]
}

function isOfOneMatter(gone: string, left: string, facts: RailFacts): boolean {
  return collapsed(gone) === left || carriedShare(gone, [left], facts) >= SAME_MATTER_MIN
}

/** Somebody with at least the same authority said something else, and not before it. */
function isOvertaken(unit: Unit, change: Change, facts: RailFacts): boolean {
  const others = change.evidence.filter(
    (item) => item.kind !== 'memory' || item.memoryPath !== unit.path || item.quote !== unit.text,
  )
  return others.some(
    (item) => isAtLeast(trustOf(item, facts), unit.trust) && !isBefore(item.at, unit.statedAt),
  )
}

/** Compared as far as both are told; false where one is undated. */
function isBefore(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false
  const length = Math.min(a.length, b.length)
  return a.slice(0, length) < b.slice(0, length)
}

/** An index line that leads nowhere, the copy of another line, an order to the model that reads it. */
function saysNothing(unit: Unit, change: Change, facts: RailFacts): boolean {
  const leadsTo =
    unit.kind === 'index-line' && unit.linkTarget !== null
      ? resolveLink(unit.path, unit.linkTarget)
      : null
  if (leadsTo !== null && !facts.content.memories.has(leadsTo)) return true
  const isCopy = [...facts.units.values()].some(
    ({ id, text }) => id !== unit.id && text === unit.text && !change.units.includes(id),
  )
  const [kept] = written(change)
  if (isCopy) return kept === undefined
  const at = facts.language.orderToModelAt(unit.text)
  if (at === null) return false
  return kept === undefined || kept === ORDER_STOOD_HERE || isHeadOf(kept, unit.text)
}

function isHeadOf(kept: string, text: string): boolean {
  return collapsed(text).startsWith(kept)
}

/**
 * Rail 5, the bound: a unit is lost when its text goes without a row in the ledger. The sets of
 * changes that lose units, where these are more than the bound; none where they are not.
 */
export function setsBeyondLoss(
  changes: readonly Change[],
  unitCount: number,
  { lossUnitsMin, lossShareMax }: Pick<RailLimits, 'lossUnitsMin' | 'lossShareMax'>,
): ReadonlySet<string> {
  const losing = changes.filter(isEffective).flatMap((change) => {
    const recorded = new Set(change.ledger.flatMap(({ unitId }) => unitId ?? []))
    const lost = change.edits.filter(
      (edit) => (edit.op === 'delete' || edit.op === 'replace') && !recorded.has(edit.unitId),
    )
    return lost.map(() => change.changeSet)
  })
  const isWithin = losing.length <= Math.max(lossUnitsMin, lossShareMax * unitCount)
  return new Set(isWithin ? [] : losing)
}
