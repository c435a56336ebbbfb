import { z } from 'zod'
import type { Prompt } from '../asking/prompt.ts'
import { DATA_RULE } from './data-rule.ts'
import { itemFaults } from './item-faults.ts'
import { itemNumber } from './item-number.ts'
import { lineMark } from './prompt-event.ts'
import { numbersIn, wordCount } from './word-count.ts'

export interface MergeInput {
  /** Originals, numbered from 1 in this order. */
  readonly members: readonly string[]
}

export interface MergeOutput {
  readonly keeps: readonly { readonly member: number; readonly slots: readonly string[] }[]
  readonly text: string
}

const outputSchema = z.strictObject({
  keeps: z.array(z.strictObject({ member: itemNumber, slots: z.array(z.string()) })),
  text: z.string(),
})

const INSTRUCTIONS = `You get notes of a memory that say the same thing, each with details that another lacks. Write one text that says it once and keeps every detail of all of them.

${DATA_RULE}
A note is one line: ⟨number⟩ text.

Rules
1. keeps, first: for every note, in order, its details in its own exact words: numbers, dates, names, paths, commands, links, people, negations, conditions, reasons, degrees of certainty. [] if a note has none.
2. text: one sentence, or two if one gets too long. It holds every detail that you listed, once, in the words of the notes. Copy code, paths and links with their marks.
3. Add nothing that stands in no note: no detail, no explanation, no conclusion, nothing you know from elsewhere.
4. A detail keeps its own condition, time and certainty: "usually", "only on Linux", "planned" stay with what they belong to.
5. If details differ, keep both. Do not choose.
6. As short as possible, never longer than the notes together. The language of the notes, one line, no heading, no list mark.

Example
⟨1⟩ Staging is reset every night by cron.
⟨2⟩ Every night at 02:30 staging is reset, except on release days.
Answer with one JSON object of exactly this shape, every note once in keeps, and nothing else:
{"keeps":[{"member":1,"slots":["every night","by cron"]},{"member":2,"slots":["Every night","at 02:30","except on release days"]}],"text":"Staging is reset every night at 02:30 by cron, except on release days."}`

/**
 * One text for notes that say the same (M1). There is a single text, so what makes it useless is
 * worth a second try: a member that is not accounted for, a number left out or made up, no text, or
 * one longer than its members together. Other details are checked before the text is used.
 */
export const mergePrompt: Prompt<MergeInput, MergeOutput> = {
  name: 'merge',
  version: 1,
  size: 'large',
  instructions: INSTRUCTIONS,
  schema: outputSchema,
  outputTokensMax: 3_000,
  profileOf: () => '',
  dataOf: ({ members }, fence) =>
    fence.block(
      'notes',
      members.map((text, i) => `${lineMark([i + 1], fence)} ${fence.line(text)}`).join('\n'),
    ),
  faultsOf: ({ keeps, text }, { members }) => [
    ...itemFaults(
      'note',
      keeps.map(({ member }) => member),
      members.length,
    ),
    ...lengthFaults(text, members),
    ...numberFaults(text, members),
  ],
}

function lengthFaults(text: string, members: readonly string[]): readonly string[] {
  if (text.trim() === '') return ['The text is empty.']
  return wordCount(text) > wordCount(members.join(' '))
    ? ['The text is longer than the notes together.']
    : []
}

function numberFaults(text: string, members: readonly string[]): readonly string[] {
  const written = numbersIn(text)
  const known = numbersIn(members.join(' '))
  return [
    ...([...known].every((number) => written.has(number))
      ? []
      : ['The text leaves out a number that stands in a note.']),
    ...([...written].every((number) => known.has(number))
      ? []
      : ['The text holds a number that stands in no note.']),
  ]
}
