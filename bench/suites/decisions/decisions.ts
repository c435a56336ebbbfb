import { type DataFolder, OWN_SETS } from '../../harness/data-folder.ts'
import { type Hit, type ShareReading, shareRows } from '../../harness/share-rows.ts'
import { type BenchSet, itemsOf, type Suite, suiteOf } from '../../harness/suite.ts'
import { type DecidedItem, type DecisionItem, decideItem, type Expected } from './decision-item.ts'

/** One half of the project's own decisions; the rules are never changed for the test half. */
export function decisionPairs(split: 'dev' | 'test', sets: DataFolder = OWN_SETS): BenchSet {
  const name = `decision-pairs-${split}`
  return {
    name,
    async run(context) {
      const items = itemsOf<DecisionItem>({ ...context, data: sets }, 'decision-pairs', split)
      const decided: DecidedItem[] = []
      for (const item of items) decided.push(await decideItem(item, context.cases))
      return READINGS.flatMap((reading) =>
        shareRows({ suite: 'decisions', set: name }, decided, reading, ({ item }) => [
          `${item.row}: ${item.expected}`,
        ]),
      )
    },
  }
}

/** The decision table with the rate at which each row is followed. */
export const decisions: Suite = suiteOf(
  'decisions',
  'replace, show the conflict, keep both, or leave alone: each row of the decision table',
  [decisionPairs('dev'), decisionPairs('test')],
)

/** Always the same answer. */
const always =
  (answer: Expected): Hit<DecidedItem> =>
  ({ item }) =>
    item.expected === answer

const READINGS: readonly ShareReading<DecidedItem>[] = [
  {
    metric: 'as_expected',
    hit: ({ isAsExpected }) => isAsExpected,
    baselines: {
      always_replace: always('replace'),
      always_keep_both: always('both'),
      always_ask: always('conflict'),
    },
  },
  {
    metric: 'false_replace',
    hit: ({ item, isReplaced }) => (item.expected === 'replace' ? null : isReplaced),
  },
  {
    metric: 'false_conflict',
    hit: ({ item, isConflict }) => (item.expected === 'conflict' ? null : isConflict),
  },
  { metric: 'kept', hit: ({ isKept }) => isKept },
]
