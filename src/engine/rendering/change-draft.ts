import type { Audience } from '../../core/audience.ts'
import type { Change, HeldReason } from '../../core/change.ts'
import { type ChangeSetId, derivedId } from '../../core/ids.ts'
import { asUnitText } from '../../core/text/unit-text.ts'
import { highestTrust } from '../../core/trust.ts'

/** What a finding has to say; the rest of a change follows from it. */
export type ChangeDraft = Pick<
  Change,
  'kind' | 'reason' | 'before' | 'after' | 'edits' | 'evidence'
> &
  Partial<Pick<Change, 'units' | 'ledger' | 'pattern' | 'trust' | 'isWordedByModel'>> & {
    readonly audience: Audience
    readonly heldReason: HeldReason | null
    /** What the change is known by where a model worded what is written: the text without a model. */
    readonly toldAs?: string
  }

const NO_SET = '' as ChangeSetId

/**
 * A change with an id derived from what it says: the same finding has the same id in the next
 * dream, so a rejection holds until the evidence changes.
 */
export function changeOf(draft: ChangeDraft): Change {
  return {
    id: derivedId('chg', draft.kind, ...saidBy(draft)),
    kind: draft.kind,
    changeSet: NO_SET,
    reason: draft.reason,
    before: draft.before,
    after: draft.after,
    edits: draft.edits,
    units: draft.units ?? [],
    evidence: draft.evidence,
    // Best sufficient support: a low-trust repetition never lowers what a trusted source said.
    trust: draft.trust ?? highestTrust(draft.evidence.map(({ trust }) => trust)),
    audience: draft.audience,
    status: draft.heldReason === null ? 'proposed' : 'held',
    heldReason: draft.heldReason,
    ledger: draft.ledger ?? [],
    pattern: draft.pattern ?? null,
    isWordedByModel: draft.isWordedByModel ?? false,
  }
}

/**
 * A conflict is its two statements, whether notes or claims: once both are written it is still
 * the same one. Any other change is what it turns into what, on which words.
 */
function saidBy({ kind, before, after, evidence, toldAs }: ChangeDraft): readonly string[] {
  if (kind === 'conflict') return after.map(({ text }) => asUnitText(text)).sort()
  const says = toldAs === undefined ? after.map(({ text }) => text) : [toldAs]
  return [
    ...before.map(({ path, text }) => `${path}\n${text}`),
    '→',
    ...says,
    '←',
    ...evidence.map(({ quote }) => quote).sort(),
  ]
}
