import { z } from 'zod'
import type { Fence } from '../asking/fence.ts'
import type { Prompt } from '../asking/prompt.ts'
import { DATA_RULE } from './data-rule.ts'
import { itemFaults } from './item-faults.ts'
import { itemNumber } from './item-number.ts'
import { lineMark } from './prompt-event.ts'

export interface RelateItem {
  readonly a: RelateSide
  readonly b: RelateSide
}

export interface RelateSide {
  readonly text: string
  /** Where it stands: name of the memory and headings. */
  readonly about: string
  /** ISO 8601. */
  readonly at: string | null
  /** The words that a claim was read from. */
  readonly said: string | null
}

export interface RelateVerdict {
  readonly pair: number
  readonly missingInA: readonly string[]
  readonly missingInB: readonly string[]
  readonly slotSame: boolean
  readonly bothCanHold: boolean
  /** At most 20 words. */
  readonly reason: string
  readonly rel: 'same' | 'a_more' | 'b_more' | 'update' | 'conflict' | 'scoped' | 'related' | 'none'
}

export interface RelateOutput {
  readonly pairs: readonly RelateVerdict[]
}

// The verdict comes last: a model that writes in this order looks at the details first.
const verdictSchema = z.strictObject({
  pair: itemNumber,
  missingInA: z.array(z.string()),
  missingInB: z.array(z.string()),
  slotSame: z.boolean(),
  bothCanHold: z.boolean(),
  reason: z.string(),
  rel: z.enum(['same', 'a_more', 'b_more', 'update', 'conflict', 'scoped', 'related', 'none']),
})

const INSTRUCTIONS = `You get pairs of statements, A and B. For every pair, say how the two relate. Judge only what the words say, not which one is true now.

${DATA_RULE}
A statement is one line: ⟨pair|side|where it stands|time⟩ text. Behind it may stand the words it was read from, as (said: "...").

For every pair, in this order
1. missingInA: details that only B says. missingInB: details that only A says. Details are numbers, dates, names, places, people, conditions, reasons, negations, degrees of certainty. A few words each; [] if none.
2. slotSame: true if both speak of the same property of the same thing.
3. bothCanHold: true if both can be true at the same time.
4. reason: at most 20 words.
5. rel, the first that fits:
"none": they speak of different things.
"scoped": they hold under different conditions, at different places or times, or for different people, so both hold.
"update": slotSame is true, the values differ, bothCanHold is false.
"conflict": they contradict each other in another way.
"same": the same in other words; nothing is missing on either side.
"a_more": A says all that B says, and more; only missingInB has details.
"b_more": B says all that A says, and more; only missingInA has details.
"related": same topic, none of the above.

Another number, date, name, negation or condition is never "same". A plan or guess is never "same" as a fact. When in doubt: "related".

Example
⟨1|A⟩ Invoices are sent on Mondays.
⟨1|B⟩ We send the invoices every Monday, through Petra.
⟨2|A⟩ Backups are kept for 14 days.
⟨2|B⟩ Backups are kept for 30 days.
Answer with one JSON object of exactly this shape, every pair once, and nothing else:
{"pairs":[{"pair":1,"missingInA":["through Petra"],"missingInB":[],"slotSame":true,"bothCanHold":true,"reason":"B also says who sends them","rel":"b_more"},{"pair":2,"missingInA":["30 days"],"missingInB":["14 days"],"slotSame":true,"bothCanHold":false,"reason":"same retention, another number","rel":"update"}]}`

/**
 * How two statements relate (J1). Every pair needs exactly one verdict under its own number; what a
 * verdict says is weighed pair by pair.
 */
export const relatePrompt: Prompt<readonly RelateItem[], RelateOutput> = {
  name: 'relate',
  version: 1,
  size: 'small',
  instructions: INSTRUCTIONS,
  schema: z.strictObject({ pairs: z.array(verdictSchema) }),
  outputTokensMax: 3_000,
  profileOf: () => '',
  dataOf: (items, fence) =>
    fence.block('pairs', items.map((item, i) => pairLines(item, i + 1, fence)).join('\n')),
  faultsOf: ({ pairs }, items) =>
    itemFaults(
      'pair',
      pairs.map(({ pair }) => pair),
      items.length,
    ),
}

function pairLines({ a, b }: RelateItem, n: number, fence: Fence): string {
  return `${sideLine(a, n, 'A', fence)}\n${sideLine(b, n, 'B', fence)}`
}

function sideLine(side: RelateSide, n: number, name: 'A' | 'B', fence: Fence): string {
  const mark = lineMark([n, name, side.about, side.at], fence)
  const said = side.said === null ? '' : ` (said: "${fence.line(side.said)}")`
  return `${mark} ${fence.line(side.text)}${said}`
}
