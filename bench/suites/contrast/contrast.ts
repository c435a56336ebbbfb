import { type Suite, suiteOf } from '../../harness/suite.ts'
import { simulation } from './simulation.ts'
import { tauRewards } from './tau-rewards.ts'

/** Is told what sessions that fail do otherwise, and nothing where they do nothing otherwise? */
export const contrast: Suite = suiteOf(
  'contrast',
  'what failing sessions do otherwise: found where it is real, never where labels are dealt at random',
  [simulation, tauRewards],
)
