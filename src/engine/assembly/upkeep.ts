import type { StoreContent } from '../../core/store-content.ts'
import { resolveLink } from '../../core/text/memory-link.ts'
import type { Unit } from '../../core/unit.ts'
import type { SecretScanner } from '../dream-ports.ts'
import { cuesOf } from '../language/cues.ts'
import { readStatement } from '../language/frames.ts'
import type { AnnotateFinding, RedactFinding, RemoveFinding } from './findings.ts'

/** Units that carry a secret. The finding holds the masked text only. */
export async function findSecrets(
  units: readonly Unit[],
  secrets: SecretScanner,
): Promise<readonly RedactFinding[]> {
  const findings: RedactFinding[] = []
  for (const unit of units) {
    const maskedText = await secrets.mask(unit.text)
    if (maskedText !== unit.text) findings.push({ kind: 'redact', unit, maskedText })
  }
  return findings
}

/** Index lines whose memory does not exist: an agent that follows them finds nothing. */
export function findDeadIndexLines(content: StoreContent): readonly RemoveFinding[] {
  return [...content.memories.values()].flatMap(({ path, units }) =>
    units
      .filter((unit) => unit.kind === 'index-line' && isDead(path, unit.linkTarget, content))
      .map(
        (unit): RemoveFinding => ({
          kind: 'remove',
          unit,
          reasons: ['The memory that this index line links to does not exist'],
          keptText: null,
        }),
      ),
  )
}

/** What lies outside the store may well be there. */
function isDead(from: string, target: string | null, { memories }: StoreContent): boolean {
  const leadsTo = target === null ? null : resolveLink(from, target)
  return leadsTo !== null && !memories.has(leadsTo)
}

/** Units whose own end date ("until 2026-10-01") has passed: remarked on, never dropped. */
export function findExpired(
  units: readonly Unit[],
  asOf: string,
  isFrozen: (unit: Unit) => boolean,
): readonly AnnotateFinding[] {
  return expiredUnits(units, asOf)
    .filter(({ unit }) => !isFrozen(unit))
    .map(
      ({ unit, end }): AnnotateFinding => ({
        kind: 'annotate',
        unit,
        note: `${EXPIRED_REMARK} ${end.slice(0, 10)}`,
        because: null,
        reasons: ['The end date that this note states has passed'],
      }),
    )
}

const EXPIRED_REMARK = 'ended'

export function expiredUnits(
  units: readonly Unit[],
  asOf: string,
): readonly { readonly unit: Unit; readonly end: string }[] {
  return units
    .filter(
      ({ kind, text }) =>
        (kind === 'bullet' || kind === 'paragraph') &&
        !text.includes(`(${EXPIRED_REMARK} `) &&
        cuesOf(text).includes('temporary'),
    )
    .flatMap((unit) => {
      const { event } = readStatement(unit.text, { at: unit.statedAt, context: unit.context })
      const end = event?.end ?? null
      return end !== null && isOver(end, asOf) ? [{ unit, end }] : []
    })
}

/** A day or month that a note names is part of its time: it is over when the next one begins. */
function isOver(end: string, asOf: string): boolean {
  return end < asOf.slice(0, end.length)
}
