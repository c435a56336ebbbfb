import { holdsWords } from '../../harness/holds-words.ts'
import { type BenchContext, type BenchSet, itemsOf } from '../../harness/suite.ts'
import { isTold } from '../supersede/entry-checks.ts'
import { type Asked, askCase } from './ask-case.ts'
import type { SearchCase } from './search-case.ts'
import { searchRows } from './search-rows.ts'

/** Ten notes, a statement that replaces one of them, and a question about what is true now. */
interface UpdateItem {
  readonly id: string
  readonly facts: readonly string[]
  readonly new_fact: string
  readonly question: string
  readonly new_answer: string
  readonly clean: boolean
}

const NAME = 'letta-core-memory-update'
const SAID_AT = '2026-03-01T09:00:00Z'
const NOW = 'now'

/** A file for every note, so that a hit is a fact. */
export const lettaQuestions: BenchSet = {
  name: NAME,
  async run(context: BenchContext) {
    const asked: Asked[] = []
    for (const item of itemsOf<UpdateItem>(context, 'supersede', NAME, ({ clean }) => clean)) {
      asked.push(...(await askCase(caseOf(item), context)))
    }
    return searchRows(NAME, asked, context.seed)
  },
}

function caseOf({ facts, new_fact: said, question, new_answer: answer }: UpdateItem): SearchCase {
  const notes = facts.map((fact, n) => ({
    path: `fact-${n}.md`,
    content: `- ${fact}\n`,
    holds: new Set<string>(),
  }))
  const statement = { path: 'said.md', content: `- ${said}\n`, holds: new Set([NOW]) }
  return {
    before: [...notes, statement],
    memory: Object.fromEntries(notes.map(({ path, content }) => [path, content])),
    transcripts: [[{ role: 'user', content: said, at: SAID_AT }]],
    turns: [statement],
    heldAfter: ({ current }) =>
      new Map(
        current
          .filter((entry) => isTold(entry) && holdsWords(entry.text, answer))
          .map(({ path }) => [path, new Set([NOW])]),
      ),
    questions: [{ text: question, gold: [NOW] }],
  }
}
