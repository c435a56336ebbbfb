import { z } from 'zod'
import type { Fence } from '../asking/fence.ts'
import type { Prompt } from '../asking/prompt.ts'
import { DATA_RULE } from './data-rule.ts'
import { itemFaults } from './item-faults.ts'
import { itemNumber } from './item-number.ts'
import { lineMark, textLine } from './prompt-event.ts'

export interface EntailItem {
  readonly sentence: string
  readonly evidence: readonly string[]
}

export interface EntailVerdict {
  readonly item: number
  readonly unsupported: readonly string[]
  readonly supported: 'yes' | 'partly' | 'no'
}

export interface EntailOutput {
  readonly items: readonly EntailVerdict[]
}

// What is unsupported comes first: a model that writes in this order looks before it judges.
const verdictSchema = z.strictObject({
  item: itemNumber,
  unsupported: z.array(z.string()),
  supported: z.enum(['yes', 'partly', 'no']),
})

const INSTRUCTIONS = `You get items: a sentence and the evidence for it. For every item, say whether the evidence alone supports every part of the sentence.

${DATA_RULE}

Rules
1. Only the evidence of the same item counts. Nothing you know, nothing from other items, nothing that is only likely.
2. Check every part: numbers, units, names, who does what, negation, condition, scope ("all", "only"), time, certainty. A plan, a wish, a question or a guess does not support a fact. "A uses B" does not support "B uses A".
3. Other words with the same meaning are fine. Two pieces of evidence may support a sentence together if they clearly speak of the same thing.
4. unsupported: the words of the sentence that the evidence does not carry. [] if there are none.
5. supported: "yes" if every part is carried. "partly" if some parts are carried and others are missing. "no" if the main statement is missing or contradicted, or if it is merely plausible. When in doubt, not "yes".

Example
⟨1|sentence⟩ Orders above 500 need two approvals since May.
⟨1|evidence⟩ orders over 500 have to be approved by two people
⟨2|sentence⟩ The team uses Kafka.
⟨2|evidence⟩ we may try Kafka next quarter
⟨3|sentence⟩ Tove prefers short summaries.
⟨3|evidence⟩ Tove: keep summaries short for me, always
Answer with one JSON object of exactly this shape, every item once, and nothing else:
{"items":[{"item":1,"unsupported":["since May"],"supported":"partly"},{"item":2,"unsupported":["uses Kafka"],"supported":"no"},{"item":3,"unsupported":[],"supported":"yes"}]}`

/**
 * Whether evidence carries a sentence (V1). Every item needs exactly one verdict under its own
 * number; a verdict that contradicts itself counts as not supported and costs no second call.
 */
export const entailPrompt: Prompt<readonly EntailItem[], EntailOutput> = {
  name: 'entail',
  version: 1,
  size: 'small',
  instructions: INSTRUCTIONS,
  schema: z.strictObject({ items: z.array(verdictSchema) }),
  outputTokensMax: 2_000,
  profileOf: () => '',
  dataOf: (items, fence) =>
    fence.block('items', items.map((item, i) => itemLines(item, i + 1, fence)).join('\n')),
  faultsOf: ({ items: verdicts }, items) =>
    itemFaults(
      'item',
      verdicts.map(({ item }) => item),
      items.length,
    ),
}

function itemLines({ sentence, evidence }: EntailItem, n: number, fence: Fence): string {
  return [
    `${lineMark([n, 'sentence'], fence)} ${textLine(sentence, fence)}`,
    ...evidence.map((words) => `${lineMark([n, 'evidence'], fence)} ${textLine(words, fence)}`),
  ].join('\n')
}
