import { type DataFolder, OWN_SETS } from '../../harness/data-folder.ts'
import {
  type BenchContext,
  type BenchSet,
  itemsOf,
  type Suite,
  suiteOf,
} from '../../harness/suite.ts'
import { type JudgedPair, judgePair, type Pair, pairRows } from './pair.ts'

interface SourcedPair extends Pair {
  readonly source: string
}

/** Written for this project by people who did not write the rules. */
interface HardPair extends Pair {
  readonly domain: string
  readonly kind: string
}

const PUBLIC_PAIRS = 'mrpc-sick-pairs'
const TEST_TARGETS = {
  recall: '>= 0.55',
  false_merge: '<= 0.02',
  contradiction_merged: '<= 0.01',
}

export const publicPairs: BenchSet = {
  name: PUBLIC_PAIRS,
  async run(context) {
    const pairs = itemsOf<SourcedPair>(context, 'duplicates', PUBLIC_PAIRS)
    return pairRows(PUBLIC_PAIRS, await judgeAll(pairs, context), ({ source, label }) =>
      label === 'duplicate' ? [source] : [label, source, `${source} ${label}`],
    )
  },
}

/** One half of the project's own pairs; the rules are never changed for the test half. */
export function hardPairs(split: 'dev' | 'test', sets: DataFolder = OWN_SETS): BenchSet {
  const name = `hard-pairs-${split}`
  return {
    name,
    async run(context) {
      const pairs = itemsOf<HardPair>({ ...context, data: sets }, 'hard-pairs', split)
      const judged = await judgeAll(pairs, context)
      const targets = split === 'test' ? TEST_TARGETS : {}
      const classesOf = ({ label, kind }: HardPair): readonly string[] =>
        label === 'duplicate' ? [kind] : [label, `${label}, ${kind}`]
      return pairRows(name, judged, classesOf, targets)
    },
  }
}

/** Are notes that say the same merged, and no others? */
export const duplicates: Suite = suiteOf(
  'duplicates',
  'notes that say the same merged, notes that only look alike left alone',
  [hardPairs('dev'), hardPairs('test'), publicPairs],
)

async function judgeAll<P extends Pair>(
  pairs: readonly P[],
  { cases }: BenchContext,
): Promise<readonly JudgedPair<P>[]> {
  const judged: JudgedPair<P>[] = []
  for (const pair of pairs) judged.push(await judgePair(pair, cases))
  return judged
}
