import { isOperatorText } from '../../../core/memory-path.ts'
import type { Decision } from '../../entry.ts'
import type { Finding, UnwrittenSide } from '../findings.ts'
import { unitOf } from '../judgement.ts'
import type { Outcome } from '../outcome.ts'
import { replacementText } from '../replacement.ts'
import { currentText, memoryText } from '../wording.ts'

/** A note that the statement may not replace: both stay, the statement beside it. */
export function disputeWith(
  disputed: Decision,
  outcome: Outcome,
  more: readonly string[] = [],
): Finding {
  const unit = unitOf(disputed.b)
  if (isOperatorText(unit.path)) return patchFor(disputed, outcome)
  return {
    kind: 'conflict',
    sides: [disputed.a, disputed.b],
    rewritten: [],
    unwritten: [{ ...unwrittenSide(outcome), nearPath: unit.path }],
    reasons: [...disputed.reasons, ...more],
  }
}

/** Operator text is never written: its new wording is suggested, and nothing is put beside it. */
export function patchFor(disputed: Decision, { group }: Outcome): Finding {
  const unit = unitOf(disputed.b)
  const text = replacementText(unit, disputed.b, group.current) ?? currentText(group.current)
  const reason = `a dream never writes ${unit.path}, it suggests a patch`
  return {
    kind: 'conflict',
    sides: [disputed.a, disputed.b],
    rewritten: [{ path: unit.path, text }],
    unwritten: [],
    reasons: [...disputed.reasons.slice(0, 1), reason],
  }
}

/** What of a statement has to become visible, since no unit holds it. */
export function unwrittenSide({ group, nearPath }: Outcome): UnwrittenSide {
  return { claim: group.current, text: memoryText(group.current), nearPath }
}
