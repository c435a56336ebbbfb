import { type Change, isEffective } from '../change.ts'
import { collapsed } from '../text/unit-text.ts'
import type { DreamFacts, Violation } from './dream-facts.ts'
import {
  displacedUnits,
  editedUnits,
  effective,
  storeAfter,
  textsAfter,
  unitsBefore,
  writtenTexts,
} from './fact-views.ts'

/**
 * 11. No text that an effective change writes is a secret, no redaction quotes one or takes
 * effect by itself, and nothing that is held or rejected shows in the store.
 */
export function nothingLeaks(facts: DreamFacts): readonly Violation[] {
  return [...secretViolations(facts), ...redactionViolations(facts), ...heldViolations(facts)]
}

function secretViolations(facts: DreamFacts): readonly Violation[] {
  const known = new Set(unitsBefore(facts).map(({ text }) => text))
  const written = effective(facts).flatMap((change) =>
    [...editTexts(change), change.reason].some(facts.isSecret)
      ? [violation(change.id, 'The change writes a secret.')]
      : [],
  )
  const stored = [...facts.after].flatMap(([path, units]) =>
    units
      .filter(({ text }) => !known.has(text) && facts.isSecret(text))
      .map(({ line }) => violation(path, `The unit on line ${line} is new and carries a secret.`)),
  )
  return [...written, ...stored]
}

function editTexts({ edits }: Change): readonly string[] {
  return edits.flatMap((edit) => (edit.op === 'delete' ? [] : [edit.text]))
}

function redactionViolations({ changes, isSecret }: DreamFacts): readonly Violation[] {
  return changes
    .filter(({ kind }) => kind === 'redact')
    .flatMap((change) => {
      const shown = [...change.before, ...change.after, ...change.ledger].map(({ text }) => text)
      const quoted = change.evidence.map(({ quote }) => quote)
      return [
        ...([...shown, ...quoted].some(isSecret)
          ? [violation(change.id, 'The redaction quotes the secret.')]
          : []),
        ...(change.status === 'proposed'
          ? [violation(change.id, 'A redaction waits for a person and is not held.')]
          : []),
      ]
    })
}

function heldViolations(facts: DreamFacts): readonly Violation[] {
  const allowed = allowedTexts(facts)
  const standing = textsAfter(facts)
  return facts.changes
    .filter((change) => !isEffective(change))
    .filter(
      (change) =>
        writtenTexts(change).some((text) => standing.has(text) && !allowed.has(text)) ||
        leavesRemark(facts, change) ||
        takesUnits(facts, change),
    )
    .map(({ id, status }) => violation(id, `The change is ${status} and shows in the store.`))
}

function allowedTexts(facts: DreamFacts): ReadonlySet<string> {
  return new Set([
    ...unitsBefore(facts).map(({ text }) => collapsed(text)),
    ...effective(facts).flatMap(writtenTexts),
  ])
}

/** A unit carries a remark that only this change would add. */
function leavesRemark(facts: DreamFacts, change: Change): boolean {
  const allowed = effective(facts).flatMap(({ edits }) => edits)
  const units = new Map(unitsBefore(facts).map((unit) => [unit.id, unit]))
  const after = storeAfter(facts)
  return change.edits.some((edit) => {
    if (edit.op !== 'suffix') return false
    const unit = units.get(edit.unitId)
    const others = allowed.filter((other) => other.op !== 'append' && other.unitId === edit.unitId)
    if (others.some((other) => other.op === 'suffix' && other.text === edit.text)) return false
    const bases = others.flatMap((other) => (other.op === 'replace' ? [other.text] : []))
    const remark = ` (${collapsed(edit.text)})`
    return (after.get(unit?.path ?? '') ?? []).some(({ text }) =>
      [unit?.text ?? '', ...bases].some((base) => text.startsWith(base + remark)),
    )
  })
}

/** A unit is gone that only this change would take. */
function takesUnits(facts: DreamFacts, change: Change): boolean {
  const others = new Set<string>(effective(facts).flatMap(editedUnits))
  const displaced = new Set<string>(displacedUnits(change).filter((id) => !others.has(id)))
  const after = storeAfter(facts)
  return unitsBefore(facts)
    .filter(({ id }) => displaced.has(id))
    .some(({ path, text }) => !(after.get(path) ?? []).some((unit) => unit.text === text))
}

function violation(subject: string, message: string): Violation {
  return { invariant: 11, subject, message }
}
