import { z } from 'zod'
import type { Prompt } from '../asking/prompt.ts'
import { DATA_RULE } from './data-rule.ts'
import { itemNumber } from './item-number.ts'
import { lineMark } from './prompt-event.ts'
import { standsIn } from './quoted-words.ts'

export interface ProbesInput {
  readonly path: string
  readonly units: readonly { readonly n: number; readonly text: string }[]
}

export interface ProposedProbe {
  readonly unit: number
  readonly q: string
  /** Exact words of the unit; for `set`, several of them with ` | ` between. */
  readonly gold: string
  readonly kind: 'exact' | 'set'
}

export interface ProbesOutput {
  readonly probes: readonly ProposedProbe[]
}

const probeSchema = z.strictObject({
  unit: itemNumber,
  q: z.string(),
  gold: z.string(),
  kind: z.enum(['exact', 'set']),
})

const INSTRUCTIONS = `You get the notes of one memory file, its name first. Write questions that test whether a reader of the notes finds what they say.

${DATA_RULE}
A note is one line: ⟨number⟩ text.

Rules
1. At most one question for a note. Take notes that say something definite: a value, a name, a rule, a date, a list.
2. unit: the number of the note. This note alone must answer the question.
3. q: one short question with only one right answer in the file. Name the subject in full: no "it", no "this note". The question must not contain the answer.
4. gold: the answer, copied exactly from the note, as few words as possible.
5. kind: "exact" for one answer. "set" if several words of the note belong to the answer: each copied exactly, with " | " between them.
6. No yes-or-no questions, none about how a note is worded, none that need knowledge from elsewhere.
7. When in doubt, leave the note out. No fit note: {"probes":[]}

Example
file: exports.md
⟨1⟩ The nightly export goes to the bucket crane-exports.
⟨2⟩ Reviewers of the parser: Anouk, Bela.
⟨3⟩ See also the wiki.
Answer with one JSON object of exactly this shape and nothing else:
{"probes":[{"unit":1,"q":"Which bucket does the nightly export go to?","gold":"crane-exports","kind":"exact"},{"unit":2,"q":"Who reviews the parser?","gold":"Anouk | Bela","kind":"set"}]}`

/**
 * Questions whose answers stand in single notes (Q1). Probes that do not hold are left out one by
 * one; the answer is at fault when it lists probes and none has its words in its note.
 */
export const probesPrompt: Prompt<ProbesInput, ProbesOutput> = {
  name: 'probes',
  version: 1,
  size: 'small',
  instructions: INSTRUCTIONS,
  schema: z.strictObject({ probes: z.array(probeSchema) }),
  outputTokensMax: 3_000,
  profileOf: () => '',
  dataOf: ({ path, units }, fence) =>
    fence.block(
      'notes',
      [
        `file: ${fence.line(path)}`,
        ...units.map(({ n, text }) => `${lineMark([n], fence)} ${fence.line(text)}`),
      ].join('\n'),
    ),
  faultsOf: ({ probes }, { units }) => {
    if (probes.length === 0 || probes.some((probe) => isUsable(probe, units))) return []
    return [
      'No probe can be used: each needs the number of a note, a question and a gold copied exactly from that note. If no note is fit, answer with an empty list.',
    ]
  },
}

function isUsable({ unit, q, gold }: ProposedProbe, units: ProbesInput['units']): boolean {
  const text = units.find(({ n }) => n === unit)?.text
  if (text === undefined || q.trim() === '') return false
  return gold.split(' | ').every((part) => standsIn(part, text))
}
