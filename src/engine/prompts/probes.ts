import { z } from 'zod'
import type { Prompt } from '../asking/prompt.ts'
import { DATA_RULE } from './data-rule.ts'
import { itemNumber } from './item-number.ts'
import { lineMark, textLine } from './prompt-event.ts'
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

const INSTRUCTIONS = `You get the notes of one memory file. Write questions that test whether a reader of the notes can find what they say.

${DATA_RULE}
A note is one line: ⟨number⟩ text.

Rules
1. One question for a note, at most. Pick notes that say something definite: a value, a name, a rule, a date, a list.
2. unit: the number of the note that answers the question, alone, without the other notes.
3. q: one question that names its subject fully (no "it", no "this note") and has only one right answer in the file. It must not contain the answer.
4. gold: the answer, as few words as possible, copied exactly from the note.
5. kind: "exact" for one answer. "set" for several words of the note that all belong to the answer, each copied exactly, with " | " between them.
6. Do not ask yes/no questions, about the notes' wording, or what you know from elsewhere.
7. When in doubt, leave the note out. If no note is fit: {"probes":[]}

Example
⟨1⟩ The nightly export goes to the bucket crane-exports.
⟨2⟩ Reviewers: Anouk, Bela.
⟨3⟩ See also the wiki.
Answer with one JSON object of exactly this shape and nothing else:
{"probes":[{"unit":1,"q":"Which bucket does the nightly export go to?","gold":"crane-exports","kind":"exact"},{"unit":2,"q":"Who are the reviewers?","gold":"Anouk | Bela","kind":"set"}]}`

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
        `file: ${textLine(path, fence)}`,
        ...units.map(({ n, text }) => `${lineMark([n], fence)} ${textLine(text, fence)}`),
      ].join('\n'),
    ),
  faultsOf: ({ probes }, { units }) => {
    if (probes.length === 0 || probes.some((probe) => isUsable(probe, units))) return []
    return [
      'No probe can be used: each needs the number of a note and a gold copied exactly from that note. If no note is fit, answer with an empty list.',
    ]
  },
}

function isUsable({ unit, gold }: ProposedProbe, units: ProbesInput['units']): boolean {
  const text = units.find(({ n }) => n === unit)?.text
  return text !== undefined && gold.split(' | ').every((part) => standsIn(part, text))
}
