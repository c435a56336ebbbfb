import type { Audience } from '../../core/audience.ts'
import type { Unit } from '../../core/unit.ts'
import { orderToModelAt } from '../assembly/order-to-model.ts'
import { parseInstructions } from '../instructions.ts'
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
  const steering = parseInstructions(snapshot.instructions)
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
  return {
    near: (text, count) =>
      retrieval
        .top(contentStems(text), count)
        .flatMap((found) => byText.get(found) ?? [])
        .slice(0, count),
  }
}

/** A note is found by what stands over it too. */
function searched(unit: Unit, names: DreamInputs['names']): string {
  return [names.get(unit.path) ?? '', ...unit.context, unit.text].join('\n')
}
