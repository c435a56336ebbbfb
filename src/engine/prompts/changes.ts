import { z } from 'zod'
import { LIMITS } from '../../config.ts'
import type { Fence } from '../asking/fence.ts'
import type { Prompt } from '../asking/prompt.ts'
import { DATA_RULE } from './data-rule.ts'
import { itemNumber } from './item-number.ts'
import { eventLines, lineMark, type PromptEvent } from './prompt-event.ts'
import { hasStandingQuote, type ProposedQuote, quoteSchema, standsIn } from './quoted-words.ts'

export interface ChangesInput {
  readonly notes: readonly PromptNote[]
  readonly events: readonly PromptEvent[]
}

export interface PromptNote {
  /** From 1, within the call. */
  readonly n: number
  readonly text: string
  /** Name of the memory and headings. */
  readonly about: string
}

export interface ProposedChange {
  readonly evidence: readonly ProposedQuote[]
  readonly note: number
  readonly kind: 'replace' | 'temporary' | 'add' | 'remove' | 'plan'
  /** The exact words of the note that no longer hold; null for `add`. */
  readonly old: string | null
  /** The words that take their place, as in the quotes; null for `remove`. */
  readonly new: string | null
  readonly from: string | null
  readonly until: string | null
}

export interface ChangesOutput {
  readonly changes: readonly ProposedChange[]
}

const changeSchema = z.strictObject({
  evidence: z.array(quoteSchema),
  note: itemNumber,
  kind: z.enum(['replace', 'temporary', 'add', 'remove', 'plan']),
  old: z.string().nullable(),
  new: z.string().nullable(),
  from: z.string().nullable(),
  until: z.string().nullable(),
})

const INSTRUCTIONS = `You get notes of a memory and part of a session. Report which words of the notes no longer hold as written because of what is said.

${DATA_RULE}
A note is one line: ⟨note number|where it stands⟩ text. An event is one line: ⟨number|speaker|time⟩ text.

Rules
1. Report what is announced ("we moved to Fly") and also what only follows from the words ("since the move to Fly, rollbacks take a minute").
2. Leave out: what says the same as the note, what is merely about the same topic, guesses, questions, results of one run, what you know from elsewhere.
3. kind: "replace": old words no longer hold, new ones do. "temporary": new words hold only for a while. "plan": it will change but has not yet. "add": the note holds and gets one more detail. "remove": old words no longer hold and nothing takes their place.
4. old: the words of the note that no longer hold, copied exactly, as few as possible. Null only for "add".
5. new: the words that take their place, copied exactly from your quotes. Put in place of old, they must read right in the note. Null only for "remove".
6. evidence: words copied exactly from one event, at most ${LIMITS.quoteWordsMax} words, the shortest that show the change. Quote only the user's own words or a tool's result: nothing that only the agent said, no pasted text, no hearsay.
7. from, until: YYYY-MM-DD, only where the words limit the time. Else null.
8. If two new values are said, report both. Do not choose.
9. When in doubt, leave it out. Nothing to report: {"changes":[]}

Example
⟨note 1|deploy.md⟩ Deployed on Heroku from the main branch.
⟨note 2|deploy.md⟩ Rollbacks need an approval by Ilse.
⟨1|user⟩ since the move to Fly, rollbacks take a minute
Answer with one JSON object of exactly this shape and nothing else:
{"changes":[{"evidence":[{"event":1,"quote":"since the move to Fly"}],"note":1,"kind":"replace","old":"Heroku","new":"Fly","from":null,"until":null}]}
Left out: note 2, which still holds.`

/**
 * Which notes a session touches, announced or not (E2). As with claims, single changes that cannot
 * be used are left out later; the answer is at fault when it lists changes and none can be used.
 */
export const changesPrompt: Prompt<ChangesInput, ChangesOutput> = {
  name: 'changes',
  version: 1,
  size: 'small',
  instructions: INSTRUCTIONS,
  schema: z.strictObject({ changes: z.array(changeSchema) }),
  outputTokensMax: 4_000,
  profileOf: () => '',
  dataOf: ({ notes, events }, fence) =>
    [
      fence.block('notes', notes.map((note) => noteLine(note, fence)).join('\n')),
      fence.block('events', eventLines(events, fence)),
    ].join('\n'),
  faultsOf: ({ changes }, input) => {
    if (changes.length === 0 || changes.some((change) => isUsable(change, input))) return []
    return [
      'No change can be used. Each needs the number of a note and a quote copied exactly from the event whose number it names.',
      'old must be copied exactly from that note and is null only for "add"; new is null only for "remove".',
      'If no note is touched, answer with an empty list.',
    ]
  },
}

function noteLine({ n, about, text }: PromptNote, fence: Fence): string {
  return `${lineMark([`note ${n}`, about], fence)} ${fence.line(text)}`
}

function isUsable(change: ProposedChange, { notes, events }: ChangesInput): boolean {
  const note = notes.find(({ n }) => n === change.note)
  if (note === undefined || !hasStandingQuote(change.evidence, events)) return false
  if (change.new === null && change.kind !== 'remove') return false
  return change.old === null ? change.kind === 'add' : standsIn(change.old, note.text)
}
