import type { Change } from '../change.ts'
import { quoteProblem } from '../evidence.ts'
import { collapsed } from '../text/unit-text.ts'
import type { DreamFacts, Violation } from './dream-facts.ts'
import {
  effective,
  generatedLines,
  unitsBefore,
  writtenSuffixes,
  writtenTexts,
} from './fact-views.ts'

/**
 * 3. ∀ output unit: byte-equal to an input unit, or written by a change with evidence, or a
 * generated line (index line, remark, lesson) that a ledger draft records; and ∀ evidence: the
 * quote stands byte for byte in what it cites. What a held change wrote is invariant 11's.
 */
export function provenance(facts: DreamFacts): readonly Violation[] {
  return [...inexactQuotes(facts), ...changesWithoutEvidence(facts), ...unitsFromNowhere(facts)]
}

function inexactQuotes({ changes, sources }: DreamFacts): readonly Violation[] {
  return changes.flatMap(({ id, evidence, ledger }) =>
    [...evidence, ...ledger.flatMap((draft) => draft.evidence)].flatMap((item) => {
      const problem = quoteProblem(item, sources)
      return problem === null ? [] : [violation(id, `A quote of the change is wrong: ${problem}.`)]
    }),
  )
}

/** A secret is never quoted, so a redaction has the decision of a person instead. */
function changesWithoutEvidence(facts: DreamFacts): readonly Violation[] {
  return effective(facts)
    .filter(({ kind, evidence }) => kind !== 'redact' && evidence.length === 0)
    .filter((change) => generatedLines(change).length === 0)
    .map(({ id }) => violation(id, 'The change has no evidence.'))
}

function unitsFromNowhere(facts: DreamFacts): readonly Violation[] {
  const bases = new Set([
    ...unitsBefore(facts).map(({ text }) => collapsed(text)),
    ...facts.changes.flatMap(writtenTexts),
    ...facts.changes.flatMap(generatedTexts),
  ])
  const suffixes = new Set(facts.changes.flatMap(recordedSuffixes))
  return [...facts.after].flatMap(([path, units]) =>
    units
      .filter(({ text }) => !isBuiltFrom(collapsed(text), bases, suffixes))
      .map(({ line }) => violation(path, `Nothing accounts for the unit on line ${line}.`)),
  )
}

function isBuiltFrom(
  text: string,
  bases: ReadonlySet<string>,
  suffixes: ReadonlySet<string>,
): boolean {
  if (bases.has(text)) return true
  return [...suffixes].some(
    (suffix) =>
      text.endsWith(` (${suffix})`) &&
      isBuiltFrom(text.slice(0, -suffix.length - 3), bases, suffixes),
  )
}

function recordedSuffixes(change: Change): readonly string[] {
  const recorded = new Set(generatedTexts(change))
  return writtenSuffixes(change).filter((suffix) => recorded.has(suffix))
}

/** A generated line as a unit's text: without the marker of a bullet or the brackets of a remark. */
function generatedTexts(change: Change): readonly string[] {
  return generatedLines(change).map(({ text }) =>
    collapsed(text)
      .replace(/^- /u, '')
      .replace(/^\((.*)\)$/u, '$1'),
  )
}

function violation(subject: string, message: string): Violation {
  return { invariant: 3, subject, message }
}
