import { readFileSync } from 'node:fs'
import { type Row, shareRow } from '../../harness/row.ts'
import { type BenchSet, type Suite, suiteOf } from '../../harness/suite.ts'
import { realChanges } from './real-changes.ts'

/** What a reader who did not write the rules thinks of a change, and why. */
export interface Verdict {
  readonly verdict: 'useful' | 'harmless' | 'wrong'
  readonly why: string
}

const SET = 'real-changes'
const VERDICTS = new URL('../../judged/verdicts.json', import.meta.url)

/** Verdicts by change id; a change that says something else has another id and none. */
export function readVerdicts(): Readonly<Record<string, Verdict>> {
  return JSON.parse(readFileSync(VERDICTS, 'utf8')) as Record<string, Verdict>
}

/** Counts the verdicts on what dreams propose today; what nobody has judged is not counted. */
export const realChangesJudged: BenchSet = {
  name: SET,
  async run(context) {
    const verdicts = readVerdicts()
    const changes = await realChanges(context)
    const judged = changes.flatMap(({ change }) => verdicts[change.id] ?? [])
    const open = changes.length - judged.length
    if (open > 0) context.note(`${open} of ${changes.length} changes are not judged yet`)
    const share = (verdict: Verdict['verdict'], target?: string): readonly Row[] =>
      shareRow(
        { suite: 'judged', set: SET, metric: verdict, ...(target === undefined ? {} : { target }) },
        judged.filter((one) => one.verdict === verdict).length,
        judged.length,
      )
    return [...share('useful'), ...share('harmless'), ...share('wrong', '<= 0.04')]
  },
}

/** The one suite with a judge: a person's view of what dreams over real transcripts propose. */
export const judged: Suite = suiteOf(
  'judged',
  'changes over real transcripts, drawn by lot and judged by a reader who did not write the rules',
  [realChangesJudged],
)
