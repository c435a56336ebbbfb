import { truthWorld } from '../../../src/testing/index.ts'
import type { Row } from '../../harness/row.ts'
import { shareRows } from '../../harness/share-rows.ts'
import { type BenchContext, type BenchSet, type Suite, suiteOf } from '../../harness/suite.ts'
import { type Outcome, outcomesOf } from './outcomes.ts'

const WORLDS = 5
const WORLD = { units: 400, sessions: 8 }
const SET = 'generated'

/** Worlds of the project's own of which the truth is known, dreamt once each. */
export const generated: BenchSet = {
  name: SET,
  async run({ cases, seed, limit = null }: BenchContext): Promise<readonly Row[]> {
    const outcomes: Outcome[] = []
    for (let n = 0; n < Math.min(WORLDS, limit ?? WORLDS); n += 1) {
      const world = truthWorld({ ...WORLD, seed: seed * 1000 + n })
      const { memory, transcripts } = world
      const dreamt = await cases.dream({ memory, transcripts })
      outcomes.push(...outcomesOf(world.expectations, dreamt))
    }
    return [...Map.groupBy(outcomes, ({ metric }) => metric)].flatMap(([metric, found]) =>
      shareRows(
        { suite: 'truth', set: SET },
        found,
        { metric, hit: ({ isHit }) => isHit, ...targetOf(metric) },
        ({ of }) => [of],
      ),
    )
  },
}

/** What a dream makes of a generated store, against what it should make of it. */
export const truth: Suite = suiteOf(
  'truth',
  'generated stores and transcripts with planted facts, copies, traps, updates and errors',
  [generated],
)

const TARGETS: Readonly<Record<string, string>> = {
  false_merge: '<= 0',
  wrong_replacement: '<= 0',
  leaked: '<= 0',
  recall: '>= 0.97',
  stale: '<= 0.03',
}

function targetOf(metric: string): { readonly target?: string } {
  const target = TARGETS[metric]
  return target === undefined ? {} : { target }
}
