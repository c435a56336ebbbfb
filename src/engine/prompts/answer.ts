import { z } from 'zod'
import type { Fence } from '../asking/fence.ts'
import type { Prompt } from '../asking/prompt.ts'
import { DATA_RULE } from './data-rule.ts'
import { itemFaults } from './item-faults.ts'
import { itemNumber } from './item-number.ts'
import { lineMark } from './prompt-event.ts'

export interface AnswerItem {
  readonly question: string
  readonly notes: readonly string[]
}

export interface AnswerVerdict {
  readonly item: number
  /** Exact words of the notes; null = they do not say. */
  readonly answer: string | null
}

export interface AnswerOutput {
  readonly items: readonly AnswerVerdict[]
}

const verdictSchema = z.strictObject({ item: itemNumber, answer: z.string().nullable() })

const INSTRUCTIONS = `You get items: a question and notes of a memory. Answer every question from its own notes alone.

${DATA_RULE}
An item is several lines: ⟨item|question⟩ text, then ⟨item|note⟩ text for each of its notes.

Rules
1. Only the notes of the same item count: nothing you know, nothing from other items.
2. answer: as few words as possible, copied exactly from the notes. If several words belong to the answer, put " | " between them.
3. null if the notes do not say it, or say it only of something else.
4. null if the notes contradict each other on it. Do not choose.
5. When in doubt: null.

Example
⟨1|question⟩ Which port does the mailer use?
⟨1|note⟩ The mailer runs on host alder, port 2525.
⟨2|question⟩ Who owns billing?
⟨2|note⟩ Billing is owned by Rosa.
⟨2|note⟩ Owner of billing: Emil.
Answer with one JSON object of exactly this shape, every item once, and nothing else:
{"items":[{"item":1,"answer":"2525"},{"item":2,"answer":null}]}`

/**
 * Answers from notes alone (A1). Every item needs exactly one answer under its own number; words
 * that do not stand in the notes are a wrong answer, not a faulty one.
 */
export const answerPrompt: Prompt<readonly AnswerItem[], AnswerOutput> = {
  name: 'answer',
  version: 1,
  size: 'small',
  instructions: INSTRUCTIONS,
  schema: z.strictObject({ items: z.array(verdictSchema) }),
  outputTokensMax: 2_000,
  profileOf: () => '',
  dataOf: (items, fence) =>
    fence.block('items', items.map((item, i) => itemLines(item, i + 1, fence)).join('\n')),
  faultsOf: ({ items: answers }, items) =>
    itemFaults(
      'item',
      answers.map(({ item }) => item),
      items.length,
    ),
}

function itemLines({ question, notes }: AnswerItem, n: number, fence: Fence): string {
  return [
    `${lineMark([n, 'question'], fence)} ${fence.line(question)}`,
    ...notes.map((text) => `${lineMark([n, 'note'], fence)} ${fence.line(text)}`),
  ].join('\n')
}
