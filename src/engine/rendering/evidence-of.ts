import type { Claim } from '../../core/claim.ts'
import { citedId, type Evidence, type MemoryEvidence } from '../../core/evidence.ts'
import type { Unit } from '../../core/unit.ts'
import type { Entry } from '../entry.ts'

/** A unit's own words, as they stood in the version that the dream read. */
export function evidenceOfUnit(unit: Unit): MemoryEvidence {
  return quotingUnit(unit, unit.text)
}

/** The longest stretch of a unit that carries no secret. */
export function evidenceWithoutSecret(unit: Unit, maskedText: string): readonly MemoryEvidence[] {
  const clean = maskedText
    .split(/\[redacted:[^\]]*\]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '' && unit.text.includes(piece))
    .sort((a, b) => b.length - a.length)
  return clean.slice(0, 1).map((piece) => quotingUnit(unit, piece))
}

export function evidenceOfEntry(entry: Entry): readonly Evidence[] {
  return entry.source.kind === 'unit'
    ? [evidenceOfUnit(entry.source.unit)]
    : entry.source.claim.evidence
}

/** The words of each claim once, newest first as given. */
export function evidenceOfClaims(claims: readonly Claim[]): readonly Evidence[] {
  const byQuote = new Map<string, Evidence>()
  for (const item of claims.flatMap(({ evidence }) => evidence)) {
    const key = `${citedId(item)} ${item.quote}`
    if (!byQuote.has(key)) byQuote.set(key, item)
  }
  return [...byQuote.values()].slice(0, EVIDENCE_MAX)
}

/** More citations than this help nobody. */
const EVIDENCE_MAX = 12

function quotingUnit(unit: Unit, quote: string): MemoryEvidence {
  return {
    kind: 'memory',
    memoryVersionId: unit.versionId,
    memoryPath: unit.path,
    quote,
    at: unit.statedAt,
    trust: unit.trust,
    source: { path: unit.path, line: unit.line },
  }
}
