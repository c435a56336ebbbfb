import { collapsed } from '../text/unit-text.ts'
import type { DreamFacts, DreamLimits, Violation } from './dream-facts.ts'
import { displacedUnits, effective, textsAfter, unitsBefore } from './fact-views.ts'

/**
 * 10. |changes| and the size of every written memory within the limits; |lost units| ≤
 * max(lossUnitsMin, lossShareMax · |units|), a unit being lost when its text is neither in the
 * store, nor part of a merge, nor in the ledger.
 */
export function bounds(facts: DreamFacts): readonly Violation[] {
  const { changes, limits } = facts
  const tooMany =
    changes.length > limits.changesMax
      ? [violation('changes', `${changes.length} changes are more than ${limits.changesMax}.`)]
      : []
  return [...tooMany, ...sizeViolations(facts), ...lossViolations(facts)]
}

function sizeViolations({ before, delta, limits, isIndex }: DreamFacts): readonly Violation[] {
  return [...delta].flatMap(([path, content]) => {
    if (content === null) return []
    const old = sizeOf(before.memories.get(path)?.content ?? '')
    const size = sizeOf(content)
    const bytesMax = isIndex(path) ? limits.indexBytesMax : limits.memoryBytesMax
    const linesMax = isIndex(path) ? limits.indexLinesMax : Number.POSITIVE_INFINITY
    // A memory that was too large before the dream may stay so, but not grow.
    const isTooLarge = size.bytes > bytesMax && size.bytes > old.bytes
    const isTooLong = size.lines > linesMax && size.lines > old.lines
    if (!isTooLarge && !isTooLong) return []
    return [violation(path, `The memory grows to ${size.bytes} bytes in ${size.lines} lines.`)]
  })
}

function lossViolations(facts: DreamFacts): readonly Violation[] {
  const lost = lostUnits(facts)
  const max = lossMax(unitsBefore(facts).length, facts.limits)
  if (lost.size <= max) return []
  const message = `${lost.size} units would be lost, more than ${max}.`
  return effective(facts)
    .filter((change) => displacedUnits(change).some((id) => lost.has(id)))
    .map(({ id }) => violation(id, message))
}

/** How many of `units` a dream may lose. */
export function lossMax(
  units: number,
  { lossUnitsMin, lossShareMax }: Pick<DreamLimits, 'lossUnitsMin' | 'lossShareMax'>,
): number {
  return Math.max(lossUnitsMin, Math.floor(lossShareMax * units))
}

function lostUnits(facts: DreamFacts): ReadonlySet<string> {
  const standing = textsAfter(facts)
  const represented = new Set<string>(
    effective(facts).flatMap(({ kind, units, ledger }) => [
      ...(kind === 'merge' ? units : []),
      ...ledger.flatMap(({ unitId }) => (unitId === null ? [] : [unitId])),
    ]),
  )
  const lost = unitsBefore(facts).filter(
    ({ id, text }) => !represented.has(id) && !standing.has(collapsed(text)),
  )
  return new Set(lost.map(({ id }) => id))
}

function sizeOf(content: string): { readonly bytes: number; readonly lines: number } {
  const lines = content.split(/\r\n|\n|\r/u).length - (/[\r\n]$/u.test(content) ? 1 : 0)
  return { bytes: Buffer.byteLength(content, 'utf8'), lines }
}

function violation(subject: string, message: string): Violation {
  return { invariant: 10, subject, message }
}
