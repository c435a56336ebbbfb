import { type BenchSet, sampleOf } from '../../harness/suite.ts'
import { type History, readHistories } from '../retention/dated-history.ts'
import { type Asked, askCase } from './ask-case.ts'
import type { SearchCase } from './search-case.ts'
import { searchRows } from './search-rows.ts'
import { historyCase } from './told-history.ts'

const NAME = 'longmemeval'

/** Dated conversations of one person, and a question that a few turns of theirs answer. */
export const longMemEvalQuestions: BenchSet = {
  name: NAME,
  async run(context) {
    const asked: Asked[] = []
    for (const history of sampleOf(context, NAME, readHistories(context))) {
      asked.push(...(await askCase(caseOf(history), context)))
    }
    return searchRows(NAME, asked, context.seed)
  },
}

function caseOf({ sessions, evidence, gold }: History): SearchCase {
  const named = sessions.map(({ id, messages, times }) => ({ name: id, messages, turnIds: times }))
  const { question } = gold as History['gold'] & { readonly question: string }
  return historyCase(named, [{ text: question, gold: evidence }])
}
