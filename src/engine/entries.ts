import type { Claim, Statement } from '../core/claim.ts'
import type { StoreContent } from '../core/store-content.ts'
import type { Unit } from '../core/unit.ts'
import { quotedStatement } from './assembly/wording.ts'
import type { Entry } from './entry.ts'
import { withoutResolvedDates } from './language/dates.ts'
import { splitSentences } from './language/sentences.ts'

/** A unit or one of its sentences before it is read. */
export interface UnitText {
  /** The unit's id; that of a sentence has its number behind it. */
  readonly key: string
  readonly unit: Unit
  readonly text: string
  /** The memory's name, the heading path and enclosing bullets. */
  readonly context: readonly string[]
}

/**
 * The text of every unit, and every sentence of a unit that has several as one more: a statement
 * can outdate one sentence of a paragraph. Only whole units are ever merged.
 */
export function unitTexts(
  content: StoreContent,
  names: ReadonlyMap<string, string>,
): readonly UnitText[] {
  return [...content.memories.values()].flatMap(({ path, units }) =>
    units
      .filter((unit) => unit.kind === 'bullet' || unit.kind === 'paragraph')
      .flatMap((unit) => {
        const context = [names.get(path) ?? path, ...unit.context]
        const text = quotedStatement(unit.text) ?? unit.text
        const whole = { key: unit.id, unit, text, context }
        const sentences = splitSentences(text)
        if (sentences.length < 2) return [whole]
        const parts = sentences.map((sentence, n) => ({
          key: `${unit.id}#${n}`,
          unit,
          text: sentence.text,
          context,
        }))
        return [whole, ...parts]
      }),
  )
}

/** A unit or sentence with what it says. */
export function unitEntry({ key, unit, text, context }: UnitText, statement: Statement): Entry {
  return {
    key,
    source: { kind: 'unit', unit },
    text,
    context,
    statement,
    trust: unit.trust,
    origin: unit.origin,
    audience: unit.audience,
    statedAt: unit.statedAt,
  }
}

export function claimEntry(claim: Claim): Entry {
  return {
    key: claim.id,
    source: { kind: 'claim', claim },
    text: withoutResolvedDates(claim.text),
    context: [],
    statement: claim,
    trust: claim.trust,
    origin: 'imported',
    audience: claim.audience,
    statedAt: claim.times.statedAt,
  }
}

/** True for the entry of a whole unit, false for one of its sentences. */
export function isWholeUnit(entry: Entry): boolean {
  return entry.source.kind === 'unit' && entry.key === entry.source.unit.id
}
