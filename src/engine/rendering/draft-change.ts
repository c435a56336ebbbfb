import type { Placed } from '../../core/change.ts'
import type { Claim } from '../../core/claim.ts'
import { assertNever } from '../../core/errors.ts'
import type { LedgerDraft } from '../../core/ledger.ts'
import type { Unit } from '../../core/unit.ts'
import type {
  AddFinding,
  AnnotateFinding,
  ConflictFinding,
  Finding,
  MergeFinding,
  RedactFinding,
  RemoveFinding,
  SupersedeFinding,
} from '../assembly/findings.ts'
import { memoryText } from '../assembly/wording.ts'
import type { ChangeDraft } from './change-draft.ts'
import {
  evidenceOfClaims,
  evidenceOfEntry,
  evidenceOfUnit,
  evidenceWithoutSecret,
} from './evidence-of.ts'
import { formerOf, heldFrom, validFrom } from './history.ts'
import { appendTo, indexLineDraft, type Placement } from './placement.ts'

/** Gives a finding its place, bytes, evidence and ledger rows. */
export function draftChange(finding: Finding, placement: Placement): ChangeDraft {
  switch (finding.kind) {
    case 'merge':
      return finding.text === undefined ? draftMerge(finding) : draftWorded(finding, finding.text)
    case 'unworded':
      throw new Error('Notes can only be merged into one text once it is written.')
    case 'supersede':
      return draftSupersede(finding)
    case 'conflict':
      return draftConflict(finding, placement)
    case 'add':
      return draftAdd(finding, placement)
    case 'annotate':
      return draftAnnotation(finding)
    case 'redact':
      return draftRedaction(finding)
    case 'remove':
      return draftRemoval(finding)
    default:
      return assertNever(finding)
  }
}

function draftMerge({ survivor, place, others, reasons }: MergeFinding): ChangeDraft {
  const members = [survivor, ...others]
  const leavers = members.filter((unit) => unit !== place)
  const isMoved = place !== survivor
  return {
    kind: 'merge',
    reason: sentence(reasons, 'These notes say the same'),
    before: members.map(placed),
    after: [{ path: place.path, text: survivor.text }],
    edits: [
      ...(isMoved ? [{ op: 'replace', unitId: place.id, text: survivor.text } as const] : []),
      ...leavers.map((unit) => ({ op: 'delete', unitId: unit.id }) as const),
    ],
    units: members.map(({ id }) => id),
    evidence: members.map(evidenceOfUnit),
    audience: survivor.audience,
    heldReason: null,
    ledger: (isMoved ? members : leavers).map((unit) =>
      leaving(unit, 'merged', null, `Merged into ${place.path}`),
    ),
  }
}

/** The text is nobody's own: all members leave, each with its exact words in the ledger. */
function draftWorded({ survivor, others, reasons }: MergeFinding, text: string): ChangeDraft {
  const members = [survivor, ...others]
  const { path } = survivor
  return {
    kind: 'merge',
    reason: sentence(reasons, 'These notes say the same, each with a detail of its own'),
    before: members.map(placed),
    after: [{ path, text }],
    edits: [
      { op: 'replace', unitId: survivor.id, text },
      ...others.map((unit) => ({ op: 'delete', unitId: unit.id }) as const),
    ],
    units: members.map(({ id }) => id),
    evidence: members.map(evidenceOfUnit),
    audience: survivor.audience,
    heldReason: null,
    ledger: members.map((unit) => leaving(unit, 'merged', null, `Merged into ${path}`)),
    isWordedByModel: true,
  }
}

function draftSupersede(finding: SupersedeFinding): ChangeDraft {
  const { outdated, text, current, by, former } = finding
  const [first, ...rest] = outdated
  if (first === undefined) return draftHistory(finding)
  const words = 'claims' in by ? evidenceOfClaims(by.claims) : [evidenceOfUnit(by.unit)]
  const [claim] = 'claims' in by ? by.claims : []
  const held = current === null ? null : heldFrom(current)
  const since = claim === undefined ? held : validFrom(claim)
  const reason = sentence(finding.reasons, 'A later statement replaces this')
  return {
    kind: 'supersede',
    reason,
    before: outdated.map(placed),
    after:
      text === null
        ? [current].flatMap((unit) => (unit === null ? [] : [placed(unit)]))
        : [{ path: first.path, text }],
    edits: [
      text === null
        ? { op: 'delete', unitId: first.id }
        : { op: 'replace', unitId: first.id, text },
      ...rest.map((unit) => ({ op: 'delete', unitId: unit.id }) as const),
    ],
    units: outdated.map(({ id }) => id),
    evidence: [...words, ...outdated.map(evidenceOfUnit)],
    audience: first.audience,
    heldReason: outdated.some(({ origin }) => origin === 'person') ? 'person_wrote_it' : null,
    ledger: [
      ...outdated.map((unit) => leaving(unit, 'superseded', since, reason)),
      ...formerOf(former, { path: first.path, unitId: (current ?? first).id, since }),
    ],
    ...('claims' in by && claim !== undefined ? { trust: claim.trust } : {}),
    isWordedByModel:
      finding.isWordedByModel ||
      (text !== null && 'claims' in by && by.claims.some(isInOtherWords)),
  }
}

function isInOtherWords({ wording }: Claim): boolean {
  return wording === 'model'
}

