import type { Unit } from '../../../core/unit.ts'
import { isWholeUnit } from '../../entries.ts'
import type { Decision } from '../../entry.ts'
import { splitSentences } from '../../language/sentences.ts'
import type { Finding } from '../findings.ts'
import { hintedText } from '../hinted-text.ts'
import { byPlace, isEquivalence, unitOf } from '../judgement.ts'
import type { Outcome } from '../outcome.ts'
import { replacementText, withSentence } from '../replacement.ts'
import { tellsAnew } from '../rival-note.ts'
import { isSound } from '../sound-text.ts'
import type { StatementInputs } from '../weigh-units.ts'
import { currentText, quotedStatement } from '../wording.ts'
import { disputeWith } from './dispute.ts'

/**
 * How a statement takes the place of outdated notes, which must be one statement. Of notes that say
 * nothing else the most complete gives way to the new text and the others go. Of a note with
 * several sentences only the outdated one ever does: each such note is a finding of its own.
 */
export function replacingNotes(
  outcome: Outcome,
  targets: readonly Decision[],
  inputs: StatementInputs,
): readonly Finding[] {
  const [first, ...rest] = targets.toSorted(byLength)
  if (first === undefined) return []
  const isOneStatement = rest.every(
    ({ b }) => unitOf(b) === unitOf(first.b) || isEquivalence(inputs.judge(first.b, b).relation),
  )
  if (!isOneStatement) return [ambiguous(first, targets)]
  const wholes = targets.filter(({ b }) => !saysMore(unitOf(b)))
  const byUnit = Map.groupBy(
    targets.filter(({ b }) => saysMore(unitOf(b))),
    ({ b }) => unitOf(b).id,
  )
  const isHeld = outcome.known !== null || wholes.length > 0 || byUnit.size > 1
  const parts = [...byUnit.values()].flatMap((own) => {
    const part = own.toSorted(byLength).find(({ b }) => !isHeld || !isWholeUnit(b)) ?? own[0]
    return part === undefined ? [] : partOf(outcome, part, isHeld, inputs)
  })
  return [...(wholes.length === 0 ? [] : [wholeNotes(outcome, wholes, inputs)]), ...parts]
}

function byLength(x: Decision, y: Decision): number {
  return y.b.text.length - x.b.text.length || byPlace(unitOf(x.b), unitOf(y.b))
}

function saysMore({ text }: Unit): boolean {
  return splitSentences(quotedStatement(text) ?? text).length > 1
}

/** Notes of one sentence each. */
function wholeNotes(
  outcome: Outcome,
  targets: readonly Decision[],
  { hints }: StatementInputs,
): Finding {
  const { known } = outcome
  const [first, ...rest] = targets.toSorted(byLength)
  if (first === undefined) throw new Error('Somebody has to be outdated.')
  const outdated = unique([first, ...rest].map(({ b }) => unitOf(b)))
  const isHeld = known !== null && !outdated.some(({ id }) => id === known.id)
  const current = isHeld ? known : null
  const hinted = hintedText(first, outcome, hints)
  const replaced = hinted ?? newText(first, outcome)
  const text = current === null ? replaced : null
  // A note goes for another one only if rules see that it says no more, or it could be rewritten.
  if (replaced === null && (current === null || first.asked !== undefined)) {
    return disputeWith(first, outcome, [SAYS_MORE])
  }
  const isWordedByModel = text !== null && text === hinted
  return { ...supersedeOf(first, outcome), outdated, text, isWordedByModel, current }
}

/**
 * The note with its outdated sentence exchanged; where another note holds the value, and nothing
 * that follows leans on it, a sentence that cannot be exchanged goes alone.
 */
function partOf(
  outcome: Outcome,
  target: Decision,
  isHeld: boolean,
  { hints }: StatementInputs,
): readonly Finding[] {
  const hinted = hintedText(target, outcome, hints)
  const isSure = isHeld && target.asked === undefined
  const text = hinted ?? newText(target, outcome) ?? (isSure ? withoutSentence(target) : null)
  if (text === null)
    return isHeld ? heldDispute(target, outcome) : [disputeWith(target, outcome, [SAYS_MORE])]
  const outdated = [unitOf(target.b)]
  const isWordedByModel = text === hinted
  return [{ ...supersedeOf(target, outcome), outdated, text, isWordedByModel, current: null }]
}

/** Against the note that holds the statement: it need not be written once more. */
function heldDispute(target: Decision, outcome: Outcome): readonly Finding[] {
  const dispute = disputeWith(target, outcome, [SAYS_MORE])
  const { known } = outcome
  if (dispute.kind !== 'conflict' || known === null) return []
  return [{ ...dispute, rewritten: [{ path: known.path, text: known.text }], unwritten: [] }]
}

const SAYS_MORE = 'the note says more than this takes back'

function supersedeOf(
  { reasons }: Decision,
  { group }: Outcome,
): { kind: 'supersede' } & Pick<
  Extract<Finding, { kind: 'supersede' }>,
  'by' | 'former' | 'reasons'
> {
  return { kind: 'supersede', by: { claims: group.claims }, former: group.former, reasons }
}

/** Words that point back to what was said before. */
const LEANS =
  /^(?:it|its|they|their|them|this|that|these|those|he|she|his|her|so|then|there|but|and|or|also|otherwise|instead|both|each|such)\b/i

/** The other sentences of the note, byte for byte; null where one of them could lean on the lost one. */
function withoutSentence({ b }: Decision): string | null {
  const unit = unitOf(b)
  const at = unit.text.indexOf(b.text)
  if (isWholeUnit(b) || at < 0 || quotedStatement(unit.text) !== null) return null
  const [before, after] = [unit.text.slice(0, at).trimEnd(), unit.text.slice(at + b.text.length)]
  const next = after.trimStart()
  if (LEANS.test(next)) return null
  const text = [before, next].filter((part) => part !== '').join(' ')
  return text !== '' && isSound(text, unit.text) ? text : null
}

function newText({ a, b }: Decision, { group, isRetold }: Outcome): string | null {
  const unit = unitOf(b)
  const exchanged = isRetold ? null : replacementText(unit, b, group.current)
  if (exchanged !== null || !(isRetold || tellsAnew(a, b))) return exchanged
  const text = withSentence(unit, b, currentText(group.current))
  return isSound(text, `${unit.text} ${group.current.text}`) ? text : null
}

/** "The owner is Ben now", with three owners on record: told, not guessed. */
function ambiguous(first: Decision, targets: readonly Decision[]): Finding {
  const count = unique(targets.map(({ b }) => unitOf(b))).length
  return {
    kind: 'conflict',
    sides: [first.a, first.b],
    rewritten: [],
    unwritten: [],
    reasons: [`the statement could mean any of ${count} notes`],
  }
}

function unique(units: readonly Unit[]): readonly Unit[] {
  return [...new Map(units.map((unit) => [unit.id, unit])).values()]
}
