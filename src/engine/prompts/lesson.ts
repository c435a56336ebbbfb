import { z } from 'zod'
import { LIMITS } from '../../config.ts'
import type { Prompt } from '../asking/prompt.ts'
import { DATA_RULE } from './data-rule.ts'
import { isNumberOf } from './item-faults.ts'
import { itemNumber } from './item-number.ts'
import { lineMark } from './prompt-event.ts'
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

const INSTRUCTIONS = `You get one row of what was counted over past sessions of AI agents, and quotes from them. Put its lesson into plain words for an agent that meets the same situation.

${DATA_RULE}
A quote is one line: ⟨number⟩ text.

Rules
1. evidence: the numbers of the quotes that show the lesson, at least one.
2. when: the situation as the agent will see it: the tool, the message. Begin without the word "when".
3. do: what to do then, in words of the row. No step of your own.
4. because: what was seen. Leave out the counts in brackets of the row; they are added later.
5. notWhen: where it does not apply, only if the row or a quote shows it. Else null.
6. At most 40 words in all. Copy commands, names, messages and numbers exactly, in the same quotation marks.
7. Say only what the row and the quotes show. No guess at a cause, no general advice, nothing you know from elsewhere. No "always" or "never" unless the row says it.

Example
row: \`make seed\` failed with “relation missing” (4 times in 3 sessions); it succeeded after \`make migrate\`: do that first.
⟨1⟩ relation missing
⟨2⟩ make migrate: done
Answer with one JSON object of exactly this shape and nothing else:
{"evidence":[1,2],"when":"\`make seed\` fails with “relation missing”","do":"run \`make migrate\` first","because":"it succeeded after that","notWhen":null}`

/**
 * A counted pattern in plain words (P1). One answer, one lesson: it is at fault when a part is
 * empty, when it is too long, when it names no quote or one that does not exist, or when it holds a
 * number that stands neither in the row nor in the quotes.
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
        `row: ${fence.line(row)}`,
        ...quotes.map((text, i) => `${lineMark([i + 1], fence)} ${fence.line(text)}`),
      ].join('\n'),
    ),
  faultsOf: (lesson, input) => [
    ...partFaults(lesson),
    ...(lesson.evidence.length === 0 && input.quotes.length > 0 ? ['It names no quote.'] : []),
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
