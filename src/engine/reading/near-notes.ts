import type { Audience } from '../../core/audience.ts'
import type { Unit } from '../../core/unit.ts'
import { orderToModelAt } from '../assembly/order-to-model.ts'
import { steeringOf } from '../instructions.ts'
import { contentStems } from '../language/tokens.ts'
import { type Retrieval, retrievalOver } from '../retrieval.ts'
import type { DreamInputs } from '../stages/snapshot.ts'

/** Finds the notes that a text may be about. */
export interface NearNotes {
  /** Best first. */
  near(text: string, count: number): readonly Unit[]
}

/**
 * Over the notes of one audience that a dream may change: an index has no statements of its own,
 * and what is pinned, kept or ignored is not asked about.
 */
export function nearNotes(inputs: DreamInputs, audience: Audience): NearNotes {
  const { names, snapshot } = inputs
  const steering = steeringOf(snapshot.instructions)
  const notes = inputs.units.filter(
    ({ kind, path, text, isPinned, audience: own }) =>
      own === audience &&
      kind !== 'index-line' &&
      !isPinned &&
      !steering.keeps(path, text) &&
      !steering.ignores(path, text) &&
      orderToModelAt(text) === null,
  )
  const byText = Map.groupBy(notes, (unit) => searched(unit, names))
  const retrieval: Retrieval = retrievalOver([...byText.keys()])
  const commonness = countedStems([...byText.keys()])
  const rareMax = Math.max(RARE_NOTES_MIN, Math.floor(notes.length * RARE_SHARE))
  const isNear = (stems: ReadonlySet<string>, found: string): boolean => {
    const shared = [...contentStems(found)].filter((stem) => stems.has(stem))
    return shared.length > 1 || shared.some((stem) => (commonness.get(stem) ?? 0) <= rareMax)
  }
  return {
    near: (text, count) => {
      const stems = contentStems(text)
      return retrieval
        .top(stems, count)
        .filter((found) => isNear(stems, found))
        .flatMap((found) => byText.get(found) ?? [])
        .slice(0, count)
    },
  }
}

/** One shared word brings two texts together where few notes have it. */
const RARE_NOTES_MIN = 3
const RARE_SHARE = 0.02

function countedStems(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) {
    for (const stem of contentStems(text)) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  }
  return counts
}

/** A note is found by what stands over it too. */
function searched(unit: Unit, names: DreamInputs['names']): string {
  return [names.get(unit.path) ?? '', ...unit.context, unit.text].join('\n')
}
