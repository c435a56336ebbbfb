import type { Message } from '../../harness/dream-cases.ts'
import { type BenchContext, type BenchSet, sampleOf } from '../../harness/suite.ts'
import { type Asked, askCase } from './ask-case.ts'
import { searchRows } from './search-rows.ts'
import { historyCase, type NamedSession } from './told-history.ts'

interface SpokenTurn {
  readonly speaker: string
  readonly dia_id: string
  readonly text: string
}

/** Sessions of two people by `session_1`, `session_1_date_time`, ... */
interface LocomoItem {
  readonly id: string
  readonly conversation: Readonly<Record<string, unknown>>
}

interface LocomoQuestion {
  readonly conversation: string
  readonly question: string
  readonly evidence: readonly string[]
  readonly exclude_from_evidence_score?: boolean
}

const NAME = 'locomo'

export const locomoQuestions: BenchSet = {
  name: NAME,
  async run(context: BenchContext) {
    const items = context.data.items<LocomoItem>('conversations', NAME)
    const all = context.data.items<LocomoQuestion>('conversations', 'locomo-questions')
    if (items === null || all === null) {
      context.note(`no conversations/${NAME}.*.jsonl with its questions; the set is left out`)
      return []
    }
    const asked: Asked[] = []
    for (const { id, conversation } of sampleOf(context, NAME, items)) {
      const questions = all
        .filter((one) => one.conversation === id && one.exclude_from_evidence_score !== true)
        .filter(({ evidence }) => evidence.length > 0)
        .map(({ question, evidence }) => ({ text: question, gold: evidence }))
      asked.push(...(await askCase(historyCase(sessionsOf(conversation), questions), context)))
    }
    return searchRows(NAME, asked, context.seed)
  },
}

/** Both speakers are people who tell the agent something; it is no party of the talk. */
function sessionsOf(conversation: LocomoItem['conversation']): readonly NamedSession[] {
  return Object.keys(conversation)
    .filter((key) => /^session_\d+$/.test(key))
    .map((name) => {
      const turns = conversation[name] as readonly SpokenTurn[]
      const at = timeOf(conversation[`${name}_date_time`])
      return {
        name,
        messages: turns.map(({ text }): Message => ({ role: 'user', content: text, ...at })),
        turnIds: turns.map(({ dia_id: id }) => id),
      }
    })
}

/** "1:56 pm on 8 May, 2023"; anything else is undated. */
function timeOf(text: unknown): { readonly at?: string } {
  const [, time, day] = /^(\d{1,2}:\d{2} [ap]m) on (.+)$/i.exec(String(text)) ?? []
  const date = new Date(`${day} ${time} UTC`)
  return Number.isNaN(date.getTime()) ? {} : { at: date.toISOString() }
}
