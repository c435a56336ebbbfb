import { LIMITS } from '../../config.ts'
import type { Unit } from '../../core/unit.ts'
import type { StepResults } from '../../storage/storage.ts'
import { quotedStatement } from '../assembly/wording.ts'
import { WordIndex } from '../candidates/word-index.ts'
import { wordTable } from '../candidates/word-table.ts'
import { DisjointSets } from '../disjoint-sets.ts'
import { ENGINE_VERSION } from '../dream-limits.ts'
import { unitEntry } from '../entries.ts'
import type { Entry, Relation } from '../entry.ts'
import { readStatement } from '../language/frames.ts'
import { recordedEach, recordedStep } from '../recorded-step.ts'
import type { Rules } from '../rules.ts'
import { relationOf } from '../stages/decide.ts'

/** Units of equal text, each but the first of its kind. */
export function equalUnits(units: readonly Unit[]): number {
  return equalPairs(units).length
}

/**
 * Units that could go because another one says what they say, word for word or nearly. Of the
 * latter the most alike pairs are judged. Told once for a state of the store, and of two notes once.
 */
export async function repeatedUnits(
  units: readonly Unit[],
  steps: StepResults,
  rules: Rules,
): Promise<number> {
  const notes = notesOf(units)
  const inputs = [
    ENGINE_VERSION,
    notes.map(({ id, sha256, path, statedAt }) => [id, sha256, path, statedAt]),
  ]
  return recordedStep(steps, 'repeated-units', inputs, async () => {
    const byAudience = Map.groupBy(notes, ({ audience }) => audience)
    const alike = [...byAudience.values()].flatMap(alikePairs).sort(bySimilarity)
    const judged = alike.slice(0, LIMITS.healthPairsMax)
    const repeats = await recordedEach(steps, 'repeats', judged, contentOf, (missing) =>
      missing.map(({ a, b }) => isRepeated(a, b, rules)),
    )
    const near = judged.filter((_, n) => repeats[n] === true)
    return lessOnes([...equalPairs(units), ...near.map(({ a, b }) => [a.id, b.id] as const)])
  })
}

interface AlikePair {
  readonly a: Unit
  readonly b: Unit
  readonly similarity: number
}

/** Less alike, two notes hardly ever say one thing, and rules would not see it. */
const SIMILARITY_MIN = 0.5
const NEIGHBOURS_MAX = 3

/** Of units with texts of their own, each with its nearest ones. */
function alikePairs(units: readonly Unit[]): readonly AlikePair[] {
  const distinct = [...new Map(units.map((unit) => [unit.sha256, unit])).values()]
  const index = new WordIndex(wordTable(distinct.map(({ text }) => text)))
  const pairs = new Map<string, AlikePair>()
  for (const at of distinct.keys()) {
    for (const { at: other, similarity } of index.nearest(at, NEIGHBOURS_MAX)) {
      const [a, b] = [distinct[Math.min(at, other)], distinct[Math.max(at, other)]]
      if (a === undefined || b === undefined || similarity < SIMILARITY_MIN) continue
      pairs.set(`${a.id} ${b.id}`, { a, b, similarity })
    }
  }
  return [...pairs.values()]
}

const REPEATING: readonly Relation[] = ['same', 'a_contains_b', 'b_contains_a']

function isRepeated(a: Unit, b: Unit, rules: Rules): boolean {
  const found = relationOf(entryOf(a), entryOf(b), rules)
  return found !== null && REPEATING.includes(found.relation)
}

function entryOf(unit: Unit): Entry {
  const context = [unit.path, ...unit.context]
  const text = quotedStatement(unit.text) ?? unit.text
  const statement = readStatement(text, { at: unit.statedAt, context })
  return unitEntry({ key: unit.id, unit, text, context }, statement)
}

/** All that the judgement of a pair rests on. */
function contentOf({ a, b }: AlikePair): string {
  return JSON.stringify(
    [a, b].map(({ text, path, context, statedAt, audience }) => [
      text,
      path,
      context,
      statedAt,
      audience,
    ]),
  )
}

/** Each unit with the first one of equal text. */
function equalPairs(units: readonly Unit[]): readonly (readonly [string, string])[] {
  const byText = Map.groupBy(notesOf(units), ({ sha256 }) => sha256)
  return [...byText.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.map(({ id }) => [first.id, id] as const),
  )
}

/** How many fewer there would be if each group of linked ones were one. */
function lessOnes(pairs: readonly (readonly [string, string])[]): number {
  const groups = new DisjointSets()
  for (const [a, b] of pairs) groups.join(a, b)
  const keys = new Set(pairs.flat())
  return keys.size - new Set([...keys].map((key) => groups.rootOf(key))).size
}

/** Lines of an index say nothing of their own, and what stands over others cannot go. */
function notesOf(units: readonly Unit[]): readonly Unit[] {
  return units.filter(({ kind }) => kind === 'bullet' || kind === 'paragraph')
}

/** Ties by place, which the order of the units is. */
function bySimilarity(x: AlikePair, y: AlikePair): number {
  return y.similarity - x.similarity
}
