import { LIMITS } from '../../../src/config.ts'
import type { ReverieOptions } from '../../../src/engine/api.ts'
import type { BenchSet } from '../../harness/suite.ts'
import { hardPairs } from '../duplicates/duplicates.ts'
import { invented } from '../patterns/invented.ts'
import { shuffledErrors } from '../patterns/shuffled-errors.ts'
import { longMemEval } from '../retention/longmemeval.ts'
import { ownChains } from '../supersede/chains.ts'
import { generated } from '../truth/truth.ts'
import { connectedComponents } from './connected-components.ts'
import { lastArrived } from './last-arrived.ts'

/** One part of judgement exchanged for the simplest thing that could stand in its place. */
export interface Ablation {
  /** As a table names it. */
  readonly name: string
  readonly rules: NonNullable<ReverieOptions['rules']>
  /** The sets that can show what the part is worth, and the metrics to look at. */
  readonly sets: readonly BenchSet[]
  readonly metrics: readonly string[]
}

/** What the embedded mode has of the ablations in algorithms, section 11. */
export const ABLATIONS: readonly Ablation[] = [
  {
    name: 'no slot guard',
    rules: { guard: () => [] },
    sets: [hardPairs('dev'), generated],
    metrics: ['recall', 'false_merge', 'contradiction_merged', 'merged'],
  },
  {
    name: 'connected components',
    rules: { link: connectedComponents },
    sets: [generated],
    metrics: ['merged', 'false_merge'],
  },
  {
    name: 'what arrived last is current',
    rules: { laterOf: lastArrived },
    sets: [ownChains, longMemEval],
    metrics: ['current', 'as_of', 'stale'],
  },
  {
    name: 'lessons at first sight',
    rules: { lessons: { ...LIMITS, sessionsWithFixMin: 1, sessionsWithoutFixMin: 1 } },
    sets: [invented, shuffledErrors],
    metrics: ['found', 'false_recurring'],
  },
]
