import { z } from 'zod'
import { LIMITS } from '../../config.ts'
import type { Prompt } from '../asking/prompt.ts'
import { DATA_RULE } from './data-rule.ts'
import { isNumberOf } from './item-faults.ts'
import { itemNumber } from './item-number.ts'
import { lineMark, textLine } from './prompt-event.ts'
import { numbersIn, wordCount } from './word-count.ts'

export interface LessonInput {
  /** The lesson as the rules put it, with its counts. */
  readonly row: string
  /** Numbered from 1 in this order. */
  readonly quotes: readonly string[]
}

export interface LessonOutput {
  /** Numbers of the quotes that show it. */
  readonly evidence: readonly number[]
  readonly when: string
  readonly do: string
  readonly because: string
  readonly notWhen: string | null
}

const outputSchema = z.strictObject({
  evidence: z.array(itemNumber),
  when: z.string(),
  do: z.string(),
  because: z.string(),
  notWhen: z.string().nullable(),
})

const INSTRUCTIONS = `You get one row of what was counted over past sessions of AI agents, and quotes from them. Put the lesson into plain words for an agent that meets the situation again.

${DATA_RULE}
A quote is one line: ⟨number⟩ text.

Rules
1. evidence: the numbers of the quotes that show the lesson.
2. when: the situation in which it applies, as the agent will see it (the tool, the message).
3. do: what to do then, as the row says. No step of your own.
4. because: what was seen, with the counts of the row.
5. notWhen: where it does not apply, only if the row or a quote shows it. Else null.
6. At most ${LIMITS.lessonWordsMax} words in all. Copy commands, names, messages and numbers exactly.
7. Say only what the row and the quotes show. No guess at a deeper cause, no general advice, no knowledge of your own. Do not say "always" if the row shows exceptions.

Example
row: When \`seed\` reports "relation missing", \`migrate\` helped. Seen in 4 sessions, fixed 3 times.
⟨1⟩ seed: relation missing
⟨2⟩ migrate: 12 applied
Answer with one JSON object of exactly this shape and nothing else:
{"evidence":[1,2],"when":"\`seed\` reports \\"relation missing\\"","do":"run \`migrate\`, then \`seed\` again","because":"seen in 4 sessions; \`migrate\` fixed it 3 times","notWhen":null}`

/**
 * A counted pattern in plain words (P1). One answer, one lesson: it is at fault when a part is
 * empty, when it is too long, when it names a quote that does not exist or holds a number that
 * stands neither in the row nor in the quotes.
 */
export const lessonPrompt: Prompt<LessonInput, LessonOutput> = {
  name: 'lesson',
  version: 1,
  size: 'large',
  instructions: INSTRUCTIONS,
  schema: outputSchema,
  outputTokensMax: 1_000,
  profileOf: () => '',
  dataOf: ({ row, quotes }, fence) =>
    fence.block(
      'lesson',
      [
        `row: ${textLine(row, fence)}`,
        ...quotes.map((text, i) => `${lineMark([i + 1], fence)} ${textLine(text, fence)}`),
      ].join('\n'),
    ),
  faultsOf: (lesson, input) => [
    ...partFaults(lesson),
    ...(lesson.evidence.every((n) => isNumberOf(n, input.quotes.length))
      ? []
      : ['It names a quote that does not exist.']),
    ...numberFaults(lesson, input),
  ],
}

function partFaults(lesson: LessonOutput): readonly string[] {
  const empty = [lesson.when, lesson.do, lesson.because].some((part) => part.trim() === '')
  return [
    ...(empty ? ['when, do and because must each say something.'] : []),
    ...(wordCount(wordsOf(lesson)) > LIMITS.lessonWordsMax
      ? [`It is longer than ${LIMITS.lessonWordsMax} words in all.`]
      : []),
  ]
}

function numberFaults(lesson: LessonOutput, { row, quotes }: LessonInput): readonly string[] {
  const known = numbersIn([row, ...quotes].join(' '))
  return [...numbersIn(wordsOf(lesson))].every((number) => known.has(number))
    ? []
    : ['It holds a number that stands neither in the row nor in a quote.']
}

const wordsOf = (lesson: LessonOutput): string =>
  [lesson.when, lesson.do, lesson.because, lesson.notWhen ?? ''].join(' ')
