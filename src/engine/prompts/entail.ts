import { z } from 'zod'
import type { Fence } from '../asking/fence.ts'
import type { Prompt } from '../asking/prompt.ts'
import { DATA_RULE } from './data-rule.ts'
import { itemFaults } from './item-faults.ts'
import { itemNumber } from './item-number.ts'
import { lineMark } from './prompt-event.ts'

export interface EntailItem {
  readonly sentence: string
  /** Exact words; each may begin with the day it was said, `(2031-05-02) …`, where that matters. */
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

const INSTRUCTIONS = `You get items: a sentence and the evidence for it. For every item, say whether the evidence alone carries every part of the sentence.

${DATA_RULE}
An item is several lines: ⟨item|sentence⟩ text, then one or more ⟨item|evidence⟩ text.

Rules
1. Only the evidence of the same item counts: nothing you know, nothing from other items, nothing that is only likely.
2. Check every part: numbers, units, names, who does what, negation, condition, scope ("all", "only"), time, certainty. A plan, wish, question or guess does not carry a fact. "A calls B" does not carry "B calls A".
3. Other words with the same meaning are fine. Evidence may be a user's own words: then "I" is the user, and an order of the user carries the same order.
4. Different pieces of evidence may carry different parts, if they clearly speak of the same thing. Pieces may differ because something changed: a part is carried if one piece says it.
5. If evidence begins with the day it was said, in brackets, relative dates count from that day.
6. unsupported: the words of the sentence that no evidence carries. [] if none.
7. supported: "yes" if every part is carried. "partly" if the main statement is carried and some part is not. "no" if the main statement is not carried, even if it sounds plausible. When in doubt, not "yes".

Example
⟨1|sentence⟩ Orders above 500 need two approvals since May.
⟨1|evidence⟩ orders over 500 have to be approved by two people
⟨2|sentence⟩ The team uses Kafka.
⟨2|evidence⟩ we may try Kafka next quarter
⟨3|sentence⟩ The user prefers short summaries.
⟨3|evidence⟩ I like my summaries short
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
    `${lineMark([n, 'sentence'], fence)} ${fence.line(sentence)}`,
    ...evidence.map((words) => `${lineMark([n, 'evidence'], fence)} ${fence.line(words)}`),
  ].join('\n')
}
