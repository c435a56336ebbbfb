import type { Claim } from '../core/claim.ts'
import type { StoreContent } from '../core/store-content.ts'
import type { Unit } from '../core/unit.ts'
import { quotedStatement } from './assembly/wording.ts'
import type { Entry } from './entry.ts'
import { readStatement } from './language/frames.ts'
import { splitSentences } from './language/sentences.ts'

/**
 * Every unit as an entry, and every sentence of a unit that has several as one more: a statement
 * can outdate one sentence of a paragraph. Only whole units are ever merged.
 */
export function unitEntries(
  content: StoreContent,
  names: ReadonlyMap<string, string>,
): readonly Entry[] {
  return [...content.memories.values()].flatMap(({ path, units }) =>
    units
      .filter((unit) => unit.kind === 'bullet' || unit.kind === 'paragraph')
      .flatMap((unit) => {
        const context = [names.get(path) ?? path, ...unit.context]
        const text = quotedStatement(unit.text) ?? unit.text
        const whole = unitEntry(unit, text, unit.id, context)
        const sentences = splitSentences(text)
        if (sentences.length < 2) return [whole]
        return [
          whole,
          ...sentences.map((sentence, n) =>
            unitEntry(unit, sentence.text, `${unit.id}#${n}`, context),
          ),
        ]
      }),
  )
}

export function claimEntry(claim: Claim): Entry {
  return {
    key: claim.id,
    source: { kind: 'claim', claim },
    text: claim.text,
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

function unitEntry(unit: Unit, text: string, key: string, context: readonly string[]): Entry {
  return {
    key,
    source: { kind: 'unit', unit },
    text,
    context,
    statement: readStatement(text, { at: unit.statedAt, context }),
    trust: unit.trust,
    origin: unit.origin,
    audience: unit.audience,
    statedAt: unit.statedAt,
  }
}
