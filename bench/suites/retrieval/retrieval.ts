import { type Suite, suiteOf } from '../../harness/suite.ts'
import { generatedQuestions } from './generated-questions.ts'
import { lettaQuestions } from './letta-questions.ts'
import { locomoQuestions } from './locomo-questions.ts'
import { longMemEvalQuestions } from './longmemeval-questions.ts'

/** Does the store's own search answer better, with less to read, after a dream? */
export const retrieval: Suite = suiteOf(
  'retrieval',
  "the store's search before and after a dream, beside files with grep and raw sessions",
  [lettaQuestions, longMemEvalQuestions, locomoQuestions, generatedQuestions],
)
