import type { Claim } from '../../core/claim.ts'
import type { UnitId } from '../../core/ids.ts'
import type { LedgerDraft } from '../../core/ledger.ts'
import type { Unit } from '../../core/unit.ts'
import { memoryText } from '../assembly/wording.ts'
import { datedValue } from '../language/statement/dated-value.ts'
import { evidenceOfClaims } from './evidence-of.ts'

/** The value that stands: where, and since when (ISO 8601; null = nobody said). */
export interface Standing {
  readonly path: string
  /** Null where the unit does not exist before the change is applied. */
  readonly unitId: UnitId | null
  readonly since: string | null
}

/**
 * Ledger rows of what sessions said before, newest first as given: each held until the next one
 * began. Two sayings of one value are two rows, each with its own words.
 */
export function formerOf(former: readonly Claim[], standing: Standing): readonly LedgerDraft[] {
  let end = standing.since
  return former.map((claim) => {
    const start = validFrom(claim)
    const row: LedgerDraft = {
      kind: 'superseded',
      unitId: standing.unitId,
      path: standing.path,
      text: memoryText(claim),
      interval: { start, end },
      reason: 'A later statement says otherwise.',
      evidence: evidenceOfClaims([claim]),
    }
    end = start ?? end
    return row
  })
}

/** When a statement began to hold: as its words say, else when it was said; null = undated. */
export function validFrom({ times }: Claim): string | null {
  return times.event?.start ?? times.statedAt
}

/** When what a unit says began to hold: as its words say, else when it was said; null = undated. */
export function heldFrom({ text, statedAt }: Unit): string | null {
  return datedValue(text)?.from ?? statedAt
}
