import { LIMITS } from '../../config.ts'
import type { Change, Edit, Placed } from '../../core/change.ts'
import { ReverieError } from '../../core/errors.ts'
import type { UnitId } from '../../core/ids.ts'
import type { LedgerDraft } from '../../core/ledger.ts'
import { parseMemory } from '../../core/markdown.ts'
import { asUnitText } from '../../core/text/unit-text.ts'
import type { SecretScanner } from '../dream-ports.ts'

/**
 * A change with a person's words in place of the proposed ones. Throws `invalid_request_error`
 * where it proposes no text, or several.
 */
export function editedChange(change: Change, text: string, by: string): Change {
  const proposed = proposedText(change)
  const edit = change.edits.find(({ op }) => op !== 'delete')
  const worded = wordedEdit(change, edit, { text, wordedBy: by })
  if (proposed === null || worded === null) throw hasNoText(change)
  const edits = change.edits.filter((other) => other !== edit)
  return {
    ...change,
    after: change.after.map((one) => (one === proposed ? { ...one, text } : one)),
    edits: [worded, ...edits],
    ledger: ledgerAfter(change, proposed, worded),
    isWordedByModel: false,
  }
}

type Wording = Exclude<Edit, { readonly op: 'delete' | 'suffix' }>

function wordedEdit(
  change: Change,
  edit: Edit | undefined,
  words: Required<Pick<Wording, 'text' | 'wordedBy'>>,
): Wording | null {
  if (edit?.op === 'append') return { ...edit, ...words }
  const unitId = edit?.unitId ?? survivorOf(change)
  return unitId === null ? null : { op: 'replace', unitId, ...words }
}

/** Throws `invalid_request_error` unless a text can stand as one bullet and holds no secret. */
export async function assertSoundText(text: string, secrets: SecretScanner): Promise<void> {
  const refuse = (isWrong: boolean, problem: string): void => {
    if (isWrong) throw new ReverieError('invalid_request_error', `The text ${problem}.`)
  }
  refuse(text.trim() === '', 'is empty')
  refuse(
    [...text].length > LIMITS.editedTextCharsMax,
    `has more than ${LIMITS.editedTextCharsMax} characters`,
  )
  refuse(!text.isWellFormed(), 'is not well-formed Unicode')
  refuse(!isOneBullet(text), 'is not one line of markdown that can stand in a list')
  refuse((await secrets.mask(text)) !== text, 'holds a secret')
}

function isOneBullet(text: string): boolean {
  const line = asUnitText(text)
  const { units, headings, hasOtherContent } = parseMemory(`- ${line}\n`, { isIndex: false })
  const [unit] = units
  const isWhole = units.length === 1 && unit?.kind === 'bullet' && unit.text === line
  return (
    !/[\r\n\p{Cc}\u2028\u2029]/u.test(text) && isWhole && headings.length === 0 && !hasOtherContent
  )
}

/** The one text that a change proposes; the index line of a memory that it begins is not one. */
function proposedText({ kind, after, edits }: Change): Placed | null {
  const writing = edits.filter(({ op }) => op !== 'delete')
  const [edit] = writing
  if (kind === 'conflict' || writing.length > 1) return null
  const begun = edit?.op === 'append' ? edit : null
  const own = after.filter(
    ({ path, text }) =>
      begun === null ||
      path !== begun.create?.indexPath ||
      (path === begun.path && text === begun.text),
  )
  return own.length === 1 ? (own[0] ?? null) : null
}

/** The note that keeps its words in a merge. */
function survivorOf({ kind, units, edits }: Change): UnitId | null {
  const gone = new Set(edits.flatMap((edit) => (edit.op === 'append' ? [] : [edit.unitId])))
  const [unitId, ...others] = units.filter((id) => !gone.has(id))
  return kind === 'merge' && others.length === 0 ? (unitId ?? null) : null
}

/** Generated words make way for the person's; a note that would have kept its words leaves now. */
function ledgerAfter(change: Change, proposed: Placed, worded: Wording): readonly LedgerDraft[] {
  const kept = change.ledger.flatMap((draft): readonly LedgerDraft[] => {
    if (draft.kind !== 'generated' || draft.path !== proposed.path) return [draft]
    if (draft.text === proposed.text && worded.op === 'append') {
      return [{ ...draft, text: worded.text }]
    }
    return change.edits.some(({ op }) => op === 'suffix') ? [] : [draft]
  })
  const leaving = leavingUnit(change, worded, kept)
  return leaving === null ? kept : [...kept, leaving]
}

function leavingUnit(
  { before, evidence, reason }: Change,
  worded: Wording,
  kept: readonly LedgerDraft[],
): LedgerDraft | null {
  if (worded.op !== 'replace' || kept.some(({ unitId }) => unitId === worded.unitId)) return null
  const [old] = before
  if (old === undefined) return null
  return {
    kind: 'superseded',
    unitId: worded.unitId,
    path: old.path,
    text: old.text,
    interval: { start: null, end: null },
    reason,
    evidence: evidence.filter(({ quote }) => old.text.includes(quote)),
  }
}

function hasNoText({ id }: Change): ReverieError {
  return new ReverieError('invalid_request_error', `${id} does not propose one text to reword.`, {
    next: 'Accept or reject it, and write the memory itself.',
  })
}