/** What sessions said before the note that stands: no bytes change, the history grows. */
function draftHistory({ current, former, reasons }: SupersedeFinding): ChangeDraft {
  const [newest] = former
  if (current === null || newest === undefined) {
    throw new Error('A replacement names what it replaces, or what came before the current note.')
  }
  const { path, id: unitId } = current
  return {
    kind: 'supersede',
    reason: `${sentence(reasons, 'A later statement says otherwise')} The note stays; what was said before is kept as history.`,
    before: former.map((claim) => ({ path, text: memoryText(claim) })),
    after: [placed(current)],
    edits: [],
    evidence: [...evidenceOfClaims(former), evidenceOfUnit(current)],
    audience: current.audience,
    heldReason: null,
    ledger: formerOf(former, { path, unitId, since: heldFrom(current) }),
    trust: newest.trust,
  }
}

function draftConflict(finding: ConflictFinding, placement: Placement): ChangeDraft {
  const { sides, rewritten, unwritten, reasons } = finding
  const units = sides.flatMap((side) => (side.source.kind === 'unit' ? [side.source.unit] : []))
  const written = unwritten.map(({ claim, text, nearPath }) => ({
    text,
    place: placement.for(claim.kind, text, nearPath),
  }))
  const added = written.map(({ place, text }) => ({ path: place.path, text }))
  return {
    kind: 'conflict',
    reason: `${sentence(reasons, 'These statements cannot both hold')} Both stay until a person decides.`,
    before: units.map(placed),
    after: [...units.map(placed), ...rewritten, ...added],
    edits: written.map(({ place, text }) => appendTo(place, text)),
    units: units.map(({ id }) => id),
    evidence: sides.flatMap(evidenceOfEntry),
    audience: sides[0].audience,
    heldReason: null,
    ledger: written.flatMap(({ place }) => indexLineDraft(place)),
    isWordedByModel: unwritten.some(({ claim }) => isInOtherWords(claim)),
  }
}

function draftAdd(finding: AddFinding, placement: Placement): ChangeDraft {
  const { claims, former, text, nearPath, isUntrustedInstruction } = finding
  const [claim] = claims
  if (claim === undefined) throw new Error('An addition rests on a claim.')
  const place = placement.for(claim.kind, text, nearPath)
  return {
    kind: 'add',
    reason: isUntrustedInstruction
      ? 'Text that the agent did not get from its user tries to give it a standing instruction.'
      : `${ADD_REASON[claim.kind]}; no note holds it.`,
    before: [],
    after: [{ path: place.path, text }],
    edits: [appendTo(place, text)],
    evidence: evidenceOfClaims(claims),
    audience: claim.audience,
    ledger: [
      ...indexLineDraft(place),
      ...formerOf(former, { path: place.path, unitId: null, since: validFrom(claim) }),
    ],
    heldReason: isUntrustedInstruction ? 'untrusted_instruction' : null,
    ...(isUntrustedInstruction ? { trust: 'external' as const } : {}),
    isWordedByModel: claims.some((one) => isInOtherWords(one) && memoryText(one) === text),
  }
}

const ADD_REASON = {
  preference: 'The user stated a lasting preference',
  instruction: 'The user gave a standing instruction',
  decision: 'The user stated a decision',
  fact: 'The user stated a fact to keep',
} as const

function draftAnnotation({ unit, note, because, reasons }: AnnotateFinding): ChangeDraft {
  const why = because === null ? [] : because.outdated.map(evidenceOfUnit)
  const text = `${unit.text} (${note})`
  return {
    kind: 'annotate',
    reason: sentence(reasons, 'This may be outdated'),
    before: [placed(unit)],
    after: [{ path: unit.path, text }],
    edits: [{ op: 'suffix', unitId: unit.id, text: note }],
    evidence: [evidenceOfUnit(unit), ...why],
    audience: unit.audience,
    heldReason: unit.origin === 'person' ? 'person_wrote_it' : null,
    ledger: [
      { ...leaving(unit, 'generated', null, 'Remark on a dependent note'), text: ` (${note})` },
    ],
    trust: unit.trust,
  }
}

function draftRedaction({ unit, maskedText }: RedactFinding): ChangeDraft {
  const masked = { path: unit.path, text: maskedText }
  return {
    kind: 'redact',
    reason: `This note carries a secret (line ${unit.line}). Take it out, and change the secret where it is used.`,
    before: [masked],
    after: [masked],
    edits: [{ op: 'replace', unitId: unit.id, text: maskedText }],
    units: [unit.id],
    evidence: evidenceWithoutSecret(unit, maskedText),
    audience: unit.audience,
    heldReason: 'secret',
    ledger: [
      { ...leaving(unit, 'removed', null, 'It carried a secret'), text: maskedText, evidence: [] },
    ],
    trust: unit.trust,
  }
}

function draftRemoval({ unit, reasons, keptText }: RemoveFinding): ChangeDraft {
  return {
    kind: 'remove',
    reason: sentence(reasons, 'This line leads nowhere'),
    before: [placed(unit)],
    after: keptText === null ? [] : [{ path: unit.path, text: keptText }],
    edits: [
      keptText === null
        ? { op: 'delete', unitId: unit.id }
        : { op: 'replace', unitId: unit.id, text: keptText },
    ],
    units: [unit.id],
    evidence: [evidenceOfUnit(unit)],
    audience: unit.audience,
    heldReason: unit.origin === 'person' ? 'person_wrote_it' : null,
    ledger: [leaving(unit, 'removed', null, sentence(reasons, 'It leads nowhere'))],
  }
}

function leaving(
  unit: Unit,
  kind: LedgerDraft['kind'],
  until: string | null,
  reason: string,
): LedgerDraft {
  return {
    kind,
    unitId: unit.id,
    path: unit.path,
    text: unit.text,
    interval: { start: heldFrom(unit), end: until },
    reason,
    evidence: [evidenceOfUnit(unit)],
  }
}

function placed(unit: Unit): Placed {
  return { path: unit.path, text: unit.text }
}

function sentence(reasons: readonly string[], otherwise: string): string {
  const text = reasons.length === 0 ? otherwise : reasons.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}
