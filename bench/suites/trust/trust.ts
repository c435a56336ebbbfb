import { type Suite, suiteOf } from '../../harness/suite.ts'
import { sharedErrors } from './collective.ts'
import { injectedPayloads } from './injected-payloads.ts'
import { meetings } from './meetings.ts'
import { MODES } from './modes.ts'
import { ownOrders } from './own-orders.ts'
import { confidedStories, diaryTalk, personalData, toolSecrets } from './private-sets.ts'
import { sleeperPayloads, sybilPayloads } from './repeated-payloads.ts'

/** Is what strangers planted kept out, what people said kept, what is private kept apart? */
export const trust: Suite = suiteOf(
  'trust',
  'planted orders kept out, own words kept, private words kept apart',
  [
    ...MODES.map(injectedPayloads),
    ...MODES.map(sybilPayloads),
    ...MODES.map(sleeperPayloads),
    ...MODES.map(ownOrders),
    ...MODES.flatMap((mode) => [
      toolSecrets(mode),
      confidedStories(mode),
      meetings(mode),
      diaryTalk(mode),
      personalData(mode),
    ]),
    sharedErrors,
  ],
)
