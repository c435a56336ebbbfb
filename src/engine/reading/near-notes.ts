import type { Audience } from '../../core/audience.ts'
import type { Unit } from '../../core/unit.ts'
import { contentStems } from '../language/tokens.ts'
import { type Retrieval, retrievalOver } from '../retrieval.ts'
import type { DreamInputs } from '../stages/snapshot.ts'

/** Finds the notes that a text may be about. */
export interface NearNotes {
  /** Best first. */
  near(text: string, count: number): readonly Unit[]
}

/** Over the notes of one audience; an index has no statements of its own. */
export function nearNotes({ units, names }: DreamInputs, audience: Audience): NearNotes {
  const notes = units.filter((unit) => unit.audience === audience && unit.kind !== 'index-line')
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
