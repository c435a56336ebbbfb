import { type Suite, suiteOf } from '../../harness/suite.ts'
import { diaries } from './diaries.ts'
import { locomo } from './locomo.ts'
import { longMemEval } from './longmemeval.ts'

/** What of what people said is still known after a dream, and how much else is kept. */
export const retention: Suite = suiteOf(
  'retention',
  'what people said of themselves, kept and found again; filler left out',
  [longMemEval, locomo, diaries],
)
