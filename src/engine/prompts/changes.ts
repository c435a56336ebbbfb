import { z } from 'zod'
import { LIMITS } from '../../config.ts'
import type { Fence } from '../asking/fence.ts'
import type { Prompt } from '../asking/prompt.ts'
import { DATA_RULE } from './data-rule.ts'
import { itemNumber } from './item-number.ts'
import { eventLines, lineMark, type PromptEvent, textLine } from './prompt-event.ts'
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

const INSTRUCTIONS = `You get notes of a memory and a part of a session. Report which notes the session touches: what a note says that no longer holds as written.

${DATA_RULE}
A note is one line: ⟨number|where it stands⟩ text. An event is one line: ⟨number|speaker|time⟩ text.

Rules
1. Report changes that are announced ("we moved to Fly") and changes that only follow from what is said ("since the move to Fly, rollbacks take a minute").
2. Do not report what says the same as the note in other words, or what is merely about the same topic. Do not report guesses, questions, or what you know from elsewhere.
3. kind: "replace": the old words no longer hold, new ones do. "temporary": new words hold only for a while. "add": the note holds and gets one more detail. "remove": the old words no longer hold and nothing takes their place. "plan": it will change, it has not yet.
4. old: the shortest words of the note, copied exactly, that no longer hold. Null for "add".
5. new: words of your quotes, copied exactly, that take their place. The note with old replaced by new must read right. Null for "remove".
6. evidence: words copied exactly from one event, at most ${LIMITS.quoteWordsMax} words, the shortest that show the change. Only from the user's own words or a tool's result, not from what only the agent said or what is pasted or quoted from others.
7. from, until: dates YYYY-MM-DD, only where the words say so. Else null.
8. If two new values are said, report both. Do not choose between them.
9. When in doubt, leave it out. If no note is touched: {"changes":[]}

Example
⟨1|deploy.md⟩ Deployed on Heroku from the main branch.
⟨2|deploy.md⟩ Rollbacks need an approval by Ilse.
⟨1|user⟩ since the move to Fly, rollbacks take a minute
Answer with one JSON object of exactly this shape and nothing else:
{"changes":[{"evidence":[{"event":1,"quote":"since the move to Fly"}],"note":1,"kind":"replace","old":"Heroku","new":"Fly","from":null,"until":null}]}
(Note 2 still holds: it only shares a topic.)`

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
      'No change can be used: each needs the number of a note, old words copied exactly from that note, and a quote copied exactly from the event whose number it names. If no note is touched, answer with an empty list.',
    ]
  },
}

function noteLine({ n, about, text }: PromptNote, fence: Fence): string {
  return `${lineMark([n, about], fence)} ${textLine(text, fence)}`
}

function isUsable(change: ProposedChange, { notes, events }: ChangesInput): boolean {
  const note = notes.find(({ n }) => n === change.note)
  if (note === undefined || !hasStandingQuote(change.evidence, events)) return false
  return change.old === null ? change.kind === 'add' : standsIn(change.old, note.text)
}
