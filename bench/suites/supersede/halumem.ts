import type { Row } from '../../harness/row.ts'
import { type BenchContext, type BenchSet, itemsOf } from '../../harness/suite.ts'
import { type PreferenceItem, scorePreference } from './halumem-preference.ts'
import { haluRows, type ScoredEntry } from './halumem-rows.ts'
import { type StateItem, scoreState } from './halumem-state.ts'

const NAME = 'halumem-superseded'

/** Changed preferences and changed states of invented persons, each told as an event. */
export const halumem: BenchSet = {
  name: NAME,
  async run(context): Promise<readonly Row[]> {
    const scored: ScoredEntry[] = []
    for (const item of itemsOf<PreferenceItem | StateItem>(context, 'supersede', NAME)) {
      scored.push(...(await scoreItem(item, context)))
    }
    return haluRows(NAME, scored)
  },
}

function scoreItem(
  item: PreferenceItem | StateItem,
  { cases }: BenchContext,
): Promise<readonly ScoredEntry[]> {
  return item.kind === 'preference' ? scorePreference(item, cases) : scoreState(item, cases)
}
