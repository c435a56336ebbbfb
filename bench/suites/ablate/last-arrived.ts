import type { Entry } from '../../../src/engine/entry.ts'
import type { Rules } from '../../../src/engine/rules.ts'

/** What was read last counts: sessions after notes, and of two sessions the one named later. */
export const lastArrived: Rules['laterOf'] = (a, b) => {
  const [left, right] = [arrivalOf(a), arrivalOf(b)]
  return left === right ? null : left < right ? 'b' : 'a'
}

/** Transcripts of a case are numbered in the order in which they arrive. */
function arrivalOf({ source }: Entry): string {
  if (source.kind === 'unit') return ''
  const [first] = source.claim.evidence
  if (first === undefined) return ''
  const { path, line } = first.source
  return (
    [...path.matchAll(/\d+/g)].map(([digits]) => digits.padStart(6, '0')).join(' ') +
    ` ${String(line).padStart(6, '0')}`
  )
}
